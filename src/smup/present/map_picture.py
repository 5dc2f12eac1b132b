"""A map with its legend as one picture of fixed size, to stand alone or in a frame."""

from collections.abc import Iterable

from smup.language import Lang, format_number
from smup.present.maps import legend_swatch
from smup.present.shading import LegendRow
from smup.present.svg import MARK, WIDTH, element, text

_LINE = 26.0  # height of a line of the legend
_LETTER = 7.6  # mean width of its letters
_SWATCH = 36.0
_BETWEEN = 22.0


def map_picture(
    drawn: str,
    ratio: float,
    legend: Iterable[LegendRow],
    palette: str,
    title: str,
    lang: Lang,
    mark: str = "",
) -> str:
    """``drawn`` is a map ``ratio`` times as wide as high; below it every class with its count, and
    the ``mark`` of a map that has no empty corner for it."""
    height = round(WIDTH / ratio)
    rows, lines = _legend(legend, palette, height + 12, lang)
    whole = height + 12 + lines * _LINE
    marked = [text(mark, "0%", whole + MARK - 6, "c-note")] if mark else []
    return element(
        "svg",
        element("svg", drawn, width=WIDTH, height=height),
        *rows,
        *marked,
        cls="chart",
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=whole + MARK if mark else whole,
        role="img",
        aria_label=f"{title}. {mark}" if mark else title,
        overflow="visible",
        font_family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    )


def _legend(
    legend: Iterable[LegendRow], palette: str, top: float, lang: Lang
) -> tuple[list[str], int]:
    """The drawn lines of the legend and how many there are."""
    parts, x, line = [], 0.0, 0
    for row in legend:
        words = f"{row.words}: {format_number(row.count, 0, lang)}"
        width = _SWATCH + len(words) * _LETTER
        if x and x + width > WIDTH:
            x, line = 0.0, line + 1
        y = top + line * _LINE
        parts.append(element("svg", legend_swatch(row.key, palette), x=x, y=y, overflow="visible"))
        parts.append(text(words, f"{x + _SWATCH:.1f}", y + 13, "c-note"))
        x += width + _BETWEEN
    return parts, line + 1 if parts else 0
