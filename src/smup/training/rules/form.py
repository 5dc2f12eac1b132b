"""The registration form and everything it must satisfy (rules 1, 3 to 7 and 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from smup.territory import Kind as UnitKind
from smup.training.rules.headcount import Consent, check_number
from smup.training.rules.kinds import SEXES, Participant, allowed
from smup.training.rules.nip import check_nip
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import UNIT_KINDS, EditionSettings
from smup.training.rules.stages import StageRules, check_open
from smup.training.rules.typed import check_email, check_phone, check_text

# Characters; what is kept is no longer than this.
LENGTHS = {
    "office_name": 200,
    "office_address": 300,
    "contact_name": 120,
    "contact_phone": 30,
    "name": 80,
    "surname": 80,
}
MOST_HEADCOUNT = 100_000  # the largest office of a city has about a tenth of it
MOST_PARTICIPANTS = 50


@dataclass(frozen=True)
class Form:
    """What was typed, trimmed. ``headcount`` is None where no number was given."""

    unit: str  # code of the territory register
    nip: str
    office_name: str
    office_address: str
    headcount: int | None
    contact_name: str
    contact_phone: str
    contact_email: str
    participants: tuple[Participant, ...]
    accepts_rules: bool
    declares_employees: bool


@dataclass(frozen=True)
class UnitFacts:
    """The unit in the territory register today."""

    code: str
    kind: UnitKind


def check(
    form: Form,
    settings: EditionSettings,
    stage: StageRules | None,
    *,
    unit: UnitFacts | None,
    already: bool,
    on_pilot_list: bool,
    now: datetime,
    consent: Consent | None,
    nip_of_another: bool = False,
) -> tuple[Refusal, ...]:
    """Every rule the form breaks, in the order of its fields; empty when it can be accepted.

    ``unit`` is None where the register has no such unit; ``already``: it has a case in this
    edition; ``nip_of_another``: another unit registered with this NIP.
    """
    closed = check_open(stage, now)
    found = [
        *([closed] if closed else []),
        *_unit(form, unit, already, on_pilot_list),
        *_nip(form.nip, nip_of_another),
        *_office(form),
        *_contact(form),
        *check_participants(form.participants, form.headcount, settings, stage, consent),
        *check_sexes(form.participants, settings),
    ]
    if not form.declares_employees:
        found.append(Refusal(9, "not_declared", "declares_employees"))
    if not form.accepts_rules:
        found.append(Refusal(5, "rules_not_accepted", "accepts_rules"))
    return tuple(found)


def check_participants(
    participants: Sequence[Participant],
    headcount: int | None,
    settings: EditionSettings,
    stage: StageRules | None,
    consent: Consent | None,
) -> tuple[Refusal, ...]:
    """What is wrong with the people of a form: each of them, their number and their kinds."""
    if len(participants) > MOST_PARTICIPANTS:
        return (Refusal(6, "far_too_many_people", "participants", {"most": MOST_PARTICIPANTS}),)
    found = [one for i, person in enumerate(participants) for one in _person(i, person, stage)]
    if headcount is not None and 1 <= headcount <= MOST_HEADCOUNT:
        number = check_number(len(participants), headcount, settings, consent)
        found += [number] if number else []
    elif not participants:
        found.append(Refusal(6, "no_people", "participants"))
    return (*found, *allowed(participants, settings))


def check_sexes(
    participants: Sequence[Participant], settings: EditionSettings
) -> tuple[Refusal, ...]:
    """Of whom the sex is missing in an edition that asks for it."""
    found = (
        check_sex(one.sex, settings, f"participants.{i}.sex")
        for i, one in enumerate(participants[:MOST_PARTICIPANTS])
    )
    return tuple(one for one in found if one)


def check_sex(sex: str, settings: EditionSettings, field: str = "sex") -> Refusal | None:
    """Was it told, where the edition asks for it?"""
    told = sex in SEXES or not settings.ask_sex
    return None if told else Refusal(9, "sex_missing", field)


def _unit(form: Form, unit: UnitFacts | None, already: bool, pilot: bool) -> list[Refusal]:
    if not form.unit:
        return [Refusal(1, "unit_missing", "unit")]
    if unit is None:
        return [Refusal(1, "unit_unknown", "unit")]
    found = []
    if unit.kind not in UNIT_KINDS:
        found.append(Refusal(1, "unit_kind", "unit"))
    if pilot:
        found.append(Refusal(1, "unit_in_pilot", "unit"))
    if already:
        found.append(Refusal(1, "unit_already", "unit"))
    return found


def _nip(text: str, of_another: bool) -> list[Refusal]:
    checked = check_nip(text)
    if isinstance(checked, Refusal):
        return [checked]
    return [Refusal(1, "nip_of_another", "nip")] if of_another else []


def _asked(text: str, name: str, place: str = "", *, lines: bool = False) -> Refusal | None:
    """A text the form asks for by ``name``; ``place`` where it is one of several."""
    missing = f"{name}_missing"
    return check_text(text, place or name, LENGTHS[name], missing, lines=lines, rule=9)


def _office(form: Form) -> list[Refusal]:
    found = (
        _asked(form.office_name, "office_name"),
        _asked(form.office_address, "office_address", lines=True),
        check_headcount(form.headcount),
    )
    return [one for one in found if one]


def check_headcount(headcount: int | None) -> Refusal | None:
    """What is wrong with the number of persons an office employs."""
    if headcount is None:
        return Refusal(9, "headcount_missing", "headcount")
    if not 1 <= headcount <= MOST_HEADCOUNT:
        return Refusal(9, "headcount_impossible", "headcount", {"most": MOST_HEADCOUNT})
    return None


def _contact(form: Form) -> list[Refusal]:
    most = LENGTHS["contact_phone"]
    found = (
        _asked(form.contact_name, "contact_name"),
        check_phone(form.contact_phone, "contact_phone", most, "contact_phone_missing"),
        check_email(form.contact_email, "contact_email", "contact_email_missing"),
    )
    return [one for one in found if one]


def _person(i: int, person: Participant, stage: StageRules | None) -> list[Refusal]:
    place, number = f"participants.{i}", {"number": i + 1}
    typed = (
        _asked(person.name, "name", f"{place}.name"),
        _asked(person.surname, "surname", f"{place}.surname"),
    )
    found = [one for one in typed if one]
    if person.kind is None:
        found.append(Refusal(7, "kind_missing", f"{place}.kind", number))
    elif stage and person.kind not in stage.kinds:
        found.append(Refusal(3, "kind_not_offered", f"{place}.kind", {"stage": stage.number}))
    if not person.area:
        found.append(Refusal(7, "area_missing", f"{place}.area", number))
    elif stage and person.area not in stage.areas:
        found.append(Refusal(3, "area_not_offered", f"{place}.area", {"stage": stage.number}))
    return found
