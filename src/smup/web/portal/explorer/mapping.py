"""The map of a question: only its units are coloured, in classes of their own values."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import orjson

from smup.language import sort_key
from smup.panel import Status
from smup.present.classes import classes
from smup.present.figure import Figure, Heading
from smup.present.map_picture import map_picture
from smup.present.map_words import ends_sentence, shown_sentence
from smup.present.maps import GROUND, Look, choropleth, legend_swatch
from smup.present.outlines import bounds, fitted
from smup.present.shading import Cells, Shading, shade
from smup.present.tables import Table
from smup.present.values import reason, value_text
from smup.telling.addresses import Addresses
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.mapped import VALUES
from smup.telling.charts.placing import observations
from smup.telling.maps.pictures import MARGIN
from smup.telling.maps.section import LegendLine, MapSection, map_title
from smup.telling.maps.shapes import BORDERS, TILES, MapShape, has_borders, map_shape, not_on_map
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Level
from smup.web.portal.explorer.question import PATH
from smup.web.portal.explorer.scene import Scene, own_address


@dataclass(frozen=True)
class Chart:
    """What one map shows: the first indicator in its newest year, at the level of the units."""

    scene: Scene
    level: Level
    shape: MapShape
    form: str

    @property
    def year(self) -> int:
        return self.scene.cube.years[self.scene.newest()]

    @cached_property
    def cells(self) -> Cells:
        """Value and status of the units of the question."""
        cube, at = self.scene.cube, self.scene.newest()
        rows = zip(cube.units, cube.row(0, at).tolist(), cube.status[0, at].tolist(), strict=True)
        return {
            unit.code: (None if value != value else value, Status(code))
            for unit, value, code in rows
        }

    @cached_property
    def shading(self) -> Shading:
        values = np.array([value for value, _ in self.cells.values() if value is not None])
        decimals = self.scene.first.decimals
        cut = classes(values, "quantile", decimals)
        return shade(self.cells, cut, decimals, self.scene.lang, frozenset())

    @property
    def keys(self) -> dict[str, str]:
        """Class of every unit of the shape; those not asked for are plain ground."""
        return {code: self.shading.keys.get(code, GROUND) for code in self.shape.codes}

    @property
    def region(self) -> str:
        """The województwo all units lie in, which the map is zoomed to; "" for several."""
        found = {unit.wojewodztwo for unit in self.scene.cube.units}
        only = found.pop() if len(found) == 1 else None
        return only if only and self.level is not Level.WOJEWODZTWO else ""

    @property
    def title(self) -> str:
        return map_title(self.scene.first, self.level, self.year, self.scene.lang)

    @property
    def subtitle(self) -> str:
        return subtitle(self.scene.release, self.scene.first, str(self.year), self.scene.lang)

    @property
    def finding(self) -> str:
        """Where the ends are and how many units have a value."""
        known = [value for value, _ in self.cells.values() if value is not None]
        top, low = max(known), min(known)
        ends = ends_sentence(
            self._holders(top), self._holders(low), self.words(top), self.words(low),
            self.scene.lang,
        )  # fmt: skip
        shown = shown_sentence(len(known), len(self.cells), self.level.value, self.scene.lang)
        return f"{ends} {shown}"

    def _holders(self, wanted: float) -> list[str]:
        units = self.scene.release.territory.units
        found = (code for code, (value, _) in self.cells.items() if value == wanted)
        return sorted((title(units[code], self.scene.lang) for code in found), key=sort_key)

    def words(self, value: float) -> str:
        first = self.scene.first
        measure = self.scene.release.catalogue.measures[first.unit]
        return value_text(value, first, measure, self.scene.lang)

    def told(self, code: str) -> str:
        """What is told of a unit that is pointed at."""
        if code not in self.cells:
            return strings(self.scene.lang)["explorer_outside"]
        value, status = self.cells[code]
        return reason(status, self.scene.lang) if value is None else self.words(value)

    @property
    def legend(self) -> tuple[LegendLine, ...]:
        palette = self.shading.palette
        return tuple(
            LegendLine(row.key, legend_swatch(row.key, palette), row.words, row.count)
            for row in self.shading.legend
        )


def chart_of(scene: Scene) -> Chart | None:
    """None where the units are of several levels or no shape of the level is known."""
    level = scene.selection.level
    if level is None or not scene.cube.known:
        return None
    form = BORDERS if has_borders(scene.release, level) else TILES
    shape = map_shape(scene.release, level, form, scene.lang)
    return Chart(scene, level, shape, form) if shape else None


def map_of(scene: Scene) -> MapSection | None:
    """The map for ``parts/map.html``; None where another picture is asked for."""
    chart = chart_of(scene) if scene.question.picture == "mapa" else None
    if chart is None:
        return None
    to, question, lang = Addresses(scene.lang), scene.question, scene.lang
    box = chart.shape.shape["viewBox"]
    marked = scene.marked
    missing = not_on_map(chart.shape, chart.cells)
    t = strings(lang)
    return MapSection(
        ident="mapa",
        title=chart.title,
        subtitle=chart.subtitle,
        finding=chart.finding,
        geometry=f"{to.prefix}/mapa/{chart.level.value}-{chart.form}-{chart.shape.digest}.json",
        values=question.href(lang, f"{PATH}/mapa.json"),
        picture=question.href(lang, f"{PATH}/mapa.svg"),
        link=to.unit_indicator("CODE", scene.first.id),
        width=f"{box[2]:g}",
        height=f"{box[3]:g}",
        legend=chart.legend,
        notes=(t["not_on_map"].format(n=missing),) if missing else (),
        years=str(chart.year),
        year=chart.year,
        region=chart.region,
        chosen=marked[0].code if len(marked) == 1 else "",
        address=own_address(scene),
    )


def map_figure(scene: Scene) -> Figure | None:
    """The map as a figure, with the values of the units of the question."""
    chart = chart_of(scene)
    if chart is None:
        return None
    t, lang, rows = strings(scene.lang), scene.lang, chart.shading.legend
    known = sum(value is not None for value, _ in chart.cells.values())
    heading = Heading(
        "mapa",
        chart.title,
        f"{chart.subtitle}. {chart.finding}",
        counted_foot(scene.release, scene.first, known, len(chart.cells), lang),
        mark(scene.release, lang),
    )
    _, _, width, height = chart.shape.shape["viewBox"]
    counts = tuple((row.words, str(row.count)) for row in rows)
    units = scene.release.territory.units
    found = ((units[code], scene.first, chart.year, *cell) for code, cell in chart.cells.items())
    palette = chart.shading.palette
    return Figure(
        heading,
        map_picture(bare(chart), width / height, rows, palette, chart.title, lang),
        Table(chart.title, (t["map_class"], t["number_of_units"]), counts, frozenset({1})),
        chart.finding,
        lambda: observations(scene.release, found, VALUES, lang),
    )


def map_values(chart: Chart) -> bytes:
    """Class and words of every unit in the order of the shape, for the script."""
    keys = chart.keys
    return orjson.dumps(
        {
            "year": chart.year,
            "title": chart.title,
            "subtitle": chart.subtitle,
            "finding": chart.finding,
            "palette": chart.shading.palette,
            "keys": "".join(keys.values()),
            "words": [chart.told(code) for code in keys],
            "counts": [row.count for row in chart.legend],
        }
    )


def bare(chart: Chart) -> str:
    """The coloured map alone, for readers without script."""
    shape, region = chart.shape.shape, chart.region
    inside = [d for code, d in shape["paths"].items() if region and code.startswith(region)]
    _, _, width, height = shape["viewBox"]
    box = fitted(bounds(inside, MARGIN), width / height) if inside else None
    look = Look(box, "", mark(chart.scene.release, chart.scene.lang))
    return choropleth(shape, chart.keys, chart.shading.palette, chart.title, look)
