"""Releases small enough to be made by the dozen: a few invented units, indicators and years."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from smup.panel import Panel, Status
from smup.store.answers import PLACEHOLDER
from smup.store.draft import drafting, silent

YEARS = (2020, 2021, 2022, 2023)
UNITS = ("PL", "02", "0201", "0261", "0201G", "020101", "020102", "020103")
GAPS = (Status.NOT_COLLECTED, Status.MISSING, Status.CONFIDENTIAL, Status.NOT_EXISTING)

_UNITS_CSV = """# Kraj zmyślony na potrzeby testów.
code,name,kind,powiat,wojewodztwo,valid_from,valid_to,teryt6,teryt7,bdl_gmina,bdl_powiat,nuts3,lon,lat,outline,aliases
PL,Polska,kraj,,,,,,,,,,,,,
02,dolnośląskie,wojewodztwo,,02,,,,,,,,,,,
0201,bolesławiecki,powiat,,02,,,,,,,,,,,
0261,Jelenia Góra,miasto-na-prawach-powiatu,,02,,,026101,0261011,,,,,,,026101 0261011
0201G,gminy powiatu bolesławieckiego,gminy-powiatu,0201,02,,,,,,,,,,,
020101,Bolesławiec,gmina-miejska,0201,02,,,020101,0201011,,,,,,,0201011
020102,Bolesławiec,gmina-wiejska,0201,02,,,020102,0201022,,,,,,,0201022
020103,Żółwin,gmina-wiejska,0201,02,2022-01-01,,020103,0201032,,,,,,,0201032
"""
_TILES_CSV = "level,unit,col,row\ngmina,020101,0,0\ngmina,020102,1,0\ngmina,0261,1,1\n"


def write_territory(folder: Path) -> None:
    """The invented units as the files ``load_territory`` reads."""
    folder.mkdir(parents=True)
    (folder / "units.csv").write_text(_UNITS_CSV, "utf-8")
    (folder / "changes.csv").write_text("unit,what,after,by,day,before,now,source\n", "utf-8")
    (folder / "neighbours.csv").write_text(
        "level,unit,neighbour,metres\ngmina,020101,020102,1000\n", "utf-8"
    )
    (folder / "tiles.csv").write_text(_TILES_CSV, "utf-8")


def some_panel(items: tuple[str, ...], seed: int = 1) -> Panel:
    """Values with one decimal, every kind of gap, some flags: all chosen by ``seed``."""
    rng = np.random.default_rng(seed)
    shape = (len(items), len(YEARS), len(UNITS))
    codes = np.array([0, 0, 0, 1, *GAPS], np.uint8)
    status = codes[rng.integers(len(codes), size=shape)]
    values = np.where(status == 1, 0.0, np.round(rng.random(shape) * 1000, 1) + 0.1)
    values[status >= 10] = np.nan
    return Panel(items, YEARS, UNITS, values, status, rng.integers(128, size=shape, dtype=np.uint8))


def make_release(
    home: Path,
    indicators: Panel | None = None,
    *,
    date: str = "2025-01-01",
    progress: Callable[[str, int, int], None] = silent,
    extra: Mapping[str, bytes] | None = None,
    synthetic: bool = False,
    activate: bool = True,
) -> str:
    """Build a release as the build does, without computing anything; its id."""
    indicators = indicators or some_panel(("gestosc", "ludnosc"))
    head: dict[str, Any] = {
        "date": date,
        "catalogue": "0" * 64,
        "kernel": "1",
        "sources": [{"id": "zrodlo", "title": "Tytuł", "publisher": "GUS", "licence": "CC BY 4.0"}],
        "counts": {
            "indicators": len(indicators.items),
            "values": int(indicators.has_value.sum()),
        },
    } | ({"synthetic": True} if synthetic else {})
    with drafting(home / "releases", progress) as draft:
        draft.write_panels(indicators, some_panel(("osoby", "hektary"), seed=2))
        write_territory(draft.folder / "territory")
        for name, content in (extra or {}).items():
            (draft.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (draft.folder / name).write_bytes(content)
        return draft.publish(head, _answers(indicators), activate)


def _answers(panel: Panel) -> dict[str, bytes]:
    """One long enough to be compressed, one too short for it."""
    text = b'{"release": "' + PLACEHOLDER + b'", "units": "' + b"020101 " * 2000 + b'"}'
    return {"public/units/020101.json": text, "public/short.json": b'"' + PLACEHOLDER + b'"'}


def all_bytes(home: Path) -> dict[str, bytes]:
    """Every file of the releases of a store that must be the same on every machine."""
    folder = home / "releases"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("build.json", ".lock")
    }
