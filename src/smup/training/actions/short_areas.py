"""In-person areas with too few units: they are told, and wait or take online (rule 8)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import QuerySet

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.language import Lang, noun
from smup.language.dates import day_in_words
from smup.mailing.models import Message
from smup.training.actions.admitting import availability
from smup.training.actions.letters import lang_of, subject, write
from smup.training.actions.locking import alone, case
from smup.training.actions.stepping import TABLE
from smup.training.models import Participant, Registration, Stage
from smup.training.moments import today
from smup.training.naming import area_name
from smup.training.rules.areas import Application, applying, runs
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.workflow import Holds

Answer = Literal["wait", "online"]
TOLD = "training.area.told"
_UNITS = {"pl": "jednostka|jednostki|jednostek", "en": "unit|units"}
ANSWERED = {"wait": "training.area.waits", "online": "training.area.online"}


def applications(stage: Stage) -> list[Application]:
    """Units of the edition that ask for in-person training and have a place or wait for one."""
    rows = (
        _in_person()
        .filter(registration__edition=stage.edition_id)
        .values_list(
            "registration__unit", "area", "registration__organiser", "registration__stage__number"
        )
        .distinct()
    )
    return [Application(*row) for row in rows]


def short(stage: Stage) -> dict[tuple[str, str], int]:
    """(organiser, area) -> units that applied, where they are too few for a group."""
    rules, given = stage.edition.rules, applications(stage)
    found = {}
    for organiser, area in sorted({(one.organiser, one.area) for one in given}):
        units = applying(area, given, rules, organiser=organiser, stage=stage.number)
        if units and not runs(area, units, rules):
            found[organiser, area] = len(units)
    return found


def tell_short_areas(stage: Stage, *, actor: Actor, now: datetime) -> list[Registration]:
    """Write to every unit of the stage whose area is short; once for a unit, area and stage."""
    with alone(stage.edition_id) as edition:
        stage = edition.stages.get(pk=stage.pk)
        stage.edition = edition
        told = []
        for (organiser, area), units in short(stage).items():
            for one in _concerned(stage, organiser, area):
                one.edition = edition
                told += [one] if _tell(one, area, units, actor, now) else []
        return told


def answer_area(
    registration: Registration, answer: Answer, *, actor: Actor, now: datetime
) -> Registration:
    """The unit waits for the group, or its people take online training instead.

    For online places it stands where its arrival number puts it. Raises Refused where it has
    nobody in person, and where those before it leave too few online places.
    """
    with case(registration) as one:
        people = list(one.participants.filter(state="active", kind=Kind.IN_PERSON))
        if not people:
            if answer == one.area_answer:
                return one
            raise Refused(Refusal(8, "nobody_in_person", "area_answer"))
        if answer == "online":
            _check_places(one, len(people))
            one.participants.filter(pk__in=[each.pk for each in people]).update(kind=Kind.ONLINE)
        before, one.area_answer = one.area_answer, answer
        one.save(update_fields=("area_answer",))
        audit.record(
            actor,
            ANSWERED[answer],
            subject(one),
            before={"area_answer": before},
            after={"area_answer": answer, "people": len(people)},
            edition=one.edition_id,
        )
        return one


def _in_person() -> QuerySet[Participant]:
    wanting = TABLE.holding(Holds.PLACE, Holds.CLAIM)
    return Participant.objects.filter(
        state="active", kind=Kind.IN_PERSON, registration__status__in=wanting
    ).order_by()


def _concerned(stage: Stage, organiser: str, area: str) -> Sequence[Registration]:
    people = _in_person().filter(area=area).values("registration")
    found = stage.registrations.filter(pk__in=people, organiser=organiser, area_answer="")
    return list(found.select_related("organiser", "stage").order_by("number"))


def _tell(one: Registration, area: str, units: int, actor: Actor, now: datetime) -> bool:
    """False where the unit was told before."""
    key = f"area-below:{one.pk}:{one.stage_id}:{area}"
    if Message.objects.filter(key=key).exists():
        return False
    rules, lang = one.edition.rules, lang_of(one)
    until = today(now) + timedelta(days=rules.offer_days)
    told = {
        "area": area_name(area, lang),
        "applied": _units(units, lang),
        "needed": str(rules.in_person_min_units),
        "deadline": day_in_words(until, lang),
    }
    after = {"area": area, "units": units}
    audit.record(actor, TOLD, subject(one), after=after, edition=one.edition_id)
    write("area-below-five", one, key=key, now=now, told=told)
    return True


def _check_places(one: Registration, people: int) -> None:
    """A unit with a place takes online places; one that waits asks for them instead."""
    if one.status not in TABLE.holding(Holds.PLACE):
        return
    places = availability(one.stage)
    if not places.admit({QueueKey(Kind.ONLINE): people}, one.number, one.edition.rules).qualified:
        raise Refused(Refusal(8, "no_online_places", "area_answer", {"people": people}))


def _units(units: int, lang: Lang) -> str:
    return f"{units} {noun(units, _UNITS[lang])}"
