"""The first words of a report: what is known for the year, what only for years before it, and when
the rest comes."""

from collections import Counter
from collections.abc import Mapping, Sequence

from smup.catalogue import Indicator
from smup.describe import Speaker
from smup.documents import Block, Items, Line, Paragraph, Section
from smup.documents.blocks import Cell, Column, DataTable
from smup.language import format_number, plural
from smup.panel import Status
from smup.present.sentences import ended
from smup.present.values import reason
from smup.reports.matter import Matter
from smup.reports.tables import NOTHING, count_cell
from smup.reports.timeliness import Coming, Timeliness, coming, timeliness
from smup.reports.titling import edition
from smup.telling.naming import told_apart
from smup.telling.strings import strings
from smup.telling.units.facts import notices


def known(matter: Matter, _: str = "") -> Section:
    """Of everything the report is about; in a full one also area by area."""
    blocks = [
        Paragraph((one,), "note") for one in notices(matter.release, matter.unit, matter.lang)
    ]
    if len(matter.units) > 1:
        name = told_apart(matter.units, matter.lang)[0]
        words = strings(matter.lang)["report_known_of_first"].format(name=name)
        blocks.insert(0, Paragraph((words,), "quiet"))
    found = timeliness(matter, matter.indicators, matter.year)
    tables = _by_area(matter) if not matter.is_short else ()
    title = strings(matter.lang)["report_known"].format(year=matter.year)
    return Section("known", title, (*blocks, *known_blocks(matter, found), *tables))


def known_blocks(matter: Matter, found: Timeliness) -> tuple[Block, ...]:
    """How many figures are of the year, how many lag behind by how much, and what of the rest."""
    t, year = strings(matter.lang), found.year
    fed = len(found.now) + len(found.behind) + len(found.nothing)
    if not fed:
        return (Paragraph((t["report_known_nothing"],), "answer"), *_waiting(matter, found))
    opening = _opening(matter, found)
    lines: list[Line] = []
    if found.before:
        lines.append((_counted(matter, "report_known_before", len(found.before), year=year - 1),))
    if found.older:
        words = _counted(matter, "report_known_older", len(found.older), year=year - 2)
        lines.append((words,))
    if matter.unit.exists_in(year):
        rest = coming(matter, found.behind, year)
        lines += _coming(matter, rest, len(found.behind), year)
    if found.nothing:
        reasons = _reasons(matter, found.nothing)
        lines.append((_counted(matter, "report_known_none", len(found.nothing), reasons=reasons),))
    items = (Items(tuple(lines)),) if lines else ()
    return (Paragraph((opening,), "answer"), *items, *_waiting(matter, found))


def _opening(matter: Matter, found: Timeliness) -> str:
    """How many figures are of the year; why there are none."""
    key = "report_known_now"
    if not found.now:
        if not matter.unit.exists_in(found.year):
            key = "report_known_gone"
        elif not found.behind:
            key = "report_known_empty"
    return _counted(matter, key, len(found.now), year=found.year)


def _counted(matter: Matter, key: str, n: int, **values: object) -> str:
    """The sentence whose forms are ``key_one``, ``_few`` and ``_many``; ``_zero`` for none."""
    t = strings(matter.lang)
    form = "zero" if not n and f"{key}_zero" in t else plural(n, "one", "few", "many")
    return t[f"{key}_{form}"].format(n=format_number(n, 0, matter.lang), **values)


def _reasons(matter: Matter, found: Sequence[Indicator]) -> str:
    """Why there are no values, the commonest reason first: "nie dotyczy (12), … (3)"."""
    held = matter.standings
    statuses = Counter(held[one.id].status for one in found)
    ordered = sorted(statuses.items(), key=lambda pair: (-pair[1], pair[0]))
    return "; ".join(
        f"{reason(Status(status), matter.lang)}: {format_number(n, 0, matter.lang)}"
        for status, n in ordered
    )


def _coming(matter: Matter, rest: Coming, behind: int, year: int) -> list[Line]:
    """When the figures of the year come, of the ``behind`` that lag behind."""
    told = [("ahead", len(of), m) for m, of in _by_month(matter, rest.ahead, year).items()]
    if rest.past:
        months = ", ".join(_by_month(matter, rest.past, year))
        told.append(("past", sum(len(of) for of in rest.past.values()), months))
    told += [("unknown", len(rest.unknown), ""), ("rare", len(rest.rare), "")]
    return [
        (_of_all(matter, f"report_coming_{key}", n, behind, year=year, months=months),)
        for key, n, months in told
        if n
    ]


def _of_all(matter: Matter, key: str, n: int, behind: int, **values: object) -> str:
    """The sentence about ``n`` of those that lag behind; ``key_only`` where there is but one."""
    if behind == 1:
        return strings(matter.lang)[f"{key}_only"].format(**values)
    return _counted(matter, key, n, all=format_number(behind, 0, matter.lang), **values)


def _by_month(
    matter: Matter, months: Mapping[int, tuple[Indicator, ...]], year: int
) -> dict[str, tuple[Indicator, ...]]:
    """Months as words: "w czerwcu 2027 r."."""
    names = Speaker(matter.release.catalogue, matter.lang).say("months_in").split()
    in_month = strings(matter.lang)["report_in_month"]
    return {
        in_month.format(month=names[month - 1], year=year + 1): of for month, of in months.items()
    }


def _waiting(matter: Matter, found: Timeliness) -> tuple[Block, ...]:
    """What nobody has delivered yet."""
    if not found.waits:
        return ()
    words = _counted(matter, "report_waits", len(found.waits))
    return (Paragraph((words,), "quiet"),)


def _by_area(matter: Matter) -> tuple[Block, ...]:
    """Areas with how many of their figures are of which year; nothing where there is one area."""
    lang, t, year = matter.lang, strings(matter.lang), matter.year
    rows = []
    for area in matter.release.catalogue.areas.values():
        mine = [one for one in matter.indicators if one.area == area.id]
        if mine:
            one = timeliness(matter, mine, year)
            counts = (one.now, one.before, one.older, one.nothing, one.waits)
            cells = (count_cell(len(of), lang) if of else Cell(NOTHING) for of in counts)
            rows.append((Cell(getattr(area.name, lang)), *cells))
    if len(rows) < 2:
        return ()
    heads = (str(year), str(year - 1), t["report_col_older"], t["report_col_none"],
             t["report_col_waits"])  # fmt: skip
    columns = (Column(t["area"]), *(Column(head, number=True) for head in heads))
    return (DataTable(t["report_known_table"], columns, tuple(rows), ended(edition(matter))),)
