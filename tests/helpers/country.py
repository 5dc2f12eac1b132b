"""A country of two województwa, small enough to check by hand.

    02 Dolina     0201 nadrzeczny: Brzeg, Brzoza, Buk, Bór (until 2022, joined Buk)
                  0202 leśny:      Lipa, Las, Lasek
    04 Wyżyna     0401 górny:      Góra, Gaj, Głaz, Granica (since 2023, out of Góra)
                  0461 Miasto, a city with powiat rights

Years 2020-2024.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np

from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.territory import Change, Kind, Level, Territory, Unit

YEARS = (2020, 2021, 2022, 2023, 2024)
ABOLISHED, CREATED, CITY = "020104", "040104", "0461"

_GMINAS = {
    "020101": ("Brzeg", Kind.GMINA_MIEJSKA),
    "020102": ("Brzoza", Kind.GMINA_WIEJSKA),
    "020103": ("Buk", Kind.GMINA_MIEJSKO_WIEJSKA),
    "020104": ("Bór", Kind.GMINA_WIEJSKA),
    "020201": ("Lipa", Kind.GMINA_MIEJSKA),
    "020202": ("Las", Kind.GMINA_WIEJSKA),
    "020203": ("Lasek", Kind.GMINA_WIEJSKA),
    "040101": ("Góra", Kind.GMINA_MIEJSKO_WIEJSKA),
    "040102": ("Gaj", Kind.GMINA_WIEJSKA),
    "040103": ("Głaz", Kind.GMINA_WIEJSKA),
    "040104": ("Granica", Kind.GMINA_WIEJSKA),
}
_POWIATS = {"0201": "nadrzeczny", "0202": "leśny", "0401": "górny"}
_WOJEWODZTWA = {"02": "Dolina", "04": "Wyżyna"}
_BORDERS = {
    Level.GMINA: (
        ("020101", "020102"),
        ("020102", "020103"),
        ("020103", "020104"),
        ("020103", "020201"),
        ("020201", "020202"),
        ("020202", "020203"),
        ("020203", "040101"),
        ("040101", "040102"),
        ("040101", "040104"),
        ("040102", "040103"),
        ("040102", "0461"),
        ("040103", "0461"),
    ),
    Level.POWIAT: (("0201", "0202"), ("0202", "0401"), ("0401", "0461")),
    Level.WOJEWODZTWO: (("02", "04"),),
}


def country() -> Territory:
    """The whole country; the same object content at every call."""
    units = {unit.code: unit for unit in _units()}
    changes = (
        Change(
            ABOLISHED, "zniesienie", date(2021, 1, 1), date(2022, 1, 1), date(2022, 1, 1),
            "Bór", "", "wymyślone",
        ),
        Change(
            CREATED, "utworzenie", date(2022, 1, 1), date(2023, 1, 1), date(2023, 1, 1),
            "", "Granica", "wymyślone",
        ),
    )  # fmt: skip
    return Territory(units, changes, _neighbours())


def _units() -> list[Unit]:
    found = [Unit("PL", "Kraj", Kind.KRAJ, None, None)]
    found += [Unit(code, name, Kind.WOJEWODZTWO, None, code) for code, name in _WOJEWODZTWA.items()]
    found += [Unit(code, name, Kind.POWIAT, None, code[:2]) for code, name in _POWIATS.items()]
    found.append(
        Unit("0461", "Miasto", Kind.MIASTO, None, "04", teryt6="046101", aliases=("046101",))
    )
    found += [
        Unit(f"{code}G", f"gminy powiatu {name}", Kind.GMINY_POWIATU, None, code[:2])
        for code, name in _POWIATS.items()
    ]
    for code, (name, kind) in _GMINAS.items():
        found.append(
            Unit(
                code,
                name,
                kind,
                code[:4],
                code[:2],
                valid_from=date(2023, 1, 1) if code == CREATED else None,
                valid_to=date(2022, 1, 1) if code == ABOLISHED else None,
                aliases=(f"{code}2",),
            )
        )
    return found


def _neighbours() -> dict[tuple[str, Level], tuple[str, ...]]:
    found: dict[tuple[str, Level], list[str]] = {}
    for level, borders in _BORDERS.items():
        for a, b in borders:
            found.setdefault((a, level), []).append(b)
            found.setdefault((b, level), []).append(a)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def panel_of(
    cells: Mapping[tuple[str, int, str], float | Status],
    items: tuple[str, ...],
    flags: Mapping[tuple[str, int, str], int] | None = None,
    years: tuple[int, ...] = YEARS,
    units: tuple[str, ...] | None = None,
) -> Panel:
    """A panel of this country from (item, year, unit) to a value or the reason of a gap.

    What is not given is not collected.
    """
    units = tuple(country().units) if units is None else units
    panel = Panel.empty(items, years, units)
    values, status, bits = panel.values.copy(), panel.status.copy(), panel.flags.copy()
    for (item, year, unit), cell in cells.items():
        at = (panel.item_index[item], panel.year_index[year], panel.unit_index[unit])
        reason = cell if isinstance(cell, Status) else Status.ZERO if cell == 0 else Status.OBSERVED
        status[at] = reason
        values[at] = float(cell) if reason < FIRST_GAP else np.nan
    for (item, year, unit), flag in (flags or {}).items():
        bits[panel.item_index[item], panel.year_index[year], panel.unit_index[unit]] = flag
    return Panel(items, years, units, values, status, bits)
