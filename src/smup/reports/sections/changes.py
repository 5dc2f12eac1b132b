"""What changed for the unit since the year before, by kind of change."""

from collections.abc import Sequence

from smup.compare.changes import Kind, Noted, changes_since_year
from smup.documents import Block, Items, Line, Paragraph, Section, Strong, line
from smup.documents.blocks import Cell, Column, DataTable
from smup.language import format_number
from smup.present.sentences import ended
from smup.reports.matter import Matter
from smup.reports.tables import NOTHING, foot_of
from smup.reports.titling import edition
from smup.telling.strings import strings
from smup.telling.units.changed import Line as Changed
from smup.telling.units.changed import lines_of, newest_year, present, year_before

ROWS = 40  # of a table; how many more there are is said
TABLES: tuple[Kind, ...] = ("change_real", "territory")  # read line by line
NAMES: tuple[Kind, ...] = ("new_value", "newly_missing")  # said by name


def changes(matter: Matter, _: str = "") -> Section | None:
    """Real changes line by line, new and lost figures by name, of the rest only how many; None
    where the release has one year."""
    release, unit, t = matter.release, matter.unit, strings(matter.lang)
    years = release.indicators.years
    if len(years) < 2 or not matter.told:
        return None
    newest = newest_year(release, unit)
    since = year_before(release, unit)
    if matter.definition.years is not None:
        since = min(max(matter.definition.years[0], years[0]), years[-2])
        if matter.definition.years[1] < newest:
            words = t["report_changes_later"].format(last=matter.definition.years[1], year=newest)
            return Section("changes", t["report_changes"], (Paragraph((words,)),))
    mine = {one.id for one in matter.indicators}
    noted = [
        one
        for one in changes_since_year(release.frame, unit.code, since)
        if one.indicator is None or one.indicator in mine
    ]
    title = t["changes_title"].format(since=since)
    if not noted:
        return Section("changes", title, (Paragraph((t["changes_none"],)),))
    blocks: list[Block] = [Paragraph((t["changes_lead"].format(since=since),), "quiet")]
    for kind in TABLES:
        blocks += _listed(matter, kind, noted)
    blocks.append(Items(tuple(_counted(matter, kind, noted) for kind in present(noted)
                              if kind not in TABLES)))  # fmt: skip
    return Section("changes", title, tuple(blocks))


def _listed(matter: Matter, kind: Kind, noted: Sequence[Noted]) -> list[Block]:
    """The changes of a kind line by line; nothing where there are none."""
    t = strings(matter.lang)
    lines = lines_of(matter.release, matter.unit, kind, noted, matter.lang)
    if not lines:
        return []
    foot = _foot(matter, kind, noted)
    blocks: list[Block] = [_table(matter, t[f"changes_{kind}"], lines[:ROWS], foot)]
    if more := _more(matter, len(lines)):
        blocks.append(Paragraph((more,), "quiet"))
    if kind == "change_real":
        blocks.append(Paragraph((t["changes_chance"],), "quiet"))
    return blocks


def _counted(matter: Matter, kind: Kind, noted: Sequence[Noted]) -> Line:
    """How many changes of a kind there are; of new and lost figures also their names."""
    lines = lines_of(matter.release, matter.unit, kind, noted, matter.lang)
    n = format_number(len(lines), 0, matter.lang)
    head = Strong(f"{strings(matter.lang)[f'changes_{kind}']}: {n}")
    if kind not in NAMES:
        return (head,)
    names = [f"{one.name} ({one.remark})" if one.remark else one.name for one in lines[:ROWS]]
    return line(head, f" – {ended('; '.join(names))} {_more(matter, len(lines))}".rstrip())


def _more(matter: Matter, n: int) -> str:
    """How many are left out; "" for none."""
    if n <= ROWS:
        return ""
    rest = format_number(n - ROWS, 0, matter.lang)
    return strings(matter.lang)["report_changes_more"].format(n=rest)


def _foot(matter: Matter, kind: Kind, noted: Sequence[Noted]) -> str:
    """The sources of the indicators of a table; of the register only the release."""
    known = matter.release.catalogue.indicators
    told = {one.indicator for one in noted if one.kind == kind and one.indicator in known}
    mine = [one for one in matter.indicators if one.id in told]
    return foot_of(matter, mine) if mine else ended(edition(matter))


def _table(matter: Matter, caption: str, lines: Sequence[Changed], foot: str) -> DataTable:
    t = strings(matter.lang)
    columns = (
        Column(t["what_changed"]),
        Column(t["before"], number=True),
        Column(t["after"], number=True),
        Column(t["change"], number=True),
        Column(t["remark"]),
    )
    rows = tuple(
        tuple(Cell(words or NOTHING)
              for words in (one.name, one.before, one.after, one.amount, one.remark))
        for one in lines
    )  # fmt: skip
    return DataTable(caption, columns, rows, foot)
