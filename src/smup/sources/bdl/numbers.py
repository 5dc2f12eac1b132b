"""Numbers of variables in the Local Data Bank: found by a run, accepted by a person.

``<home>/bdl-found.csv`` lists what a run found, for review; ``catalogue/bdl-numbers.csv`` what a
person accepted. Only accepted numbers become figures.
"""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smup.catalogue.base import Definition, Sentence, VariableId
from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.validation import parse
from smup.store.files import write_whole

ACCEPTED, FOUND = "bdl-numbers.csv", "bdl-found.csv"
_HEAD = (
    "# Numery zmiennych BDL zatwierdzone przez człowieka (smup sync accept bdl).\n"
    "# asked: pozycja z catalogue/variables, na którą odpowiada numer; reszta: opis w usłudze.\n"
)


class Number(Definition):
    """``asked`` is the position in the catalogue, the rest how the service describes the number."""

    variable: VariableId
    id: int
    asked: Sentence
    subject_id: Sentence
    subject: Sentence
    labels: str = ""  # n1-n5, joined with " / "
    measure_id: int
    measure: str = ""
    found: date


COLUMNS = tuple(Number.model_fields)


@dataclass(frozen=True, slots=True)
class Missing:
    """A number that was not found; ``names`` are those that resemble it."""

    variable: str
    asked: str
    reason: str


def read_accepted(catalogue: Path) -> dict[str, Number]:
    """By variable. Raises CatalogueErrors for rows that cannot be read."""
    return _read(catalogue / ACCEPTED, f"{catalogue.name}/{ACCEPTED}")


def read_found(home: Path) -> dict[str, Number]:
    """What waits for a person, by variable. Raises CatalogueErrors."""
    return _read(home / FOUND, FOUND)


def write_found(home: Path, numbers: Iterable[Number]) -> None:
    """Put the numbers that wait in place of those that waited before."""
    content = _text(numbers)
    path = home / FOUND
    if not path.is_file() or path.read_text("utf-8") != content:
        write_whole(path, content.encode(), durable=True)


def accept(
    catalogue: Path, home: Path, variables: Collection[str] | None = None
) -> Sequence[Number]:
    """Take numbers that wait (all, or those of ``variables``) into the catalogue; what was taken.

    Raises ValueError naming a variable for which none waits, CatalogueErrors for unreadable rows.
    """
    waiting = read_found(home)
    unknown = [name for name in variables or () if name not in waiting]
    if unknown:
        raise ValueError(
            f"Dla zmiennej „{unknown[0]}” nie czeka żaden numer BDL (zobacz {home / FOUND})."
        )
    taken = {name: one for name, one in waiting.items() if variables is None or name in variables}
    if taken:
        merged = {**read_accepted(catalogue), **taken}
        ordered = [merged[name] for name in sorted(merged)]
        write_whole(catalogue / ACCEPTED, (_HEAD + _text(ordered)).encode(), durable=True)
        write_found(home, [one for name, one in waiting.items() if name not in taken])
    return tuple(taken.values())


def _text(numbers: Iterable[Number]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(one, name) for name in COLUMNS] for one in numbers)
    return text.getvalue()


def _read(path: Path, file: str) -> dict[str, Number]:
    if not path.is_file():
        return {}
    errors: list[CatalogueError] = []
    lines = path.read_text("utf-8").splitlines()
    told = [(at, line) for at, line in enumerate(lines, 1) if line and not line.startswith("#")]
    found: dict[str, Number] = {}
    for (at, _), cells in zip(told, csv.reader(line for _, line in told), strict=True):
        if at == told[0][0]:
            continue
        row = {name: cell for name, cell in zip(COLUMNS, cells, strict=False) if cell}
        one = parse(Number, row, file=file, lines=dict.fromkeys(row, at) | {"": at}, errors=errors)
        if one is not None:
            if one.variable in found:
                errors.append(CatalogueError(file, at, "variable", "zmienna stoi dwa razy"))
            found[one.variable] = one
    if errors:
        raise CatalogueErrors(errors)
    return found
