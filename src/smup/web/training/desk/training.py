"""One training: when and where, who is in it, what is still missing, what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import closing, notices, scheduling
from smup.training.models import Training
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible, Owner, Transition, workflow
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.attendance_page import people_of
from smup.web.training.desk.forms import DeskForm, Plain, Reasoned
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.meanwhile import SEEN, Meanwhile, seen_of, unchanged
from smup.web.training.desk.results import results_of
from smup.web.training.desk.seeing import ATTEND, READ, SCHEDULE, Sight

_Do = Callable[[Training, Mapping[str, Any], Actor, datetime], object]
# A step of the table of trainings, its form and the action that takes it.
_STEPS: Mapping[str, tuple[type[DeskForm], _Do]] = {
    "announce": (Plain, lambda one, _, by, now: scheduling.announce(one, actor=by, now=now)),
    "finish": (Plain, lambda one, _, by, now: closing.finish(one, actor=by, now=now)),
    "close": (Plain, lambda one, _, by, now: closing.close(one, actor=by, now=now)),
    "cancel": (
        Reasoned,
        lambda one, told, by, now: scheduling.cancel(one, why=told["powod"], actor=by, now=now),
    ),
}
Shown = dict[str, Any]


@desk(READ, ATTEND)
def training(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """Everything of a training."""
    return _show(request, lang, sight, training_of(sight, key))


@desk(SCHEDULE, ATTEND)
def decide(request: HttpRequest, lang: Lang, sight: Sight, key: int, step: str) -> HttpResponse:
    """Announce it, cancel it, note that it was held, account for it."""
    found = training_of(sight, key)
    if step not in _STEPS:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(address(found, lang))
    ways = [one for one in workflow("training").transitions if one.action == step]
    if not all(_allows(one, sight, found) for one in ways):
        return forbidden(request, SCHEDULE)
    made, take = _STEPS[step]
    form = made(lang, request.POST, auto_id=f"{step}-%s")
    if not form.is_valid():
        return _show(request, lang, sight, found, {step: form})
    told, actor, now = form.cleaned_data, actor_of(request), timezone.now()
    seen, held = request.POST.get(SEEN, ""), scheduling.held_training(found)
    try:
        unchanged(held, about(found), seen, lambda one: take(one, told, actor, now))
    except (Meanwhile, NotPossible):
        return overtaken(request, lang, sight, found)
    except Refused as refused:
        form.add_error(None, refused.sentence(lang))
        return _show(request, lang, sight, found, {step: form})
    messages.success(request, words(lang)["desk_training_saved"])
    return HttpResponseRedirect(address(found, lang))


def training_of(sight: Sight, key: int) -> Training:
    """A training the person sees. Raises Http404."""
    found = sight.trainings().select_related("organiser", "trainer", "edition")
    one: Training | None = found.filter(pk=key).first()
    if one is None:
        raise Http404
    return one


def about(training: Training) -> str:
    """What the record calls it."""
    return f"training:{training.pk}"


def address(training: Training, lang: Lang, more: str = "") -> str:
    return Addresses(lang).page(f"{HOME}/szkolenie/{training.pk}{more}")


def letters(training: Training, lang: Lang) -> str:
    """How many letters a change of it makes: ``12 listów``."""
    readers = {one.email.lower() for one in notices.of_training(training)}
    return naming.counted(len(readers), "desk_forms_letters", lang)


def overtaken(request: HttpRequest, lang: Lang, sight: Sight, found: Training) -> HttpResponse:
    """Nothing was written: the training is no longer as the person saw it."""
    found.refresh_from_db()
    messages.warning(request, words(lang)["desk_training_meanwhile"])
    return _show(request, lang, sight, found, status=409)


def _is_over(found: Training) -> bool:
    last = found.meetings.last()
    return last is not None and last.ends <= timezone.now()


def _allows(way: Transition, sight: Sight, found: Training) -> bool:
    if way.permission == ATTEND:
        return may_attend(sight, found)
    return way.permission is not None and sight.may(way.permission, found.organiser_id)


def may_attend(sight: Sight, found: Training) -> bool:
    """A trainer notes attendance of the own trainings, an organiser of all of the organisation."""
    own = found.trainer_id == sight.person.pk
    return sight.may(ATTEND) if own else sight.may(ATTEND, found.organiser_id) and sight.may(READ)


def _show(
    request: HttpRequest,
    lang: Lang,
    sight: Sight,
    found: Training,
    sent: dict[str, DeskForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    now, organises = timezone.now(), sight.may(SCHEDULE, found.organiser_id)
    people = people_of(found, lang)
    context = {
        "training": found,
        "kind": kind_name(Kind(found.kind), lang),
        "area": area_name(found.area, lang),
        "state": naming.status_name("training", found.state, lang),
        "days": list(found.meetings.all()),
        "people": people,
        "places": naming.counted(len(people), "desk_forms_people", lang),
        "lacking": [one for one in people if one["why_not"]],
        "seen": seen_of([about(found)])[about(found)],
        "steps": _steps(found, sight, lang, sent or {}),
        "organises": organises,
        "attends": may_attend(sight, found),
        "begun": any(one.starts <= now for one in found.meetings.all()),
        "here": address(found, lang),
        "results": results_of(found, lang),
        "listeners": list(found.free_listeners.order_by("pk")),
        "materials": list(found.materials.select_related("document").order_by("pk")),
    }
    status = 422 if sent else status
    return show_desk(request, "training.html", context, lang, sight, status)


def _steps(found: Training, sight: Sight, lang: Lang, sent: dict[str, DeskForm]) -> list[Shown]:
    told = letters(found, lang)
    return [
        {
            "id": way.action,
            "name": way.name.of(lang),
            "note": words(lang)[f"desk_step_{way.action}"].format(letters=told),
            "form": sent.get(way.action) or _STEPS[way.action][0](lang, auto_id=f"{way.action}-%s"),
            "open": way.action in sent,
        }
        for way in workflow("training").actions(found.state, Owner.ORGANISER)
        if way.action in _STEPS
        and _allows(way, sight, found)
        and (way.action != "finish" or _is_over(found))
    ]
