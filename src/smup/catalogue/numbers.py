"""Integers that outside contracts ask for: given once, kept for good, never given again.

``numbers.csv`` holds those of areas, services and variables; an indicator's number stands in
``history.csv`` beside its versions. Each kind counts for itself. ``smup catalogue record`` adds
rows, nobody takes one away: the row of a definition that is gone keeps its number from others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smup.catalogue.errors import CatalogueError
from smup.catalogue.models import Catalogue, Numbered, NumberedKind
from smup.catalogue.tables import NUMBERS, NUMBERS_COLUMNS

KINDS: tuple[NumberedKind, ...] = ("area", "service", "variable")
# The national system numbers its own areas from 1; ours keep clear of those it may add.
FIRST: Mapping[NumberedKind, int] = {"area": 101, "service": 1, "variable": 1}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of the definitions of one kind: ``of[id]`` and ``ids[number]``."""

    of: Mapping[str, int]
    ids: Mapping[int, str]


def numbers_of(catalogue: Catalogue, kind: str) -> Numbers:
    """The numbers of "area", "service", "variable" or "indicator", of those in the catalogue.

    A definition that nobody recorded (a draft, or any in a release older than the numbers) is
    left out. Raises KeyError for another kind.
    """
    if kind == "indicator":
        rows = [(row.indicator, row.number) for row in catalogue.history]
    else:
        rows = [(row.id, row.number) for row in catalogue.numbers if row.kind == kind]
    known = _known(catalogue)[kind]
    of = {id_: number for id_, number in rows if id_ in known}
    return Numbers(of, {number: id_ for id_, number in of.items()})


def unnumbered(catalogue: Catalogue) -> list[Numbered]:
    """The rows that numbers.csv lacks, in catalogue order."""
    rows = []
    for kind in KINDS:
        given = {row.id: row.number for row in catalogue.numbers if row.kind == kind}
        own = [number for number in given.values() if number >= FIRST[kind]]
        following = max(own, default=FIRST[kind] - 1) + 1
        for id_ in _known(catalogue)[kind]:
            if id_ in given:
                continue
            number = catalogue.areas[id_].number if kind == "area" else None
            if number is None:
                number, following = following, following + 1
            rows.append(Numbered(kind=kind, id=id_, number=number))
    return rows


def numbers_text(rows: list[Numbered]) -> str:
    """The rows as lines of numbers.csv, without the header."""
    return "".join(f"{row.kind},{row.id},{row.number}\n" for row in rows)


def header() -> str:
    return ",".join(NUMBERS_COLUMNS) + "\n"


def check_numbers(catalogue: Catalogue) -> list[CatalogueError]:
    """Rows taken out, put in between, given twice or missing, and areas numbered otherwise."""
    return [*_rows_sound(catalogue), *_national(catalogue), *_all_numbered(catalogue)]


def _rows_sound(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """Within a kind numbers go up one by one in the order of the file, each for another id."""
    following = dict(FIRST)
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(catalogue.numbers, 2):
        if (row.kind, row.id) in seen:
            yield _fault(line, row.id, "ma już numer; usuń drugi wiersz")
        seen.add((row.kind, row.id))
        if row.number < FIRST[row.kind]:  # the national system's own number of an area
            continue
        if row.number != following[row.kind]:
            message = (
                f"numer {row.number} stoi tam, gdzie powinien być {following[row.kind]}; numerów "
                "się nie zmienia, nie usuwa i nie wstawia, nowe dopisuje smup catalogue record"
            )
            yield _fault(line, row.id, message)
        following[row.kind] = row.number + 1


def _national(catalogue: Catalogue) -> Iterator[CatalogueError]:
    for line, row in enumerate(catalogue.numbers, 2):
        area = catalogue.areas.get(row.id) if row.kind == "area" else None
        national = area.number if area else None
        if area and national != (row.number if row.number < FIRST["area"] else None):
            yield _fault(line, row.id, f"numer {row.number}, a w areas.yaml „number: {national}”")


def _all_numbered(catalogue: Catalogue) -> Iterator[CatalogueError]:
    for row in unnumbered(catalogue):
        yield _fault(1, row.id, "nie ma numeru; nadaj go: smup catalogue record")


def _fault(line: int, id_: str, message: str) -> CatalogueError:
    return CatalogueError(f"catalogue/{NUMBERS}", line, id_, message)


def _known(catalogue: Catalogue) -> Mapping[str, Mapping[str, object]]:
    return {
        "area": catalogue.areas,
        "service": catalogue.services,
        "variable": catalogue.variables,
        "indicator": catalogue.indicators,
    }
