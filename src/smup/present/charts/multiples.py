"""Small multiples: one small line chart a unit or an indicator, two beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from smup.language import format_number
from smup.language.numbers import Lang
from smup.present.charts.axes import beside
from smup.present.charts.line import Series, short_name
from smup.present.figure import Figure, Heading
from smup.present.scales import Scale, decimals_of, ticks
from smup.present.svg import element, escape_text, percent, picture, text
from smup.present.tables import Table

_ACROSS, _ROW, _TOP, _BOTTOM = 2, 152.0, 46.0, 118.0
_NAME, _LINE = 20, 17.0  # letters of a line of a name, px to the next line
_NOTE = 22.0
_LETTER = 0.021  # of the width of a panel for a letter of the numbers of its axis
_COMMON: dict[Lang, str] = {
    "pl": "Wszystkie wykresy mają tę samą oś: {low} – {high}.",
    "en": "All charts share one axis: {low} – {high}.",
}
_OWN: dict[Lang, str] = {
    "pl": "Każdy wykres ma własną oś; liczby podano przy niej.",
    "en": "Every chart has an axis of its own; its numbers stand beside it.",
}


@dataclass(frozen=True)
class Panel:
    """One small chart. ``other`` is drawn behind as a dashed line (the median)."""

    series: Series
    other: Series | None = None


@dataclass(frozen=True)
class MultiplesSpec:
    """``common`` True: all panels stand on one scale. ``connected`` as in ``LineSpec``. Every
    series covers the same years."""

    heading: Heading
    panels: tuple[Panel, ...]
    sentence: str
    year_word: str
    common: bool = True
    connected: bool = True
    lang: Lang = "pl"


def small_multiples(spec: MultiplesSpec) -> Figure:
    """Raises ValueError when no panel has a value."""
    if not _values(spec.panels):
        raise ValueError("small multiples need at least one value")
    shared = _scale(spec.panels) if spec.common else None
    # Long names take a second line, in all panels, so that these stay alike.
    more = _LINE if any(len(_lines(one)) > 1 for one in spec.panels) else 0.0
    room = _ROW + more
    rows = -(-len(spec.panels) // _ACROSS)
    parts = [
        element(
            "svg",
            *_names(panel),
            element(
                "svg",
                *_panel(panel, shared or _scale([panel]), spec),
                y=more,
                height=_ROW,
                overflow="visible",
            ),
            x=percent((i % _ACROSS) / _ACROSS + 0.005),
            y=_NOTE + (i // _ACROSS) * room,
            width=percent(1 / _ACROSS - 0.03),
            height=room,
            overflow="visible",
        )
        for i, panel in enumerate(spec.panels)
    ]
    heading = spec.heading
    svg = picture(
        heading.ident,
        heading.title,
        spec.sentence,
        _NOTE + rows * room,
        [text(_note(shared, spec.lang), "0%", 14, "c-note"), *parts],
        heading.mark,
    )
    return Figure(heading, svg, _table(spec), spec.sentence)


def _lines(panel: Panel) -> list[str]:
    """The name in at most two lines."""
    first, *rest = wrap(short_name(panel.series.name, 99), _NAME) or [""]
    return [first, short_name(" ".join(rest), _NAME)] if rest else [first]


def _names(panel: Panel) -> list[str]:
    return [text(line, "0%", 16 + _LINE * i, "c-text") for i, line in enumerate(_lines(panel))]


def _values(panels: Sequence[Panel]) -> list[float]:
    series = [s for panel in panels for s in (panel.series, panel.other) if s is not None]
    return [p.value for s in series for p in s.known if p.value is not None]


def _scale(panels: Sequence[Panel]) -> Scale:
    """Round ends about all values; zero is one of them where values come near it."""
    values = _values(panels) or [0.0, 1.0]
    low = 0.0 if 0 <= min(values) < 0.5 * max(values) else min(values)
    marks = ticks(low, max(values), 2)
    return Scale(marks[0], marks[-1])


def _note(shared: Scale | None, lang: Lang) -> str:
    if shared is None:
        return _OWN[lang]
    low, high = _ends(shared, lang)
    return _COMMON[lang].format(low=low, high=high)


def _ends(scale: Scale, lang: Lang) -> tuple[str, str]:
    places = decimals_of([scale.low, scale.high])
    return format_number(scale.low, places, lang), format_number(scale.high, places, lang)


def _panel(panel: Panel, up: Scale, spec: MultiplesSpec) -> list[str]:
    years = [p.year for p in panel.series.points]
    across = beside(years, [up.low, up.high], _LETTER, spec.lang)
    low, high = _ends(up, spec.lang)
    told = "; ".join(f"{p.year}: {p.shown}" for p in panel.series.points)
    parts = [
        element("title", escape_text(f"{panel.series.name}. {told}")),
        element("rect", fill="none", pointer_events="all", width="100%", height=_ROW - 12),
        element("line", cls="c-grid", x1="0%", x2="100%", y1=_TOP, y2=_TOP),
        element("line", cls="c-axis", x1="0%", x2="100%", y1=_BOTTOM, y2=_BOTTOM),
        text(high, "0%", _TOP + 12, "c-note c-small"),
        text(low, "0%", _BOTTOM - 4, "c-note c-small"),
        text(str(years[0]), percent(across(years[0])), _BOTTOM + 16, "c-note c-small"),
        text(str(years[-1]), "100%", _BOTTOM + 16, "c-note c-small", text_anchor="end"),
    ]
    if panel.other is not None:
        parts += _line(panel.other, across, up, "c-peer-line c-dash", spec.connected)
    parts += _line(panel.series, across, up, "c-ours-line", spec.connected)
    return [element("g", *parts, cls="c-told"), *_last(panel.series, across, up)]


def _place(across: Scale, up: Scale, year: int, value: float) -> tuple[float, float]:
    return across(year), _BOTTOM - (_BOTTOM - _TOP) * up(value)


def _line(series: Series, across: Scale, up: Scale, cls: str, connected: bool) -> list[str]:
    known = [
        (p.year, *_place(across, up, p.year, p.value)) for p in series.known if p.value is not None
    ]
    return [
        element("line", cls=cls, stroke_width=2, x1=percent(x1), x2=percent(x2), y1=y1, y2=y2)
        for (one, x1, y1), (two, x2, y2) in pairwise(known)
        if connected and two - one == 1
    ]


def _last(series: Series, across: Scale, up: Scale) -> list[str]:
    """A dot at the newest value, which is written beside the name; the reason where there is
    none."""
    if not series.known:
        return [text(series.points[-1].shown, "0%", 60, "c-note c-small")]
    last = series.known[-1]
    x, y = _place(across, up, last.year, last.value or 0.0)
    return [
        element("circle", cls="c-ours", cx=percent(x), cy=y, r=4),
        text(last.shown, "100%", 36, "c-ours-text", text_anchor="end"),
    ]


def _table(spec: MultiplesSpec) -> Table:
    names = [panel.series.name for panel in spec.panels]
    years = sorted({p.year for panel in spec.panels for p in panel.series.points}, reverse=True)
    cells = {(panel.series.name, p.year): p.shown for panel in spec.panels
             for p in panel.series.points}  # fmt: skip
    rows = tuple((str(y), *(cells.get((name, y), "–") for name in names)) for y in years)
    numeric = frozenset(range(1, len(names) + 1))
    return Table(spec.heading.subtitle, (spec.year_word, *names), rows, numeric)
