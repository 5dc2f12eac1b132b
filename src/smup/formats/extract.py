"""A part of one release asked for by a reader: which cells, and what they are called.

Every encoder is a function of an Extract. Nothing is copied until cells are looked at: ``parts``
gives one indicator after another, for answers that are written while they are sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from smup.catalogue import Catalogue, Indicator
from smup.language import Lang
from smup.panel import Panel
from smup.store.release import Release
from smup.territory import Territory

FEW = 16  # units that are read one by one
PARTS = ("values", "status", "flags")


@dataclass(frozen=True)
class Extract:
    """Indicators ``items`` in the ``units``, each in the years of its own ``spans``.

    ``panels`` names the panel an indicator is read from where it is not the release's own: amounts
    in the prices of a year (``prices``), values on other borders (``territory``). Values are those
    published: rounded to the indicator's ``decimals`` when the release was built.
    """

    source: Panel
    catalogue: Catalogue
    places: Territory
    release: str
    created: datetime
    synthetic: bool
    items: tuple[str, ...]
    units: tuple[str, ...]
    spans: Mapping[str, tuple[int, ...]]
    lang: Lang = "pl"
    panels: Mapping[str, Panel] = field(default_factory=dict)
    prices: int | None = None
    territory: str = ""

    @classmethod
    def of(
        cls,
        release: Release,
        items: Sequence[str],
        units: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        lang: Lang = "pl",
    ) -> "Extract":
        """Cells of a release; all units, and the years in which anyone has a value, where left out.

        ``items`` are ids of the catalogue, ``units`` codes (not aliases), ``years`` of the release.
        """
        spans = {
            item: tuple(years) if years is not None else tuple(release.years_of(item))
            for item in items
        }
        return cls(
            source=release.indicators,
            catalogue=release.catalogue,
            places=release.territory,
            release=release.id,
            created=datetime.fromisoformat(release.created),
            synthetic=release.synthetic,
            items=tuple(items),
            units=release.indicators.units if units is None else tuple(units),
            spans=spans,
            lang=lang,
        )

    @property
    def cells(self) -> int:
        """How many cells stand in it, gaps included."""
        return len(self.units) * sum(len(self.spans[item]) for item in self.items)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year of any span, ascending."""
        return tuple(sorted({year for item in self.items for year in self.spans[item]}))

    def panel_of(self, item: str) -> Panel:
        """One indicator in the years of its span: [1, year, unit].

        An indicator that waits for data is a panel of gaps: not collected.
        """
        panel = self.panels.get(item, self.source)
        if item not in panel.item_index:
            return Panel.empty([item], self.spans[item], self.units)
        return panel.select([item], self.spans[item], self.units)

    @cached_property
    def panel(self) -> Panel:
        """All of it as one cube [item, year, unit] over ``years``; what a span leaves out of its
        indicator was asked for by nobody, and says what the release says of it."""
        if not self.panels and all(item in self.source.item_index for item in self.items):
            few = 0 < len(self.units) <= FEW < len(self.items)
            source = self._of_few() if few else self.source
            return source.select(self.items, self.years, self.units)
        whole = replace(self, spans=dict.fromkeys(self.items, self.years))
        found = [whole.panel_of(item) for item in self.items]
        none = np.empty((0, len(self.years), len(self.units)))
        return Panel(
            self.items,
            self.years,
            self.units,
            np.concatenate([none, *(one.values for one in found)]),
            np.concatenate([none.astype(np.uint8), *(one.status for one in found)]),
            np.concatenate([none.astype(np.uint8), *(one.flags for one in found)]),
        )

    def parts(self) -> Iterator["Extract"]:
        """One Extract an indicator, in order, so that one at a time is in memory."""
        source = self.source
        if not self.panels and 0 < len(self.units) <= FEW < len(self.items):
            source = self._of_few()
        return (
            replace(self, source=source, items=(item,), spans={item: self.spans[item]})
            for item in self.items
        )

    def _of_few(self) -> Panel:
        """Everything of a few units, each read from where its cells lie side by side."""
        found = [self.source.of_unit(code) for code in self.units]
        return Panel(
            self.source.items,
            self.source.years,
            self.units,
            *(np.concatenate([getattr(one, part) for one in found], axis=2) for part in PARTS),
        )

    def indicator(self, item: str) -> Indicator:
        return self.catalogue.indicators[item]

    def name(self, item: str) -> str:
        """The name of an indicator in the language of the answer."""
        return str(getattr(self.indicator(item).name, self.lang))

    def measure(self, item: str) -> str:
        """The symbol of its unit of measure: ``%``, ``zł``; ``–`` where it has none."""
        return str(getattr(self.catalogue.measures[self.indicator(item).unit].symbol, self.lang))

    def decimals(self, item: str) -> int:
        """Places after the point with which its values are published."""
        return self.indicator(item).decimals

    def unit_name(self, code: str) -> str:
        """The name of a unit alone; several units may bear it."""
        return self.places.units[code].name


def period_end(year: int) -> str:
    """The day a figure of ``year`` is dated with: its last."""
    return f"{year}-12-31"
