"""How one published figure came about, as a JSON record that leads to the rows of the tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from smup.catalogue.quality import Correction
from smup.compute.formula import to_text
from smup.compute.trace import Given, Member, Trace, Worked
from smup.panel import STATUS_NAMES, Flag, flag_names
from smup.store import layout
from smup.store.lineage import Row
from smup.store.release import Release

Record = dict[str, Any]


def trace_record(release: Release, trace: Trace) -> Record:
    """Everything that went into a figure, and whether working it out again gives the same.

    ``verdict``: ``same``; ``secret`` where figures that are not told stand behind a total that may
    be told; ``differs`` where the release says something else, which is an error of ours.
    """
    value, status, flags = trace.stored
    own = trace.own
    return {
        "indicator": trace.indicator,
        "unit": own.unit,
        "year": own.year,
        "value": value,
        "status": STATUS_NAMES[status],
        "flags": flag_names(flags),
        "formula": to_text(trace.formula),
        **_worked(release, own),
        "country": None if trace.country is None else _worked(release, trace.country),
        "exact": trace.exact,
        "decimals": release.catalogue.indicators[trace.indicator].decimals,
        "recomputed": {
            "value": trace.found[0],
            "status": STATUS_NAMES[trace.found[1]],
            "flags": flag_names(trace.found[2]),
        },
        "verdict": verdict(trace),
        "tables": tables_of(release, trace),
    }


def verdict(trace: Trace) -> str:
    """``same``, ``secret`` or ``differs``."""
    if trace.agrees:
        return "same"
    return "secret" if trace.secret else "differs"


def _worked(release: Release, worked: Worked) -> Record:
    return {
        "way": worked.way.value,
        "inputs": [_input(release, one) for one in worked.given],
        "numbers": dict(worked.numbers),
        "members": [_member(release, one) for one in worked.members],
        "share": worked.total.share if worked.total else None,
    }


def _input(release: Release, one: Given) -> Record:
    rows = rows_of(release, one)
    return {
        "variable": one.variable,
        "year": one.year,
        "value": one.value,
        "status": STATUS_NAMES[one.status],
        "flags": flag_names(one.flags),
        "rows": [_row(row, taken=at == 0) for at, row in enumerate(rows)],
        "correction": _correction(release, one),
    }


def correction_of(release: Release, one: Given) -> Correction | None:
    """The correction that gave an input its value; None where the source did, and where the value
    is kept secret."""
    if not one.flags & Flag.CORRECTED:
        return None
    return release.catalogue.correction_of(one.variable, one.unit, one.year)


def _correction(release: Release, one: Given) -> Record | None:
    found = correction_of(release, one)
    return None if found is None else found.model_dump(mode="json", exclude_none=True)


def _member(release: Release, one: Member) -> Record:
    given = [*one.given, *([one.weight] if one.weight else [])]
    return {
        "unit": one.unit,
        "used": one.used,
        "exact": one.own.value,
        "status": None if one.own.reason is None else STATUS_NAMES[one.own.reason],
        "inputs": [_input(release, each) for each in given],
    }


def _row(row: Row, *, taken: bool) -> Record:
    return {"table": row.table, "line": row.line, "text": row.text, "taken": taken}


def rows_of(release: Release, one: Given) -> list[Row]:
    """The rows of the tables that speak of an input, the one taken first."""
    panel = release.variables
    held = one.variable in panel.item_index and one.year in panel.year_index
    if release.tables is None or not held:
        return []
    return release.tables.rows(panel, one.variable, one.year, one.unit)


def inputs_of(trace: Trace) -> Iterable[Given]:
    """Every input that the figure stands on: the unit's own, or those of the members used."""
    for worked in (trace.own, trace.country):
        if worked is None:
            continue
        if worked.total is None:
            yield from worked.given
        for member in (one for one in worked.members if one.used):
            yield from member.given
            if member.weight is not None:
                yield member.weight


def tables_of(release: Release, trace: Trace) -> dict[str, Record]:
    """The tables in which rows of a figure stand, by name."""
    if release.tables is None:
        return {}
    counts: dict[str, int] = {}
    for one in inputs_of(trace):
        for row in rows_of(release, one)[:1]:
            counts[row.table] = counts.get(row.table, 0) + 1
    sources = {name: one for one in release.sources for name in one.get("tables", (one["id"],))}
    return {name: _table(release, name, sources[name], n) for name, n in sorted(counts.items())}


def _table(release: Release, name: str, source: Mapping[str, Any], rows: int) -> Record:
    path = f"{layout.TABLES}/{name}.csv"
    file = release.manifest["files"][path]
    return {
        "title": source["title"],
        "publisher": source["publisher"],
        "licence": source["licence"],
        "files": source["files"],
        "rows": rows,
        "table": f"/files/{release.id}/{path.removeprefix(layout.PUBLIC + '/')}",
        "sha256": file["sha256"],
        "bytes": file["bytes"],
    }
