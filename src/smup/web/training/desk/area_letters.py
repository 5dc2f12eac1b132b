"""Telling units that too few ask for a group in their area: first who would get a letter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.finding import whole
from smup.training.actions.short_areas import short, tell_short_areas
from smup.training.models import Registration, Stage
from smup.training.naming import area_name
from smup.training.rules.queues import Kind
from smup.training.rules.workflow import Holds, workflow
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.seeing import DECIDE, Sight


@desk(DECIDE)
def areas(request: HttpRequest, lang: Lang, sight: Sight, number: int) -> HttpResponse:
    """Letters are for all organisers of the stage, so they are for those who decide for all."""
    stage: Stage | None = sight.stages().filter(number=number).first()
    if stage is None:
        raise Http404
    everywhere = all(sight.may(DECIDE, one.pk) for one in sight.organisers())
    if not everywhere:
        return forbidden(request, DECIDE)
    if request.method == "POST":
        told = tell_short_areas(stage, actor=actor_of(request), now=timezone.now())
        said = naming.counted(len(told), "desk_forms_letters", lang)
        messages.success(request, f"{words(lang)['desk_areas_told']}: {said}.")
        return HttpResponseRedirect(Addresses(lang).page(HOME, etap=number))
    rows = [_row(area, organiser, stage, lang) for organiser, area in sorted(short(stage))]
    context = {"stage": stage, "rows": rows, "back": Addresses(lang).page(HOME, etap=number)}
    return show_desk(request, "areas.html", context, lang, sight)


def _row(area: str, organiser: str, stage: Stage, lang: Lang) -> dict[str, Any]:
    """The area and the units of the stage that ask for it and have not answered yet."""
    waiting = Registration.objects.filter(
        stage=stage,
        organiser=organiser,
        area_answer="",
        status__in=workflow("registration").holding(Holds.PLACE, Holds.CLAIM),
        participants__kind=Kind.IN_PERSON,
        participants__area=area,
        participants__state="active",
    ).distinct()
    return {
        "name": area_name(area, lang),
        "cases": [
            {"case": one, "href": Addresses(lang).page(f"{HOME}/zgloszenie/{one.pk}")}
            for one in whole(waiting).order_by("number")
        ],
    }
