"""The pictures of a question: by the makers of figures, for the units and years it chose."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from smup.compare.steps import changes_between
from smup.panel import Status
from smup.present.changing import quarter_names
from smup.present.charts import (
    LineSpec,
    Point,
    QuadrantSpec,
    Series,
    line_chart,
    quadrant,
    quarter,
)
from smup.present.figure import Figure, Heading
from smup.present.gaps import gap_kind
from smup.present.sentences import as_title, trend_sentence, units_counted
from smup.present.values import gap, value_text
from smup.telling.captions import counted_foot, foot, mark, subtitle
from smup.telling.charts import choosing
from smup.telling.charts.choosing import MOST_LINES
from smup.telling.charts.indicators import multiples_of_indicators
from smup.telling.charts.placing import Observation, observations
from smup.telling.charts.scattering import Pair, scattered
from smup.telling.charts.spread import distribution
from smup.telling.charts.trend import OVER_YEARS, near_zero
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Level, Unit
from smup.web.portal.explorer.mapping import map_figure
from smup.web.portal.explorer.scene import Scene, own_address


def drawn(scene: Scene) -> Figure | None:
    """The picture chosen, with the address that draws it again; None where no unit has a value."""
    figure = DRAWN[scene.question.picture](scene)
    return replace(figure, address=own_address(scene)) if figure else None


def _in_order(scene: Scene) -> list[Unit]:
    """The units a reader chose by name before the others: the first stands out."""
    return list(dict.fromkeys([*scene.marked, *scene.cube.units]))


def _bars(scene: Scene) -> Figure | None:
    year = scene.cube.years[scene.newest()]
    return choosing.bars(scene.release, _in_order(scene), scene.first, year, scene.lang)


def _dots(scene: Scene) -> Figure | None:
    years = [scene.cube.years[at] for at in scene.held_years if at <= scene.newest()]
    years = years[-choosing.MOST_YEARS :]
    return choosing.dots(scene.release, _in_order(scene), scene.first, years, scene.lang)


def _spread(scene: Scene) -> Figure | None:
    at, cube = scene.newest(), scene.cube
    cells = {
        unit.code: (None if np.isnan(value) else value, Status(status))
        for unit, value, status in zip(
            cube.units, cube.row(0, at).tolist(), cube.status[0, at].tolist(), strict=True
        )
    }
    level = scene.selection.level or Level.GMINA
    return distribution(
        scene.release, scene.first, cells, level, cube.years[at], scene.marked, scene.lang
    )


def _relation(scene: Scene) -> Figure | None:
    cube = scene.cube
    pair = Pair(
        cube.units,
        cube.indicators[0],
        cube.indicators[1],
        cube.indicators[2] if len(cube.indicators) > 2 else None,
        cube.years[scene.common_year],
        scene.marked[:MOST_LINES],
    )
    return scattered(scene.release, pair, scene.lang, scene.question.href(scene.lang), {})


def _lines(scene: Scene) -> Figure | None:
    """Up to ten units; of more, the ones chosen by name beside the median of all. Of one unit, its
    indicators."""
    years = [scene.cube.years[at] for at in scene.held_years]
    if len(scene.cube.indicators) > 1:
        return _one_unit(scene)
    if len(scene.cube.units) <= MOST_LINES:
        return choosing.lines(scene.release, _in_order(scene), scene.first, years, scene.lang)
    return _beside_median(scene)


def _panels(scene: Scene) -> Figure | None:
    cube, release, lang = scene.cube, scene.release, scene.lang
    if len(cube.indicators) > 1:
        return multiples_of_indicators(release, cube.units[0], cube.indicators, cube.years, lang)
    years = [cube.years[at] for at in scene.held_years]
    return choosing.multiples_of_units(release, cube.units, scene.first, years, lang)


def _one_unit(scene: Scene) -> Figure:
    series = tuple(
        replace(_series(scene, place, 0), ours=place == 0, order=place or None)
        for place in range(len(scene.cube.indicators))
    )
    words = strings(scene.lang)["explorer_side_by_side"]
    figure = line_chart(
        LineSpec(
            _heading_of_unit(scene, words),
            series,
            words,
            strings(scene.lang)["year"],
            all(one.comparable_over_time for one in scene.cube.indicators),
            near_zero([one for one in series if one.known]),
            scene.lang,
        )
    )
    return _with_data(scene, figure)


def _beside_median(scene: Scene) -> Figure:
    cube, lang = scene.cube, scene.lang
    places = [cube.units.index(unit) for unit in scene.marked]
    series = [
        replace(_series(scene, 0, unit), ours=order == 0, order=order or None)
        for order, unit in enumerate(places)
    ]
    middle = _median(scene)
    told = series[0] if series else middle
    known = [(p.year, p.value) for p in told.known if p.value is not None]
    measure = scene.release.catalogue.measures[scene.first.unit]
    words = (
        trend_sentence(told.name, known, scene.first, measure, lang)
        if known
        else strings(lang)["explorer_side_by_side"]
    )
    figure = line_chart(
        LineSpec(
            _heading(scene, "linie", words, list(cube.years)),
            (*series, middle),
            words,
            strings(lang)["year"],
            scene.first.comparable_over_time,
            near_zero([one for one in (*series, middle) if one.known]),
            lang,
        )
    )
    return _with_data(scene, figure)


def _median(scene: Scene) -> Series:
    """The median of the units of the question, each of which counts the same; none in years in
    which fewer than half of them have a value: it would be that of other units."""
    cube, first = scene.cube, scene.first
    measure = scene.release.catalogue.measures[first.unit]
    points = []
    for at, year in enumerate(cube.years):
        row = cube.row(0, at)
        known = row[~np.isnan(row)]
        if not known.size or 2 * known.size < len(cube.units):
            points.append(Point(year, None, "–"))
            continue
        middle = float(np.median(known))
        points.append(Point(year, middle, value_text(middle, first, measure, scene.lang)))
    words = strings(scene.lang)["explorer_median_of"]
    return Series(words.format(units=units_counted(len(cube.units), scene.lang)), tuple(points))


def _series(scene: Scene, place: int, unit: int) -> Series:
    """One indicator of one unit, named by what there are several of."""
    cube, lang = scene.cube, scene.lang
    indicator = cube.indicators[place]
    measure = scene.release.catalogue.measures[indicator.unit]
    values, status = cube.values[place, :, unit], cube.status[place, :, unit]
    points = tuple(
        Point(year, None, gap(Status(code), lang), gap_kind(Status(code)))
        if np.isnan(value)
        else Point(year, value, value_text(value, indicator, measure, lang))
        for year, value, code in zip(cube.years, values.tolist(), status.tolist(), strict=True)
    )
    name = title(cube.units[unit], lang)
    if len(cube.units) == 1:
        name = str(getattr(indicator.label, lang))
    return Series(name, points, ours=True)


def _quarters(scene: Scene) -> Figure | None:
    """Value and change of all units of the question, the first one named among them."""
    cube, lang, t = scene.cube, scene.lang, strings(scene.lang)
    held, first, ours = scene.held_years, scene.first, scene.marked[0]
    start, end = cube.years[held[0]], cube.years[scene.newest()]
    panel = scene.release.indicators
    columns = [panel.unit_index[unit.code] for unit in cube.units]
    moves = changes_between(panel, first, start, end)[columns]
    after = cube.row(0, scene.newest())
    known = ~np.isnan(after) & ~np.isnan(moves)
    at = cube.units.index(ours)
    if not known[at]:
        return None
    own = float(after[at]), float(moves[at])
    medians = float(np.median(after[known])), float(np.median(moves[known]))
    names = quarter_names(first, lang)
    side = quarter(own, medians)
    sentence = t["explorer_quarter"].format(
        name=title(ours, lang),
        place=t["on_median_line"] if side is None else names[side],
        units=units_counted(int(known.sum()), lang),
    )
    figure = quadrant(
        QuadrantSpec(
            _heading(scene, "cwiartki", sentence, [start, end]),
            list(zip(after[known].tolist(), moves[known].tolist(), strict=True)),
            medians,
            own,
            title(ours, lang),
            names,
            (t["axis_situation"].format(year=end), t["axis_change"].format(start=start, end=end)),
            (t["quarter"], t["number_of_units"]),
            t["on_median_line"],
            t["this_unit"],
            sentence,
            lang,
        )
    )
    return _with_data(scene, figure)


def _heading(scene: Scene, ident: str, finding: str, years: list[int]) -> Heading:
    known, everybody = scene.known(), len(scene.cube.units)
    return Heading(
        ident,
        as_title(finding),
        subtitle(scene.release, scene.first, year_span(years), scene.lang),
        counted_foot(scene.release, scene.first, known, everybody, scene.lang),
        mark(scene.release, scene.lang),
    )


def _heading_of_unit(scene: Scene, finding: str) -> Heading:
    lang = scene.lang
    name = title(scene.cube.units[0], lang)
    return Heading(
        "wskazniki",
        f"{name}: {finding[0].lower()}{finding[1:].removesuffix('.')}",
        f"{name}, {year_span(list(scene.cube.years))}",
        foot(scene.release, scene.first, lang),
        mark(scene.release, lang),
    )


def _with_data(scene: Scene, figure: Figure) -> Figure:
    return replace(
        figure,
        numbers=lambda: observations(scene.release, _cells(scene), OVER_YEARS, scene.lang),
    )


def _cells(scene: Scene) -> Iterator[Observation]:
    """Every cell of the question."""
    cube = scene.cube
    for place, indicator in enumerate(cube.indicators):
        for at, year in enumerate(cube.years):
            values, codes = cube.values[place, at].tolist(), cube.status[place, at].tolist()
            for unit, value, code in zip(cube.units, values, codes, strict=True):
                yield unit, indicator, year, None if value != value else value, Status(code)


DRAWN: dict[str, Callable[[Scene], Figure | None]] = {
    "linia": _lines,
    "slupki": _bars,
    "punkty": _dots,
    "rozklad": _spread,
    "mapa": map_figure,
    "rozrzut": _relation,
    "cwiartki": _quarters,
    "male": _panels,
}
