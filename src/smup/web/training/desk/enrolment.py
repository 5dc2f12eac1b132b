"""Putting people into a training: those who wait for one like it, in the order of arrival."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import enrolling
from smup.training.actions.enrolling import HOLDING
from smup.training.models import Enrolment, Participant, Training
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.guard import desk, show_desk
from smup.web.training.desk.seeing import SCHEDULE, Sight
from smup.web.training.desk.training import address, training_of

Shown = dict[str, Any]


@desk(SCHEDULE)
def people(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Whom to put into the training; as many as there are places are ticked beforehand."""
    found = training_of(sight, key)
    if not sight.may(SCHEDULE, found.organiser_id):
        return forbidden(request, SCHEDULE)
    troubles: list[Shown] = []
    if request.method == "POST":
        done, troubles = _enrol(request, found, lang)
        if done:
            said = naming.counted(done, "desk_forms_people", lang)
            messages.success(request, f"{words(lang)['desk_enrolled']}: {said}.")
        if not troubles:
            return HttpResponseRedirect(address(found, lang))
    left = found.capacity - enrolling.enrolled_count(found)
    waiting = list(waiting_for(found))
    context = {
        "training": found,
        "here": address(found, lang),
        "left": naming.counted(max(left, 0), "desk_forms_places", lang),
        "people": [_row(one, at < left, lang) for at, one in enumerate(waiting)],
        "troubles": troubles,
    }
    return show_desk(request, "enrolment.html", context, lang, sight, 422 if troubles else 200)


@desk(SCHEDULE)
def resign(
    request: HttpRequest, lang: Lang, sight: Sight, key: int, enrolment: int
) -> HttpResponse:
    """Take somebody off the training, who then waits for another."""
    found = training_of(sight, key)
    one: Enrolment | None = found.enrolments.filter(pk=enrolment).first()
    if one is None:
        raise Http404
    if not sight.may(SCHEDULE, found.organiser_id):
        return forbidden(request, SCHEDULE)
    if request.method == "POST":
        try:
            enrolling.resign(one, actor=actor_of(request), now=timezone.now())
            messages.success(request, words(lang)["desk_resigned"])
        except (Refused, NotPossible) as refused:
            messages.warning(request, refused.sentence(lang))
    return HttpResponseRedirect(address(found, lang))


def waiting_for(training: Training) -> QuerySet[Participant]:
    """People with a place for this kind and area who are in no training, by arrival."""
    busy = Enrolment.objects.filter(participant=OuterRef("pk"), state="enrolled").exclude(
        training__state="cancelled"
    )
    found = Participant.objects.filter(
        ~Exists(busy),
        registration__edition=training.edition_id,
        registration__status__in=HOLDING,
        kind=training.kind,
        area=training.area,
        state="active",
    ).select_related("registration__organiser")
    return found.order_by("registration__number", "order")


def _enrol(request: HttpRequest, training: Training, lang: Lang) -> tuple[int, list[Shown]]:
    """How many were put in, and who was not and why."""
    chosen, done, troubles = set(request.POST.getlist("osoba")), 0, []
    actor, now = actor_of(request), timezone.now()
    for one in waiting_for(training):
        if str(one.pk) not in chosen:
            continue
        try:
            enrolling.enrol(one, training, actor=actor, now=now)
            done += 1
        except Refused as refused:
            troubles.append({"person": one, "sentence": refused.sentence(lang)})
    return done, troubles


def _row(one: Participant, fits: bool, lang: Lang) -> Shown:
    status = naming.status_name("registration", one.registration.status, lang)
    return {"person": one, "case": one.registration, "status": status, "ticked": fits}
