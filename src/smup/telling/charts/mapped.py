"""The map of an indicator as a figure: to take away, with the values of all units."""

from dataclasses import replace

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.data import Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.map_picture import map_picture
from smup.present.tables import Table
from smup.store.releases import Release
from smup.telling.captions import counted_foot, mark, subtitle
from smup.telling.charts.placing import observations
from smup.telling.maps.looking import View
from smup.telling.maps.pictures import bare_map
from smup.telling.maps.section import finding, map_address, map_title, shown_rows
from smup.telling.maps.shapes import cells_of, map_shape, shading_of
from smup.telling.strings import strings

# Borders are not among the data: a specification shows where the values lie.
VALUES = Plot("tick", {"x": "value"})


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
