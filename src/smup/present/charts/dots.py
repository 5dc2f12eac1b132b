"""The dot plot: units (or indicators) as rows, their values of one or more years on one scale.

The newest year is a full circle, the earlier ones are open forms, joined to it by a line.
"""

from dataclasses import dataclass

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import clipped, element, escape_text, percent, picture, shape, text
from smup.present.tables import Table

_ROW, _HEAD, _FOOT = 40.0, 48.0, 26.0


@dataclass(frozen=True)
class Dot:
    """``shown`` is the value in words with its measure, or the reason why there is none."""

    value: float | None
    shown: str


@dataclass(frozen=True)
class DotRow:
    """``dots`` in the order of the spec's ``labels``."""

    name: str
    dots: tuple[Dot, ...]
    ours: bool = False


@dataclass(frozen=True)
class DotSpec:
    """``labels`` say what the dots of a row are (years, oldest first); ``line`` is (words, value)
    of an upright line through all rows, such as the median of all units."""

    heading: Heading
    rows: tuple[DotRow, ...]
    labels: tuple[str, ...]
    row_word: str
    sentence: str
    line: tuple[str, float] | None = None
    lang: Lang = "pl"


def dot_plot(spec: DotSpec) -> Figure:
    """Raises ValueError when no dot has a value, or a row and the labels differ in length."""
    if any(len(row.dots) != len(spec.labels) for row in spec.rows):
        raise ValueError("a row of a dot plot and its labels differ in length")
    values = [dot.value for row in spec.rows for dot in row.dots if dot.value is not None]
    if not values:
        raise ValueError("a dot plot needs at least one value")
    if spec.line:
        values.append(spec.line[1])
    marks = ticks(min(values), max(values))
    scale = Scale(marks[0], marks[-1])
    bottom = _HEAD + len(spec.rows) * _ROW
    parts = [*_grid(marks, scale, bottom, spec.lang), *_line(spec, scale, bottom)]
    for i, row in enumerate(spec.rows):
        parts += _row(row, spec, _HEAD + i * _ROW, scale)
    plot = element("svg", *parts, x="2%", width="96%", height=bottom + _FOOT, overflow="visible")
    heading = spec.heading
    svg = picture(
        heading.ident, heading.title, spec.sentence, bottom + _FOOT, [_key(spec), plot],
        heading.mark,
    )  # fmt: skip
    return Figure(heading, svg, _table(spec), spec.sentence)


def _key(spec: DotSpec) -> str:
    """What each form means, on one line above; nothing to explain for a single kind of dot."""
    if len(spec.labels) < 2:
        return ""
    places = []
    for i, label in enumerate(spec.labels):
        x = 8.0 + 74.0 * i
        mark = _form(i, len(spec.labels), 0.0, 11.0, ours=False)
        places.append(element("svg", mark, x=x, overflow="visible"))
        places.append(text(label, x + 10, 16, "c-note"))
    return "".join(places)


def _grid(marks: list[float], scale: Scale, bottom: float, lang: Lang) -> list[str]:
    places = decimals_of(marks)
    parts = []
    for i, mark in enumerate(marks):
        x = percent(scale(mark))
        anchor = "start" if i == 0 else "end" if i == len(marks) - 1 else "middle"
        parts.append(element("line", cls="c-grid", x1=x, x2=x, y1=_HEAD, y2=bottom))
        words = format_number(mark, places, lang)
        parts.append(text(words, x, bottom + 18, "c-note", text_anchor=anchor))
    return parts


def _line(spec: DotSpec, scale: Scale, bottom: float) -> list[str]:
    if spec.line is None:
        return []
    words, value = spec.line
    share = scale(value)
    x, left = percent(share), share > 0.5
    return [
        element(
            "line", cls="c-median c-dash", x1=x, x2=x, y1=_HEAD - 4, y2=bottom, stroke_width=1.25
        ),
        text(words, x, _HEAD - 10, "c-note", text_anchor="end" if left else "start"),
    ]


def _row(row: DotRow, spec: DotSpec, top: float, scale: Scale) -> list[str]:
    """Name and newest value above, dots below."""
    words, y = "c-ours-text" if row.ours else "c-text", top + 28
    parts = [
        clipped(row.name, top + 16, f"{words} c-halo c-under"),
        text(row.dots[-1].shown, "100%", top + 16, f"{words} c-halo", text_anchor="end",
             paint_order="stroke"),
    ]  # fmt: skip
    places = [scale(dot.value) for dot in row.dots if dot.value is not None]
    if len(places) > 1:
        ends = {"x1": percent(min(places)), "x2": percent(max(places))}
        stroke = "c-ours-line" if row.ours else "c-peer-line"
        parts.append(element("line", cls=stroke, y1=y, y2=y, stroke_width=2, **ends))
    for i, dot in enumerate(row.dots):
        if dot.value is not None:
            told = f"{row.name}, {spec.labels[i]}: {dot.shown}"
            title = element("title", escape_text(told))
            parts.append(_form(i, len(row.dots), scale(dot.value), y, row.ours, title))
    return parts


def _form(i: int, count: int, x: float, y: float, ours: bool, title: str = "") -> str:
    """The last is full, the others open and of another form each."""
    inside = [title] if title else []
    if i == count - 1:
        return shape(0, x, y, 6 if ours else 5, *inside, cls="c-ours" if ours else "c-peer")
    cls = "c-hollow c-hollow-ours" if ours else "c-hollow"
    return shape((count - 1 - i) % 4, x, y, 4.5, *inside, cls=cls)


def _table(spec: DotSpec) -> Table:
    rows = tuple((row.name, *(dot.shown for dot in row.dots)) for row in spec.rows)
    numeric = frozenset(range(1, len(spec.labels) + 1))
    return Table(spec.heading.subtitle, (spec.row_word, *spec.labels), rows, numeric)
