"""Addresses of the portal, each in Polish and, below /en/, in English."""

from django.urls import URLPattern, path, re_path

from smup.language import Lang
from smup.web.portal.strings import LANGS
from smup.web.portal.views import (
    about,
    changes,
    coverage,
    groups,
    indicator,
    indicator_map,
    methodology,
    peers,
    search,
    start,
    subjects,
    unit,
    unit_indicator,
)
from smup.web.portal.views.errors import View, guarded

_MAP = r"mapa/(?P<level>gmina|powiat|wojewodztwo)-(?P<form>granice|kafelki)-(?P<digest>[0-9a-f]+)"


def pages(lang: Lang) -> list[URLPattern]:
    prefix, told = "" if lang == "pl" else "en/", {"lang": lang}
    views: dict[str, View] = {
        "szukaj": search.search,
        "szukaj/podpowiedzi.json": search.suggestions,
        "jst/<str:code>": unit.unit,
        "jst/<str:code>/usluga/<str:service>": unit.unit_service,
        "jst/<str:code>/wskaznik/<str:indicator>": unit_indicator.unit_indicator,
        "jst/<str:code>/podobne": peers.peers,
        "jst/<str:code>/zmiany": changes.unit_changes,
        "obszar/<str:area>": subjects.area,
        "usluga/<str:service>": subjects.service,
        "wskaznik/<str:indicator>": indicator.indicator,
        "wskaznik/<str:indicator>/mapa.json": indicator_map.map_json,
        "wskaznik/<str:indicator>/mapa.svg": indicator_map.map_svg,
        "grupy": groups.index,
        "grupa/<str:group>": groups.group,
        "pokrycie": coverage.coverage,
        "wydania": about.release_list,
        "metodologia": methodology.index,
        "metodologia.pdf": methodology.printed,
        "metodologia/calosc": methodology.whole,
        "metodologia/slownik": methodology.glossary,
        "metodologia/usluga/<str:service>": methodology.service,
        "metodologia/wskaznik/<str:indicator>": methodology.indicator,
    }
    found = [path(prefix + address, guarded(view), told) for address, view in views.items()]
    found.append(path(prefix, guarded(start.start), told))
    found.append(re_path(rf"^{prefix}{_MAP}\.json$", guarded(indicator_map.map_geometry), told))
    found += [
        path(prefix + name, guarded(about.text_page), told | {"name": name})
        for name in about.TITLES
    ]
    if prefix:
        found.append(path("en", guarded(start.start), told))
    return found


urlpatterns = [pattern for lang in LANGS for pattern in pages(lang)]
