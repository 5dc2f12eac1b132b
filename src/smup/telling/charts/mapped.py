"""The map of an indicator as a figure: to take away, with the values of all units; or of one
województwo alone."""

from collections import Counter
from dataclasses import replace

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.data import Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.map_picture import map_picture
from smup.present.maps import Look, choropleth
from smup.present.outlines import bounds, fitted
from smup.present.tables import Table
from smup.store.releases import Release
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.placing import observations
from smup.telling.maps.looking import View
from smup.telling.maps.pictures import MARGIN, bare_map
from smup.telling.maps.section import (
    finding,
    finding_of,
    map_address,
    map_title,
    shown_rows,
)
from smup.telling.maps.shapes import cells_of, map_shape, shading_of
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Unit

# Borders are not among the data: a specification shows where the values lie.
VALUES = Plot("tick", {"x": "value"})
REGION_RATIO = 1.3  # width by height: a legend below still fits a page at full width


def map_figure(release: Release, indicator: Indicator, view: View, lang: Lang) -> Figure | None:
    """The map as the view wants it; None where there is no year or no shape."""
    drawn, shape = (
        bare_map(release, indicator, view, lang),
        map_shape(release, view.level, view.form, lang),
    )
    if drawn is None or shape is None or view.year is None:
        return None
    t, year = strings(lang), view.year
    cells = cells_of(release, indicator.id, view.level, year)
    known = sum(value is not None for value, _ in cells.values())
    # Zero and gaps that occur in other years only belong to a legend that changes with the year.
    shown = shown_rows(release, indicator, view, lang)
    rows = [row for row in shown if row.count or row.key.isdigit()]
    words = map_title(indicator, view.level, year, lang)
    heading = Heading(
        "mapa",
        words,
        f"{subtitle(release, indicator, str(year), lang)}. "
        f"{finding(release, indicator, view.level, year, lang)}",
        counted_foot(release, indicator, known, len(cells), lang),
        mark(release, lang),
    )
    palette = shading_of(release, indicator.id, view.level, year, lang, view.cut).palette
    _, _, width, height = shape.shape["viewBox"]
    figure = Figure(
        heading,
        map_picture(drawn, width / height, rows, palette, words, lang),
        Table(
            words,
            (t["map_class"], t["number_of_units"]),
            tuple((row.words, str(row.count)) for row in rows),
            frozenset({1}),
        ),
        finding(release, indicator, view.level, year, lang),
    )
    units = release.territory.units

    def numbers() -> Data:
        found = ((units[code], indicator, year, *cell) for code, cell in cells.items())
        return observations(release, found, VALUES, lang)

    return replace(
        figure,
        numbers=numbers,
        address=map_address(indicator, view, lang),
    )


def region_figure(
    release: Release, indicator: Indicator, view: View, region: Unit, lang: Lang
) -> Figure | None:
    """The units of one województwo in the classes of the country's map, with their own legend and
    finding; None where there is no year or no shape."""
    shape = map_shape(release, view.level, view.form, lang)
    if shape is None or view.year is None:
        return None
    units, t = release.territory.units, strings(lang)
    everyone = cells_of(release, indicator.id, view.level, view.year)
    cells = {c: cell for c, cell in everyone.items() if units[c].wojewodztwo == region.code}
    inside = {c: d for c, d in shape.shape["paths"].items() if c in cells}
    if not inside:
        return None
    shading = shading_of(release, indicator.id, view.level, view.year, lang, view.cut)
    counts = Counter(shading.keys[code] for code in cells)
    rows = [replace(r, count=counts[r.key]) for r in shading.legend if counts[r.key]]
    words = f"{map_title(indicator, view.level, view.year, lang)}, {title(region, lang)}"
    box = fitted(bounds(inside.values(), MARGIN), REGION_RATIO)
    look = Look(box)
    drawn = choropleth({**shape.shape, "paths": inside, "borders": {}}, shading.keys,
                       shading.palette, words, look)  # fmt: skip
    known = sum(value is not None for value, _ in cells.values())
    found = finding_of(release, indicator, cells, view.level, lang)
    heading = Heading(
        "mapa",
        words,
        f"{subtitle(release, indicator, str(view.year), lang)}. {found}",
        counted_foot(release, indicator, known, len(cells), lang),
        mark(release, lang),
    )
    table = Table(
        words,
        (t["map_class"], t["number_of_units"]),
        tuple((row.words, str(row.count)) for row in rows),
        frozenset({1}),
    )
    picture = map_picture(drawn, box[2] / box[3], rows, shading.palette, words, lang, heading.mark)
    return Figure(heading, picture, table, found)
