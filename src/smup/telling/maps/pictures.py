"""The map of an indicator as a picture: alone for a page, with all its words to take away."""

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.maps import Look, bubble_map, choropleth
from smup.present.outlines import Box, bounds, fitted
from smup.present.shading import GAPS, ZERO
from smup.store.releases import Release
from smup.telling.captions import mark
from smup.telling.maps.looking import View
from smup.telling.maps.section import map_title
from smup.telling.maps.shapes import CIRCLES, MapShape, bubbles_of, map_shape, shading_of

MARGIN = 0.04  # around a województwo, as a share of its size


def bare_map(release: Release, indicator: Indicator, view: View, lang: Lang) -> str | None:
    """The map without legend; None where there is no year or no shape."""
    shape = map_shape(release, view.level, view.form, lang)
    if shape is None or view.year is None:
        return None
    look = Look(_box(shape, view.region), view.chosen, mark(release, lang))
    words = map_title(indicator, view.level, view.year, lang)
    shading = shading_of(release, indicator.id, view.level, view.year, lang, view.cut)
    if view.form != CIRCLES:
        return choropleth(shape.shape, shading.keys, shading.palette, words, look)
    bubbles = bubbles_of(release, indicator.id, view.level, view.year, view.form, lang)
    gaps = {code: key for code, key in shading.keys.items() if key in GAPS + ZERO}
    return bubble_map(shape.shape, bubbles, gaps, words, look)


def _box(shape: MapShape, region: str) -> Box | None:
    """The part of the map a województwo lies in, as wide and high as the whole."""
    inside = [d for code, d in shape.shape["paths"].items() if region and code.startswith(region)]
    if not inside:
        return None
    _, _, width, height = shape.shape["viewBox"]
    return fitted(bounds(inside, MARGIN), width / height)
