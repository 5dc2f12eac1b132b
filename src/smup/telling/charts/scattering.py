"""Two indicators of all units of a level against each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.panel.panel import FIRST_GAP
from smup.present.charts import ScatterSpec
from smup.present.charts.scatter import Dot, Line, scatter
from smup.present.data import Column, Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.sentences import units_counted
from smup.present.tables import Table
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.captions import counted, mark, published_by, sources_foot
from smup.telling.charts.placing import placed, table
from smup.telling.naming import kind_name, title
from smup.telling.strings import strings
from smup.territory import Kind, Unit

FEWEST_FITTED = 8
STRONG, SOME = 0.7, 0.4  # of the absolute correlation


@dataclass(frozen=True)
class Fit:
    """A least-squares line through ``n`` units and the linear correlation ``r``."""

    n: int
    slope: float
    intercept: float
    r: float


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> Fit | None:
    """None for fewer than eight units, or where x or y is the same for all."""
    if len(x) < FEWEST_FITTED or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    dx, dy = x - x.mean(), y - y.mean()
    slope = float(dx @ dy / (dx @ dx))
    r = float(dx @ dy / math.sqrt(float(dx @ dx) * float(dy @ dy)))
    return Fit(len(x), slope, float(y.mean()) - slope * float(x.mean()), r)


@dataclass(frozen=True)
class Pair:
    """What is set against what: indicators of x and y, ``size`` of the marks, a year, the units
    and those of them that are named."""

    units: Sequence[Unit]
    x: Indicator
    y: Indicator
    size: Indicator | None
    year: int
    chosen: Sequence[Unit] = ()

    @property
    def axes(self) -> tuple[Indicator, Indicator]:
        return self.x, self.y


def scattered(
    release: Release, pair: Pair, lang: Lang, page: str, query: Mapping[str, object]
) -> Figure | None:
    """The units with both values in a year, kinds of unit told apart, the chosen ones named.

    ``page`` and ``query`` say where the figure belongs and how it is asked for again. None where
    no unit has both values.
    """
    known, found = _dots(release, pair, lang)
    if not found:
        return None
    line = fit(np.array([dot.x for dot in found]), np.array([dot.y for dot in found]))
    names = (_axis(release, pair.x, lang), _axis(release, pair.y, lang))
    kinds, t = _kinds(pair.units), strings(lang)
    heading = Heading(
        "rozrzut",
        _finding(line, len(found), lang),
        f"{names[0]} × {names[1]}, {pair.year}",
        _foot(release, pair.axes, len(found), len(pair.units), lang),
        mark(release, lang),
    )
    size = getattr(pair.size.name, lang) if pair.size else ""
    drawn = scatter(
        ScatterSpec(
            heading,
            found,
            names,
            _sentence(line, len(found), lang),
            _table(release, found, pair.axes, kinds, names, lang),
            tuple(kind_name(kind, lang) for kind in kinds),
            t["chart_size"].format(name=size) if size else "",
            Line(line.slope, line.intercept, _fit_words(line, lang)) if line else None,
            lang,
        )
    )
    return placed(
        drawn, "rozrzut", page, lambda: _data(known, found, pair.axes, names, lang), **query
    )


def _kinds(units: Sequence[Unit]) -> list[Kind]:
    present = {unit.kind for unit in units}
    return [kind for kind in Kind if kind in present]


def _dots(release: Release, pair: Pair, lang: Lang) -> tuple[list[Unit], list[Dot]]:
    """The units that have both values, and their dots."""
    x, y = (_column(release, one, pair.year, pair.units) for one in pair.axes)
    sizes = (
        _column(release, pair.size, pair.year, pair.units) if pair.size else np.full(len(x), np.nan)
    )
    kinds, chosen = _kinds(pair.units), {unit.code for unit in pair.chosen}
    known, found = [], []
    for unit, right, up, size in zip(
        pair.units, x.tolist(), y.tolist(), sizes.tolist(), strict=True
    ):
        if math.isnan(right) or math.isnan(up):
            continue
        known.append(unit)
        found.append(
            Dot(
                title(unit, lang),
                right,
                up,
                _told(release, unit, pair.axes, (right, up), lang) if unit.code in chosen else "",
                kinds.index(unit.kind),
                None if math.isnan(size) else max(size, 0.0),
                unit.code in chosen,
            )
        )
    return known, found


def _data(
    known: Sequence[Unit],
    found: Sequence[Dot],
    axes: tuple[Indicator, Indicator],
    names: tuple[str, str],
    lang: Lang,
) -> Data:
    t = strings(lang)
    columns = (
        Column("unit", t["chart_code"]),
        Column("name", t["unit_word"]),
        Column("kind", t["chart_group"]),
        Column("x", names[0], axes[0].decimals),
        Column("y", names[1], axes[1].decimals),
    )
    rows = [
        (unit.code, dot.name, kind_name(unit.kind, lang), dot.x, dot.y)
        for unit, dot in zip(known, found, strict=True)
    ]
    plot = Plot("point", {"x": "x", "y": "y", "color": "kind", "shape": "kind"})
    return table(columns, rows, plot)


def _column(
    release: Release, indicator: Indicator, year: int, units: Sequence[Unit]
) -> NDArray[np.float64]:
    """Values of the units in a year, NaN for gaps."""
    panel = release.indicators
    at = panel.item_index[indicator.id], panel.year_index[year]
    columns = [panel.unit_index[unit.code] for unit in units]
    values, status = panel.values[at][columns], panel.status[at][columns]
    return np.where(status < FIRST_GAP, values, np.nan)


def _axis(release: Release, indicator: Indicator, lang: Lang) -> str:
    symbol = getattr(release.catalogue.measures[indicator.unit].symbol, lang)
    return f"{getattr(indicator.name, lang)}, {symbol}"


def _told(
    release: Release,
    unit: Unit,
    axes: tuple[Indicator, Indicator],
    values: tuple[float, float],
    lang: Lang,
) -> str:
    measures = release.catalogue.measures
    said = (
        value_text(value, one, measures[one.unit], lang)
        for one, value in zip(axes, values, strict=True)
    )
    return f"{title(unit, lang)}: {'; '.join(said)}"


def _foot(
    release: Release, axes: tuple[Indicator, Indicator], known: int, everybody: int, lang: Lang
) -> str:
    sources = dict.fromkeys(s for one in axes for s in published_by(release, one, lang))
    return f"{counted(known, everybody, lang)} {sources_foot(release, list(sources), lang)}"


def _r(line: Fit, lang: Lang) -> str:
    return format_number(line.r, 2, lang)


def _finding(line: Fit | None, n: int, lang: Lang) -> str:
    t = strings(lang)
    if line is None:
        return t["chart_one_scale"].format(n=units_counted(n, lang))
    size = abs(line.r)
    strength = "strong" if size >= STRONG else "some" if size >= SOME else "weak"
    key = f"chart_scatter_title_{strength}"
    return t[key].format(n=units_counted(n, lang), r=_r(line, lang))


def _sentence(line: Fit | None, n: int, lang: Lang) -> str:
    if line is None:
        return _finding(None, n, lang) + "."
    return strings(lang)["chart_scatter_sentence"].format(
        n=units_counted(n, lang), r=_r(line, lang)
    )


def _fit_words(line: Fit, lang: Lang) -> str:
    n = format_number(line.n, 0, lang)
    return strings(lang)["chart_fit"].format(n=n, r=_r(line, lang))


def _table(
    release: Release,
    found: Sequence[Dot],
    axes: tuple[Indicator, Indicator],
    kinds: Sequence[Kind],
    names: Sequence[str],
    lang: Lang,
) -> Table:
    """The chosen units and the medians of every kind of unit."""
    t, measures = strings(lang), release.catalogue.measures

    def words(values: tuple[float, float]) -> tuple[str, ...]:
        return tuple(
            value_text(value, one, measures[one.unit], lang)
            for one, value in zip(axes, values, strict=True)
        )

    rows = [(dot.name, *words((dot.x, dot.y)), "1") for dot in found if dot.chosen]
    for i, kind in enumerate(kinds):
        members = np.array([(dot.x, dot.y) for dot in found if dot.group == i])
        if len(members):
            x, y = np.median(members, axis=0).tolist()
            name = t["chart_medians"].format(name=kind_name(kind, lang))
            rows.append((name, *words((x, y)), format_number(len(members), 0, lang)))
    head = (t["unit_word"], *names, t["number_of_units"])
    return Table(f"{names[0]} × {names[1]}", head, tuple(rows), frozenset({1, 2, 3}))
