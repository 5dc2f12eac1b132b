"""A few named values side by side: thin bars from zero under name and value."""

from dataclasses import dataclass

from smup.present.figure import Figure, Heading
from smup.present.scales import Scale
from smup.present.svg import clipped, element, escape_text, percent, picture, text
from smup.present.tables import Table

_ROW, _BAR = 38.0, 7.0


@dataclass(frozen=True)
class Bar:
    """``shown`` is the value in words with its measure, or the reason why there is none."""

    name: str
    value: float | None
    shown: str
    ours: bool = False


@dataclass(frozen=True)
class BarSpec:
    heading: Heading
    bars: tuple[Bar, ...]
    sentence: str
    head: tuple[str, str]  # of the table: what is compared, the value


def bar_ranking(spec: BarSpec) -> Figure:
    """Bars in the given order, all from zero; negative values run to the left of it."""
    values = [b.value for b in spec.bars if b.value is not None]
    scale = Scale(min([0.0, *values]), max([0.0, *values]))
    parts = [
        part for i, bar in enumerate(spec.bars) for part in _bar(bar, i * _ROW, scale, bool(values))
    ]
    height = len(spec.bars) * _ROW + 4
    svg = picture(
        spec.heading.ident, spec.heading.title, spec.sentence, height, parts, spec.heading.mark
    )
    rows = tuple((b.name, b.shown) for b in spec.bars)
    table = Table(spec.heading.subtitle, spec.head, rows, frozenset({1}))
    return Figure(spec.heading, svg, table, spec.sentence)


def _bar(bar: Bar, top: float, scale: Scale, drawn: bool) -> list[str]:
    words = "c-ours-text" if bar.ours else "c-text"
    parts = [
        clipped(bar.name, top + 16, words),
        text(bar.shown, "100%", top + 16, words, text_anchor="end"),
    ]
    box = {"y": top + 23, "height": _BAR, "rx": 3.0}
    parts.append(element("rect", cls="c-track", fill="#f5f7fa", x="0%", width="100%", **box))
    if bar.value is not None and drawn:
        start, end = sorted((scale(0.0), scale(bar.value)))
        fill = "c-ours" if bar.ours else "c-peer"
        width = percent(end - start)
        title = element("title", escape_text(f"{bar.name}: {bar.shown}"))
        parts.append(element("rect", title, cls=fill, x=percent(start), width=width, **box))
    return parts
