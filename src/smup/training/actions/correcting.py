"""A unit puts right the people of a case that was refused for their number (rule 6).

A refused case holds no place and claims none: nothing is taken from anybody here. What it asks for
is weighed when an organiser reopens the case, as a request that comes last.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.advancing import advance
from smup.training.actions.consenting import consent_of
from smup.training.actions.locking import case
from smup.training.actions.people import form_people
from smup.training.actions.programme import meant, rules_of
from smup.training.actions.stepping import TABLE, step
from smup.training.models import Participant, Registration
from smup.training.rules.form import check_headcount, check_participants, check_sexes
from smup.training.rules.kinds import Participant as Person
from smup.training.rules.refusal import Refusal, Refused

NUMBER = "6"  # the point of the rules for which the case was refused
_WHY = "Poprawa liczby osób po odrzuceniu (pkt 6)"


def may_correct(registration: Registration) -> bool:
    """Was it refused for the number of its people, and not yet reopened?"""
    ways = {one.action for one in TABLE.actions(registration.status)}
    return registration.rule == NUMBER and "correct_people" in ways


def correct(
    registration: Registration,
    headcount: int | None,
    people: Sequence[Person],
    *,
    actor: Actor,
    now: datetime,
) -> Registration:
    """Let ``people`` be those who take part, and ``headcount`` the persons the office employs.

    Somebody of the same name stays the same participant. Said twice it is done once. Raises Refused
    with every rule of the form they break, and for a case that was not refused for their number.
    """
    with case(registration) as one:
        if not may_correct(one):
            raise Refused(Refusal(6, "not_refused_for_number", "participants"))
        _check(one, headcount, people, now)
        asked = one.edition.rules.ask_sex
        wanted = tuple(person if asked else replace(person, sex="") for person in people)
        if one.headcount == headcount and Counter(form_people(one)) == Counter(wanted):
            return one
        _put(one, wanted, actor)
        return step(one, "correct_people", actor=actor, now=now, changes={"headcount": headcount})


def _check(
    one: Registration, headcount: int | None, people: Sequence[Person], now: datetime
) -> None:
    edition, stage = one.edition, meant(one.edition, now)
    rules = None if stage is None else rules_of(stage)
    wrong = check_headcount(headcount)
    refusals = (
        *((wrong,) if wrong else ()),
        *check_participants(people, headcount, edition.rules, rules, consent_of(edition, one.unit)),
        *check_sexes(people, edition.rules),
    )
    if refusals:
        raise Refused(*refusals)


def _put(one: Registration, people: Sequence[Person], actor: Actor) -> None:
    """Those of the same name stay, the others resign, new ones come after all there ever were."""
    known = defaultdict[tuple[str, str], list[Participant]](list)
    for row in one.participants.filter(state="active").order_by("order"):
        known[row.name, row.surname].append(row)
    new = []
    for person in people:
        same = known[person.name, person.surname]
        if same:
            _keep(same.pop(0), person, actor, one.edition_id)
        else:
            new.append(person)
    for row in (row for rows in known.values() for row in rows):
        advance(row, "resign", actor=actor, edition=one.edition_id, why=_WHY)
    last = one.participants.aggregate(last=Max("order"))["last"] or 0
    for order, person in enumerate(new, start=last + 1):
        joined = Participant(
            registration=one,
            order=order,
            name=person.name,
            surname=person.surname,
            kind=person.kind,
            area=person.area,
            sex=person.sex,
        )
        noted = {"name": audit.PRIVATE}
        advance(joined, "add", actor=actor, edition=one.edition_id, noted=noted)


def _keep(row: Participant, person: Person, actor: Actor, edition: int) -> None:
    told = {"kind": person.kind, "area": person.area}
    changes = {**told, "sex": person.sex}
    if any(getattr(row, name) != value for name, value in changes.items()):
        advance(row, "correct", actor=actor, edition=edition, changes=changes, noted=told)
