"""Lines, numbers and years along the axes of charts."""

from collections.abc import Callable, Sequence

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.scales import Scale, decimals_of, year_labels
from smup.present.svg import element, percent, text

Up = Callable[[float], float]  # from a value to its place in px from above


def grid(marks: Sequence[float], down: Up) -> list[str]:
    """A line for every round value."""
    return [
        element("line", cls="c-grid", x1="0%", x2="100%", y1=down(mark), y2=down(mark))
        for mark in marks
    ]


def grid_numbers(marks: Sequence[float], down: Up, lang: Lang) -> list[str]:
    """The number of every round value, to be drawn over whatever lies there."""
    places = decimals_of(marks)
    return [
        text(
            format_number(mark, places, lang),
            "0%",
            down(mark) - 5,
            "c-note c-halo",
            paint_order="stroke",
        )
        for mark in marks
    ]


def beside(years: Sequence[int], marks: Sequence[float], letter: float, lang: Lang) -> Scale:
    """Years from the right edge of the numbers of ``marks`` on, so that no line begins under them;
    ``letter`` is the part of the width that a letter takes, and the distance from it."""
    places = decimals_of(marks)
    room = letter * (1 + max(len(format_number(mark, places, lang)) for mark in marks))
    first, last = years[0], years[-1]
    return Scale(first - (last - first) * room / (1 - room), last)


def years_axis(years: list[int], across: Scale, height: float, most: int = 6) -> list[str]:
    """First and last year and a few between, along the bottom."""
    labels = year_labels(years, most)
    anchor = {labels[0]: "start", labels[-1]: "end"} if len(labels) > 1 else {}
    return [
        text(
            str(year),
            percent(across(year)),
            height - 8,
            "c-note",
            text_anchor=anchor.get(year, "middle"),
        )
        for year in labels
    ]
