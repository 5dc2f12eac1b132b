"""Answers of the BeSTi@ service: checked as they come, then rows by our names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyarrow as pa

from smup.fetch.errors import Unsound
from smup.ingest.refusing import SourceError
from smup.sources.budget.forms import LIMIT, QUARTER, Report, key_names, squeezed, told
from smup.sources.budget.raw import Raw, raw_of
from smup.sources.budget.rows import repeated


@dataclass(frozen=True)
class Page:
    """``total`` is the number of rows of all pages, as the service counts them."""

    rows: Sequence[dict[str, Any]]
    total: int
    more: bool  # does the service name a page after this one


def parsed(content: bytes) -> Page:
    """Raises Unsound for bytes that are no page."""
    try:
        said = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
        rows, total = said["data"], said["paging"]["totalItems"]
        more = said["links"]["next"] is not None
        total = int(total)
    except (ValueError, KeyError, TypeError) as error:
        raise Unsound(f"to nie strona danych: {error or type(error).__name__}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unsound("„data” nie jest listą wierszy")
    if len(rows) > LIMIT or total < len(rows):
        raise Unsound(f"wierszy na stronie: {len(rows)}, a wszystkich ma być {total}")
    return Page(rows, total, more)


def check_of(report: Report, year: int, wk: str) -> Callable[[bytes], None]:
    """A check that an answer is a page, and of what was asked for: of another year, form or
    województwo its figures would land in the wrong place."""
    asked = {
        "okres-rok": str(year),
        "okres-okres": QUARTER,
        "jednostka-wk": wk,
        "sprawozdanie-najnowsze": "true",
    }

    def check(content: bytes) -> None:
        for row in parsed(content).rows:
            for field, expected in asked.items():
                if _text(row.get(field, expected)).strip() != expected:
                    raise Unsound(f"{field} to {row[field]}, a pytano o {expected}")
            form = row.get("typ-sprawozdania-kod")
            if form is not None and not squeezed(_text(form)).startswith(report.stem):
                raise Unsound(f"wiersz jest ze sprawozdania {form}, a nie {report.form}")

    return check


def flaw(pages: Sequence[Page]) -> str:
    """Why the pages do not make one whole, in Polish; "" where they do."""
    totals = {page.total for page in pages}
    if len(totals) > 1:
        return f"liczba wierszy zmieniała się między stronami ({min(totals)}–{max(totals)})"
    count = sum(len(page.rows) for page in pages)
    if count != pages[0].total:
        return f"usługa zapowiada {pages[0].total} wierszy, a strony mają {count}"
    if pages[-1].more:
        return f"usługa zapowiada {pages[0].total} wierszy, a wskazuje jeszcze następną stronę"
    return ""


def raw_of_pages(report: Report, pages: Sequence[Page], place: str) -> Raw:
    """The rows of all pages together. Raises SourceError when columns are missing."""
    rows = [row for page in pages for row in page.rows]
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {
        name: pa.chunked_array([pa.array([_text(row.get(name)) for row in rows], pa.string())])
        for name in names
        if told(name) in key_names() or report.column(name) is not None
    }
    return raw_of(report, columns, place)


def whole(report: Report, pages: Sequence[Page], place: str) -> Raw:
    """The rows, if the pages make one whole. Raises SourceError when they do not."""
    reason = flaw(pages)
    raw = raw_of_pages(report, pages, place)
    reason = reason or repeated(raw)
    if reason:
        raise SourceError("rb-niepelna-odpowiedz", f"{place}: {reason}.")
    return raw


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
