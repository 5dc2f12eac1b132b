"""Values over years: a line where years are comparable, separate marks where they are not.

One or two series carry their names at the last value; more stand apart by colour, dash and form of
mark, with their names in a column on the right. A year tells all series at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from smup.language.numbers import Lang
from smup.present.charts.axes import beside, grid, grid_numbers, years_axis
from smup.present.charts.ends import Named, names_at_ends
from smup.present.charts.labels import spread
from smup.present.figure import Figure, Heading
from smup.present.gaps import SIGNS, key_words
from smup.present.scales import Scale, ticks
from smup.present.svg import (
    COLOURS,
    element,
    escape_text,
    number,
    percent,
    picture,
    shape,
    text,
)
from smup.present.tables import Table

TOP, BOTTOM, HEIGHT = 28.0, 212.0, 244.0
TALL = 96.0  # more room for three series and more
_WIDTH, _WIDTH_NAMED = "97%", "64%"  # the rest is room for dots, or for names
_LETTER, _LETTER_NAMED = 0.018, 0.024  # parts of these for a letter of the numbers of the axis
_NAME = 24  # letters of a name in the column; the whole name is in the table
_DASHES = (None, "7 4", "2 4")
_NOT_FROM_ZERO: dict[Lang, str] = {
    "pl": "Oś pionowa nie zaczyna się od zera.",
    "en": "The vertical axis does not start at zero.",
}
_BROKEN: dict[Lang, str] = {
    "pl": "Linia kropkowana: przerwa w porównywalności ({}).",
    "en": "Dotted line: break in the series ({}).",
}
_SHORT: dict[str, str] = {"powiat ": "pow. ", "województwo ": "woj. ", "voivodeship ": "voiv. "}


@dataclass(frozen=True)
class Point:
    """``shown`` is the value in words with its measure, or the reason why there is none; ``gap``
    the kind of gap (``gaps.gap_kind``) where it is to be drawn."""

    year: int
    value: float | None
    shown: str
    gap: str = ""


@dataclass(frozen=True)
class Series:
    """Ours, the group's median (neither ``ours`` nor ``order``), or the ``order``-th of several."""

    name: str
    points: tuple[Point, ...]
    ours: bool = False
    order: int | None = None

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(p for p in self.points if p.value is not None)


@dataclass(frozen=True)
class LineSpec:
    """``connected`` False: years stand on different scales, so marks are drawn without a line.

    ``from_zero`` puts zero on the axis. ``breaks`` are (year, why) of which the values are made in
    another way than before. Every series covers the same years.
    """

    heading: Heading
    series: tuple[Series, ...]
    sentence: str
    year_word: str
    connected: bool = True
    from_zero: bool = False
    lang: Lang = "pl"
    breaks: tuple[tuple[int, str], ...] = ()

    @property
    def years(self) -> list[int]:
        return sorted({p.year for s in self.series for p in s.points})

    @property
    def is_named_aside(self) -> bool:
        return len(self.series) > 2


@dataclass(frozen=True)
class _Plane:
    """Where years and values lie."""

    across: Scale
    up: Scale
    bottom: float

    def down(self, value: float) -> float:
        return self.bottom - (self.bottom - TOP) * self.up(value)


def line_chart(spec: LineSpec) -> Figure:
    """Raises ValueError when no series has a value: a sentence belongs there, not a chart."""
    values = [p.value for s in spec.series for p in s.known if p.value is not None]
    if not values:
        raise ValueError("a line chart needs at least one value")
    marks = ticks(min([*values, 0.0] if spec.from_zero else values), max(values))
    extra = TALL if spec.is_named_aside else 0.0
    letters = _LETTER_NAMED if spec.is_named_aside else _LETTER
    across = beside(spec.years, marks, letters, spec.lang)
    plane = _Plane(across, Scale(marks[0], marks[-1]), BOTTOM + extra)
    height = HEIGHT + extra
    parts = [
        *grid(marks, plane.down),
        *years_axis(spec.years, plane.across, height, 4 if extra else 6),
    ]
    parts += _breaks(spec, plane)
    # Peers first, so that our line lies on top of theirs.
    for series in sorted(spec.series, key=lambda s: s.ours):
        parts += _series(series, plane, spec)
    parts += [*_gaps(spec, plane), *grid_numbers(marks, plane.down, spec.lang)]
    if not spec.is_named_aside:
        parts += _names(spec.series, plane)
    parts += _told_years(spec, plane)
    width = _WIDTH_NAMED if spec.is_named_aside else _WIDTH
    plot = [element("svg", *parts, x="1%", width=width, height=height, overflow="visible")]
    if spec.is_named_aside:
        plot.append(_names_aside(spec.series, plane, height))
    heading, notes = spec.heading, _notes(spec, marks)
    svg = picture(heading.ident, heading.title, spec.sentence, height, plot, heading.mark, notes)
    return Figure(heading, svg, _table(spec), spec.sentence, notes=notes)


def _notes(spec: LineSpec, marks: Sequence[float]) -> tuple[str, ...]:
    """What the signs on the axis and dotted lines mean; that the axis does not start at zero."""
    key = key_words((p.gap for s in spec.series if s.ours for p in s.points), spec.lang)
    shown = sorted({y for y, _ in spec.breaks if spec.years[0] < y <= spec.years[-1]})
    parted = _BROKEN[spec.lang].format(", ".join(map(str, shown))) if shown else ""
    above_zero = _NOT_FROM_ZERO[spec.lang] if marks[0] > 0 else ""
    return tuple(said for said in (key, parted, above_zero) if said)


def _look(series: Series) -> tuple[str, str, str | None, int]:
    """Class of line and mark, dash and form: each alone tells series apart."""
    if series.ours:
        return "c-ours-line", "c-ours", None, 0
    if series.order is None:
        return "c-peer-line c-dash", "c-peer", None, 1
    colour = f"c-k{series.order % COLOURS}"
    return f"{colour} c-k-line", f"{colour} c-k", _DASHES[series.order % 3], series.order % 4


def _series(series: Series, plane: _Plane, spec: LineSpec) -> list[str]:
    stroke, fill, dash, form = _look(series)
    parted = {year for year, _ in spec.breaks}
    places = [
        (p, plane.across(p.year), plane.down(p.value)) for p in series.known if p.value is not None
    ]
    given = {"stroke_dasharray": dash} if dash else {}
    lines = [
        element("line", cls=stroke, x1=percent(x1), x2=percent(x2), y1=y1, y2=y2, **given)
        for (p1, x1, y1), (p2, x2, y2) in pairwise(places)
        if spec.connected and p2.year - p1.year == 1 and p2.year not in parted
    ]
    dots = [shape(form, x, y, _radius(p, series, spec, places), cls=fill) for p, x, y in places]
    return lines + dots


def _radius(
    point: Point,
    series: Series,
    spec: LineSpec,
    places: list[tuple[Point, float, float]],
) -> float:
    if not spec.connected or point is places[-1][0]:
        return 5 if series.ours else 4
    return 3 if series.ours or series.order is not None else 2


def _breaks(spec: LineSpec, plane: _Plane) -> list[str]:
    """A dotted line half a year before the first value that is made in another way."""
    half = 0.5 / max(plane.across.high - plane.across.low, 1)
    return [
        element(
            "line",
            cls="c-break",
            x1=percent(plane.across(year) - half),
            x2=percent(plane.across(year) - half),
            y1=TOP - 6,
            y2=plane.bottom,
        )
        for year, _ in spec.breaks
        if spec.years[0] < year <= spec.years[-1]
    ]


def _gaps(spec: LineSpec, plane: _Plane) -> list[str]:
    """Our gaps as signs on the axis, each kind its own."""
    return [
        text(
            SIGNS[p.gap],
            percent(plane.across(p.year)),
            plane.bottom + 4,
            "c-note c-halo",
            text_anchor="middle",
            paint_order="stroke",
        )
        for s in spec.series
        if s.ours
        for p in s.points
        if p.value is None and p.gap
    ]


def _told_years(spec: LineSpec, plane: _Plane) -> list[str]:
    """One mark a year: an upright line, shown when pointed at, and all series' values in words."""
    width = 1 / max(plane.across.high - plane.across.low, 1)
    why = dict(spec.breaks)
    drawn = []
    for year in spec.years:
        told = "; ".join(
            f"{s.name} {p.shown}" for s in spec.series for p in s.points if p.year == year
        )
        if year in why:
            told = f"{told} ({why[year]})"
        middle = plane.across(year)
        left, right = max(middle - width / 2, 0.0), min(middle + width / 2, 1.0)
        drawn.append(
            element(
                "g",
                element("title", escape_text(f"{year}: {told}")),
                element("rect", fill="none", pointer_events="all", x=percent(left), y=0,
                        width=percent(right - left), height=plane.bottom),
                element("line", cls="c-cross", x1=percent(middle), x2=percent(middle), y1=TOP,
                        y2=plane.bottom),
                cls="c-told",
            )
        )  # fmt: skip
    return drawn


def _names(series: tuple[Series, ...], plane: _Plane) -> list[str]:
    """Names at the last values; the axis below is no place for them."""
    known = [
        Named(one.name, one.ours, tuple((plane.across(p.year), plane.down(p.value))
                                        for p in one.known if p.value is not None))
        for one in series if one.known
    ]  # fmt: skip
    return names_at_ends(known, TOP, plane.bottom)


def _names_aside(series: tuple[Series, ...], plane: _Plane, height: float) -> str:
    """Names beside the last values, moved apart, each joined to its value and with its mark."""
    ends = [(s, plane.down(s.known[-1].value or 0.0)) for s in series if s.known]
    rows = spread([y for _, y in ends], 17.0, TOP, plane.bottom + 10)
    drawn = []
    for (one, y), row in zip(ends, rows, strict=True):
        _, fill, _, form = _look(one)
        way = f"M0 {number(y)}L12 {number(row)}"
        drawn.append(element("path", cls="c-grid", fill="none", d=way))
        mark = shape(form, 0.0, row, 4, cls=fill)
        drawn.append(element("svg", mark, x=20, overflow="visible"))
        words = "c-ours-text c-name" if one.ours else "c-text c-name"
        drawn.append(text(short_name(one.name), 29, row + 5, words))
    return element("svg", *drawn, x="67%", width="33%", height=height)


def short_name(name: str, most: int = _NAME) -> str:
    """A name of at most ``most`` letters, for a place where longer ones do not fit."""
    for long, short in _SHORT.items():
        name = short + name.removeprefix(long) if name.startswith(long) else name
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


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
