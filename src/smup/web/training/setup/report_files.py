"""The report as files for the accounts of the programme: no names of people, the page's numbers."""

import tempfile
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from smup.accounts.models import Organisation
from smup.formats.spreadsheet import Cell, Sheet, csv_bytes, write_workbook
from smup.language import Lang
from smup.present.places import kind_name as unit_kind_name
from smup.territory import Kind as UnitKind
from smup.training.actions.reporting import Case, cases, region_name, summary
from smup.training.models import Edition
from smup.training.naming import area_name
from smup.training.rules.workflow import workflow
from smup.web.people.words import words
from smup.web.training.setup.report_words import columns, told

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
FILES = {
    ("zestawienie", "csv"),
    ("zestawienie", "xlsx"),
    ("jednostki", "csv"),
    ("jednostki", "xlsx"),
}
_UNIT_COLUMNS = {  # with their widths in characters
    "number": 8, "unit": 8, "name": 30, "kind": 26, "region": 22, "organiser": 12, "stage": 7,
    "arrived": 12, "status": 26, "headcount": 12, "people": 8, "online": 8, "in_person": 13,
    "area": 30, "agreement": 24, "certified": 14,
}  # fmt: skip
_LONGEST_SHEET = 31


def made(
    name: str,
    form: str,
    edition: Edition,
    organisers: Collection[str] | None,
    lang: Lang,
    now: datetime,
) -> tuple[bytes, str]:
    """A file and its media type; ``(name, form)`` is one of FILES."""
    sheets = (
        _summary(edition, organisers, lang)
        if name == "zestawienie"
        else [_units(edition, organisers, lang)]
    )
    if form == "csv":
        return _csv(sheets, lang, name == "zestawienie"), _CSV
    return _xlsx(sheets, words(lang)[f"reports_file_{name}"], lang, now), _XLSX


def _summary(edition: Edition, organisers: Collection[str] | None, lang: Lang) -> list[Sheet]:
    """A sheet for each table of the page."""
    head = columns(lang)
    return [
        Sheet(
            name=one.title[:_LONGEST_SHEET],
            head=(one.first, *head),
            rows=[(name, *numbers) for name, numbers in one.rows],
            widths=(34, *(14 for _ in head)),
            fixed=1,
        )
        for one in told(summary(edition, organisers), edition, lang)
    ]


def _units(edition: Edition, organisers: Collection[str] | None, lang: Lang) -> Sheet:
    t = words(lang)
    shorts = dict(Organisation.objects.values_list("pk", "short"))
    return Sheet(
        name=t["reports_file_jednostki"],
        head=[t[f"reports_unit_{name}"] for name in _UNIT_COLUMNS],
        rows=[_unit(one, shorts, lang) for one in cases(edition, organisers)],
        widths=tuple(_UNIT_COLUMNS.values()),
        fixed=3,
    )


def _unit(one: Case, shorts: dict[str, str], lang: Lang) -> tuple[Cell, ...]:
    """In the order of the columns."""
    there = [person for person in one.people if person.kind == "in_person"]
    return (
        one.number,
        one.unit,
        one.unit_name,
        unit_kind_name(UnitKind(one.unit_kind), lang),
        region_name(one.region),
        shorts[one.organiser],
        one.stage,
        f"{one.arrived_on:%Y-%m-%d}",
        workflow("registration").statuses[one.status].name.of(lang),
        one.headcount,
        len(one.people),
        len(one.people) - len(there),
        len(there),
        ", ".join(dict.fromkeys(area_name(person.area, lang) for person in one.people)),
        one.agreement,
        sum(person.certified for person in one.people),
    )


def _csv(sheets: Sequence[Sheet], lang: Lang, tables: bool) -> bytes:
    """Several tables stand below one another, each row with the name of its table first."""
    if not tables:
        return csv_bytes(sheets[0].head, _cells(sheets[0]), lang)
    t = words(lang)
    head = [t["reports_table"], t["reports_line"], *columns(lang)]
    rows = [(one.name, *row) for one in sheets for row in _cells(one)]
    return csv_bytes(head, rows, lang)


def _cells(sheet: Sheet) -> list[tuple[Cell, ...]]:
    """Plain cells: no table here has others."""
    return [tuple(cell for cell in row if isinstance(cell, int | str)) for row in sheet.rows]


def _xlsx(sheets: Sequence[Sheet], title: str, lang: Lang, now: datetime) -> bytes:
    t = words(lang)
    made_at = f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    about = Sheet(
        t["reports_about"],
        (t["reports_file_made"], made_at),
        [(t["reports_note_name"], t["reports_note"])],
        (20, 110),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sprawozdanie.xlsx"
        write_workbook(path, [*sheets, about], title, now)
        return path.read_bytes()
