"""Everything of one unit as a file: values of all years, gaps with reasons, its group beside."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import xlsxwriter

from smup.catalogue import Indicator
from smup.compare.positions import COMPARATORS, part_of
from smup.formats.long import STRUCTURAL
from smup.language import Lang
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.values import flag_words, reason
from smup.store.release import UnitSlice
from smup.store.releases import Release
from smup.territory import Level, Unit
from smup.web.portal.captions import invented_column, mark
from smup.web.portal.feeding import fed
from smup.web.portal.naming import title, where
from smup.web.portal.strings import strings
from smup.web.portal.units.company import group_words
from smup.web.portal.units.standing import role_of

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula


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
        told = (self.year, self.value, self.status, self.flags)
        return (*self.words, *told, self.median, self.place, self.with_data)


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


def csv_bytes(release: Release, unit: Unit, lang: Lang) -> bytes:
    """For the spreadsheet of the language: in Polish semicolons and decimal commas."""
    mark_, point = (";", ",") if lang == "pl" else (",", ".")
    head, told = invented_column(lang) if release.synthetic else ([], [])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark_, lineterminator="\r\n")
    writer.writerow(columns(lang) + head)
    for row in rows(release, unit, lang):
        writer.writerow([_text(cell, row.decimals, point) for cell in row.cells] + told)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _text(cell: Cell, decimals: int, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(cell) if isinstance(cell, int) else f"{cell:.{decimals}f}".replace(".", point)


def xlsx_bytes(release: Release, unit: Unit, lang: Lang) -> bytes:
    """Numbers as numbers on one sheet, what they are and where from on another."""
    t, out = strings(lang), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    name = t["unit_data_title"].format(name=title(unit, lang))
    with xlsxwriter.Workbook(out, options) as book:
        # Nothing of the clock is in the file: the same release gives the same bytes.
        book.set_properties({"title": name, "created": datetime.fromisoformat(release.created)})
        bold = book.add_format({"bold": True, "bottom": 1})
        shapes = [
            book.add_format({"num_format": f"#,##0{'.' * bool(n)}{'0' * n}"}) for n in range(7)
        ]
        sheet = book.add_worksheet(t["chart_data_sheet"])
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, 12, 16)
        for x, head in enumerate(columns(lang)):
            sheet.write_string(0, x, head, bold)
        for y, row in enumerate(rows(release, unit, lang), start=1):
            for x, cell in enumerate(row.cells):
                if isinstance(cell, str):
                    sheet.write_string(y, x, cell)
                elif isinstance(cell, float):
                    sheet.write_number(y, x, cell, shapes[row.decimals])
                elif cell is not None:
                    sheet.write_number(y, x, cell)
        notes = book.add_worksheet(t["chart_note_sheet"])
        notes.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
        for y, words in enumerate(_notes(release, unit, name, lang)):
            notes.write_string(y, 0, words)
    return out.getvalue()


def _notes(release: Release, unit: Unit, name: str, lang: Lang) -> list[str]:
    t, group = strings(lang), group_words(release, unit, lang)
    told = [
        f"{name} ({where(unit, release.territory, lang)}, {unit.code})",
        t["unit_data_measured"].format(group=group) if group else "",
        f"{t['release']} {release.id}",
        t["chart_licence"],
        mark(release, lang),
    ]
    return [words for words in told if words]
