"""``/szkolenia/harmonogram``: trainings by quarter, and the same for calendars."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training import calendars
from smup.training.actions.calling import public_calendar
from smup.training.models import Training
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.workflow import workflow
from smup.web.training.current import Recruitment, recruitment
from smup.web.training.page import HOME, nothing, show_training
from smup.web.training.public.views import quarter_told

_SHOWN = ("announced", "held", "closed", "cancelled")


def schedule(request: HttpRequest, lang: Lang) -> HttpResponse:
    """All announced trainings, by quarter and day."""
    found = recruitment()
    if found is None:
        return nothing(request, lang)
    rows = Training.objects.filter(edition=found.edition, state__in=_SHOWN)
    held = rows.select_related("organiser").prefetch_related("meetings").order_by("quarter", "pk")
    quarters: dict[str, list[dict[str, Any]]] = {}
    for one in sorted(held, key=_first):
        quarters.setdefault(one.quarter, []).append(_told(one, found, lang))
    context = {
        "quarters": [(quarter_told(name), rows) for name, rows in sorted(quarters.items())],
        "calendar": Addresses(lang).page(f"{HOME}harmonogram.ics"),
    }
    return show_training(request, "public/schedule.html", context, lang, found.rules)


def calendar(request: HttpRequest, lang: Lang) -> HttpResponse:
    """All announced trainings for a calendar program; without the addresses of meetings."""
    found = recruitment()
    if found is None:
        raise Http404
    made = public_calendar(found.edition, now=found.now)
    response = HttpResponse(made, content_type=calendars.MEDIA)
    response.headers["Content-Disposition"] = 'attachment; filename="szkolenia.ics"'
    return response


def _first(training: Training) -> tuple[str, str]:
    days = [one.starts.isoformat() for one in training.meetings.all()]
    return training.quarter, min(days, default="9")


def _told(training: Training, found: Recruitment, lang: Lang) -> dict[str, Any]:
    days = list(training.meetings.all())
    ahead = bool(days) and found.now < days[0].starts
    return {
        "pk": training.pk,
        "title": training.title,
        "days": [calendars.in_words(one.starts, one.ends, lang) for one in days],
        "kind": kind_name(Kind(training.kind), lang),
        "area": area_name(training.area, lang),
        "place": training.place,
        "organiser": training.organiser.short,
        "state": workflow("training").statuses[training.state].name.of(lang),
        "cancelled": training.state == "cancelled",
        "listeners": ahead and training.state == "announced" and training.listener_places > 0,
    }
