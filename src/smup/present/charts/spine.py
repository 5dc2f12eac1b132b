"""The spine chart: up to ten units over many indicators, each a line with the range of the others.

Every line has a scale of its own. Where one direction is better it runs to the right; indicators
without one stand apart, larger values to the right. The range is the strip: minimum to maximum, the
middle half as a box, the median as a tick.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from smup.compare.positions import Summary
from smup.language import Lang
from smup.present.charts.strip import StripSpec
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale
from smup.present.svg import COLOURS, element, escape_text, percent, picture, shape, text
from smup.present.tables import Table

MOST_UNITS = 10
_LINE, _NAME, _TRACK, _LEGEND = 19.0, 44, 34.0, 24.0
_SIZE, _NEAR, _STEP = 5.5, 0.025, 9.0  # of a mark; marks nearer than this share stand apart
_LEVELS = (0, -1, 1, -2, 2)


@dataclass(frozen=True)
class SpineRow:
    """One indicator. ``values`` are those of the units in their order, ``shown`` the same in words
    (a gap with its reason); ``downward`` where smaller is better. Without ``summary`` there is no
    line, only a row of the table."""

    name: str
    note: str
    summary: Summary | None
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    median: str
    downward: bool = False


@dataclass(frozen=True)
class SpineWords:
    """What is written around: heads of the two parts with the meaning of their ends, and of the
    table."""

    judged: str
    worse: str
    better: str
    neutral: str
    less: str
    more: str
    indicator: str
    median: str


@dataclass(frozen=True)
class SpineSpec:
    heading: Heading
    units: tuple[str, ...]
    judged: tuple[SpineRow, ...]
    neutral: tuple[SpineRow, ...]
    words: SpineWords
    sentence: str
    lang: Lang = "pl"


def spine(spec: SpineSpec) -> Figure:
    """Raises ValueError without units or with too many, and without a line to draw."""
    if not 0 < len(spec.units) <= MOST_UNITS:
        raise ValueError(f"a spine chart shows 1 to {MOST_UNITS} units, not {len(spec.units)}")
    if not any(row.summary for row in (*spec.judged, *spec.neutral)):
        raise ValueError("a spine chart needs at least one indicator that can be compared")
    parts, height = _legend(spec.units)
    w = spec.words
    for rows, head, ends in (
        (spec.judged, w.judged, (w.worse, w.better)),
        (spec.neutral, w.neutral, (w.less, w.more)),
    ):
        drawn = [row for row in rows if row.summary is not None]
        if drawn:
            made, height = _part(spec, drawn, head, ends, height)
            parts += made
    heading = spec.heading
    svg = picture(heading.ident, heading.title, spec.sentence, height, parts, heading.mark)
    return Figure(heading, svg, _table(spec), spec.sentence)


def mark_of(unit: int, x: float, y: float, *inside: str, size: float = _SIZE) -> str:
    """The mark of a unit by its number: form and colour together tell ten apart."""
    return shape(unit, x, y, size, *inside, cls=f"c-k{unit % COLOURS} c-k")


def _legend(units: Sequence[str]) -> tuple[list[str], float]:
    """Marks and names, two beside each other where the names are short."""
    columns = 1 if max(map(len, units)) > 20 else 2
    parts = []
    for at, name in enumerate(units):
        x, y = (at % columns) / columns, _LEGEND * (at // columns) + _LEGEND / 2
        parts.append(mark_of(at, x + 0.02, y))
        parts.append(text(name, percent(x + 0.04), y + 5))
    return parts, _LEGEND * (-(-len(units) // columns)) + 8


def _part(
    spec: SpineSpec, rows: Sequence[SpineRow], head: str, ends: tuple[str, str], top: float
) -> tuple[list[str], float]:
    """The lines of one part below its head, and where they end."""
    y = top + 22
    parts = [text(head, "0%", y, font_weight="600")]
    y += 20
    parts += [
        text(f"← {ends[0]}", "0%", y, "c-note"),
        text(f"{ends[1]} →", "100%", y, "c-note", text_anchor="end"),
    ]
    y += 8
    for row in rows:
        lines = wrap(row.name, _NAME) or [""]
        for line in lines:
            y += _LINE
            parts.append(text(line, "0%", y))
        parts.append(text(row.note, "100%", y, "c-note", text_anchor="end"))
        parts.append(_track(spec, row, y + 6 + _TRACK / 2))
        y += _TRACK + 12
    return parts, y


def _track(spec: SpineSpec, row: SpineRow, y: float) -> str:
    """The range of the others and the marks of the units; half a mark of room at both ends."""
    assert row.summary is not None
    scale, one = _scale(row), row.summary
    ends = sorted((scale.clipped(one.low), scale.clipped(one.high)))
    box = sorted((scale.clipped(one.q1), scale.clipped(one.q3)))
    median = percent(scale.clipped(one.median))
    inner = [
        element("line", cls="c-axis", x1=percent(ends[0]), x2=percent(ends[1]), y1=y, y2=y),
        element(
            "rect",
            cls="c-box",
            x=percent(box[0]),
            width=percent(box[1] - box[0]),
            y=y - 6,
            height=12,
            rx=2,
        ),
        element("line", cls="c-median", x1=median, x2=median, y1=y - 9, y2=y + 9),
        *_marks(spec, row, scale, y),
    ]
    return element("svg", *inner, x="2%", width="96%", overflow="visible")


def _scale(row: SpineRow) -> Scale:
    """From the worse to the better end; nearer where a tail is very long."""
    assert row.summary is not None
    one, known = row.summary, [value for value in row.values if value is not None]
    reach = StripSpec(one.low, one.q1, one.median, one.q3, one.high, None, "").ends
    low, high = min([reach[0], *known]), max([reach[1], *known])
    return Scale(high, low) if row.downward else Scale(low, high)


def _marks(spec: SpineSpec, row: SpineRow, scale: Scale, y: float) -> Iterator[str]:
    """The first unit on top; marks that would hide each other stand one above the other."""
    taken: list[tuple[float, int]] = []
    drawn = []
    for unit, value in enumerate(row.values):
        if value is None:
            continue
        x = scale.clipped(value)
        used = {level for place, level in taken if abs(place - x) < _NEAR}
        level = next((one for one in _LEVELS if one not in used), 0)
        taken.append((x, level))
        told = element("title", escape_text(f"{spec.units[unit]}: {row.shown[unit]}"))
        drawn.append(mark_of(unit, x, y + _STEP * level, told))
    return reversed(drawn)


def _table(spec: SpineSpec) -> Table:
    rows = (*spec.judged, *spec.neutral)
    return Table(
        spec.heading.subtitle,
        (spec.words.indicator, spec.words.median, *spec.units),
        tuple((f"{row.name} ({row.note})", row.median, *row.shown) for row in rows),
        frozenset(range(1, len(spec.units) + 2)),
    )
