"""One thing noticed about the data, with the place where it stands."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields

from smup.quality.codes import CODES, SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """``row`` counts from 1 as a spreadsheet does; ``message`` is a Polish sentence for people.

    ``variable`` is None where the finding is about a file or a row rather than about figures.
    """

    code: str
    severity: Severity
    source: str
    file: str
    row: int | None
    unit: str | None
    year: int | None
    message: str
    variable: str | None = None

    @property
    def about(self) -> str:
        """The variable or, where there is none, the source."""
        return self.variable or self.source

    @property
    def id(self) -> str:
        """The same for the same code, variable (or source), unit and year in every release."""
        key = "|".join((self.code, self.about, self.unit or "", str(self.year or "")))
        return hashlib.sha256(key.encode()).hexdigest()[:10]


def finding(
    code: str,
    source: str,
    file: str,
    detail: str,
    *,
    row: int | None = None,
    unit: str | None = None,
    year: int | None = None,
    variable: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding, as grave as its code where nothing else is said. Raises KeyError for an unknown
    code."""
    grave = severity or CODES[code].severity
    return Finding(code, grave, source, file, row, unit, year, detail, variable)


_ORDER = {severity: place for place, severity in enumerate(SEVERITIES)}


def sort_key(item: Finding) -> tuple[str, int, str, str, int, str, int, str, str]:
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
        item.variable or "",
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
            _severity(row["severity"]),
            row["source"],
            row["file"],
            int(row["row"]) if row["row"] else None,
            row["unit"] or None,
            int(row["year"]) if row["year"] else None,
            row["message"],
            row.get("variable") or None,  # a column that older releases lack
        )
        for row in rows
    ]


def _severity(text: str) -> Severity:
    for one in SEVERITIES:
        if one == text:
            return one
    raise ValueError(f"„{text}” nie jest wagą uwagi")
