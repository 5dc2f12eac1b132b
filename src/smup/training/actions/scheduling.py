"""Trainings: planned, announced, changed, cancelled (rule 13). Everyone concerned is told once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from smup.accounts.actor import Actor
from smup.accounts.models import Event
from smup.training.actions import calling, notices
from smup.training.actions.advancing import advance, may
from smup.training.actions.calling import calendar, public_calendar
from smup.training.actions.enrolling import enrol, enrolled_count, fresh_training, move, resign
from smup.training.actions.locking import alone
from smup.training.actions.planning import Plan, check_complete, check_plan
from smup.training.models import Edition, Meeting, Training
from smup.training.rules.refusal import Refused

__all__ = [
    "Plan",
    "announce",
    "calendar",
    "cancel",
    "change",
    "create",
    "enrol",
    "move",
    "plan_of",
    "public_calendar",
    "resign",
]

_COLUMNS = (
    "organiser", "kind", "area", "quarter", "title", "capacity", "listener_places", "place", "link",
    "trainer",
)  # fmt: skip


def create(edition: Edition, plan: Plan, *, actor: Actor, now: datetime) -> Training:
    """Plan a training; nobody is told before it is announced.

    The same plan twice in one edition is one training, as after a double click. Raises Refused.
    """
    with alone(edition.pk) as held:
        if refusals := check_plan(plan, held.rules):
            raise Refused(*refusals)
        alike = held.trainings.filter(state="planned", title=plan.title.strip())
        same: Training
        for same in alike.select_related("organiser", "trainer"):
            if plan_of(same) == _tidy(plan):
                return same
        training = Training(edition=held)
        changes = _columns(_tidy(plan))
        noted = {**changes, "days": plan.days}
        advance(training, "plan", actor=actor, edition=held.pk, changes=changes, noted=noted)
        _set_days(training, plan)
        return training


def change(training: Training, plan: Plan, *, actor: Actor, now: datetime) -> Training:
    """Change a plan, or an announced training: then everyone concerned gets a letter with what it
    was and will be and a new calendar file. A change that changes nothing tells nobody.

    Raises NotPossible, Refused.
    """
    with held_training(training) as one:
        action = "correct" if one.state == "planned" else "change"
        may(one, action)
        before, new = plan_of(one), _tidy(plan)
        if refusals := check_plan(new, one.edition.rules, before, enrolled_count(one)):
            raise Refused(*refusals)
        if new == before:
            return one
        was = {lang: calling.when_and_where(one, lang) for lang in ("pl", "en")}
        event = _write(one, before, new, action, actor)
        if action == "change":
            if refusals := check_complete(one, now, before.days):
                raise Refused(*refusals)
            becomes = {lang: calling.when_and_where(one, lang) for lang in ("pl", "en")}
            notices.tell(
                "training-changed",
                one,
                notices.of_training(one),
                event,
                lambda lang: {"training": one.title, "was": was[lang], "becomes": becomes[lang]},
                now=now,
                attachments=(calling.enclosed(one, now=now),),
            )
        return one


def announce(training: Training, *, actor: Actor, now: datetime) -> Training:
    """Announce a planned training and invite those who are in it.

    Raises NotPossible, Refused while it lacks days, a place or, in person, applying units.
    """
    with held_training(training) as one:
        if one.state == "announced":
            return one
        may(one, "announce")
        if refusals := check_complete(one, now):
            raise Refused(*refusals)
        event = advance(
            one, "announce", actor=actor, edition=one.edition_id, changes={"revision": 1}
        )
        notices.tell(
            "training-invitation",
            one,
            notices.of_training(one),
            event,
            lambda lang: calling.invitation(one, lang),
            now=now,
            attachments=(calling.enclosed(one, now=now),),
        )
        return one


def cancel(training: Training, *, why: str, actor: Actor, now: datetime) -> Training:
    """Cancel a training; its people can be enrolled in another. Of one that was only planned nobody
    was told, and nobody is. Raises NotPossible, Refused without a reason."""
    with held_training(training) as one:
        if one.state == "cancelled":
            return one
        event = advance(
            one,
            "cancel",
            actor=actor,
            edition=one.edition_id,
            why=why,
            changes={"revision": one.revision + 1} if one.revision else {},
        )
        if one.revision:
            notices.tell(
                "training-cancelled",
                one,
                notices.of_training(one),
                event,
                lambda lang: {
                    "training": one.title,
                    "date": calling.when(one, lang),
                    "reason": why.strip(),
                },
                now=now,
                attachments=(calling.enclosed(one, now=now),),
            )
        return one


@contextmanager
def held_training(training: Training) -> Iterator[Training]:
    """A transaction that holds the edition; the training as it stands now."""
    with alone(training.edition_id) as edition:
        yield fresh_training(training, edition)


def plan_of(training: Training) -> Plan:
    """The plan a training keeps to, for a form that changes it."""
    values = {name: getattr(training, name) for name in _COLUMNS}
    days = tuple((one.starts, one.ends) for one in training.meetings.all())
    return Plan(**values, days=days)


def _write(training: Training, before: Plan, new: Plan, action: str, actor: Actor) -> Event:
    changes = _columns(new)
    if action == "change":
        changes["revision"] = training.revision + 1
    _set_days(training, new)
    noted = {**changes, "days": new.days, "days_before": before.days}
    return advance(
        training, action, actor=actor, edition=training.edition_id, changes=changes, noted=noted
    )


def _set_days(training: Training, plan: Plan) -> None:
    """The n-th day stays the n-th row, whenever it is: its attendance and its entry in calendars
    hang on it."""
    rows = list(training.meetings.all())
    for row, (starts, ends) in zip(rows, plan.days, strict=False):
        row.starts, row.ends = starts, ends
        row.save(update_fields=("starts", "ends"))
    for row in rows[len(plan.days) :]:
        row.delete()
    for starts, ends in plan.days[len(rows) :]:
        Meeting.objects.create(training=training, starts=starts, ends=ends)


def _columns(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in _COLUMNS}


def _tidy(plan: Plan) -> Plan:
    """As it is kept."""
    title, place, link = plan.title.strip(), plan.place.strip(), plan.link.strip()
    return replace(plan, title=title, place=place, link=link)
