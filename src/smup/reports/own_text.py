"""What an author typed, as paragraphs and lists: plain text, never markup.

A blank line ends a paragraph. Lines that begin with a dash or a bullet are a list; lines numbered
1., 2., 3. are a numbered one, and any other number stays where it was written. Nothing else means
anything, so whatever looks like markup is read as it was typed.
"""

import re
import unicodedata

from smup.documents import Items, Paragraph

_BULLET = re.compile(r"[-–•]\s+(\S.*)")
_NUMBER = re.compile(r"(\d{1,3})\.\s+(\S.*)")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# They turn the order in which signs are read, so that a text says something else than it holds.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def own_text(text: str) -> tuple[Paragraph | Items, ...]:
    """The blocks of a text; none for one without words."""
    found: list[Paragraph | Items] = []
    ended = True  # by a blank line: what follows is not the paragraph before it
    for typed in clean(text).split("\n"):
        line = typed.strip()
        if line:
            last = found.pop() if found else None
            found.extend(_after(last, line, ended, indented=typed.startswith("  ")))
        ended = not line
    return tuple(found)


def clean(text: str) -> str:
    """The text without signs that nobody sees and no file may hold; a tab is two spaces."""
    text = _BREAKS.sub("\n", text).replace("\t", "  ")
    return "".join(sign for sign in text if sign == "\n" or _is_kept(sign))


def one_line(text: str) -> str:
    """The same for a name: one line, whatever was typed between its words."""
    return " ".join(clean(text).split())


def _is_kept(sign: str) -> bool:
    if sign in _TURNING or unicodedata.category(sign) in ("Cc", "Cs"):
        return False
    return ord(sign) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(sign) <= 0xFDEF  # not characters


def _after(
    last: Paragraph | Items | None, line: str, ended: bool, *, indented: bool
) -> list[Paragraph | Items]:
    """``last`` and the line: as one block where the line goes on with it, else as two."""
    before = [] if last is None else [last]
    if match := _BULLET.fullmatch(line):
        if isinstance(last, Items) and not last.ordered:
            return [Items((*last.lines, (match[1],)))]
        return [*before, Items(((match[1],),))]
    counted = len(last.lines) if isinstance(last, Items) and last.ordered else 0
    if (match := _NUMBER.fullmatch(line)) and int(match[1]) == counted + 1:
        if counted and isinstance(last, Items):
            return [Items((*last.lines, (match[2],)), ordered=True)]
        return [*before, Items(((match[2],),), ordered=True)]
    if isinstance(last, Paragraph) and not ended:
        return [Paragraph((*last.line, f" {line}"))]
    if isinstance(last, Items) and indented and not ended:
        *done, item = last.lines
        return [Items((*done, (*item, f" {line}")), last.ordered)]
    return [*before, Paragraph((line,))]
