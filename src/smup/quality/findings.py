"""One thing noticed about the data, with the place where it stands."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from smup.quality.codes import CODES, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """``row`` counts from 1 as a spreadsheet does; ``message`` is a Polish sentence for people."""

    code: str
    severity: Severity
    source: str
    file: str
    row: int | None
    unit: str | None
    year: int | None
    message: str


def finding(
    code: str,
    source: str,
    file: str,
    detail: str,
    *,
    row: int | None = None,
    unit: str | None = None,
    year: int | None = None,
) -> Finding:
    """A finding whose gravity is that of its code. Raises KeyError for an unknown code."""
    return Finding(code, CODES[code].severity, source, file, row, unit, year, detail)


_ORDER = {"error": 0, "warning": 1, "info": 2}


def sort_key(item: Finding) -> tuple[str, int, str, str, int, str, int, str]:
    """Source by source, the gravest first, then by place: the order of ``data/findings.csv``."""
    return (
        item.source,
        _ORDER[item.severity],
        item.code,
        item.file,
        item.row or 0,
        item.unit or "",
        item.year or 0,
        item.message,
    )


COLUMNS = tuple(f.name for f in fields(Finding))


def write_findings(findings: Iterable[Finding]) -> bytes:
    """The findings as CSV, sorted, the same findings giving the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in sorted(findings, key=sort_key):
        writer.writerow(["" if v is None else v for v in (getattr(item, c) for c in COLUMNS)])
    return text.getvalue().encode()


def read_findings(content: bytes) -> list[Finding]:
    """The inverse of ``write_findings``. Raises ValueError, KeyError for anything else."""
    rows = csv.DictReader(io.StringIO(content.decode()))
    return [
        Finding(
            row["code"],
            CODES[row["code"]].severity,
            row["source"],
            row["file"],
            int(row["row"]) if row["row"] else None,
            row["unit"] or None,
            int(row["year"]) if row["year"] else None,
            row["message"],
        )
        for row in rows
    ]
