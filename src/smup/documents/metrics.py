"""Widths of our letters, read from the font: they say how many lines a text takes at most."""

from collections.abc import Mapping
from functools import cache

from fontTools.ttLib import TTFont

from smup.documents import fonts

_UNKNOWN = 1.0  # of a letter the font does not have, which another font draws


def width_of(text: str) -> float:
    """Of a line of regular letters, in heights of a letter; pairs may stand a little closer."""
    widths = _widths()
    return sum(widths.get(ord(letter), _UNKNOWN) for letter in text)


def most_lines(text: str, width: float) -> int | None:
    """How many lines the text takes at most where it breaks at spaces; None where a word is wider
    than a line. ``width`` is in heights of a letter."""
    lines, used, space = 1, 0.0, width_of(" ")
    for word in text.split(" "):
        own = width_of(word)
        if own > width:
            return None
        if used and used + space + own > width:
            lines, used = lines + 1, own
        else:
            used += own + (space if used else 0)
    return lines


@cache
def _widths() -> Mapping[int, float]:
    """By code of a letter."""
    with TTFont(fonts.FILES[0], lazy=True) as font:
        em, advances = font["head"].unitsPerEm, font["hmtx"]
        return {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}
