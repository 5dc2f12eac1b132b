"""The filtered list of cases as a file for a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smup.formats.spreadsheet import Cell, csv_bytes, xlsx_bytes
from smup.language import Lang
from smup.training.actions.finding import whole
from smup.training.models import Registration
from smup.training.moments import last_day
from smup.training.naming import area_name
from smup.training.rules.queues import Kind
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.filters import Filters
from smup.web.training.desk.guard import desk
from smup.web.training.desk.seeing import READ, Sight

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = {  # with their widths in characters
    "number": 8, "arrived": 16, "stage": 6, "status": 24, "unit": 8, "name": 30, "kind": 24,
    "powiat": 20, "organiser": 12, "headcount": 10, "people": 8, "online": 8, "in_person": 12,
    "area": 28, "deadline": 16, "contact": 24, "email": 30, "phone": 16,
}  # fmt: skip


@desk(READ)
def file(request: HttpRequest, lang: Lang, sight: Sight, form: str) -> HttpResponse:
    """The whole filtered list as CSV or XLSX."""
    now, t = timezone.now(), words(lang)
    found = whole(Filters.of(request.GET).chosen(sight.registrations(), now))
    head = [t[f"desk_column_{name}"] for name in _COLUMNS]
    rows = [_cells(one, lang) for one in found]
    if form == "csv":
        content, media = csv_bytes(head, rows, lang), "text/csv; charset=utf-8"
    else:
        content, media = _workbook(head, rows, lang, now), _XLSX
    name = t["desk_file_name"].format(edition=sight.edition.slug, day=f"{now:%Y-%m-%d}")
    told = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=media, headers=told)


def _cells(one: Registration, lang: Lang) -> tuple[Cell, ...]:
    """In the order of the columns."""
    there = [person for person in one.active if person.kind == Kind.IN_PERSON]
    return (
        one.number,
        _minute(one.arrived_at),
        one.stage.number,
        naming.status_name("registration", one.status, lang),
        one.unit,
        one.unit_name,
        naming.unit_kind(one.unit_kind, lang),
        one.powiat,
        one.organiser.short,
        one.headcount,
        len(one.active),
        len(one.active) - len(there),
        len(there),
        area_name(there[0].area, lang) if there else "",
        f"{last_day(one.deadline):%Y-%m-%d}" if one.deadline else "",
        one.contact_name,
        one.contact_email,
        one.contact_phone,
    )


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _workbook(
    head: Sequence[str], rows: Sequence[Sequence[Cell]], lang: Lang, now: datetime
) -> bytes:
    t = words(lang)
    notes = [(t["desk_file_made"], _minute(now)), (t["desk_file_note_name"], t["desk_file_note"])]
    sheets = (t["desk_file_sheet"], t["desk_file_about"])
    widths = tuple(_COLUMNS.values())
    return xlsx_bytes(head, rows, notes, sheets, t["desk_nav_cases"], now, widths)
