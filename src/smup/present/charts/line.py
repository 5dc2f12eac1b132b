"""Values over years: a line where years are comparable, separate marks where they are not."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks, year_labels
from smup.present.svg import element, escape_text, percent, picture, text
from smup.present.tables import Table

TOP, BOTTOM, HEIGHT = 28.0, 212.0, 244.0
_WIDTH = "97%"  # the rest is room for dots


@dataclass(frozen=True)
class Point:
    """``shown`` is the value in words with its measure, or the reason why there is none."""

    year: int
    value: float | None
    shown: str


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[Point, ...]
    ours: bool = False

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(p for p in self.points if p.value is not None)


@dataclass(frozen=True)
class LineSpec:
    """``connected`` False: years stand on different scales, so marks are drawn without a line.

    ``from_zero`` puts zero on the axis. Every series covers the same years.
    """

    heading: Heading
    series: tuple[Series, ...]
    sentence: str
    year_word: str
    connected: bool = True
    from_zero: bool = False
    lang: Lang = "pl"

    @property
    def years(self) -> list[int]:
        return sorted({p.year for s in self.series for p in s.points})


def line_chart(spec: LineSpec) -> Figure:
    """Raises ValueError when no series has a value: a sentence belongs there, not a chart."""
    values = [p.value for s in spec.series for p in s.known if p.value is not None]
    if not values:
        raise ValueError("a line chart needs at least one value")
    marks = ticks(min([*values, 0.0] if spec.from_zero else values), max(values))
    across, up = Scale(spec.years[0], spec.years[-1]), Scale(marks[0], marks[-1])

    def height_of(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * up(value)

    parts = [*_grid(marks, height_of, spec.lang), *_years(spec.years, across)]
    # Peers first, so that our line lies on top of theirs.
    for series in sorted(spec.series, key=lambda s: s.ours):
        parts += _series(series, across, height_of, spec.connected)
    parts += _names(spec.series, across, height_of)
    plot = element("svg", *parts, x="1%", width=_WIDTH, height=HEIGHT, overflow="visible")
    svg = picture(
        spec.heading.ident, spec.heading.title, spec.sentence, HEIGHT, [plot], spec.heading.mark
    )
    return Figure(spec.heading, svg, _table(spec), spec.sentence)


def _grid(marks: list[float], height_of: Callable[[float], float], lang: Lang) -> list[str]:
    places = decimals_of(marks)
    return [
        part
        for mark in marks
        for part in (
            element(
                "line", cls="c-grid", x1="0%", x2="100%", y1=height_of(mark), y2=height_of(mark)
            ),
            text(format_number(mark, places, lang), "0%", height_of(mark) - 5, "c-note"),
        )
    ]


def _years(years: list[int], across: Scale) -> list[str]:
    labels = year_labels(years)
    anchor = {labels[0]: "start", labels[-1]: "end"} if len(labels) > 1 else {}
    return [
        text(
            str(year),
            percent(across(year)),
            HEIGHT - 8,
            "c-note",
            text_anchor=anchor.get(year, "middle"),
        )
        for year in labels
    ]


def _series(
    series: Series, across: Scale, height_of: Callable[[float], float], connected: bool
) -> list[str]:
    stroke, fill = ("c-ours-line", "c-ours") if series.ours else ("c-peer-line", "c-peer")
    places = [(p, across(p.year), height_of(p.value)) for p in series.known if p.value is not None]
    lines = [
        element("line", cls=stroke, x1=percent(x1), x2=percent(x2), y1=y1, y2=y2)
        for (p1, x1, y1), (p2, x2, y2) in pairwise(places)
        if connected and p2.year - p1.year == 1
    ]
    dots = [
        element(
            "circle",
            element("title", escape_text(f"{p.year}: {p.shown}")),
            cls=fill,
            cx=percent(x),
            cy=y,
            r=_radius(p, series, connected, places),
        )
        for p, x, y in places
    ]
    return lines + dots


def _radius(
    point: Point,
    series: Series,
    connected: bool,
    places: list[tuple[Point, float, float]],
) -> float:
    if not connected or point is places[-1][0]:
        return 5 if series.ours else 4
    return 3 if series.ours else 2


def _names(
    series: tuple[Series, ...], across: Scale, height_of: Callable[[float], float]
) -> list[str]:
    """Names at the last values: of the upper half of series above them, of the others
    below, unless the axis is there."""
    places = [(height_of(s.known[-1].value or 0.0), i, s) for i, s in enumerate(series) if s.known]
    names: list[str] = []
    for order, (y, _, one) in enumerate(sorted(places, key=lambda place: place[:2])):
        above = order < (len(places) + 1) // 2 or y > BOTTOM - 12  # below is the axis
        share = across(one.known[-1].year)
        names.append(
            text(
                one.name,
                percent(share),
                y - 11 if above else y + 22,
                ("c-ours-text" if one.ours else "c-note") + " c-halo",
                text_anchor="end" if share > 0.3 else "start",
                paint_order="stroke",
            )
        )
    return names


def _table(spec: LineSpec) -> Table:
    cells = {(s.name, p.year): p.shown for s in spec.series for p in s.points}
    names = [s.name for s in spec.series]
    rows = tuple(
        (str(year), *(cells.get((name, year), "–") for name in names))
        for year in reversed(spec.years)
    )
    return Table(
        spec.heading.subtitle, (spec.year_word, *names), rows, frozenset(range(1, len(names) + 1))
    )
