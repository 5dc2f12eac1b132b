"""``/szkolenia/``: what the trainings are, where recruitment stands, and what to read."""

from datetime import datetime, time
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from smup.accounts.models import Organisation
from smup.language import Lang, plural
from smup.language.dates import ZONE, day_in_words, moment_in_words
from smup.present.places import kind_name as unit_kind_name
from smup.present.places import title
from smup.training import register
from smup.training.actions.admitting import availability
from smup.training.models import Edition, Material, PilotUnit, Registration, Stage
from smup.training.moments import last_day
from smup.training.naming import area_name, queue_name
from smup.training.rules.queues import free
from smup.training.rules.workflow import Holds, workflow
from smup.web.people.words import words
from smup.web.training.current import Recruitment, recruitment
from smup.web.training.kept import kept_file
from smup.web.training.page import home, nothing, show_training


def start(request: HttpRequest, lang: Lang) -> HttpResponse:
    """What it is, where it stands, what to do."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    reached, people = _reached(found.edition)
    target = found.rules.target_units
    context = {
        "recruitment": found,
        "stage_told": stage_told(found.stage, found, lang),
        "reached": reached,
        "reached_told": _counted("training_reach", reached, lang),
        "people": people,
        "target": target,
        "places": _places(found, lang),
        "organisers": Organisation.objects.filter(pk__in=found.rules.organisers).only("pk", "name"),
    }
    return show_training(request, "public/start.html", context, lang, found.rules)


def moved(request: HttpRequest, lang: Lang) -> HttpResponse:
    """``/szkolenia`` is ``/szkolenia/``."""
    return HttpResponsePermanentRedirect(home(lang))


def rules(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The rules of participation, with the numbers of the edition."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    context = {
        "organiser_kinds": [
            {"organiser": one, "kinds": [unit_kind_name(kind, lang) for kind in one.kinds]}
            for one in found.rules.organisers.values()
        ],
        "steps": _steps(found),
        "body": f"training/public/rules.{lang}.html",
    }
    return show_training(request, "public/rules.html", context, lang, found.rules)


def documents(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Files to download."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    rows = Material.objects.filter(edition=found.edition, public=True, training=None)
    context = {"materials": rows.select_related("document").order_by("title")}
    return show_training(request, "public/documents.html", context, lang, found.rules)


def document(request: HttpRequest, lang: Lang, number: int) -> HttpResponse:
    """One of them."""
    found = recruitment()
    rows = Material.objects.filter(public=True, training=None, pk=number).select_related("document")
    one = rows.filter(edition=found.edition).first() if found else None
    return kept_file(one.document if one else None)


def organiser(request: HttpRequest, lang: Lang, slug: str) -> HttpResponse:
    """Whom to ask."""
    found = recruitment()
    row = Organisation.objects.filter(pk=slug).first()
    if found is None or row is None or slug not in found.rules.organisers:
        raise Http404
    kinds = [unit_kind_name(kind, lang) for kind in found.rules.organisers[slug].kinds]
    text = row.contact_en if lang == "en" else row.contact_pl
    context = {"organiser": row, "kinds": kinds, "text": text}
    return show_training(request, "public/organiser.html", context, lang, found.rules)


def pilot(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Units that took part in the pilot, by województwo."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    units = register.register().units
    codes = PilotUnit.objects.filter(edition=found.edition).values_list("unit", flat=True)
    groups: dict[str, list[str]] = {}
    for code in sorted(codes):
        unit = units.get(code)
        parent = units[unit.wojewodztwo] if unit and unit.wojewodztwo else None
        heading = title(parent, lang) if parent else ""
        groups.setdefault(heading, []).append(register.told(unit, lang) if unit else code)
    context = {"groups": sorted(groups.items()), "count": len(codes)}
    return show_training(request, "public/pilot.html", context, lang, found.rules)


def stage_told(stage: Stage | None, found: Recruitment, lang: Lang) -> dict[str, Any]:
    """The stage that matters now in words; {} where none was announced."""
    if stage is None:
        return {}
    state = "open" if stage == found.open_stage else "next" if found.now < stage.opens else "over"
    return {
        "state": state,
        "number": stage.number,
        "opens": moment_in_words(stage.opens, lang),
        "closes": closing_told(stage.closes, lang),
        "quarters": [quarter_told(one) for one in stage.quarters],
        "areas": [area_name(one, lang) for one in stage.areas],
        "only_reserve": stage.only_reserve,
    }


def closing_told(closes: datetime, lang: Lang) -> str:
    """The end of a stage; midnight is told as the end of the day before."""
    if closes.astimezone(ZONE).time() == time():
        return words(lang)["training_end_of_day"].format(day=day_in_words(last_day(closes), lang))
    return moment_in_words(closes, lang)


def quarter_told(quarter: str) -> str:
    """``2022-Q1`` as "I kw. 2022"; the numbers are read in both languages."""
    year, _, number = quarter.partition("-Q")
    roman = {"1": "I", "2": "II", "3": "III", "4": "IV"}.get(number, number)
    return f"{roman}/{year}"


def _reached(edition: Edition) -> tuple[int, int]:
    """Units that have a place, and the people they send."""
    held = workflow("registration").holding(Holds.PLACE)
    rows = Registration.objects.filter(edition=edition, status__in=held)
    active = rows.filter(participants__state="active")
    counted = active.aggregate(units=Count("pk", distinct=True), people=Count("participants"))
    return counted["units"], counted["people"]


def _counted(word: str, number: int, lang: Lang) -> str:
    t = words(lang)
    return plural(number, t[f"{word}_one"], t[f"{word}_few"], t[f"{word}_many"])


def _places(found: Recruitment, lang: Lang) -> list[dict[str, Any]]:
    """Places of the stage that matters now, each queue with what is left."""
    if found.stage is None:
        return []
    now = availability(found.stage)
    left = free(now.capacity, now.taken, {})
    claimed = now.claimed
    return [
        {
            "name": queue_name(queue, lang),
            "places": places,
            "taken": now.taken.get(queue, 0),
            "left": max(left[queue], 0),
            "waiting": claimed.get(queue, 0),
        }
        for queue, places in sorted(now.capacity.items(), reverse=True)
    ]


def _steps(found: Recruitment) -> list[dict[str, int | None]]:
    """How many people offices of which size send: from, up to, people."""
    lowest, found_steps = 1, []
    for step in found.rules.headcount:
        found_steps.append({"from": lowest, "to": step.up_to, "people": step.people})
        lowest = (step.up_to or lowest) + 1
    return found_steps
