"""Made-up files over the small country: what they land as, and what is said of the rest."""

from collections.abc import Mapping
from typing import Any

from smup.ingest.figures import Context, Notes, extract
from smup.ingest.keys import Units
from smup.ingest.landing import land
from smup.ingest.mapping import FileMapping
from smup.ingest.numbers import signs_of
from smup.ingest.table import read_table
from smup.panel import Status
from smup.quality import Finding
from tests.helpers.country import country

PARTS = {"046102": "0461", "046103": "0461", "0401014": "040101", "0401015": "040101"}
Landed = dict[tuple[str, str, int], float | Status]


def mapping(**changes: Any) -> FileMapping:
    """A CSV with columns kod (6 digits), rok and liczba; ``changes`` replace keys."""
    plain: dict[str, Any] = {
        "path": "proba.csv",
        "dated": "2024",
        "retrieved": "2024-12-31",
        "year": {"header": "rok"},
        "unit": {"columns": [{"header": "kod"}], "code": "teryt6"},
        "columns": [{"header": "liczba", "variable": "liczba"}],
    }
    return FileMapping.model_validate({**plain, **changes})


def units() -> Units:
    return Units(country(), PARTS)


def land_file(content: bytes | str, **changes: Any) -> tuple[Landed, list[Finding]]:
    """What a file lands as: a value, or the status of a gap, for each variable, unit and year."""
    read_as = mapping(**changes)
    notes = Notes("proba", read_as.path)
    raw = content.encode() if isinstance(content, str) else content
    context = Context(read_as, units(), signs_of(read_as, {}), notes)
    facts = land(extract(read_table(read_as, raw), context), country(), read_as.parts, notes)
    landed: Landed = {
        (f.variable, f.unit, f.year): f.status if f.value is None else f.value for f in facts
    }
    return landed, notes.findings()


def values(landed: Mapping[tuple[str, str, int], float | Status]) -> dict[str, float | Status]:
    """By unit alone, for files of one variable and one year."""
    assert len({(variable, year) for variable, _, year in landed}) <= 1
    return {unit: value for (_, unit, _), value in landed.items()}


def said(findings: list[Finding]) -> set[tuple[str, int | None]]:
    return {(f.code, f.row) for f in findings}
