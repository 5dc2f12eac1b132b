"""How numbers are written in the columns of figures, and what stands where there is none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from smup.ingest.guess.grid import is_number
from smup.ingest.guess.keys import stub
from smup.ingest.guess.understanding import Ledger
from smup.ingest.numbers import read_number
from smup.ingest.table import Cell
from smup.panel import STATUS_NAMES, Status

_MOST_SIGNS = 12  # asked about; the rest of what is no number becomes findings
_SIGN_LENGTH = 14
_STYLES = tuple(
    (decimal, thousands)
    for decimal, thousands in product((".", ","), ("", " ", ",", "."))
    if decimal != thousands
)
_THOUSANDS = {"": "bez odstępów", " ": "odstęp", ",": "przecinek", ".": "kropka"}
_DECIMAL = {".": "kropka", ",": "przecinek"}
# Words that say of themselves that there is no figure; everything else is asked.
_PLAIN_GAPS = frozenset(
    {"bd", "b.d.", "b. d.", "b/d", "brak", "brak danych", "n/a", "na", "nd", "n.d.", "null", "nan"}
)
_MISSING = STATUS_NAMES[Status.MISSING]


@dataclass(frozen=True)
class Style:
    """``keys`` of the mapping: decimal, thousands and signs."""

    keys: Mapping[str, Any]


def figure_column(cells: Sequence[Cell]) -> bool:
    """Is it a column of figures? Nearly everything in it is a number or a short sign."""
    told = [cell for cell in cells if not isinstance(cell, str) or cell.strip()]
    numbers = sum(is_number(cell) for cell in told)
    signs = sum(not is_number(cell) and _is_short(str(cell)) for cell in told)
    return numbers > 0 and numbers + signs >= 0.9 * len(told)


def _is_short(text: str) -> bool:
    return len(text.strip()) <= 3 or text.strip().casefold() in _PLAIN_GAPS


def style_of(cells: Iterable[Cell], ledger: Ledger) -> Style | None:
    """How all figures of the file are written; None while it is asked."""
    texts = Counter(cell.strip() for cell in cells if isinstance(cell, str))
    texts.pop("", None)
    numbers = [text for text in texts if is_number(text)]
    written = _written(numbers, ledger)
    signs = _signs({t: n for t, n in texts.items() if not is_number(t)}, ledger)
    if written is None or signs is None:
        return None
    return Style({**written, **({"signs": signs} if signs else {})})


def _written(numbers: Sequence[str], ledger: Ledger) -> dict[str, str] | None:
    """Decimal mark and separator of thousands. Of the ways that read most of the texts the first
    is taken when all of them give the same figures; otherwise only a person can know."""
    if not numbers:
        return {}
    readings = {style: _values(numbers, style) for style in _STYLES}
    most = max(sum(value is not None for value in found) for found in readings.values())
    fitting = [s for s, f in readings.items() if sum(v is not None for v in f) == most]
    if len({readings[style] for style in fitting}) == 1:
        decimal, thousands = fitting[0]
        ledger.decide("znak dziesiętny", _DECIMAL[decimal], f"np. „{_example(numbers, decimal)}”")
        if thousands:
            example = _example(numbers, thousands)
            ledger.decide("tysiące", _THOUSANDS[thousands], f"np. „{example}”")
        return {"decimal": decimal, "thousands": thousands}
    return _asked(numbers, fitting, readings, ledger)


def _asked(
    numbers: Sequence[str],
    fitting: Sequence[tuple[str, str]],
    readings: Mapping[tuple[str, str], tuple[float | None, ...]],
    ledger: Ledger,
) -> dict[str, str] | None:
    at = next(i for i in range(len(numbers)) if len({readings[s][i] for s in fitting}) > 1)
    options: dict[str, tuple[str, str]] = {}
    for style in fitting:
        value = readings[style][at]
        options.setdefault(f"{value:g}" if value is not None else "nie liczba", style)
    text = f"Ile to jest „{numbers[at]}”? Zapis pasuje do kilku liczb"
    answer = ledger.ask("numbers", text, tuple(options))
    if answer is None:
        return None
    decimal, thousands = options[answer]
    return {"decimal": decimal, "thousands": thousands}


def _values(numbers: Sequence[str], style: tuple[str, str]) -> tuple[float | None, ...]:
    update = {"decimal": style[0], "thousands": style[1]}
    mapping = stub("teryt", {}).model_copy(update=update)
    found = (read_number(text, mapping, {}) for text in numbers)
    return tuple(None if reading is None else reading.value for reading in found)


def _example(numbers: Sequence[str], sign: str) -> str:
    spaces = "\u00a0\u202f " if sign == " " else sign
    return next((n for n in numbers if any(s in n for s in spaces)), numbers[0])


def _signs(texts: Mapping[str, int], ledger: Ledger) -> dict[str, str] | None:
    """What stands in place of a number -> status; None while one is asked about."""
    found: dict[str, str] = {}
    open_ = False
    short = [t for t in sorted(texts, key=lambda t: -texts[t]) if len(t) <= _SIGN_LENGTH]
    for sign in short[:_MOST_SIGNS]:
        if sign.casefold() in _PLAIN_GAPS:
            ledger.decide(f"znak „{sign}”", _MISSING, "znaczy brak danych")
            found[sign] = _MISSING
            continue
        # A gap is the answer that cannot make a figure wrong: "-" is zero with one publisher and
        # no information with another.
        text = f"Co znaczy „{sign}” w miejscu liczby (komórek: {texts[sign]})?"
        answer = ledger.ask(f"sign:{sign}", text, SIGN_STATUSES, _MISSING)
        open_ = open_ or answer is None
        if answer is not None:
            found[sign] = answer
    return None if open_ else found


SIGN_STATUSES = tuple(STATUS_NAMES[status] for status in Status if status is not Status.OBSERVED)
