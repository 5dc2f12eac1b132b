"""Rows of the service into lines of the table of comparison, and what was noticed on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from smup.catalogue import Indicator
from smup.compute.evaluate import exact_kinds
from smup.ingest.keys import NoPlace
from smup.panel import VALUE_STATUSES, Status
from smup.quality import Finding, finding
from smup.sources.national.answers import Value
from smup.sources.national.asking import ID, VALUES
from smup.sources.national.dictionaries import Dictionaries
from smup.sources.national.published import Line
from smup.territory import Kind, Territory

EXAMPLES = 3


class Wanted(NamedTuple):
    """A national indicator that stands for one of ours in units of these kinds."""

    national: int
    indicator: str
    kinds: frozenset[Kind]


@dataclass
class Tally:
    """Findings about many rows, each kind of remark of an indicator told once with examples."""

    found: dict[tuple[str, int, str], list[str]] = field(default_factory=dict)

    def add(self, code: str, national: int, what: str, example: str) -> None:
        self.found.setdefault((code, national, what), []).append(example)

    def findings(self) -> list[Finding]:
        return [
            finding(code, ID, VALUES, f"Wskaźnik krajowy {national}: {_told(what, examples)}")
            for (code, national, what), examples in self.found.items()
        ]


def _told(what: str, examples: list[str]) -> str:
    shown = ", ".join(dict.fromkeys(examples[:EXAMPLES]))
    count = len(examples)
    return f"{what} – {count} razy, np. {shown}" if count > 1 else f"{what}: {shown}"


def wanted(indicators: Iterable[Indicator]) -> list[Wanted]:
    """What the catalogue names, in its order."""
    return [
        Wanted(national.id, one.id, exact_kinds(national))
        for one in indicators
        for national in one.smup
    ]


def lines_of(
    rows: Iterable[Value], one: Wanted, known: Dictionaries, territory: Territory, tally: Tally
) -> Iterator[Line]:
    """The lines of one indicator and year: one a unit, of the kinds it is wanted for.

    A unit given twice with different figures has no line.
    """
    found: dict[str, list[tuple[int, Line]]] = {}
    for row in rows:
        code = _unit(row, one, known, territory, tally)
        if code is not None:
            line = _line(row, one, code, known, tally)
            found.setdefault(code, []).append((row.unit, line))
    for group in found.values():
        if len(group) == 1 or _agree(group, tally):
            yield group[0][1]


def _agree(group: Sequence[tuple[int, Line]], tally: Tally) -> bool:
    """Do several rows of a unit say the same? A city may stand as gmina and as powiat."""
    numbers, lines = zip(*group, strict=True)
    national, where = lines[0].national, f"{lines[0].unit} w {lines[0].year}"
    if len(set(lines)) > 1:
        tally.add("sprzeczne-wiersze", national, "różne liczby tej samej jednostki", where)
        return False
    if len(set(numbers)) < len(numbers):
        what = "powtórzony wiersz: kolejność stron się zmienia i innych wierszy może brakować"
        tally.add("zdublowany-klucz", national, what, where)
    else:
        tally.add("powtorzony-wiersz", national, "jednostka stoi pod dwoma numerami", where)
    return True


def _unit(
    row: Value, one: Wanted, known: Dictionaries, territory: Territory, tally: Tally
) -> str | None:
    year = row.day // 10_000
    place = known.units.get(row.unit, NoPlace("nieznana-jednostka", "numeru nie ma w słowniku"))
    if isinstance(place, NoPlace):
        # The dictionary keeps units abolished long ago, regions, and the country.
        where = f"id-teryt {row.unit} w {year}"
        tally.add(place.code, one.national, "wiersz bez naszej jednostki", where)
        return None
    unit = territory.units[place.unit]
    if place.part is not None:
        tally.add(place.part, one.national, "wiersz części jednostki", f"{place.key} w {year}")
        return None
    if unit.kind not in one.kinds:
        what = f"{one.indicator}: katalog nie wskazuje tego numeru dla rodzaju „{unit.kind}”"
        tally.add("poza-rodzajem", one.national, what, f"{unit.code} w {year}")
        return None
    if not unit.exists_in(year):
        where = f"{unit.code} w {year}"
        tally.add("zniesiona-jednostka", one.national, "jednostki wtedy nie było", where)
        return None
    return unit.code


def _line(row: Value, one: Wanted, code: str, known: Dictionaries, tally: Tally) -> Line:
    status, value, fault = _figure(row, known)
    if fault is not None:
        what, told = fault
        tally.add(what, one.national, told, f"{code} w {row.day // 10_000}: {row.value}")
    return Line(
        one.indicator,
        code,
        row.day // 10_000,
        one.national,
        row.flag,
        value,
        status,
        row.precision,
    )


def _figure(
    row: Value, known: Dictionaries
) -> tuple[Status | None, float | None, tuple[str, str] | None]:
    """Status and value, or (None, None) and why the row cannot be read.

    A flag decides; the number beside it must agree. 0 beside the flag of a gap stands for nothing.
    """
    status = known.flags.get(row.flag)
    if status is None:
        words = known.words.get(row.flag, "nie ma jej w słowniku usługi")
        advice = "opisz ją w catalogue/statuses.yaml (smup-flagi)"
        return None, None, ("nieznana-flaga", f"flaga {row.flag} („{words}”); {advice}")
    if status is Status.OBSERVED and row.value is not None and row.precision is not None:
        return status, row.value + 0.0, None  # no negative zero
    if status is Status.ZERO and not row.value:
        return status, 0.0, None
    if status not in VALUE_STATUSES and not row.value:
        return status, None, None
    return None, None, ("sprzeczna-flaga", f"flaga {row.flag} nie zgadza się z liczbą obok")


def joined(lines: Iterable[Line], tally: Tally) -> list[Line]:
    """Lines of all national indicators; a unit that has two figures of one year has none."""
    found: dict[tuple[str, str, int], list[Line]] = {}
    for line in lines:
        found.setdefault((line.indicator, line.unit, line.year), []).append(line)
    for (indicator, unit, year), group in found.items():
        for line in group if len(group) > 1 else ():
            what = f"{indicator}: dwa wskaźniki krajowe podają liczbę tej samej jednostki"
            tally.add("sprzeczne-wiersze", line.national, what, f"{unit} w {year}")
    return [group[0] for group in found.values() if len(group) == 1]
