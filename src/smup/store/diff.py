"""What changed between two releases: indicators, units, values, reasons for gaps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from smup.language.plural import plural
from smup.panel import STATUS_NAMES, Panel

Label = TypeVar("Label")

Cells = NDArray[np.bool_]


@dataclass(frozen=True)
class CellChange:
    """One cell that says something else in the later release."""

    indicator: str
    unit: str
    year: int
    before: float | None
    after: float | None
    status_before: str
    status_after: str
    reason: str = ""  # a name of ``store.reasons.Reason``; "" where nobody asked

    @property
    def share(self) -> float:
        """How large the change is beside the two figures, 0 to 1; 1 for a value gained or lost."""
        if self.before is None or self.after is None:
            return 1.0 if self.before is not self.after else 0.0
        both = abs(self.before) + abs(self.after)
        return abs(self.after - self.before) / both if both else 0.0

    def as_dict(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "unit": self.unit,
            "year": self.year,
            "before": self.before,
            "after": self.after,
            "status_before": self.status_before,
            "status_after": self.status_after,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class InputChange:
    """An input that changed: what the tables of ``source`` said before and say now ("" for
    nothing), and the files they were read from, as sha256."""

    variable: str
    unit: str
    year: int
    source: str
    before: str
    after: str
    files_before: tuple[str, ...]
    files_after: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ReleaseDiff:
    """Differences in the order of the labels; ``cells`` holds every cell that changed.

    Cells are compared where both releases have the indicator, the unit and the year. A value that
    appeared or went is a change of status as well. ``flags`` counts cells where only flags differ.
    ``largest`` are the changes that are largest beside their figures, each with the inputs that
    changed; like the reasons of the cells they are there where somebody asked why.
    """

    before: str
    after: str
    indicators_added: tuple[str, ...]
    indicators_removed: tuple[str, ...]
    units_added: tuple[str, ...]
    units_removed: tuple[str, ...]
    years_added: tuple[int, ...]
    years_removed: tuple[int, ...]
    cells: tuple[CellChange, ...]
    flags: int
    largest: tuple[tuple[CellChange, tuple[InputChange, ...]], ...] = ()

    @property
    def reasons(self) -> dict[str, int]:
        """How many cells changed for which reason, the most frequent first."""
        return dict(Counter(cell.reason for cell in self.cells if cell.reason).most_common())

    @property
    def counts(self) -> dict[str, int]:
        """How many cells changed their value, gained one, lost one, or changed their reason."""
        changed = [c for c in self.cells if c.before is not None and c.after is not None]
        return {
            "changed": sum(c.before != c.after for c in changed),
            "appeared": sum(c.before is None and c.after is not None for c in self.cells),
            "disappeared": sum(c.before is not None and c.after is None for c in self.cells),
            "status": sum(c.status_before != c.status_after for c in self.cells),
            "flags": self.flags,
        }

    @property
    def empty(self) -> bool:
        lists = (
            self.indicators_added,
            self.indicators_removed,
            self.units_added,
            self.units_removed,
            self.years_added,
            self.years_removed,
            self.cells,
        )
        return not any(lists) and self.flags == 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "before": self.before,
            "after": self.after,
            "indicators": {"added": self.indicators_added, "removed": self.indicators_removed},
            "units": {"added": self.units_added, "removed": self.units_removed},
            "years": {"added": self.years_added, "removed": self.years_removed},
            "counts": self.counts,
            "reasons": self.reasons,
            "largest": [
                cell.as_dict() | {"inputs": [one.as_dict() for one in inputs]}
                for cell, inputs in self.largest
            ],
            "cells": [cell.as_dict() for cell in self.cells],
        }

    def describe(self, limit: int = 20) -> str:
        """Some lines of Polish for a person, with the first ``limit`` changed cells."""
        if self.empty:
            return f"Wydania {self.before} i {self.after} mówią to samo."
        lines = [
            f"{what}: {', '.join(map(str, labels))}" for what, labels in self._lists() if labels
        ]
        counts = self.counts
        lines.append(
            f"Wartości zmienione: {counts['changed']}, nowe: {counts['appeared']}, "
            f"usunięte: {counts['disappeared']}; zmienione powody braku lub statusy: "
            f"{counts['status']}; tylko oznaczenia: {counts['flags']}."
        )
        if self.reasons:
            told = ", ".join(f"{REASONS[name]}: {n}" for name, n in self.reasons.items())
            lines.append(f"Dlaczego: {told}.")
        shown = sorted(self.cells, key=lambda cell: -cell.share)[:limit]
        inputs = dict(self.largest)
        lines += [_line(cell, inputs.get(cell, ())) for cell in shown]
        rest = len(self.cells) - limit
        if rest > 0:
            noun = plural(rest, "zmiana", "zmiany", "zmian")
            lines.append(f"… i jeszcze {rest} {noun} (wszystkie: --json).")
        return "\n".join(lines)

    def _lists(self) -> Iterator[tuple[str, Sequence[object]]]:
        yield "Nowe wskaźniki", self.indicators_added
        yield "Usunięte wskaźniki", self.indicators_removed
        yield "Nowe jednostki", self.units_added
        yield "Usunięte jednostki", self.units_removed
        yield "Nowe lata", self.years_added
        yield "Usunięte lata", self.years_removed


REASONS = {
    "source": "rewizja źródła",
    "final": "wartość ostateczna zamiast tymczasowej",
    "correction": "korekta",
    "secrecy": "tajemnica",
    "territory": "zmiana jednostki",
    "definition": "zmiana definicji",
    "computation": "obliczenie",
}


def _line(cell: CellChange, inputs: Sequence[InputChange]) -> str:
    before = cell.status_before if cell.before is None else f"{cell.before:g}"
    after = cell.status_after if cell.after is None else f"{cell.after:g}"
    why = f" – {REASONS[cell.reason]}" if cell.reason else ""
    told = ", ".join(f"{one.variable} {one.year} {one.unit}: {one.source}" for one in inputs)
    detail = f" ({told})" if told else ""
    return f"  {cell.indicator}, {cell.unit}, {cell.year}: {before} → {after}{why}{detail}"


def compare(before: Panel, after: Panel, ids: tuple[str, str]) -> ReleaseDiff:
    """The differences from ``before`` to ``after``; ``ids`` names the two releases."""
    items, years, units = (
        tuple(label for label in getattr(after, dim) if label in set(getattr(before, dim)))
        for dim in ("items", "years", "units")
    )
    old, new = (panel.select(items, years, units) for panel in (before, after))
    differ = _differ(old, new)
    return ReleaseDiff(
        *ids,
        *_added_removed(before.items, after.items),
        *_added_removed(before.units, after.units),
        *_added_removed(before.years, after.years),
        cells=tuple(_changes(old, new, differ)),
        flags=int(((old.flags != new.flags) & ~differ).sum()),
    )


def _added_removed(
    before: Sequence[Label], after: Sequence[Label]
) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    old, new = set(before), set(after)
    return tuple(x for x in after if x not in old), tuple(x for x in before if x not in new)


def _differ(old: Panel, new: Panel) -> Cells:
    gaps = ~old.has_value & ~new.has_value
    found: Cells = (old.status != new.status) | ((old.values != new.values) & ~gaps)
    return found


def _changes(old: Panel, new: Panel, differ: Cells) -> Iterator[CellChange]:
    for i, y, u in np.argwhere(differ):
        item, year, unit = old.items[i], old.years[y], old.units[u]
        value_before, status_before, _ = old.cell(item, year, unit)
        value_after, status_after, _ = new.cell(item, year, unit)
        yield CellChange(
            indicator=item,
            unit=unit,
            year=year,
            before=value_before,
            after=value_after,
            status_before=STATUS_NAMES[status_before],
            status_after=STATUS_NAMES[status_after],
        )
