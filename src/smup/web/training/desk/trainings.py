"""The list of trainings: those of the own organisation, for a trainer the own ones."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.models import Training
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.workflow import workflow
from smup.web.training.desk import naming
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.seeing import ATTEND, READ, SCHEDULE, Sight

PATH = f"{HOME}/szkolenia"
LACKING = "braki"  # of ?czeka=


@desk(READ, ATTEND)
def trainings(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """Trainings by their first day, those without one first."""
    asked = {name: request.GET.get(name, "") for name in ("czeka", "stan", "obszar")}
    found = _chosen(sight.trainings(), asked)
    areas = [(area, area_name(area, lang)) for area in sight.edition.rules.areas]
    states = [(one, told.name.of(lang)) for one, told in workflow("training").statuses.items()]
    context = {
        "trainings": [_row(one, lang) for one in _counted(found)],
        "asked": asked,
        "lacking": asked["czeka"] == LACKING,
        "controls": [("stan", states, asked["stan"]), ("obszar", areas, asked["obszar"])],
        "everything": Addresses(lang).page(PATH),
        "new": Addresses(lang).page(f"{PATH}/nowe") if sight.may(SCHEDULE) else "",
    }
    return show_desk(request, "trainings.html", context, lang, sight)


def lacking(found: QuerySet[Training]) -> QuerySet[Training]:
    """Planned trainings without a trainer or a date."""
    return found.filter(Q(trainer=None) | Q(meetings=None), state="planned").distinct()


def _chosen(found: QuerySet[Training], asked: dict[str, str]) -> QuerySet[Training]:
    if asked["czeka"] == LACKING:
        found = lacking(found)
    if asked["stan"]:
        found = found.filter(state=asked["stan"])
    if asked["obszar"]:
        found = found.filter(area=asked["obszar"])
    return found


def _counted(found: QuerySet[Training]) -> QuerySet[Training]:
    return (
        found.select_related("organiser", "trainer")
        .annotate(
            first=Min("meetings__starts"),
            people=Count("enrolments", filter=Q(enrolments__state="enrolled"), distinct=True),
        )
        .order_by("first", "pk")
    )


def _row(one: Any, lang: Lang) -> dict[str, Any]:
    return {
        "training": one,
        "href": Addresses(lang).page(f"{HOME}/szkolenie/{one.pk}"),
        "kind": kind_name(Kind(one.kind), lang),
        "area": area_name(one.area, lang),
        "state": naming.status_name("training", one.state, lang),
        "ours": workflow("training").statuses[one.state].owner == "organiser",
    }
