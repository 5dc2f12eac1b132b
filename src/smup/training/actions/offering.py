"""Places that became free are offered to the reserve list, by a person's decision (rule 11)."""

from datetime import datetime

from smup.accounts.actor import Actor
from smup.training.actions.admitting import availability
from smup.training.actions.answering import check_in_time
from smup.training.actions.deciding import withdraw
from smup.training.actions.locking import alone, case
from smup.training.actions.stepping import step
from smup.training.models import Registration, Stage
from smup.training.moments import end_of, today
from smup.training.rules.agreement import offer_until
from smup.training.rules.refusal import Refusal, Refused


def offer_next(stage: Stage, *, actor: Actor, now: datetime) -> Registration | None:
    """Offer a place to the first unit of the reserve list whose whole request fits; None where
    nobody's does. The offer holds the places until its own deadline."""
    with alone(stage.edition_id):
        first = availability(stage).next_offer()
        if first is None:
            return None
        waiting = stage.registrations.get(number=first.number)
        return offer(waiting, actor=actor, now=now)


def offer(registration: Registration, *, actor: Actor, now: datetime) -> Registration:
    """Offer a place to this unit. Raises Refused where another is before it, or nobody fits."""
    with case(registration) as one:
        if one.status == "reserve":
            _check_first(one)
        day = offer_until(today(now), one.edition.rules)
        return step(one, "offer", actor=actor, now=now, changes={"deadline": end_of(day)})


def accept(registration: Registration, *, actor: Actor, now: datetime) -> Registration:
    """The unit takes the place. Raises Refused after the deadline."""
    with case(registration) as one:
        check_in_time(one, now)
        return step(one, "accept_offer", actor=actor, now=now)


def decline(registration: Registration, *, why: str, actor: Actor, now: datetime) -> Registration:
    """The unit does not want the place, and with that gives its registration up."""
    return withdraw(registration, why=why, actor=actor, now=now)


def _check_first(registration: Registration) -> None:
    first = availability(registration.stage).next_offer()
    if first is None:
        raise Refused(Refusal(11, "nobody_fits", "status"))
    if first.number != registration.number:
        raise Refused(Refusal(11, "not_first", "status", {"number": first.number}))
