"""What the texts of a long table mean: units, variables, years, statuses, each looked up once.

A text that means nothing is a finding for all its rows, with their number and the first lines.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.ingest.figures import Context, Notes
from smup.ingest.keys import NoPlace, Place
from smup.ingest.long_table import Codes, Rows
from smup.ingest.long_values import UNREAD
from smup.ingest.mapping import FileMapping, flags_named, status_named
from smup.panel import VALUE_STATUSES

PLACES = 3  # lines named in a finding
VALUED = np.isin(np.arange(256), [int(one) for one in VALUE_STATUSES])  # [status]
_ID = re.compile(r"[a-z][a-z0-9_]*")
Mask = NDArray[np.bool_]


def _blank(rows: Rows) -> Mask:
    """[row] do variable, unit and year all say nothing?"""
    found = np.ones(len(rows), np.bool_)
    for codes, texts in zip((rows.variable, rows.unit, rows.year), rows.texts, strict=False):
        found &= codes == texts.index("") if "" in texts else False
    return found


@dataclass(frozen=True)
class Meaning:
    """What the texts mean, by their numbers; ``status`` and ``flags`` by row."""

    names: Sequence[str | None]
    places: Sequence[Place | NoPlace]
    years: Sequence[int | None]
    status: NDArray[np.uint8]
    flags: NDArray[np.uint8]


class Tell:
    """Findings about many rows, one for each reason, with the first lines."""

    def __init__(self, rows: Rows, notes: Notes) -> None:
        self._rows, self._notes = rows, notes

    def some(self, code: str, at: NDArray[np.bool_], detail: str) -> None:
        lines = self._rows.line[at]
        if len(lines):
            shown = ", ".join(map(str, lines[:PLACES].tolist()))
            many = f"; takich wierszy: {len(lines)}, pierwsze: {shown}" if len(lines) > 1 else ""
            self._notes.add(code, int(lines[0]), f"{detail}{many}")

    def all_of(self, codes: Codes, faults: Sequence[tuple[str, str] | None], among: Mask) -> Mask:
        """[row] has its text no fault? One finding for each text that has one."""
        wrong = np.array([fault is not None for fault in faults], np.bool_)
        for number, fault in enumerate(faults):
            if fault is not None:
                self.some(fault[0], among & (codes == number), fault[1])
        found: Mask = ~wrong[codes]
        return found


def _bad_name(name: str) -> tuple[str, str] | None:
    sound = _ID.fullmatch(name)
    return (
        None if sound else ("nieznana-zmienna", f"„{name[:60]}” nie jest identyfikatorem zmiennej")
    )


def _years(
    texts: Sequence[str], mapping: FileMapping
) -> tuple[list[int | None], list[tuple[str, str] | None]]:
    """The year of each text, and what is wrong with those that are none."""
    if isinstance(mapping.year, int):
        return [mapping.year] * len(texts), [None] * len(texts)
    plain = [text.strip().removesuffix(".0") for text in texts]
    years = [int(t) if len(t) == 4 and t.isascii() and t.isdecimal() else None for t in plain]
    faults = [
        ("nieczytelny-rok", f"„{text[:20]}” to nie rok") if year is None else None
        for text, year in zip(plain, years, strict=True)
    ]
    return years, faults


def _statuses(
    rows: Rows, mapping: FileMapping
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[tuple[str, NDArray[np.bool_], str]]]:
    """Status and flags of every row, and the rows where they cannot be: a name nobody knows, a gap
    with a value, a value without one."""
    unread = (
        "nieczytelna-liczba",
        rows.status == UNREAD,
        "wartość nie jest liczbą ani znanym znakiem",
    )
    if mapping.status is None and mapping.flagged is None and not mapping.flags:
        return rows.status, rows.flags, [unread]
    named, named_bad = _named(rows.texts[3], lambda name: int(status_named(name)), UNREAD)
    flagged, flags_bad = _named(rows.texts[4], lambda names: int(flags_named(names.split())), 0)
    said = named[rows.named_status]
    value = VALUED[rows.status]
    gap = (said != UNREAD) & ~VALUED[said]
    promised = (said != UNREAD) & ~gap
    faults = [
        unread,
        ("nieczytelna-liczba", named_bad[rows.named_status], "nieznana nazwa statusu"),
        ("nieczytelna-liczba", flags_bad[rows.named_flags], "nieznana nazwa flagi"),
        ("nieczytelna-liczba", gap & value, "status mówi o braku, a stoi wartość"),
        ("nieczytelna-liczba", promised & ~value, "status mówi o wartości, a jej nie ma"),
    ]
    status = np.where(gap, said, rows.status).astype(np.uint8)
    flags = (rows.flags | flagged[rows.named_flags] | int(mapping.flags)).astype(np.uint8)
    return status, flags, faults


def _named(
    texts: Sequence[str], read: Callable[[str], int], empty: int
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    codes, bad = np.full(len(texts), empty, np.uint8), np.zeros(len(texts), np.bool_)
    for number, text in enumerate(texts):
        if text.strip():
            try:
                codes[number] = read(text.strip())
            except ValueError:
                bad[number] = True
    return codes, bad


def meaning_of(rows: Rows, tell: "Tell", context: Context) -> tuple[Meaning, Mask]:
    """The meaning of the texts, and the rows in which all of them have one."""
    mapping = context.mapping
    places = [context.units.place(mapping, text) for text in rows.texts[1]]
    said = [mapping.variables.get(text.strip(), text.strip()) for text in rows.texts[0]]
    blank = _blank(rows)
    tell.some("pusty-wiersz", blank, "wiersz bez treści")
    unplaced = [None if isinstance(p, Place) else (p.code, p.detail) for p in places]
    kept = ~blank
    kept &= tell.all_of(rows.unit, unplaced, kept)
    names = [name if _ID.fullmatch(name) else None for name in said]
    kept &= tell.all_of(rows.variable, [_bad_name(name) for name in said], kept)
    years, year_faults = _years(rows.texts[2], mapping)
    kept &= tell.all_of(rows.year, year_faults, kept)
    status, flags, faults = _statuses(rows, mapping)
    for code, at, detail in faults:
        tell.some(code, at & kept, detail)
        kept &= ~at
    return Meaning(names, places, years, status, flags), kept
