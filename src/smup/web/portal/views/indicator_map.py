"""What the map of an indicator is drawn from: values and shape for the script, else a picture."""

from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.present.maps import choropleth
from smup.territory import Level
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.figures import mark, subtitle
from smup.web.portal.looking import chosen_view
from smup.web.portal.maps import map_shape, map_values, shading_of
from smup.web.portal.reading import NothingHere, the_indicator


def map_json(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    """Class and words of every unit, for the script: ``?poziom=&rok=&mapa=``."""
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    view = chosen_view(request, release, chosen)
    if view.year is None:
        raise NothingHere("indicator", indicator, [])
    body = map_values(release, chosen, view.level, view.year, view.form, lang)
    return cacheable(HttpResponse(body, content_type="application/json"))


def map_svg(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    """The whole coloured map as a picture, for readers without script."""
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    view = chosen_view(request, release, chosen)
    shape = map_shape(release, view.level, view.form, lang)
    if view.year is None or shape is None:
        raise NothingHere("indicator", indicator, [])
    shading = shading_of(release, chosen.id, view.level, view.year, lang)
    words = subtitle(release, chosen, str(view.year), lang)
    svg = choropleth(shape.shape, shading.keys, shading.palette, words, mark=mark(release, lang))
    return cacheable(HttpResponse(svg, content_type="image/svg+xml"))


def map_geometry(
    request: HttpRequest, level: str, form: str, digest: str, lang: Lang
) -> HttpResponse:
    """The shape of a level; its address changes with its bytes, so it may be kept for ever."""
    release = release_of(request)
    shape = map_shape(release, Level(level), form, lang)
    if shape is None or shape.digest != digest:
        raise NothingHere("map", f"{level}-{form}-{digest}", [])
    response = HttpResponse(shape.body, content_type="application/json")
    return cacheable(response, "public, max-age=31536000, immutable")
