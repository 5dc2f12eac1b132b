"""What the addresses below ``/analizy`` give besides the page: its map and its picture alone."""

from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.present.figure import Figure
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.asking.charts import NoFigure
from smup.web.portal.explorer.mapping import Chart, bare, chart_of, map_values
from smup.web.portal.explorer.parsing import read
from smup.web.portal.explorer.pictures import picture_of, why_not
from smup.web.portal.explorer.question import TABLE
from smup.web.portal.explorer.scene import Scene, scene_of
from smup.web.portal.reading import NothingHere


def map_json(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Class and words of every unit, for the script."""
    body = map_values(_chart(request, lang))
    return cacheable(HttpResponse(body, content_type="application/json"))


def map_svg(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The map alone as a picture."""
    body = bare(_chart(request, lang))
    return cacheable(HttpResponse(body, content_type="image/svg+xml"))


def figure(request: HttpRequest, release: Release, lang: Lang) -> Figure:
    """The picture of a question, for the addresses of figures. Raises NoFigure with the reason."""
    t = strings(lang)
    scene = _scene(request, release, lang)
    kind = scene.question.picture if scene else TABLE
    if scene is None or kind == TABLE or why_not(scene, kind):
        raise NoFigure(t["chart_cannot"])
    drawn = picture_of(scene)
    if drawn is None:
        raise NoFigure(t["chart_cannot"])
    return drawn


def _scene(request: HttpRequest, release: Release, lang: Lang) -> Scene | None:
    """None where the question has no figures."""
    asked = read(request.GET, release, lang)
    scene = scene_of(asked) if asked.question.indicators else None
    return scene if scene is not None and scene.cube.size else None


def _chart(request: HttpRequest, lang: Lang) -> Chart:
    scene = _scene(request, release_of(request), lang)
    chart = chart_of(scene) if scene else None
    if chart is None:
        raise NothingHere("map", "analizy", [])
    return chart
