"""The first page of the desk: what waits, how far recruitment is, who holds which places."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.accounts.roles import may
from smup.language import Lang
from smup.mailing.models import Message
from smup.telling.addresses import Addresses
from smup.training.actions.admitting import availability
from smup.training.actions.short_areas import short
from smup.training.models import Registration, Stage
from smup.training.naming import area_name, queue_name
from smup.training.rules.queues import Kind
from smup.training.rules.stages import further_stage_needed
from smup.training.rules.workflow import Holds, workflow
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.places import Line, lines_of
from smup.web.training.desk.seeing import ATTEND, DECIDE, READ, Sight
from smup.web.training.desk.tasks import TASKS, waiting_for
from smup.web.training.desk.trainings import LACKING, lacking
from smup.web.training.desk.trainings import PATH as TRAININGS

Shown = dict[str, Any]


@desk(READ, ATTEND)
def start(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """What an organiser sees first in the morning; trainers are led to their trainings."""
    if not sight.may(READ):
        return HttpResponseRedirect(Addresses(lang).page(TRAININGS))
    now = timezone.now()
    stages = list(sight.stages())
    stage = _looked_at(stages, request.GET.get("etap", ""), now)
    context = {
        "waits": _tasks(sight, lang, now) + _cases_beside(sight, lang),
        "reserve": _next_offers(stages, lang),
        "areas": _short_areas(sight, stage, lang) if stage else [],
        "tells": _tells(sight, stage, lang),
        "progress": _progress(sight, lang),
        "stage": stage,
        "stage_state": naming.status_name("stage", stage.state, lang) if stage else "",
        "stages": stages,
        "lines": [_line(one, lang) for one in lines_of(stage)] if stage else [],
    }
    return show_desk(request, "start.html", context, lang, sight)


def _looked_at(stages: list[Stage], asked: str, now: datetime) -> Stage | None:
    """The stage asked for by its number, else the last that has opened, else the first."""
    chosen = [one for one in stages if str(one.number) == asked]
    opened = [one for one in stages if one.opens <= now]
    return next(iter(chosen or opened[-1:] or stages[:1]), None)


def _tasks(sight: Sight, lang: Lang, now: datetime) -> list[Shown]:
    """Tasks of the list of cases, those with nothing to do left out."""
    found = []
    for task in TASKS:
        if n := waiting_for(task, sight.registrations(), now).count():
            href = Addresses(lang).page(f"{HOME}/zgloszenia", czeka=task)
            found.append(_wait(n, f"desk_wait_{task}", href, lang))
    return found


def _cases_beside(sight: Sight, lang: Lang) -> list[Shown]:
    """What else waits: questions, trainings that lack something, mail nobody knows about."""
    to = Addresses(lang).page
    counts = [
        (sight.questions().filter(state="new").count(), "pytania", to(f"{HOME}/pytania")),
        (lacking(sight.trainings()).count(), "szkolenia", to(f"{HOME}/szkolenia", czeka=LACKING)),
    ]
    if may(sight.person, "mail.read"):
        uncertain = Message.objects.filter(state="uncertain").count()
        counts.append((uncertain, "poczta", to("/konto/poczta", stan="uncertain")))
    return [_wait(n, f"desk_wait_{word}", href, lang) for n, word, href in counts if n]


def _wait(n: int, word: str, href: str, lang: Lang) -> Shown:
    return {"n": n, "words": naming.noun(n, word, lang), "href": href}


def _next_offers(stages: list[Stage], lang: Lang) -> list[Shown]:
    """For each stage the first of its reserve list whom the free places would fit."""
    found = []
    for stage in stages:
        first = availability(stage).next_offer()
        if first is not None:
            case = Registration.objects.get(stage=stage, number=first.number)
            href = Addresses(lang).page(f"{HOME}/zgloszenie/{case.pk}")
            found.append({"stage": stage, "case": case, "href": href})
    return found


def _short_areas(sight: Sight, stage: Stage, lang: Lang) -> list[Shown]:
    """Areas somebody asks for in person, but not enough units for a group."""
    seen = {one.pk for one in sight.organisers()}
    counts = {area: n for (organiser, area), n in short(stage).items() if organiser in seen}
    return [
        {
            "name": area_name(area, lang),
            "units": naming.counted(n, "desk_forms_units", lang),
            "href": Addresses(lang).page(f"{HOME}/zgloszenia", etap=stage.number, obszar=area),
        }
        for area, n in counts.items()
    ]


def _tells(sight: Sight, stage: Stage | None, lang: Lang) -> str:
    """The page that writes to units of short areas, for those who decide for all of them."""
    may = all(sight.may(DECIDE, one.pk) for one in sight.organisers())
    return Addresses(lang).page(f"{HOME}/etap/{stage.number}/obszary") if stage and may else ""


def _progress(sight: Sight, lang: Lang) -> Shown:
    """Units with a place in the whole programme, whichever organiser they have."""
    rules, t = sight.edition.rules, words(lang)
    held = workflow("registration").holding(Holds.PLACE)
    reached = Registration.objects.filter(edition=sight.edition, status__in=held).count()
    target, needed = rules.target_units, further_stage_needed(reached, rules)
    told = t["desk_stage_needed" if needed else "desk_stage_not_needed"].format(target=target)
    return {"reached": reached, "most": max(target, reached), "target": target, "words": told}


def _line(line: Line, lang: Lang) -> Shown:
    area = line.queue.area or Kind.ONLINE
    return {
        "name": queue_name(line.queue, lang),
        "line": line,
        "href": Addresses(lang).page(f"{HOME}/zgloszenia", obszar=area),
    }
