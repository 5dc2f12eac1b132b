"""The whole selection as a file: one row a unit and year, one column an indicator."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from smup.language import Lang, format_number
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.data import Cell, Column, Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.tables import Table
from smup.present.values import flag_words, reason
from smup.telling.captions import foot, mark
from smup.telling.charts.files import TYPES, csv_file, file_name, xlsx_file
from smup.telling.naming import kind_name, title
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.config.limits import MOST_CELLS
from smup.web.portal.errors import refused
from smup.web.portal.explorer.parsing import read
from smup.web.portal.explorer.scene import Scene, own_address, scene_of
from smup.web.portal.explorer.wording import heading

MOST_LISTED = 300  # units that an address of the API names one by one


def file(request: HttpRequest, form: str, lang: Lang) -> HttpResponse:
    """``/analizy/dane.csv`` (for the spreadsheet of the language) and ``.xlsx``."""
    release, t = release_of(request), strings(lang)
    asked = read(request.GET, release, lang)
    if not asked.question.indicators:
        return refused(request, t["explorer_link_nothing"])
    scene = scene_of(asked)
    if not scene.cube.size:
        return refused(request, t["explorer_nobody"])
    if scene.cube.size > MOST_CELLS:
        return refused(request, large_words(scene))
    figure = _as_figure(scene)
    assert figure.data is not None
    body = (
        csv_file(figure.data, lang, invented=release.synthetic)
        if form == "csv"
        else xlsx_file(figure, release, lang)
    )
    name = file_name(figure, form, release, lang)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, no-cache",
    }
    return HttpResponse(body, content_type=TYPES[form], headers=headers)


def large_words(scene: Scene) -> str:
    """Why there is no file of a selection of so many cells."""
    n, most = (format_number(count, 0, scene.lang) for count in (scene.cube.size, MOST_CELLS))
    return strings(scene.lang)["explorer_large"].format(n=n, most=most)


def api_address(scene: Scene) -> tuple[str, bool]:
    """The address of the API that gives the same values, and whether it names the units."""
    cube = scene.cube
    years = ",".join(str(year) for year in cube.years)
    names = ",".join(one.id for one in cube.indicators)
    listed = len(cube.units) <= MOST_LISTED
    units = "&unit=" + ",".join(unit.code for unit in cube.units) if listed else ""
    return f"/api/v1/data?indicator={names}{units}&year={years}", listed


def _as_figure(scene: Scene) -> Figure:
    """The selection with the words that belong to every file of figures."""
    lang, release = scene.lang, scene.release
    said = heading(release, scene.cube, scene.selection, lang)
    feet = dict.fromkeys(foot(release, one, lang) for one in scene.cube.indicators)
    about = Heading("dane", said, said, " ".join(feet), mark(release, lang))
    return Figure(
        about,
        "",
        Table(said, (), ()),
        "",
        lambda: _data(scene),
        own_address(scene),
    )


def _data(scene: Scene) -> Data:
    t, lang = strings(scene.lang), scene.lang
    columns = [
        Column("unit", t["chart_code"]),
        Column("name", t["unit_word"]),
        Column("kind", t["explorer_kind"]),
        Column("year", t["year"], 0),
    ]
    for one in scene.cube.indicators:
        symbol = getattr(scene.release.catalogue.measures[one.unit].symbol, lang)
        columns.append(Column(one.id, f"{getattr(one.name, lang)}, {symbol}", one.decimals))
        columns.append(Column(f"{one.id}-uwagi", t["explorer_remarks"]))
    return Data(tuple(columns), tuple(_rows(scene)), Plot("bar"))


def _rows(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    cube, lang = scene.cube, scene.lang
    for at, unit in enumerate(cube.units):
        named = unit.code, title(unit, lang), kind_name(unit.kind, lang)
        for y, year in enumerate(cube.years):
            cells: list[Cell] = []
            for place in range(len(cube.indicators)):
                where = place, y, at
                status = int(cube.status[where])
                if status >= FIRST_GAP:
                    cells += [None, reason(Status(status), lang)]
                else:
                    words = ", ".join(flag_words(int(cube.flags[where]), lang))
                    cells += [float(cube.values[where]), words]
            yield *named, year, *cells
