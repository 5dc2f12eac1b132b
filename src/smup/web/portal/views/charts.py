"""``/wykres/{kind}.{form}`` is a figure as a file, ``/osadz/{kind}`` a small page for a frame."""

from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from smup.language import Lang
from smup.present.figure import Figure
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.charts.files import TYPES, file_name, written
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.config.security import FRAMED
from smup.web.portal.asking.charts import NoFigure
from smup.web.portal.errors import refused
from smup.web.portal.page import common
from smup.web.portal.reading import NothingHere
from smup.web.portal.views.chart_kinds import KINDS


def file(request: HttpRequest, kind: str, form: str, lang: Lang) -> HttpResponse:
    """The same figure as on its page, as SVG, PNG, CSV, XLSX or a Vega-Lite specification."""
    release = release_of(request)
    if form not in TYPES:
        raise _unknown(f"{kind}.{form}", kind if kind in KINDS else "", lang)
    try:
        figure = figure_of(request, release, kind, lang)
        body = written(figure, form, release, lang)
    except NoFigure as reason:
        return refused(request, str(reason))
    shown = "inline" if form in ("svg", "json") else "attachment"
    name = file_name(figure, form, release, lang)
    headers = {
        "Content-Disposition": f'{shown}; filename="{name}"',
        "Access-Control-Allow-Origin": "*",
    }
    return cacheable(HttpResponse(body, content_type=TYPES[form], headers=headers))


def embedded(request: HttpRequest, kind: str, lang: Lang) -> HttpResponse:
    """The figure alone, with links to its page and its release; other sites may frame it."""
    release = release_of(request)
    try:
        figure = figure_of(request, release, kind, lang)
    except NoFigure as reason:
        return refused(request, str(reason))
    context: dict[str, Any] = common(request, lang) | {"figure": figure, "release": release.id}
    response = HttpResponse(render_to_string("portal/embed.html", context))
    response.headers["Content-Security-Policy"] = FRAMED
    return cacheable(response)


def figure_of(request: HttpRequest, release: Release, kind: str, lang: Lang) -> Figure:
    """Raises NothingHere for an unknown kind, unit or indicator, NoFigure for what cannot be."""
    maker = KINDS.get(kind)
    if maker is None:
        raise _unknown(kind, "", lang)
    return maker(request, release, lang)


def _unknown(asked: str, kind: str, lang: Lang) -> NothingHere:
    """The kinds that exist, the nearest first."""
    near = [kind] if kind else get_close_matches(asked, KINDS, n=10, cutoff=0.3)
    names = list(dict.fromkeys([*near, *KINDS]))
    to = Addresses(lang)
    return NothingHere(
        "chart",
        asked,
        [{"name": name, "note": "", "href": to.page(f"/wykres/{name}.svg")} for name in names],
    )
