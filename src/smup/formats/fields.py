"""The columns an answer of rows may have: what each is called and what it says of a cell.

A column speaks of the indicator, the year, the unit, or of the cell itself; only the last differs
from row to row within an indicator, so the others are made once each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from smup.formats.extract import Extract, period_end
from smup.formats.signs import SIGNS
from smup.language import Lang
from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.panel.panel import FIRST_GAP
from smup.present.values import reason

By = Literal["item", "year", "unit", "status", "flags", "value", "cell"]
Told = str | int | float | list[str] | dict[str, float] | None
Asked = Callable[[Extract, int | str], Told]
Label = TypeVar("Label")
Number = TypeVar("Number", bound=np.generic)


def itself(extract: Extract, label: int | str) -> Told:
    """What a column of codes says of each."""
    return label


@dataclass(frozen=True)
class Field:
    """``told`` is given the indicator, year or unit, or the code of status or flags; not asked of a
    value, nor of ``cell``, which a block brings in its ``more``."""

    by: By
    pl: str
    en: str
    meaning: str
    told: Asked = lambda extract, label: None

    def head(self, lang: Lang) -> str:
        return self.pl if lang == "pl" else self.en


def _reason(status: Status, lang: Lang) -> str:
    return reason(status, lang) if status >= FIRST_GAP else ""


FIELDS: Mapping[str, Field] = {
    "indicator": Field("item", "Identyfikator wskaźnika", "Indicator id",
                       "identyfikator wskaźnika", lambda e, item: item),
    "indicator_name": Field("item", "Wskaźnik", "Indicator", "nazwa wskaźnika w języku odpowiedzi",
                            lambda e, item: e.name(str(item))),
    "unit": Field("unit", "Kod", "Code", "kod jednostki", itself),
    "unit_name": Field("unit", "Jednostka", "Unit", "nazwa jednostki",
                       lambda e, code: e.unit_name(str(code))),
    "kind": Field("unit", "Rodzaj jednostki", "Kind of unit", "rodzaj jednostki",
                  lambda e, code: e.places.units[str(code)].kind.value),
    "powiat": Field("unit", "Kod powiatu", "Powiat code", "kod powiatu, w którym leży gmina",
                    lambda e, code: e.places.units[str(code)].powiat),
    "wojewodztwo": Field("unit", "Kod województwa", "Województwo code", "kod województwa",
                         lambda e, code: e.places.units[str(code)].wojewodztwo),
    "year": Field("year", "Rok", "Year", "rok", lambda e, year: year),
    "date": Field("year", "Dzień", "Day", "ostatni dzień roku, RRRR-12-31",
                  lambda e, year: period_end(int(year))),
    "value": Field("value", "Wartość", "Value", "wartość zaokrąglona jak opublikowano; brak jest "
                   "pusty, a jego powód podaje status"),
    "measure": Field("item", "Miara", "Unit of measure", "symbol jednostki miary",
                     lambda e, item: e.measure(str(item))),
    "decimals": Field("item", "Miejsca po przecinku", "Decimals", "z iloma miejscami po przecinku "
                      "wartość jest publikowana", lambda e, item: e.decimals(str(item))),
    "status": Field("status", "Status", "Status", "observed i zero mają wartość; pozostałe są "
                    "powodem jej braku", lambda e, code: STATUS_NAMES[Status(int(code))]),
    "sign": Field("status", "Znak umowny", "Sign", "znak umowny statystyki publicznej: - . X # :",
                  lambda e, code: SIGNS[Status(int(code))].sign),
    "reason": Field("status", "Powód braku", "Why there is no value", "powód braku słowami",
                    lambda e, code: _reason(Status(int(code)), e.lang)),
    "flags": Field("flags", "Oznaczenia", "Flags", "oznaczenia wartości",
                   lambda e, code: flag_names(int(code))),
    "bridged": Field("cell", "Przeliczenie", "Bridging", "jak wartość przeniesiono na granice "
                     "wybranego roku; tylko z territory"),
    "share": Field("cell", "Udziały", "Shares", "jaką część których jednostek policzono; "
                   "tylko z territory"),
    "change": Field("cell", "Zmiana", "Change", "co się zmieniło; tylko z changedSince"),
}  # fmt: skip
USUAL = ("indicator", "unit", "year", "value", "status", "flags")
FOR_PEOPLE = (
    "indicator", "indicator_name", "unit", "unit_name", "year", "value", "measure", "status",
    "flags",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """The rows of one indicator: its years one after another, in each the units of the extract.

    ``panel`` is [1, year, unit]; ``kept`` says which cells are rows (None: all); ``more`` brings
    whole columns ``by`` cell, one entry for each row kept.
    """

    extract: Extract
    panel: Panel
    kept: NDArray[np.bool_] | None = None
    more: Mapping[str, Sequence[Told]] | None = None

    @property
    def item(self) -> str:
        return self.panel.items[0]

    @cached_property
    def count(self) -> int:
        return int(self.kept.sum()) if self.kept is not None else self.panel.status.size

    def cells(self, cube: NDArray[Number]) -> NDArray[Number]:
        """One of the panel's arrays as the rows have it, [row]."""
        found: NDArray[Number] = cube[0].ravel() if self.kept is None else cube[0][self.kept]
        return found

    def spread(self, labels: Sequence[Label], axis: Literal["year", "unit"]) -> list[Label]:
        """What each year or each unit says, as the rows have it."""
        years, units = self.panel.status.shape[1:]
        if self.kept is None:
            if axis == "unit":
                return [*labels] * int(years)
            return [label for label in labels for _ in range(units)]
        at = np.nonzero(self.kept)[0 if axis == "year" else 1]
        return [labels[place] for place in at.tolist()]


def blocks(extract: Extract) -> Iterator[Block]:
    """Every row of an extract, one indicator in memory at a time."""
    return (Block(part, part.panel_of(part.items[0])) for part in extract.parts())
