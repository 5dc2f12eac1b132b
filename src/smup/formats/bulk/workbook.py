"""The values of one area for people with a spreadsheet: a sheet an indicator, a column a year."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from smup.catalogue import Indicator
from smup.formats.long import told
from smup.formats.signs import SIGN_WORDS, SIGNS
from smup.formats.spreadsheet import Link, Noted, Number, Sheet, SheetCell, write_workbook
from smup.formats.synthetic import COLUMN, SENTENCE
from smup.formats.terms import TERMS
from smup.panel import Panel, Status
from smup.panel.panel import FIRST_GAP
from smup.present.places import kind_name
from smup.store.release import Release

NAME_LIMIT = 31  # characters of a sheet's name
_UNIT_HEAD = ("Kod", "Jednostka", "Rodzaj", "Powiat")
_UNIT_WIDTHS = (9, 28, 28, 24)
MARK, YES = COLUMN["pl"]


def write_area_workbook(release: Release, area: str, items: Sequence[str], path: Path) -> None:
    """All indicators of an area that have data, all units, every year with a value."""
    name = release.catalogue.areas[area].name.pl
    title = f"{MARK.upper()} – {name}" if release.synthetic else name
    day = datetime.fromisoformat(str(release.manifest["date"]))
    write_workbook(path, _sheets(release, title, items), title, day)


def _sheets(release: Release, title: str, items: Sequence[str]) -> Iterator[Sheet]:
    known = [release.catalogue.indicators[item] for item in items]
    names = {one.id: f"{at} {one.id}"[:NAME_LIMIT] for at, one in enumerate(known, start=1)}
    yield _contents(release, known, names)
    yield _notes(release, title)
    for one in known:
        yield _values(release, one, names[one.id])


def _contents(release: Release, known: Sequence[Indicator], names: dict[str, str]) -> Sheet:
    measures = release.catalogue.measures
    rows: Iterator[Sequence[SheetCell]] = (
        (
            Link(one.name.pl, names[one.id]),
            measures[one.unit].symbol.pl,
            _span(release.years_of(one.id)),
            one.name.en,
            one.id,
        )
        for one in known
    )
    head = ("Wskaźnik", "Jednostka miary", "Lata", "Indicator", "Identyfikator")
    return Sheet("Spis", head, rows, (70, 20, 12, 70, 44))


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}–{years[-1]}" if years else "–"


def _notes(release: Release, title: str) -> Sheet:
    rows = [
        ("Zawartość", title),
        *([("Uwaga", SENTENCE["pl"])] if release.synthetic else []),
        ("Wydanie", release.id),
        *(("Źródło", f"{one['publisher']}: {one['title']}") for one in release.sources),
        ("Warunki", TERMS["pl"]),
        *((f"Znak {sign}", words["pl"]) for sign, words in SIGN_WORDS.items()),
        ("Liczba 0", "zero, także po zaokrągleniu; nigdy nie oznacza braku danych"),
        ("Liczba z *", "wartość z zastrzeżeniem; jego treść jest w kolumnie flags plików CSV"),
        ("Powody braków", "pełny powód każdego braku jest w kolumnie status plików CSV"),
    ]
    return Sheet("Objaśnienia", ("", ""), rows, (16, 110))


def _values(release: Release, one: Indicator, name: str) -> Sheet:
    years = release.years_of(one.id)
    panel = release.indicators.select([one.id], years)
    shown = np.flatnonzero(told(panel, release.territory).any(axis=(0, 1)))
    mark = [MARK] if release.synthetic else []
    return Sheet(
        name,
        (*_UNIT_HEAD, *(str(year) for year in years), *mark),
        _rows(release, panel, shown.tolist(), one.decimals),
        (*_UNIT_WIDTHS, *[11] * len(years), *[len(MARK)] * len(mark)),
        fixed=2,
    )


def _rows(
    release: Release, panel: Panel, shown: Sequence[int], decimals: int
) -> Iterator[Sequence[SheetCell]]:
    mark = [YES] if release.synthetic else []
    for at in shown:
        unit = release.territory.units[panel.units[at]]
        powiat = release.territory.units[unit.powiat].name if unit.powiat else ""
        cells = zip(
            panel.values[0, :, at].tolist(),
            panel.status[0, :, at].tolist(),
            panel.flags[0, :, at].tolist(),
            strict=True,
        )
        named = (unit.code, unit.name, kind_name(unit.kind, "pl"), powiat)
        yield (*named, *(_cell(*cell, decimals) for cell in cells), *mark)


def _cell(value: float, status: int, flags: int, decimals: int) -> SheetCell:
    if status >= FIRST_GAP:
        return SIGNS[Status(status)].sign
    return Noted(value, decimals) if flags else Number(value, decimals)
