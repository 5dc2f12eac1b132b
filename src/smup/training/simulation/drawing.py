"""Who takes part in a replay: real units of the register, invented offices and people.

The same seed gives the same edition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random

from smup.present.places import title
from smup.territory import Kind as UnitKind
from smup.territory import Unit
from smup.training.register import register
from smup.training.rules.form import Form
from smup.training.rules.kinds import Kind, Participant
from smup.training.rules.settings import UNIT_KINDS, EditionSettings

# Share of units that send 1, 2, … 5 people: together 1.71 people a unit, as in 2022-2023.
SHARES = (0.565, 0.26, 0.095, 0.06, 0.02)
RARE = 0.03  # share of in-person choices that fall on the last area of a stage
_ALL_THERE, _SOME_THERE = 0.24, 0.45  # shares of small and of larger units that come in person
_NAMES = ("Anna", "Jan", "Ewa", "Piotr", "Zofia", "Adam", "Maria", "Tomasz", "Irena", "Paweł")
_SURNAMES = ("Przykład", "Wzór", "Próba", "Zmyślak", "Fikcja", "Przymiarka", "Szkic", "Makieta")
# Larger offices belong to larger units: added to a chance between 0 and 1.
_LARGER = {
    UnitKind.MIASTO: 1.0,
    UnitKind.POWIAT: 0.35,
    UnitKind.GMINA_MIEJSKA: 0.3,
    UnitKind.GMINA_MIEJSKO_WIEJSKA: 0.12,
}


@dataclass(frozen=True)
class Applicant:
    """A unit that is going to register in stage ``stage`` (from 1)."""

    form: Form
    kind: UnitKind
    stage: int


def pilot(how_many: int, seed: int, on: date) -> list[str]:
    """Codes of units that took part in the pilot."""
    return [unit.code for unit in _shuffled(seed, on)[:how_many]]


def applicants(
    how_many: int,
    seed: int,
    on: date,
    settings: EditionSettings,
    areas: Sequence[Sequence[str]],
    without: Sequence[str],
) -> list[Applicant]:
    """``how_many`` units and their forms; ``areas``: those on offer, by stage.

    Raises ValueError where there are not so many units.
    """
    chance, left_out = Random(seed), set(without)
    units = [unit for unit in _shuffled(seed, on) if unit.code not in left_out]
    if how_many > len(units):
        raise ValueError(f"Jednostek, które mogą wziąć udział, jest {len(units)}; podaj mniej.")
    chosen = units[:how_many]
    people, numbers = _people_of(chosen, chance), nips(chance)
    found = []
    for place, unit in enumerate(chosen):
        stage = 1 + place * len(areas) // how_many
        form = _form(unit, people[unit.code], next(numbers), areas[stage - 1], settings, chance)
        found.append(Applicant(form, unit.kind, stage))
    return found


def person(chance: Random, kind: Kind, area: str) -> Participant:
    """Somebody plainly invented."""
    return Participant(chance.choice(_NAMES), chance.choice(_SURNAMES), kind, area)


def nips(chance: Random) -> Iterator[str]:
    """Tax numbers with a right check digit, each once."""
    weights, given = (6, 5, 7, 2, 3, 4, 5, 6, 7), set[int]()
    while True:
        number = chance.randrange(100_000_000, 1_000_000_000)
        digits = [int(sign) for sign in str(number)]
        check = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check < 10 and number not in given:
            given.add(number)
            yield f"{number}{check}"


def _shuffled(seed: int, on: date) -> list[Unit]:
    units = [unit for unit in register() if unit.kind in UNIT_KINDS and unit.exists_on(on)]
    Random(seed).shuffle(units)
    return units


def _people_of(units: Sequence[Unit], chance: Random) -> dict[str, int]:
    """Code -> people; the shares are met as nearly as whole units allow, whatever the chance."""
    exact = [share * len(units) for share in SHARES]
    counts = [int(number) for number in exact]
    rest = sorted(range(len(exact)), key=lambda n: counts[n] - exact[n])
    for n in rest[: len(units) - sum(counts)]:
        counts[n] += 1
    ranked = sorted(units, key=lambda unit: chance.random() + _LARGER.get(unit.kind, 0))
    codes = iter(unit.code for unit in ranked)
    found: dict[str, int] = {}
    for people, how_many in enumerate(counts, start=1):
        found |= dict.fromkeys(islice(codes, how_many), people)
    return found


def _form(
    unit: Unit,
    people: int,
    nip: str,
    areas: Sequence[str],
    settings: EditionSettings,
    chance: Random,
) -> Form:
    return Form(
        unit=unit.code,
        nip=nip,
        office_name=f"Urząd: {title(unit)}",
        office_address=f"ul. Zmyślona {chance.randint(1, 99)}, 00-000 {unit.name}",
        headcount=_headcount(people, settings, chance),
        contact_name=f"{chance.choice(_NAMES)} {chance.choice(_SURNAMES)}",
        contact_phone=f"22 555 {chance.randint(0, 99):02d} {chance.randint(0, 99):02d}",
        contact_email=f"sekretariat@u{unit.code}.example.org",
        participants=tuple(_choices(people, areas, settings, chance)),
        accepts_rules=True,
        declares_employees=True,
    )


def _headcount(people: int, settings: EditionSettings, chance: Random) -> int:
    """An office that has to send so many people; at its bounds more often than anywhere else."""
    low = 1
    for step in settings.headcount:
        high = step.up_to or low + 400
        if step.people == people:
            return chance.choice((low, high, chance.randint(low, high), chance.randint(low, high)))
        low = high + 1
    raise ValueError(f"no office sends {people} people")


def _choices(
    people: int, areas: Sequence[str], settings: EditionSettings, chance: Random
) -> Iterator[Participant]:
    """Kinds and areas as rule 7 allows them."""
    small = people <= settings.all_in_person_up_to
    there = 0
    if small and chance.random() < _ALL_THERE:
        there = people
    elif not small and chance.random() < _SOME_THERE:
        there = chance.randint(1, settings.max_in_person_per_unit)
    area = areas[-1] if chance.random() < RARE else chance.choice(areas[:-1])
    for number in range(people):
        if number < there:
            yield person(chance, Kind.IN_PERSON, area)
        else:
            yield person(chance, Kind.ONLINE, chance.choice(areas))
