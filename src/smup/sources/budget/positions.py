"""What definitions take of the reports: rows added up, for every unit at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Catalogue, Variable
from smup.catalogue.models import Budget, BudgetCode, BudgetPosition
from smup.sources.budget.forms import Report, reports
from smup.sources.budget.rows import Codes, Mask, Rows
from smup.sources.budget.totals import of_symbol

UNIT = "zl"
_UNKNOWN = -1  # in place of a kind


@dataclass(frozen=True)
class Wanted:
    """A variable of a report: rows by classification (``budget``) or by ``symbol``."""

    variable: Variable
    report: Report
    column: str
    budget: BudgetPosition
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A variable that a report holds, but its definition does not say exactly enough where."""

    variable: str
    source: str
    reason: str


def wanted(catalogue: Catalogue) -> tuple[list[Wanted], list[Unread]]:
    """Every variable of the budget reports, and those that cannot be read."""
    found: list[Wanted] = []
    left: list[Unread] = []
    for variable in catalogue.variables.values():
        seen: set[str] = set()
        for origin in variable.sources:
            report = reports().get(origin.source)
            if report is None:
                continue
            if origin.source in seen:
                left.append(Unread(variable.id, origin.source, "drugie miejsce w sprawozdaniu"))
                continue
            seen.add(origin.source)
            note = origin.note.pl if origin.note else ""
            one = _wanted(variable, report, origin.budget, origin.position, note)
            if isinstance(one, Unread):
                left.append(one)
            else:
                found.append(one)
    return found, left


def values(rows: Rows, one: Wanted, budget: Budget) -> tuple[NDArray[np.int64], Mask]:
    """[unit]: grosze, and whether the report tells them.

    No row in a report that was handed in is a true zero; the report lists by classification only
    what there is. A row by symbol is part of the form itself, so without it nothing is told. An
    amount under a paragraph that the classification does not know is of an unknown kind: a
    position that asks for a kind is then not told.
    """
    if one.symbol:
        return of_symbol(rows, one.column, one.symbol)
    chosen = _matching(rows, one.budget)
    told = np.ones(len(rows.units), np.bool_)
    if one.budget.kind is not None:
        kinds = kinds_of(rows, budget)
        unknown = chosen & (kinds == _UNKNOWN) & (rows.amounts[one.column] != 0)
        told[rows.unit[unknown]] = False
        chosen &= np.isin(kinds, _meant(one.budget.kind, one.report))
    return rows.sums(one.column, chosen), told


def in_force(one: Wanted, year: int, budget: Budget) -> bool:
    """Was the position published in the year? A chapter that did not exist yet holds no zero."""
    since, until = one.variable.since, one.variable.until
    if (since is not None and year < since) or (until is not None and year > until):
        return False
    return all(
        _any_valid(codes, known, year)
        for codes, known in (
            (one.budget.divisions, budget.divisions),
            (one.budget.chapters, budget.chapters),
            (one.budget.paragraphs, _of_side(budget, one.report)),
        )
    )


def kinds_of(rows: Rows, budget: Budget) -> NDArray[np.int8]:
    """[row]: which of the kinds of this side of the budget its paragraph is; -1 for none."""
    by_paragraph = np.full(1000, _UNKNOWN, np.int8)
    for code in _of_side(budget, rows.report):
        if code.kind is not None:
            by_paragraph[int(code.code[:3])] = rows.report.kinds.index(code.kind)
    return by_paragraph[rows.paragraph]


def unknown_paragraphs(rows: Rows, budget: Budget) -> Mapping[int, int]:
    """Paragraph without a kind -> in how many reports it stands."""
    strange = kinds_of(rows, budget) == _UNKNOWN
    pairs = np.unique(np.stack([rows.paragraph[strange], rows.unit[strange]]), axis=1)[0]
    return {int(p): int(n) for p, n in zip(*np.unique(pairs, return_counts=True), strict=True)}


def _wanted(
    variable: Variable,
    report: Report,
    budget: BudgetPosition | None,
    position: str | None,
    note: str,
) -> Wanted | Unread:
    def unread(reason: str) -> Unread:
        return Unread(variable.id, report.id, reason)

    if note:  # a condition in words, which only a person can judge
        return unread(f"warunek słowny: {note}")
    if variable.unit != UNIT:
        return unread(f"jednostka miary {variable.unit}, a sprawozdanie podaje złote")
    if report.symbols:
        symbol = report.symbol(position or "")
        if symbol is None or budget is not None:
            return unread(f"w sprawozdaniu {report.form} nie ma wiersza „{position or ''}”")
        return Wanted(variable, report, "wykonanie", BudgetPosition(), symbol)
    if budget is None:
        return unread("brak klasyfikacji (budget)")
    if any(code[3:] not in ("", "0") for code in budget.paragraphs):
        return unread("paragraf z czwartą cyfrą inną niż 0")
    column = report.column(budget.column)
    if column is None:
        return unread(f"nieznana kolumna „{budget.column}”")
    if budget.kind is not None and budget.kind not in report.kinds:
        return unread(f"w sprawozdaniu {report.form} nie ma rodzaju {budget.kind}")
    return Wanted(variable, report, column, budget)


def _matching(rows: Rows, position: BudgetPosition) -> Mask:
    """[row]: does it stand under the codes? Empty lists do not narrow."""
    chosen = np.ones(len(rows), np.bool_)
    if position.divisions:
        chosen &= np.isin(rows.division, _numbers(position.divisions))
    if position.chapters:
        chosen &= np.isin(rows.chapter, _numbers(position.chapters))
    if position.paragraphs:
        # A fourth digit 0 stands for all: it only says how the amount is financed.
        chosen &= np.isin(rows.paragraph, _numbers([code[:3] for code in position.paragraphs]))
    return chosen


def _numbers(codes: Sequence[str]) -> Codes:
    return np.array([int(code) for code in codes], np.int32)


def _meant(kind: str, report: Report) -> list[int]:
    """Wages and contributions are a part of current spending."""
    meant = (kind, "wynagrodzenia") if kind == "wydatki-biezace" else (kind,)
    return [i for i, each in enumerate(report.kinds) if each in meant]


def _of_side(budget: Budget, report: Report) -> tuple[BudgetCode, ...]:
    """Paragraphs of this side: the same code may be revenue and, with another name, expenditure."""
    return tuple(code for code in budget.paragraphs if code.kind in report.kinds)


def _any_valid(codes: Sequence[str], known: Sequence[BudgetCode], year: int) -> bool:
    """Was one of the codes in the classification that year? True where there are no codes."""
    named = [one for one in known if one.code.startswith(tuple(codes))] if codes else []
    return not named or any(
        (one.valid_from is None or one.valid_from <= year)
        and (one.valid_to is None or year <= one.valid_to)
        for one in named
    )
