"""Everything of one unit as a file: values of all years, gaps with reasons, its group beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from smup.catalogue import Indicator
from smup.compare.positions import COMPARATORS, part_of
from smup.formats.long import STRUCTURAL
from smup.formats.spreadsheet import Cell, Number, csv_bytes, xlsx_bytes
from smup.formats.terms import TERMS
from smup.language import Lang
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.values import flag_words, reason
from smup.store.release import UnitSlice
from smup.store.releases import Release
from smup.telling.captions import invented_column, mark
from smup.telling.feeding import fed
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.telling.units.company import group_words
from smup.telling.units.standing import role_of
from smup.territory import Level, Unit


@dataclass(frozen=True)
class Row:
    """One indicator in one year. ``value`` and ``median`` have ``decimals`` places."""

    words: tuple[str, ...]  # id, name, area, service, dimension, measure
    year: int
    value: float | None
    status: str
    flags: str
    median: float | None
    place: int | None
    with_data: int | None
    decimals: int

    @property
    def cells(self) -> tuple[Cell, ...]:
        """In the order of ``columns``."""
        value, median = (
            None if one is None else Number(one, self.decimals) for one in (self.value, self.median)
        )
        told = (self.year, value, self.status, self.flags)
        return (*self.words, *told, median, self.place, self.with_data)


def columns(lang: Lang) -> list[str]:
    t = strings(lang)
    keys = ("col_id", "indicator", "col_area", "col_service", "col_dimension", "chart_measure")
    rest = ("year", "value", "chart_gap", "col_flags")
    group = ("col_group_median", "col_group_place", "col_group_size")
    return [t[key] for key in (*keys, *rest, *group)]


def rows(release: Release, unit: Unit, lang: Lang) -> Iterator[Row]:
    """Indicators in display order, years ascending; without what is structurally empty."""
    one = release.unit_slice(unit.code)
    for indicator in fed(release, release.catalogue.indicators_of()):
        role = role_of(unit, indicator, None)
        yield from _rows(release, unit, indicator, role, one, lang)


def _rows(
    release: Release, unit: Unit, indicator: Indicator, role: Level, one: UnitSlice, lang: Lang
) -> Iterator[Row]:
    item = release.indicators.item_index[indicator.id]
    words = _words(release, indicator, lang)
    for year in release.years_of(indicator.id):
        at = item, release.indicators.year_index[year]
        status = Status(int(one.status[at]))
        if status in STRUCTURAL:
            continue
        known = status < FIRST_GAP
        median, place, with_data = _group(release, unit, indicator, role, year)
        yield Row(
            words,
            year,
            float(one.values[at]) if known else None,
            "" if known else reason(status, lang),
            ", ".join(flag_words(int(one.flags[at]), lang)),
            median,
            place,
            with_data,
            indicator.decimals,
        )


def _words(release: Release, indicator: Indicator, lang: Lang) -> tuple[str, ...]:
    catalogue, t = release.catalogue, strings(lang)
    service = catalogue.services[indicator.service] if indicator.service else None
    return (
        indicator.id,
        getattr(indicator.name, lang),
        getattr(catalogue.areas[indicator.area].name, lang),
        getattr(service.name, lang) if service else "",
        t[f"dimension_{indicator.dimension.value}"] if indicator.dimension else "",
        getattr(catalogue.measures[indicator.unit].symbol, lang),
    )


def _group(
    release: Release, unit: Unit, indicator: Indicator, role: Level, year: int
) -> tuple[float | None, int | None, int | None]:
    """Median of the fixed group (of all województwa for one), the place, and among how many."""
    positions = release.positions.get(role)
    comparator = "kraj" if role is Level.WOJEWODZTWO else "group"
    part = part_of(release.frame, unit, indicator, role, comparator) if positions else None
    if positions is None or part is None:
        return None, None, None
    summary = positions.summary(indicator.id, year, part)
    at = release.frame.role(role).place[unit.code]
    item, y = positions.items.index(indicator.id), positions.years.index(year)
    place = int(positions.position[item, COMPARATORS.index(comparator), y, at])
    if summary is None or np.isnan(summary.median):
        return None, None, None
    return summary.median, place or None, summary.with_data


def csv_file(release: Release, unit: Unit, lang: Lang) -> bytes:
    """For the spreadsheet of the language; every row of invented figures says so."""
    head, told = invented_column(lang) if release.synthetic else ([], [])
    cells = ([*row.cells, *told] for row in rows(release, unit, lang))
    return csv_bytes([*columns(lang), *head], cells, lang)


def xlsx_file(release: Release, unit: Unit, lang: Lang) -> bytes:
    """The numbers on one sheet, what they are and where from on another."""
    t = strings(lang)
    name = t["unit_data_title"].format(name=title(unit, lang))
    return xlsx_bytes(
        columns(lang),
        (row.cells for row in rows(release, unit, lang)),
        _notes(release, unit, name, lang),
        (t["chart_data_sheet"], t["chart_note_sheet"]),
        name,
        datetime.fromisoformat(release.created),
        [18, 48, *[16] * 11],
    )


def _notes(release: Release, unit: Unit, name: str, lang: Lang) -> list[tuple[str, str]]:
    t, group = strings(lang), group_words(release, unit, lang)
    told = [
        (t["chart_note_title"], f"{name} ({where(unit, release.territory, lang)}, {unit.code})"),
        (t["chart_note_reading"], t["unit_data_measured"].format(group=group) if group else ""),
        (t["release"], release.id),
        (t["chart_note_licence"], TERMS[lang]),
        (t["chart_note_warning"], mark(release, lang)),
    ]
    return [(name, words) for name, words in told if words]
