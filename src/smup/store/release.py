"""One release, opened for reading: immutable, memory-mapped, safe to share between threads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.store import layout, record
from smup.store.errors import DamagedRelease
from smup.store.geometry import border_map, tile_map
from smup.store.lineage import Tables, open_lineage
from smup.store.nature import is_synthetic
from smup.territory import Level, Territory, load_territory

if TYPE_CHECKING:
    from smup.compare.frame import Frame
    from smup.compare.peers import Peers, PeerTables
    from smup.compare.positions import Positions
    from smup.compute.bridged_variables import Bridged
    from smup.compute.trace import Trace
    from smup.quality import Finding
    from smup.quality.coverage import Coverage

FINDINGS = "findings.csv"
REPRICED = 64  # indicators in constant prices, or on other borders, kept in memory: 1 MB each
Cell = tuple[int, float | None, Status, int]


@dataclass(frozen=True)
class UnitSlice:
    """Everything of one unit: arrays [item, year], labelled by ``release.indicators``."""

    values: Values
    status: Codes
    flags: Codes


class Release:
    """A release in ``folder`` (``home/releases/<id>``).

    Opening reads the manifest and the labels and maps the arrays; the catalogue and the territory
    are parsed when first asked for. Raises DamagedRelease when these are missing or do not fit.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        try:
            self.manifest = layout.read_json(folder / layout.MANIFEST)
            self.created = str(layout.read_json(folder / layout.BUILD)["created"])
            labels = layout.labels_of(folder)
            cubes = folder / "cubes"
            self.indicators = record.open_turned(cubes / "indicators", labels["indicators"])
            self.variables: Panel = record.open_cubes(
                cubes / "variables", labels["variables"], record.MappedPanel
            )
        except (OSError, ValueError, KeyError) as error:
            raise DamagedRelease(self.id, [f"nie można go otworzyć ({error})"]) from error

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue as it was when the release was built."""
        return Catalogue.model_validate_json((self.folder / layout.CATALOGUE).read_bytes())

    @cached_property
    def territory(self) -> Territory:
        """The units as they were known when the release was built."""
        return load_territory(self.folder / layout.TERRITORY)

    @cached_property
    def positions(self) -> "Mapping[Level, Positions]":
        """Ranks and group statistics of all units by role, as the build worked them out."""
        from smup.store.positions import open_positions  # takes a second to import

        return open_positions(self.folder / layout.POSITIONS)

    @cached_property
    def peer_tables(self) -> "PeerTables | None":
        """Statistical peers of all units and areas; None where the release was built without."""
        from smup.store.peers import open_peers  # takes a second to import

        return open_peers(self.folder / layout.PEERS)

    def peers(self, unit: str, area: str | None = None) -> "Peers":
        """The peers of a unit (code or alias) in an area, None for the common set, as frozen.

        Raises PeersError for an unknown unit or area and where the release was built without peers.
        """
        from smup.compare.peers import PeersError

        if self.peer_tables is None:
            raise PeersError("To wydanie zbudowano bez jednostek podobnych.")
        found = self.territory.get(unit)
        if found is None:
            raise PeersError(f"Nie ma jednostki o kodzie „{unit[:80]}”.")
        return self.peer_tables.peers_of(found, area)

    @cached_property
    def coverage(self) -> NDArray[np.float32]:
        """Share (0-1) of the known total that the members of an aggregate stand for, of the shape
        of ``indicators``; NaN where a value was not added up from members."""
        return record.mapped(self.folder / layout.COVERAGE)

    @cached_property
    def tables(self) -> Tables | None:
        """The tables this release was built from, by the cells they speak of; None where it was
        built without (invented figures stood in no table)."""
        lineage = open_lineage(self.folder)
        return None if lineage is None else Tables(self.folder / layout.TABLES, lineage)

    @cached_property
    def findings(self) -> "list[Finding]":
        """What was noticed about the figures, as the build wrote it down."""
        from smup.quality.findings import read_findings

        return read_findings((self.folder / layout.PUBLIC / FINDINGS).read_bytes())

    @property
    def synthetic(self) -> bool:
        """Are the figures invented? Whatever shows them must say so."""
        return is_synthetic(self.manifest)

    @cached_property
    def fed(self) -> "Coverage":
        """Which variables and indicators have data, and what the others wait for."""
        from smup.quality.coverage import coverage_of

        return coverage_of(self.catalogue, self.territory, self.variables, self.indicators)

    def in_prices_of(self, year: int, indicator: str) -> Panel:
        """One amount on all years and units in the prices of ``year``; remembered.

        Raises NoPrices for an indicator that is no amount and for a year without known prices.
        """
        from smup.compute.prices import in_constant_prices

        if (year, indicator) not in self._repriced:
            if len(self._repriced) >= REPRICED:
                self._repriced.clear()
            self._repriced[year, indicator] = in_constant_prices(
                self.catalogue,
                self.variables,
                self.territory,
                self.catalogue.indicators[indicator],
                year,
            )
        return self._repriced[year, indicator]

    @cached_property
    def _repriced(self) -> dict[tuple[int, str], Panel]:
        return {}

    def on_borders_of(self, borders: int, indicator: str) -> "Bridged":
        """One indicator on the borders of a year, on all years and units; remembered.

        Raises KeyError for an unknown indicator and for one that waits for data.
        """
        from smup.compute.bridged import bridge_indicator

        return self._bridged((borders, indicator, ""), bridge_indicator)

    def unit_on_borders_of(self, borders: int, indicator: str, unit: str) -> "Bridged":
        """The same of one unit alone, much sooner; remembered. Raises KeyError as that does."""
        from smup.compute.bridged import bridge_unit

        return self._bridged((borders, indicator, unit), partial(bridge_unit, unit=unit))

    def _bridged(self, key: tuple[int, str, str], bridge: "Callable[..., Bridged]") -> "Bridged":
        borders, indicator, _ = key
        if key not in self._rebordered:
            if len(self._rebordered) >= REPRICED:
                self._rebordered.clear()
            self._rebordered[key] = bridge(
                self.catalogue,
                self.variables,
                self.indicators,
                self.territory,
                self.catalogue.indicators[indicator],
                borders,
            )
        return self._rebordered[key]

    @cached_property
    def _rebordered(self) -> "dict[tuple[int, str, str], Bridged]":
        return {}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Every source table used: id, title, publisher, licence and its files with sha256."""
        return list(self.manifest["sources"])

    def trace(self, indicator: str, unit: str, year: int) -> "Trace":
        """How one cell came about, worked out again from the variables.

        Raises KeyError for labels that ``indicators`` does not have.
        """
        from smup.compute.trace import trace

        stored, node = self.indicators.cell(indicator, year, unit), self.frame.formulas[indicator]
        asked = indicator, unit, year
        return trace(self.catalogue, self.variables, self.territory, node, asked, stored)

    def unit_slice(self, unit: str) -> UnitSlice:
        """All indicators of one unit, read in one place. Raises KeyError for an unknown unit."""
        at = self.indicators.unit_index[unit]
        values, status, flags = (part[at] for part in self.indicators.turned)
        return UnitSlice(values, status, flags)

    def series(self, indicator: str, unit: str) -> list[Cell]:
        """(year, value or None, status, flags) of the years in which anyone has a value.

        Raises KeyError for an unknown indicator or unit.
        """
        years = self.years_of(indicator)
        one = self.unit_slice(unit)
        if not years:
            return []
        item = self.indicators.item_index[indicator]
        cells = []
        for year in years:
            at = (item, self.indicators.year_index[year])
            status = Status(int(one.status[at]))
            value = float(one.values[at]) if status < FIRST_GAP else None
            cells.append((year, value, status, int(one.flags[at])))
        return cells

    def years_of(self, indicator: str) -> list[int]:
        """Years in which at least one unit has a value; [] for an indicator that waits for data.

        Raises KeyError if the catalogue does not know it.
        """
        at = self.indicators.item_index.get(indicator)
        if at is None:
            self.catalogue.indicators[indicator]  # KeyError: nobody knows it
            return []
        return self._years_with_values[at]

    @cached_property
    def _years_with_values(self) -> list[list[int]]:
        known: NDArray[np.bool_] = np.any(self.indicators.has_value, axis=2)
        years = self.indicators.years
        return [[years[y] for y in np.flatnonzero(row)] for row in known]

    def default_year(self, indicator: str, role: Level) -> int | None:
        """The newest year with a value for 80 % of the units concerned; None where there is none.

        Raises KeyError for an unknown indicator.
        """
        return self.frame.default_year(indicator, role)

    @cached_property
    def frame(self) -> "Frame":
        """What comparing units of this release needs, worked out once."""
        from smup.compare.frame import Frame  # takes a second to import: only when asked for
        from smup.store.groups import open_groups
        from smup.store.variation import open_variation

        groups = open_groups(self.folder / layout.GROUPS)
        frame = Frame.of(self, groups, open_variation(self.folder / layout.VARIATION))
        if self.peer_tables is not None and self.peer_tables.is_whole:
            frame.peer_spaces[self.peer_tables.space.year, "robust"] = self.peer_tables.space
        return frame

    def geometry(self, level: Level) -> dict[str, Any] | None:
        """``{"viewBox", "paths", "borders"}`` to draw a map of ``level``; None where unknown.

        Borders where this machine has them (``home/geometry``), the tile map otherwise.
        """
        path = self.folder.parent.parent / "geometry" / f"{level.value}.json"
        if path.is_file():  # asked each time: borders may be built while the server runs
            return self._shape(("borders", level), lambda: border_map(path))
        return self.tiles(level)

    def topology(self, level: Level) -> Path | None:
        """The TopoJSON of the outlines of ``level``, in degrees; None where there is none."""
        path = self.folder.parent.parent / "geometry" / f"{level.value}.topojson"
        return path if path.is_file() else None

    def tiles(self, level: Level) -> dict[str, Any] | None:
        """The tile map of ``level`` whether borders are known or not; None without tiles."""
        folder = self.folder / layout.TERRITORY
        return self._shape(("tiles", level), lambda: tile_map(folder, level, self.territory))

    def _shape(
        self, key: tuple[str, Level], make: Callable[[], dict[str, Any] | None]
    ) -> dict[str, Any] | None:
        """Made once; two threads at the same moment may make it twice, to the same result."""
        if key not in self._shapes:
            self._shapes[key] = make()
        return self._shapes[key]

    @cached_property
    def _shapes(self) -> dict[tuple[str, Level], dict[str, Any] | None]:
        return {}
