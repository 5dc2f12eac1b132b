"""The rows of one report and year, typed: the same table whoever gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smup.ingest.figures import Notes
from smup.ingest.refusing import SourceError
from smup.sources.budget.amounts import NotMoney, grosze
from smup.sources.budget.bodies import Body, Nobody, unit_of
from smup.sources.budget.forms import Report
from smup.sources.budget.raw import Raw
from smup.territory import Territory

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
_BODY = ("wk", "pk", "gk", "gt", "pt", "body", "name")
_APART = "\x1f"


@dataclass(frozen=True)
class Rows:
    """``units`` handed the report in; the arrays have an element for each row.

    ``unit`` is an index into ``units``, ``symbol`` one into ``symbols`` (-1 where rows stand by
    classification). ``division`` 801, ``chapter`` 80101, ``paragraph`` 401 and ``financing``, its
    fourth digit, are 0 where rows stand by symbols. ``amounts`` are in grosze, by column.
    """

    report: Report
    year: int
    units: tuple[str, ...]
    unit: Codes
    division: Codes
    chapter: Codes
    paragraph: Codes
    financing: Codes
    symbols: tuple[str, ...]
    symbol: Codes
    amounts: Mapping[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.unit)

    def sums(self, column: str, chosen: Mask | None = None) -> NDArray[np.int64]:
        """[unit]: the amounts of each unit added up. Sums below 2**53 grosze are exact."""
        every = self.amounts[column]
        unit, amounts = (self.unit, every) if chosen is None else (self.unit[chosen], every[chosen])
        return np.bincount(unit, amounts, len(self.units)).astype(np.int64)

    def without(self, units: Sequence[str]) -> "Rows":
        """The rows of the others, as if these units had handed in nothing."""
        gone = set(units)
        kept = tuple(unit for unit in self.units if unit not in gone)
        index = {unit: i for i, unit in enumerate(kept)}
        new = np.array([index.get(unit, -1) for unit in self.units], np.int32)
        return _chosen(self, kept, new[self.unit])


def rows_of(raw: Raw, year: int, territory: Territory, notes: Notes) -> Rows:
    """The newest version of each unit's report. A unit whose rows cannot all be read, or stand
    twice, or were handed in by two bodies, is left out with a finding: nobody can tell what it has.

    Raises SourceError for a column whose amounts cannot be read.
    """
    raw = newest(raw)
    whose = _bodies(raw)
    bodies = [_body(raw, text) for text in whose.dictionary.to_pylist()]
    places = _places(bodies, year, territory, notes)
    units = tuple(sorted(set(places) - {""}))
    index = {unit: i for i, unit in enumerate(units)}
    of_body = np.array([index.get(place, -1) for place in places], np.int32)
    found = _typed(raw, year, units, of_body[np.asarray(whose.indices)])
    return _sound(found, notes)


def newest(raw: Raw) -> Raw:
    """The rows of the newest version of each body's report."""
    if "newest" in raw.keys:
        raw = raw.filtered(pc.not_equal(raw.keys["newest"].cast(pa.string()), "false"))
    if "version" not in raw.keys or not len(raw):
        return raw
    whose = _bodies(raw)
    at = np.asarray(whose.indices)
    versions = _numbers(raw, "version", 9)
    highest = np.full(len(whose.dictionary), -1, np.int32)
    np.maximum.at(highest, at, versions)
    return raw.filtered(pa.chunked_array([pa.array(versions == highest[at])]))


def repeated(raw: Raw) -> str:
    """What shows that pages did not fit together: a row that stands twice, or two versions of one
    report; "" where nothing does."""
    whose = np.asarray(_bodies(raw).indices).astype(np.int64)
    if "version" in raw.keys:
        pairs = np.unique(np.stack([whose, _numbers(raw, "version", 9)]), axis=1)
        if pairs.shape[1] > len(np.unique(whose)):
            return "dwie wersje tego samego sprawozdania"
    columns = [whose, *(_positions(raw, key) for key in _row_keys(raw))]
    twice = len(raw) - np.unique(np.stack(columns), axis=1).shape[1] if len(raw) else 0
    return f"powtórzone wiersze: {twice}" if twice else ""


def _row_keys(raw: Raw) -> list[str]:
    wanted = ("division", "chapter", "paragraph", "financing", "symbol")
    return [key for key in wanted if key in raw.keys]


def _positions(raw: Raw, key: str) -> NDArray[np.int64]:
    """[row]: which of the different texts of the column stands there."""
    coded = raw.keys[key].cast(pa.string()).combine_chunks().dictionary_encode()
    return np.asarray(coded.indices).astype(np.int64)


def _bodies(raw: Raw) -> pa.DictionaryArray:
    """[row]: who handed it in, all identifiers in one text."""
    empty = pa.scalar("")
    parts = [raw.keys[key].cast(pa.string()) if key in raw.keys else empty for key in _BODY]
    return pc.binary_join_element_wise(*parts, _APART).combine_chunks().dictionary_encode()


def _body(raw: Raw, text: str) -> Body:
    return Body(*text.split(_APART))


def _places(bodies: Sequence[Body], year: int, territory: Territory, notes: Notes) -> list[str]:
    """The unit of each body; "" for one that lands nowhere, with a finding."""
    units = [unit_of(body, territory) for body in bodies]
    places = []
    for body, unit in zip(bodies, units, strict=True):
        if isinstance(unit, Nobody):
            notes.add(unit.code, None, unit.detail, year=year)
            places.append("")
        elif units.count(unit) > 1:
            detail = f"{body}: kilka podmiotów z kodem tej jednostki; żaden nie wchodzi do danych"
            notes.add("sprzeczne-wiersze", None, detail, unit=unit, year=year)
            places.append("")
        elif not territory.units[unit].exists_in(year):
            gone = territory.units[unit].valid_to
            code = "zniesiona-jednostka" if gone and gone.year <= year else "przyszla-jednostka"
            notes.add(code, None, f"{body}: jednostki nie było w {year}", unit=unit, year=year)
            places.append("")
        else:
            places.append(unit)
    return places


def _typed(raw: Raw, year: int, units: tuple[str, ...], unit: Codes) -> Rows:
    kept = unit >= 0
    raw, unit = raw.filtered(pa.chunked_array([pa.array(kept)])), unit[kept]
    nothing = np.zeros(len(unit), np.int32)
    amounts = {name: _amounts(raw, name) for name in raw.amounts}
    if raw.report.symbols:
        coded = raw.keys["symbol"].cast(pa.string()).combine_chunks().dictionary_encode()
        symbols = tuple(coded.dictionary.to_pylist())
        return Rows(
            raw.report, year, units, unit, nothing, nothing, nothing, nothing,
            symbols, np.asarray(coded.indices).astype(np.int32), amounts,
        )  # fmt: skip
    paragraph, financing = _paragraphs(raw)
    return Rows(
        raw.report, year, units, unit,
        _numbers(raw, "division", 3), _numbers(raw, "chapter", 5), paragraph, financing,
        (), nothing - 1, amounts,
    )  # fmt: skip


def _amounts(raw: Raw, name: str) -> NDArray[np.int64]:
    try:
        return grosze(raw.amounts[name])
    except NotMoney as error:
        whose = [raw.keys[key][error.row].as_py() for key in ("wk", "pk", "gk")]
        raise SourceError(
            "nieczytelna-liczba",
            f"{raw.place}, jednostka {' '.join(whose)}, kolumna „{name}”: „{error}” to nie kwota.",
        ) from error


def _numbers(raw: Raw, key: str, digits: int) -> Codes:
    """[row]: a code as a number, -1 where it is none. Zeros a spreadsheet lost do not matter."""
    coded = raw.keys[key].cast(pa.string()).combine_chunks().dictionary_encode()
    values = [_number(text, digits) for text in coded.dictionary.to_pylist()]
    at: NDArray[np.int32] = np.asarray(coded.indices)
    return np.array([*values, -1], np.int32)[at]


def _number(text: str, digits: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else -1


def _paragraphs(raw: Raw) -> tuple[Codes, Codes]:
    """[row]: the paragraph (three digits) and its fourth; -1 where they cannot be told."""
    coded = raw.keys["paragraph"].cast(pa.string()).combine_chunks().dictionary_encode()
    texts, at = coded.dictionary.to_pylist(), np.asarray(coded.indices)
    whole = np.array([_number(text, 4) for text in texts] + [-1], np.int32)[at]
    four = np.array([len(text) == 4 for text in texts] + [False])[at]
    paragraph = np.where(four & (whole >= 0), whole // 10, whole)
    own = np.where(four, whole % 10, 0)
    if "financing" not in raw.keys:
        return paragraph, own
    told = np.where(_blank(raw, "financing"), own, _numbers(raw, "financing", 1))
    return np.where(four & (told != own), -1, paragraph), told


def _blank(raw: Raw, key: str) -> Mask:
    return np.asarray(pc.equal(raw.keys[key].cast(pa.string()), ""))


def _sound(rows: Rows, notes: Notes) -> Rows:
    """Without the units whose rows contradict the classification or stand twice."""
    faults: dict[str, tuple[str, str]] = {}
    if not rows.report.symbols:
        wrong = (rows.division != rows.chapter // 100) | (rows.chapter < 0)
        wrong |= (rows.paragraph < 0) | (rows.financing < 0)
        for i in np.unique(rows.unit[wrong]):
            at = int(np.flatnonzero(wrong & (rows.unit == i))[0])
            faults[rows.units[i]] = ("rb-nieczytelna-klasyfikacja", _described(rows, at))
    for i, at in _twice(rows).items():
        faults.setdefault(rows.units[i], ("zdublowany-klucz", _described(rows, at)))
    for unit, (code, where) in faults.items():
        detail = f"{rows.report.form}: {where}; sprawozdanie nie wchodzi do danych"
        notes.add(code, None, detail, unit=unit, year=rows.year)
    return rows.without(list(faults)) if faults else rows


def _twice(rows: Rows) -> dict[int, int]:
    """Unit -> a row of it whose keys stand twice."""
    keys = rows.unit.astype(np.int64)
    for codes, values in (
        (rows.chapter, 10**5),
        (rows.paragraph, 1000),
        (rows.financing, 10),
        (rows.symbol + 1, len(rows.symbols) + 1),
    ):
        keys = keys * values + codes
    order = np.argsort(keys, kind="stable")
    same = order[1:][np.diff(keys[order]) == 0]
    return {int(rows.unit[at]): int(at) for at in same}


def _described(rows: Rows, at: int) -> str:
    if rows.report.symbols:
        return f"wiersz {rows.symbols[rows.symbol[at]]}"
    return (
        f"dział {rows.division[at]:03}, rozdział {rows.chapter[at]:05}, "
        f"paragraf {rows.paragraph[at]:03}{rows.financing[at]}"
    )


def _chosen(rows: Rows, units: tuple[str, ...], unit: Codes) -> Rows:
    """The rows whose ``unit`` is not -1, with new units."""
    kept = unit >= 0
    return Rows(
        rows.report, rows.year, units, unit[kept],
        rows.division[kept], rows.chapter[kept], rows.paragraph[kept], rows.financing[kept],
        rows.symbols, rows.symbol[kept],
        {name: amounts[kept] for name, amounts in rows.amounts.items()},
    )  # fmt: skip
