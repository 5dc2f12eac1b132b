"""A figure taken out of its page: one SVG with title, source and release inside, on white; or bare,
for a document that says them around it."""

import re

from smup.present.figure import Figure
from smup.present.svg import NOTE, WIDTH, element, escape_text, noted, number

EDGE = 24.0
_TITLE, _TEXT = 20.0, 14.0  # px of letters
_LETTER = 0.54  # mean width of a letter as a part of its height
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
_ROOM = 6.0  # px around a bare picture for letters that reach beyond it
_OPENING = re.compile(r"<svg\b[^>]*>")
_NAMES = re.compile(r' (?:role|aria-\w+|font-family)="[^"]*"')
_NAMED = re.compile(r"<(title|desc)\b[^>]*>[^<]*</\1>")  # names of the picture and of its marks
_NOTES = re.compile(r'<g class="c-notes">.*?</g>')
_UNSEEN = re.compile(  # what is shown when pointed at
    r'<g class="c-told"><rect fill="none"[^>]*/><line class="c-cross"[^>]*/></g>'
)


def alone(figure: Figure) -> str:
    """The whole figure as one SVG of fixed size; its colours are written in it."""
    words, height = _layout(figure)
    drawn = element(
        "svg", figure.svg, x=EDGE, y=_top(figure), width=WIDTH, height=figure.height,
        overflow="visible",
    )  # fmt: skip
    width = WIDTH + 2 * EDGE
    return element(
        "svg",
        element("rect", width=width, height=height, fill="#ffffff"),
        *words,
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_family=_FONT,
    )


def _layout(figure: Figure) -> tuple[list[str], float]:
    """The words above and below the picture, and the height of the whole."""
    heading, y = figure.heading, EDGE
    words = []
    for line in wrapped(heading.title, _TITLE * 1.06):
        y += _TITLE * 1.25
        words.append(_line(line, y - 6, _TITLE, "#1b1f24", "600"))
    for line in wrapped(heading.subtitle, _TEXT):
        y += _TEXT * 1.4
        words.append(_line(line, y - 4, _TEXT, "#525a64"))
    y = _top(figure) + figure.height + 8
    for line in wrapped(heading.foot, _TEXT):
        y += _TEXT * 1.4
        words.append(_line(line, y, _TEXT, "#525a64"))
    return words, y + EDGE


def _top(figure: Figure) -> float:
    titles = len(wrapped(figure.heading.title, _TITLE * 1.06))
    subtitles = len(wrapped(figure.heading.subtitle, _TEXT))
    return EDGE + titles * _TITLE * 1.25 + subtitles * _TEXT * 1.4 + 12


def _line(words: str, y: float, letters: float, colour: str, weight: str = "400") -> str:
    return element(
        "text", escape_text(words), x=EDGE, y=y, fill=colour, font_size=letters, font_weight=weight
    )


def wrapped(words: str, letters: float, width: float = WIDTH) -> list[str]:
    """Lines of at most ``width`` px of letters so high; a longer word has a line of its own."""
    most = int(width / (letters * _LETTER))
    lines: list[str] = []
    for word in words.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def bare(figure: Figure) -> str:
    """The picture for a document, which says heading, notes, source and alternative text around it:
    an SVG of fixed size without names of its own and without what only a pointer can open."""
    drawn = _UNSEEN.sub("", _NOTES.sub("", _NAMED.sub("", figure.svg)))
    drawn = _OPENING.sub(_nameless, drawn)
    high = figure.height - NOTE * len(noted(figure.notes))
    width, height = WIDTH + 2 * _ROOM, high + 2 * _ROOM
    return element(
        "svg",
        element("svg", drawn, x=_ROOM, y=_ROOM, width=WIDTH, height=high,
                overflow="visible"),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_family=_FONT,
    )  # fmt: skip


def _nameless(opening: re.Match[str]) -> str:
    return _NAMES.sub("", opening[0])
