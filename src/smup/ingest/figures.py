"""The figures of one file: every mapped cell with its unit, year and reading."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.mapping import Column, ColumnRef, FileMapping, header_pattern
from smup.ingest.numbers import Reading, Signs, read_number
from smup.ingest.table import Cell, Row, SourceError, Table, collapsed
from smup.panel import Status
from smup.quality import Finding, finding


@dataclass(frozen=True, slots=True)
class Figure:
    variable: str
    year: int
    place: Place
    reading: Reading
    row: int | None  # None for a figure made of many rows


@dataclass
class Notes:
    """Findings of one file; what is said of several cells of a row is said once."""

    source: str
    file: str
    found: dict[tuple[str, int | None, str], tuple[str | None, set[int]]] = field(
        default_factory=dict
    )

    def add(
        self,
        code: str,
        row: int | None,
        detail: str,
        *,
        unit: str | None = None,
        year: int | None = None,
    ) -> None:
        _, years = self.found.setdefault((code, row, detail), (unit, set()))
        if year is not None:
            years.add(year)

    def findings(self) -> list[Finding]:
        return [
            finding(
                code,
                self.source,
                self.file,
                detail,
                row=row,
                unit=unit,
                year=next(iter(years)) if len(years) == 1 else None,
            )
            for (code, row, detail), (unit, years) in self.found.items()
        ]


@dataclass(frozen=True)
class Context:
    """What reading a file needs beside the file itself."""

    mapping: FileMapping
    units: Units
    signs: Signs
    notes: Notes


Extract = Callable[[Table, Context], Iterator[Figure]]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A column of the file found in the table, for one year (or for the year of the row)."""

    column: Column
    index: int
    year: int | None
    where: tuple[tuple[int, str], ...]


def extract(table: Table, context: Context) -> Iterator[Figure]:
    """Every mapped figure of the table. Raises SourceError when its columns are not as mapped."""
    mapping = context.mapping
    taken = [t for column in mapping.columns for t in _take(mapping, table, column)]
    year_at = locate(mapping, table, mapping.year) if isinstance(mapping.year, ColumnRef) else None
    for row, place in placed_rows(table, context):
        year = _year(row, year_at, context) if year_at is not None else mapping.year
        if year_at is not None and year is None:
            continue
        chosen = [t for t in taken if all(collapsed(row[i]) == text for i, text in t.where)]
        if not chosen:
            context.notes.add("nieopisany-wiersz", row.number, _described(row), unit=place.unit)
        for one in chosen:
            at = one.year if one.year is not None else year
            assert isinstance(at, int)  # the mapping is refused when neither gives a year
            reading = read_cell(row, one.index, one.column, at, place, context)
            if reading is not None:
                yield Figure(one.column.variable, at, place, reading, row.number)


def placed_rows(table: Table, context: Context) -> Iterator[tuple[Row, Place]]:
    """Rows that are about a unit; a finding for each of the others."""
    mapping = context.mapping
    code_at = [locate(mapping, table, ref) for ref in mapping.unit.columns]
    name_at = locate(mapping, table, mapping.unit.name) if mapping.unit.name else None
    beside = (mapping.unit.powiat, mapping.unit.wojewodztwo)
    beside_at = [locate(mapping, table, ref) if ref else None for ref in beside]
    for row in table.rows:
        if row.empty:
            context.notes.add("pusty-wiersz", row.number, "wiersz bez treści")
            continue
        if len(row.cells) != table.width:
            detail = f"komórek {len(row.cells)} zamiast {table.width}"
            context.notes.add("zly-uklad-wiersza", row.number, detail)
            continue
        name = collapsed(row[name_at]) if name_at is not None else ""
        powiat, wojewodztwo = ("" if at is None else collapsed(row[at]) for at in beside_at)
        code = joined_code(row, code_at)
        place = context.units.place(mapping, code, name, (powiat, wojewodztwo))
        if isinstance(place, Place):
            yield row, place
        elif place.code == "brak-kodu" and mapping.outside:
            context.notes.add(
                "wiersz-spoza-podzialu", row.number, f"{mapping.outside}: {name or 'bez nazwy'}"
            )
        else:
            _refused(place, row, context)


def _refused(place: NoPlace, row: Row, context: Context) -> None:
    context.notes.add(place.code, row.number, place.detail)


def joined_code(row: Row, code_at: Sequence[int]) -> Cell:
    """The code of a row, put together where each level stands in a column of its own."""
    if len(code_at) == 1:
        return row[code_at[0]]
    # A bare number in each: 2, 1, 1 is 02 01 01. The kind of gmina has one digit, and none for a
    # powiat or a city with its rights, whose number of the gmina is 00.
    if not any(collapsed(row[i]) for i in code_at):
        return ""
    levels = [collapsed(row[i]).removesuffix(".0").zfill(2) for i in code_at[:3]]
    whole = len(levels) == 3 and levels[2] == "00"
    kind = [collapsed(row[i]).removesuffix(".0") for i in code_at[3:]]
    return "".join(levels[:2] if whole else [*levels, *kind])


def _described(row: Row) -> str:
    return "; ".join(collapsed(cell) for cell in row.cells[:6])[:80]


def locate(mapping: FileMapping, table: Table, ref: ColumnRef) -> int:
    """Index of the column. Raises SourceError when its header is not where or what it should be."""
    if ref.at is not None:
        index = _letter_index(ref.at)
        stands = table.headers[index] if index < len(table.headers) else ""
        if ref.header is not None and stands != ref.header:
            raise SourceError(
                "zmieniony-naglowek",
                f"{mapping.path}: w kolumnie {ref.at} powinno stać „{ref.header}”, "
                f"a stoi „{stands}”.",
            )
        return index
    places = [i for i, header in enumerate(table.headers) if header == ref.header]
    if len(places) != 1:
        raise _no_column(mapping, table, str(ref.header), len(places))
    return places[0]


def _no_column(mapping: FileMapping, table: Table, header: str, count: int) -> SourceError:
    shown = ", ".join(f"„{h}”" for h in table.headers[:6])
    what = "nie ma kolumny" if count == 0 else f"{count} kolumny mają nagłówek"
    return SourceError(
        "zmieniony-naglowek", f"{mapping.path}: {what} „{header}”; pierwsze nagłówki: {shown}."
    )


def _letter_index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(index: int) -> str:
    """The letters a spreadsheet shows above the column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _take(mapping: FileMapping, table: Table, column: Column) -> Iterator[_Taken]:
    where = tuple(
        (locate(mapping, table, ColumnRef(header=header)), text)
        for header, text in column.where.items()
    )
    if column.header is None or "{year}" not in column.header:
        yield _Taken(column, locate(mapping, table, column), column.year, where)
        return
    pattern = header_pattern(column.header)
    matches = [(i, pattern.fullmatch(header)) for i, header in enumerate(table.headers)]
    years = [(i, int(match["year"])) for i, match in matches if match]
    if not years:
        raise _no_column(mapping, table, column.header, 0)
    for index, year in years:
        yield _Taken(column, index, year, where)


def _year(row: Row, year_at: int, context: Context) -> int | None:
    text = collapsed(row[year_at]).removesuffix(".0")
    if len(text) == 4 and text.isascii() and text.isdecimal():
        return int(text)
    context.notes.add(
        "nieczytelny-rok", row.number, f"kolumna {column_letters(year_at)}: „{text}” to nie rok"
    )
    return None


def read_cell(
    row: Row, index: int, column: Column, year: int, place: Place, context: Context
) -> Reading | None:
    """The reading of a cell with the flags of the file; None, and a finding, if it cannot land."""
    reading = read_number(row[index], context.mapping, context.signs)
    fault = _fault(reading, row[index], column)
    if fault is not None:
        code, detail = fault
        where = f"kolumna {column_letters(index)} ({column.variable})"
        context.notes.add(code, row.number, f"{where}: {detail}", unit=place.unit, year=year)
        return Reading(None, Status.MISSING) if code == "zero-zamiast-braku" else None
    flags = context.mapping.flags
    return replace(reading, flags=reading.flags | flags) if reading and flags else reading


def _fault(reading: Reading | None, cell: Cell, column: Column) -> tuple[str, str] | None:
    """What is wrong with a cell: a finding code and the particulars; None when it is sound."""
    if reading is None:
        return "nieczytelna-liczba", f"„{collapsed(cell)}” to nie liczba"
    value, low, high = reading.value, column.at_least, column.at_most
    if value is None:
        return None
    if value == 0 and column.zero == "missing":
        return "zero-zamiast-braku", "0 przyjęto jako brak wartości"
    if (low is not None and value < low) or (high is not None and value > high):
        return "poza-zakresem", f"wartość {value:g} spoza zakresu {_bounds(low, high)}"
    return None


def _bounds(low: float | None, high: float | None) -> str:
    return f"{'' if low is None else f'{low:g}'}…{'' if high is None else f'{high:g}'}"
