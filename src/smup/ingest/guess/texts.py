"""Encoding and separator of delimited text, from its bytes."""

import csv
from collections import Counter

from smup.ingest.guess.understanding import Ledger
from smup.ingest.mapping import Encoding, Separator

_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_SEPARATORS: tuple[Separator, ...] = (";", "\t", "|", ",")
_NAMED = {";": "średnik", "\t": "tabulator", "|": "kreska |", ",": "przecinek"}
_SAMPLE = 400  # lines looked at


def encoding_of(content: bytes, ledger: Ledger) -> Encoding:
    """The encoding in which the text reads as Polish.

    ISO-8859-2 and Windows-1250 differ in Polish in ą, ś and ź only, so of the two the one that
    gives more Polish letters and no control signs is right; frequencies of words, by which general
    detectors tell encodings apart, take the wrong one for a short table of names.
    """
    found, reason = _encoding(content)
    ledger.decide("kodowanie", found, reason)
    return found


def _encoding(content: bytes) -> tuple[Encoding, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "znacznik na początku pliku"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        scores = {code: _polish(content, code) for code in ("cp1250", "iso-8859-2")}
        if scores["iso-8859-2"] > scores["cp1250"]:
            return "iso-8859-2", "polskie litery czytają się tylko tak"
        return "cp1250", "polskie litery nie czytają się w UTF-8"
    return "utf-8", "wszystkie bajty są poprawne w UTF-8"


def _polish(content: bytes, code: str) -> int:
    """Polish letters less signs that no text has."""
    counts = Counter(content.decode(code, errors="replace"))
    strange = sum(n for sign, n in counts.items() if "\x7f" <= sign <= "\x9f" or sign == "\ufffd")
    return sum(counts[letter] for letter in _POLISH) - 10 * strange


def separator_of(text: str, ledger: Ledger) -> Separator | None:
    """The sign between cells; None where lines do not fall into the same columns by any."""
    lines = text.splitlines()[:_SAMPLE]
    scored = [(_score(lines, one), one) for one in _SEPARATORS]
    best, separator = max(scored, key=lambda pair: pair[0])
    if best <= 0:
        return None
    ledger.decide("separator", _NAMED[separator], "dzieli wiersze na tyle samo kolumn")
    return separator


def _score(lines: list[str], separator: Separator) -> float:
    """How many lines have the commonest number of cells, and how few cells hold other separators
    ("0201011;1,5" is two cells however it is cut)."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
    if width < 2 or count < 0.5 * len(rows):
        return 0.0
    cells = [cell for row in rows for cell in row]
    others = [one for one in _SEPARATORS[:3] if one != separator]
    mixed = sum(any(other in cell for other in others) for cell in cells) / len(cells)
    # Of the comma it is known that it stands in numbers, so anything else that fits comes first.
    return count / len(rows) - mixed - (0.4 if separator == "," else 0.0)
