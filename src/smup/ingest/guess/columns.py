"""Which columns hold figures, of which variable and year."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from smup.ingest.figures import column_letters
from smup.ingest.guess.grid import YEAR, Grid
from smup.ingest.guess.keys import Key
from smup.ingest.guess.numbers import figure_column
from smup.ingest.guess.understanding import Ledger
from smup.ingest.guess.variables import KnownVariables, new_id
from smup.ingest.keys import Place
from smup.ingest.table import Cell, Row, collapsed
from smup.language import fold

SKIP = "pomiń"
_YEAR_WORDS = frozenset({"rok", "year", "lata", "okres", "okres-rok", "rok sprawozdawczy"})
_MOST_CATEGORIES = 40
_AROUND_YEAR = re.compile(r"(?:\b(?:w|za|rok|year|in) )?\{year\}(?: (?:roku|rok|r)\b\.?)?")


@dataclass(frozen=True)
class Sheet:
    """The table below its header: ``rows`` begin at the first row of figures."""

    grid: Grid
    key: Key
    headers: tuple[str, ...]
    first: int

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.grid.rows[self.first :]

    def cells(self, column: int) -> list[Cell]:
        """Of the rows that are about a unit, for notes below a table are no figures."""
        kept = zip(self.rows, self.key.places[self.first :], strict=True)
        return [row[column] for row, p in kept if isinstance(p, Place) and column < len(row.cells)]

    def header(self, column: int) -> str:
        return self.headers[column] if column < len(self.headers) else ""

    def ref(self, column: int) -> dict[str, str]:
        """How the mapping names the column: by its header where no other has the same."""
        header = self.header(column)
        if header and self.headers.count(header) == 1 and "{" not in header:
            return {"header": header}
        return {"at": column_letters(column), **({"header": header} if header else {})}


def year_column(sheet: Sheet, ledger: Ledger) -> int | None:
    """The column with the year of each row; its header says so."""
    for column in range(sheet.grid.width):
        said = fold(sheet.header(column))
        texts = [collapsed(cell).removesuffix(".0") for cell in sheet.cells(column)]
        years = [text for text in texts if YEAR.fullmatch(text)]
        if said in _YEAR_WORDS and texts and len(years) >= 0.95 * len(texts):
            span = f"{min(years)}–{max(years)}"
            ledger.decide("rok", f"kolumna {column_letters(column)} ({span})", "w każdym wierszu")
            return column
    return None


def figure_columns(sheet: Sheet, year_at: int | None, ledger: Ledger) -> list[int]:
    """Columns of figures; the others are said to be left out."""
    found = []
    without = sheet.key.taken | ({year_at} if year_at is not None else set())
    for column in range(sheet.grid.width):
        if column in without:
            continue
        cells = sheet.cells(column)
        if not any(collapsed(cell) for cell in cells):
            continue
        name = f"kolumna {column_letters(column)} „{sheet.header(column)[:60]}”"
        if not figure_column(cells):
            ledger.decide(name, "pominięta", "tekst")
        elif _is_code(sheet, column):
            ledger.decide(name, "pominięta", "kod jednostki")
        else:
            found.append(column)
    return found


def _is_code(sheet: Sheet, column: int) -> bool:
    """Do all cells repeat the code of the row's unit, or the beginning of it?"""
    kept = zip(sheet.rows, sheet.key.places[sheet.first :], strict=True)
    pairs = [
        (collapsed(row[column]).removesuffix(".0"), place)
        for row, place in kept
        if isinstance(place, Place) and column < len(row.cells)
    ]
    same = sum(
        len(text) > 1 and place.key.startswith((text, text.zfill(len(text) + 1)))
        for text, place in pairs
    )
    return len(pairs) > 1 and same >= 0.95 * len(pairs)


def file_year(path: PurePath, sheet: Sheet, ledger: Ledger) -> int | None:
    """The year of a table that gives none beside its figures: by its title or its name."""
    titles = [collapsed(cell) for row in sheet.grid.rows[: sheet.first] for cell in row.cells]
    said = {y for text in (*titles, path.name) for y in YEAR.findall(text)}
    where = "w tytule albo nazwie pliku"
    if not said:
        said, where = set(YEAR.findall(path.parent.name)), "w nazwie folderu"
    proposal = next(iter(said)) if len(said) == 1 else None
    hint = f" ({where}: {', '.join(sorted(said))})" if said else ""
    text = f"Za który rok są liczby?{hint}"
    answer = ledger.ask("year", text, proposal=proposal, pattern=YEAR.pattern)
    return int(answer) if answer else None


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns that are one variable: one column, or one for each year of a header."""

    columns: tuple[int, ...]
    header: str  # with {year} where it stands for one
    ref: Mapping[str, str]
    where: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        said = _AROUND_YEAR.sub(" ", self.header) or "kolumna"
        return " ".join([*said.split(), *(text for _, text in self.where)])


def shapes_of(sheet: Sheet, columns: Sequence[int], ledger: Ledger) -> list[Shape]:
    """Columns of one header but for its year are one; with a text that tells rows of one unit
    apart ("typ szkoły"), one for each text."""
    yearly = Counter(_yearly(sheet.header(column)) for column in columns)
    found: dict[str, Shape] = {}
    for column in columns:
        shape = _yearly(sheet.header(column))
        if shape is not None and yearly[shape] >= 1:
            old = found.get(shape)
            of = (*old.columns, column) if old else (column,)
            found[shape] = Shape(of, shape, {"header": shape})
        else:
            found[f"at {column}"] = Shape((column,), sheet.header(column), sheet.ref(column))
    shapes = list(found.values())
    years = [s for s in shapes if "{year}" in s.header]
    if years:
        ledger.decide("rok", "w nagłówkach kolumn", f"np. „{sheet.header(years[0].columns[0])}”")
    return shapes


def _yearly(header: str) -> str | None:
    """The header with {year} for its one year; None where it has none, or several."""
    years = YEAR.findall(header)
    return YEAR.sub("{year}", header) if len(years) == 1 and "{" not in header else None


def by_category(
    sheet: Sheet, shapes: Sequence[Shape], year_at: int | None, ledger: Ledger
) -> list[Shape]:
    """The shapes, once for each text of the column by which rows of one unit differ, if any."""
    category = _category(sheet, year_at)
    if category is None:
        return list(shapes)
    texts = sorted({collapsed(cell) for cell in sheet.cells(category)} - {""})
    header = sheet.header(category)
    ledger.decide(
        f"kolumna {column_letters(category)} „{header}”",
        f"rozróżnia wiersze jednostki ({len(texts)})",
        "bez niej kody się powtarzają",
    )
    return [
        Shape(shape.columns, shape.header, shape.ref, ((header, text),))
        for text in texts
        for shape in shapes
    ]


def _category(sheet: Sheet, year_at: int | None) -> int | None:
    kept = [
        (row, place)
        for row, place in zip(sheet.rows, sheet.key.places[sheet.first :], strict=True)
        if isinstance(place, Place) and len(row.cells) == sheet.grid.width
    ]
    keys = [(p.key, collapsed(row[year_at]) if year_at is not None else "") for row, p in kept]
    if len(set(keys)) > 0.8 * len(keys):
        return None
    for column in range(sheet.grid.width):
        texts = [collapsed(row[column]) for row, _ in kept]
        if column in sheet.key.taken or column == year_at or not sheet.header(column):
            continue
        several = 1 < len(set(texts)) <= _MOST_CATEGORIES
        if several and len(set(zip(keys, texts, strict=True))) == len(keys):
            return column
    return None


@dataclass(frozen=True, slots=True)
class Taken:
    """A shape and the variable it is; ``known`` where the catalogue has it."""

    shape: Shape
    variable: str
    known: bool


def variables_of(
    shapes: Sequence[Shape], catalogue_variables: KnownVariables, stem: str, ledger: Ledger
) -> list[Taken]:
    """Which variable each shape is; those asked about are left out while they are open."""
    known = catalogue_variables.catalogue.variables
    fits = {i: catalogue_variables.fit(shape.name) for i, shape in enumerate(shapes)}
    wanted = Counter(one for fit in fits.values() for one in fit.ids if fit.sure)
    found: list[Taken] = []
    taken = set(known)
    for i, shape in enumerate(shapes):
        fit = fits[i]
        where = f"„{shape.name[:80]}” (kolumna {column_letters(shape.columns[0])})"
        if len(fit.ids) == 1 and fit.sure and wanted[fit.ids[0]] == 1:
            ledger.decide(where, fit.ids[0], fit.reason)
            found.append(Taken(shape, fit.ids[0], True))
            continue
        # A column without a header is called as its file is.
        fresh = new_id(shape.name if shape.header else stem, taken)
        if not fit.ids:
            ledger.decide(where, fresh, "nowa zmienna: katalog nie ma takiej nazwy")
            taken.add(fresh)
            found.append(Taken(shape, fresh, False))
            continue
        options = (*fit.ids, fresh, SKIP)
        proposal = None if fit.sure else fresh
        answer = ledger.ask(f"variable:{shape.name}", f"Czym jest {where}?", options, proposal)
        if answer is not None and answer != SKIP:
            taken.add(answer)
            found.append(Taken(shape, answer, answer in known))
    return found


def as_columns(taken: Sequence[Taken]) -> Iterator[dict[str, Any]]:
    """The ``columns`` of the mapping."""
    for one in taken:
        where = {"where": dict(one.shape.where)} if one.shape.where else {}
        yield {**one.shape.ref, "variable": one.variable, **where}
