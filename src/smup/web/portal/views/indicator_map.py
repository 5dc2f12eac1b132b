"""What the map of an indicator is drawn from: values and shape for the script, else a picture."""

from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.telling.maps.looking import chosen_view
from smup.telling.maps.pictures import bare_map
from smup.telling.maps.section import map_values
from smup.telling.maps.shapes import map_shape, shape_body
from smup.territory import Level
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.reading import NothingHere, the_indicator


def map_json(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    """Class and words of every unit, for the script."""
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    view = chosen_view(request.GET, release, chosen)
    if view.year is None:
        raise NothingHere("indicator", indicator, [])
    body = map_values(release, chosen, view, lang)
    return cacheable(HttpResponse(body, content_type="application/json"))


def map_svg(request: HttpRequest, indicator: str, lang: Lang) -> HttpResponse:
    """The coloured map alone as a picture, for readers without script."""
    release = release_of(request)
    chosen = the_indicator(release, indicator, lang)
    svg = bare_map(release, chosen, chosen_view(request.GET, release, chosen), lang)
    if svg is None:
        raise NothingHere("indicator", indicator, [])
    return cacheable(HttpResponse(svg, content_type="image/svg+xml"))


def map_geometry(
    request: HttpRequest, level: str, form: str, digest: str, lang: Lang
) -> HttpResponse:
    """The shape of a level; its address changes with its bytes, so it may be kept for ever."""
    release = release_of(request)
    shape = map_shape(release, Level(level), form, lang)
    if shape is None or shape.digest != digest:
        raise NothingHere("map", f"{level}-{form}-{digest}", [])
    body = shape_body(release, Level(level), form, lang)
    response = HttpResponse(body, content_type="application/json")
    return cacheable(response, "public, max-age=31536000, immutable")
