"""Which units a pasted list means: by code, or by a name that only one of them bears."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smup.territory import Unit
from smup.training.register import found, unit_of
from smup.training.rules.settings import UNIT_KINDS

MOST_LINES = 5_000
_MARKS = ";,\t"


@dataclass(frozen=True)
class Meant:
    """``units``: what was typed -> the unit; ``unclear``: typed -> units it may mean; ``unknown``:
    typed words that no unit is called by."""

    units: dict[str, Unit]
    unclear: dict[str, list[Unit]]
    unknown: list[str]

    @property
    def clear(self) -> bool:
        """Is every line one unit?"""
        return not self.unclear and not self.unknown

    @property
    def codes(self) -> list[str]:
        """Codes of the units, each once, in their order."""
        return list(dict.fromkeys(unit.code for unit in self.units.values()))


def meant(typed: Iterable[str], on: date) -> Meant:
    """Units by the words typed for them, one each."""
    result = Meant({}, {}, [])
    for words in dict.fromkeys(" ".join(one.split()) for one in typed):
        unit = unit_of(words, on) if words else None
        if unit is not None and unit.kind in UNIT_KINDS:
            result.units[words] = unit
        elif words:
            _by_name(words, on, result)
    return result


def _by_name(words: str, on: date, result: Meant) -> None:
    hits = found(words, on)
    same = [one for one in hits if one.name.casefold() == words.casefold()]
    if len(same) == 1:
        result.units[words] = same[0]
    elif same or hits:
        result.unclear[words] = same or hits
    else:
        result.unknown.append(words)


def table(text: str) -> list[tuple[str, str]]:
    """Rows of a CSV with a unit and an e-mail; a head without an e-mail is left out.

    Raises ValueError in Polish for a row that has no e-mail and for far too many.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValueError(f"Lista ma {len(lines)} wierszy; podaj najwyżej {MOST_LINES}.")
    mark = max(_MARKS, key=lambda one: sum(line.count(one) for line in lines))
    rows = []
    for n, row in enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark), start=1):
        email = next((cell.strip() for cell in row if "@" in cell), "")
        unit = next((cell.strip() for cell in row if cell.strip() and "@" not in cell), "")
        if email and unit:
            rows.append((unit, email))
        elif n > 1:
            raise ValueError(f"Wiersz {n} nie ma jednostki i adresu e-mail: „{lines[n - 1][:60]}”.")
    return rows
