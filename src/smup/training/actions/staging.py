"""Stages of recruitment: announced, open, over; and the reserve list that goes on to the next."""

from dataclasses import replace
from datetime import datetime

from smup.accounts.actor import SYSTEM, Actor
from smup.training.actions.admitting import availability
from smup.training.actions.advancing import advance
from smup.training.actions.answering import check_in_time
from smup.training.actions.locking import alone, case
from smup.training.actions.people import requested
from smup.training.actions.programme import rules_of
from smup.training.actions.short_areas import answer_area, tell_short_areas
from smup.training.actions.stepping import TABLE, step
from smup.training.models import Edition, Registration, Stage
from smup.training.moments import end_of, today
from smup.training.rules.agreement import confirm_until
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.stages import Counts, check_stage
from smup.training.rules.workflow import Holds

__all__ = [
    "announce",
    "answer_area",
    "carry_reserve",
    "close",
    "close_due",
    "confirm",
    "counts",
    "open_due",
    "take_back",
    "tell_short_areas",
]


def announce(stage: Stage, *, actor: Actor, now: datetime) -> Stage:
    """Announce a planned stage. Raises Refused with everything that is wrong with it."""
    with alone(stage.edition_id) as edition:
        one = _fresh(stage, edition)
        if one.state == "announced":
            return one
        rules = replace(rules_of(one), announced=now)
        before = edition.stages.filter(number__lt=one.number).order_by("-number").first()
        previous = None if before is None else rules_of(before)
        refusals = check_stage(rules, previous, edition.rules, counts(edition))
        if refusals:
            raise Refused(*refusals)
        return _go(one, "announce", actor, announced_at=now)


def take_back(stage: Stage, *, why: str, actor: Actor, now: datetime) -> Stage:
    """Take an announcement back. Raises Refused once the stage is open."""
    with alone(stage.edition_id) as edition:
        one = _fresh(stage, edition)
        if one.opens <= now and one.state == "announced":
            _go(one, "open", SYSTEM)  # its time has come, though nobody noted it yet
        return _go(one, "take_back", actor, why, announced_at=None)


def open_due(now: datetime) -> int:
    """Note that announced stages have opened; forms were accepted from the very moment."""
    return _note_due("announced", "open", now, opens__lte=now)


def close_due(now: datetime) -> int:
    """Note that open stages have reached their announced end."""
    return _note_due("open", "close", now, closes__lte=now)


def close(stage: Stage, *, actor: Actor, now: datetime) -> Stage:
    """Close a stage whose announced end has come. Raises Refused before."""
    with alone(stage.edition_id) as edition:
        one = _fresh(stage, edition)
        if one.state == "closed":
            return one
        if now < one.closes:
            raise Refused(Refusal(3, "stage_goes_on", "closes", {"day": today(one.closes)}))
        return _go(one, "close", actor)


def carry_reserve(stage: Stage, *, actor: Actor, now: datetime) -> list[Registration]:
    """Carry the reserve list of the stages before over to this one, in its order.

    Each unit keeps its arrival number and confirms the same registration until a deadline; until
    then nobody who comes later gets the places it asks for. Raises Refused before this stage is
    announced and while the one before goes on.
    """
    with alone(stage.edition_id) as edition:
        one = _fresh(stage, edition)
        if one.announced_at is None:
            raise Refused(Refusal(3, "not_announced", "state"))
        earlier = edition.stages.filter(number__lt=one.number)
        if going := earlier.filter(closes__gt=now).first():
            raise Refused(Refusal(3, "stage_goes_on", "closes", {"day": today(going.closes)}))
        until = end_of(confirm_until(today(max(now, one.opens)), edition.rules))
        waiting = edition.registrations.filter(stage__in=earlier, status="reserve")
        return [
            _carry(registration, one, until, actor, now)
            for registration in waiting.select_related("organiser").order_by("number")
        ]


def confirm(registration: Registration, *, actor: Actor, now: datetime) -> Registration:
    """The unit confirms in the new stage: qualified when its whole request fits what those before
    it leave, else on the reserve list of this stage. Raises Refused after the deadline."""
    with case(registration) as one:
        check_in_time(one, now)
        if one.status != "to_confirm":
            return step(one, "confirm", actor=actor, now=now, to="qualified")  # says why not
        admission = availability(one.stage).admit(requested(one), one.number, one.edition.rules)
        to = "qualified" if admission.qualified else "reserve"
        told = {"position": str(admission.position)} if admission.position else {}
        return step(one, "confirm", actor=actor, now=now, to=to, told=told)


def counts(edition: Edition) -> Counts:
    """Units of an edition that have a place, and that wait for one."""
    units = edition.registrations
    return Counts(
        qualified=units.filter(status__in=TABLE.holding(Holds.PLACE)).count(),
        reserve=units.filter(status__in=TABLE.holding(Holds.CLAIM)).count(),
    )


def _carry(
    registration: Registration, stage: Stage, until: datetime, actor: Actor, now: datetime
) -> Registration:
    registration.edition = stage.edition
    changes = {"stage": stage, "deadline": until}
    return step(registration, "carry_over", actor=actor, now=now, changes=changes)


def _fresh(stage: Stage, edition: Edition) -> Stage:
    found: Stage = edition.stages.get(pk=stage.pk)
    found.edition = edition
    return found


def _note_due(state: str, action: str, now: datetime, **due: datetime) -> int:
    done = 0
    for stage in Stage.objects.filter(state=state, **due):
        with alone(stage.edition_id) as edition:
            one = _fresh(stage, edition)
            if one.state == state:
                _go(one, action, SYSTEM)
                done += 1
    return done


def _go(stage: Stage, action: str, actor: Actor, why: str = "", **values: object) -> Stage:
    """One way of the table of stages. Raises NotPossible, and Refused without a needed reason."""
    edition = stage.edition_id
    advance(stage, action, actor=actor, edition=edition, why=why, changes=values, noted={})
    return stage
