"""Another person comes instead of a participant, until the first day (rule 9)."""

from datetime import date, datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.advancing import advance, may
from smup.training.actions.enrolling import HOLDING, active, fresh_participant
from smup.training.actions.letters import lang_of, write
from smup.training.actions.locking import case
from smup.training.actions.preparing import full_name, kind_and_area
from smup.training.models import Enrolment, Participant
from smup.training.moments import today
from smup.training.rules.attendance import may_replace
from smup.training.rules.form import check_sex
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.typed import check_text
from smup.training.rules.workflow import workflow

_LONGEST = 80
_WAITING = frozenset({"reserve", "offered", "to_confirm"})  # who waits may think again, too


def replace(
    participant: Participant,
    name: str,
    surname: str,
    sex: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> Participant:
    """Somebody else takes the place, kind, area and trainings of a participant, and brings
    declarations of their own. The same replacement twice is one.

    ``sex`` is kept only where the edition asks for it. Raises NotPossible for somebody who left,
    Refused for a name that is none or the same, a sex that is asked for and missing, after the
    first day, and for a unit without a place.
    """
    rules = participant.registration.edition.rules
    found = (
        check_text(name, "name", _LONGEST, "name_missing"),
        check_text(surname, "surname", _LONGEST, "surname_missing"),
        check_sex(sex, rules),
    )
    if wrong := [one for one in found if one is not None]:
        raise Refused(*wrong)
    with case(participant.registration) as held:
        old = fresh_participant(participant)
        old.registration = held
        typed = (name.strip(), surname.strip())
        if done := _done(old, typed):
            return done
        may(old, "replace")
        _check(old, typed, today(now))
        return _replace(old, typed, sex if rules.ask_sex else "", actor, now)


def _done(old: Participant, typed: tuple[str, str]) -> Participant | None:
    new: Participant | None = Participant.objects.filter(replaces=old).first()
    return new if new is not None and (new.name, new.surname) == typed else None


def _check(old: Participant, typed: tuple[str, str], day: date) -> None:
    status = old.registration.status
    if status not in HOLDING | _WAITING:
        named = workflow("registration").statuses[status].name
        raise Refused(Refusal(1, "without_place", "participant", {"status": named}))
    if typed == (old.name, old.surname):
        raise Refused(Refusal(9, "same_person", "surname"))
    if late := may_replace(day, first_day(old)):
        raise Refused(late)


def first_day(participant: Participant) -> date | None:
    """The first day of the participant's training; None while none is set."""
    found = active(participant).exclude(training__meetings=None)
    starts = found.order_by("training__meetings__starts").values_list("training__meetings__starts")
    first = starts.first()
    return today(first[0]) if first else None


def _replace(
    old: Participant, typed: tuple[str, str], sex: str, actor: Actor, now: datetime
) -> Participant:
    held, edition = old.registration, old.registration.edition_id
    seats = list(active(old))
    event = advance(old, "replace", actor=actor, edition=edition)
    new = Participant(
        registration=held,
        order=old.order,
        name=typed[0],
        surname=typed[1],
        kind=old.kind,
        area=old.area,
        sex=sex,
        replaces=old,
    )
    noted = {"replaces": old.pk, "name": audit.PRIVATE}
    advance(new, "add", actor=actor, edition=edition, noted=noted)
    for seat in seats:
        advance(seat, "resign", actor=actor, edition=edition)
        noted = {"training": seat.training_id, "participant": new.pk}
        joined = Enrolment(training_id=seat.training_id, participant=new)
        advance(joined, "enrol", actor=actor, edition=edition, noted=noted)
    lang = lang_of(held)
    told = {
        "left": full_name(old),
        "joined": full_name(new),
        "trainings": "\n".join(s.training.title for s in seats)
        or kind_and_area(new.kind, new.area, lang),
    }
    write("participant-replaced", held, key=f"event:{event.pk}", now=now, told=told)
    return new
