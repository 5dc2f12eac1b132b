"""A number opened: the inputs it stands on, and the rows of the tables they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from smup.compute.formula import Name
from smup.compute.trace import Given, Member, Way
from smup.compute.trace.parts import SECRET, key_of
from smup.formats.trace import correction_of, rows_of, tables_of
from smup.language import Lang
from smup.panel import Status
from smup.present.values import flag_words, reason
from smup.store.lineage import Row
from smup.telling.addresses import Addresses
from smup.telling.findings.correcting import corrected
from smup.telling.naming import kind_name, title
from smup.telling.unit_indicator.opening import Opening
from smup.territory import Kind, Unit

MOST = 60  # parts of an area shown on a page; the API gives all


@dataclass(frozen=True)
class Input:
    """One variable of one year; ``row`` and ``href`` are empty where no table holds it."""

    name: str
    year: int
    value: str
    flags: str
    row: str
    text: str
    href: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One unit of which a larger area is made up."""

    name: str
    kind: str
    href: str
    cells: tuple[str, ...]
    used: bool


def inputs(say: Opening) -> list[Input]:
    """The unit's own inputs or, where a total was taken, the sums that stand in the formula."""
    own = say.trace.own
    if own.total is None:
        return [_input(say, one) for one in own.given]
    return [
        Input(
            say.variable(one.variable),
            one.year,
            say.amount(one.variable, own.numbers[key]),
            "",
            say.t["number_sum_of"].format(n=sum(m.used for m in own.members)),
            "",
            "",
            (),
        )
        for one in own.given
        if (key := key_of(one.variable, own.year - one.year)) in own.numbers
    ]


def _input(say: Opening, one: Given) -> Input:
    rows = rows_of(say.release, one)
    told = (
        reason(one.status, say.lang) if one.value is None else say.amount(one.variable, one.value)
    )
    return Input(
        say.variable(one.variable),
        one.year,
        told,
        ", ".join(flag_words(one.flags, say.lang)),
        _place(say, rows[0]) if rows else "",
        rows[0].text if rows else "",
        _address(say, rows[0].table) if rows else "",
        tuple(_notes(say, one, rows)),
    )


def _place(say: Opening, row: Row) -> str:
    return f"{_title(say, row.table)}, {say.t['number_line'].format(line=row.line)}"


def _title(say: Opening, table: str) -> str:
    return say.speaker.text(say.release.catalogue.sources[table].title)


def _address(say: Opening, table: str) -> str:
    return f"/files/{say.release.id}/tables/{table}.csv"


def _notes(say: Opening, one: Given, rows: list[Row]) -> Iterable[str]:
    """Why this row, or why none."""
    t, status = say.t, one.status.name.lower()
    if say.release.synthetic:
        yield t["number_invented"]
        return
    if say.release.tables is None:
        yield t["number_not_recorded"]
        return
    correction = correction_of(say.release, one)
    if correction is not None:
        yield corrected(say.release, correction, say.lang)
    if not rows:
        yield t.get(f"number_no_row_{status}", t["number_no_row"])
    elif one.status is Status.NOT_EXISTING:
        yield t["number_ignored_row"]
    elif one.status in SECRET and not rows[0].value:
        yield t["number_hidden_row"]
    for other in rows[1:]:
        value = other.value or other.status
        yield t["number_other_row"].format(
            table=_title(say, other.table), line=other.line, value=value.replace(".", ",")
        )


def parts(say: Opening) -> dict[str, Any]:
    """The members of an area as a table, those left out first; {} for a unit's own figures."""
    own = say.trace.own
    if own.total is None:
        return {}
    shown = sorted(own.members, key=lambda one: one.used)[:MOST]
    more = len(shown) < len(own.members)
    counts = say.t["number_members_count"].format(shown=len(shown), all=len(own.members))
    return {
        "heads": _heads(say, own.members[0]),
        "rows": [_part(say, one) for one in shown],
        "more": counts if more else "",
        "open": len(shown) <= 12,
    }


def _heads(say: Opening, one: Member) -> list[str]:
    heads = [f"{say.variable(g.variable)}, {g.year}" for g in one.given]
    if one.weight is not None:
        heads.append(say.t["number_weight"].format(name=say.variable(one.weight.variable)))
    if _shows_own(say):
        heads.append(say.t["number_own_value"])
    return heads


def _part(say: Opening, one: Member) -> Part:
    given = [*one.given, *([one.weight] if one.weight else [])]
    cells = [
        reason(g.status, say.lang) if g.value is None else say.amount(g.variable, g.value)
        for g in given
    ]
    if _shows_own(say):
        own = one.own
        cells.append(
            reason(own.reason or Status.MISSING, say.lang)
            if own.value is None
            else say.exact(own.value)
        )
    to = Addresses(say.lang)
    href = to.number(one.unit, say.trace.indicator, say.trace.own.year)
    unit = say.release.territory.units[one.unit]
    return Part(title(unit, say.lang), _kind(unit, say.lang), href, tuple(cells), one.used)


def _kind(unit: Unit, lang: Lang) -> str:
    """What tells namesakes apart; the name of a powiat says it already."""
    return "" if unit.kind is Kind.POWIAT else kind_name(unit.kind, lang)


def _shows_own(say: Opening) -> bool:
    """Is the value of a part another number than its only input?"""
    return say.trace.own.way in (Way.SUM, Way.WEIGHTED) and not isinstance(say.trace.formula, Name)


def tables(say: Opening) -> list[dict[str, Any]]:
    """The tables the rows stand in, each with the publisher's files it was made from."""
    return [
        table
        | {
            "title": _title(say, name),
            "rows_words": say.t["number_table_rows"].format(n=table["rows"]),
            "files": [
                file | {"retrieved": say.t["number_retrieved"].format(day=file["retrieved"])}
                for file in table["files"]
            ],
        }
        for name, table in tables_of(say.release, say.trace).items()
    ]
