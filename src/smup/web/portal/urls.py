"""Addresses of the portal, each in Polish and, below /en/, in English."""

from django.urls import URLPattern, path, re_path

from smup.language import Lang
from smup.telling.strings import LANGS
from smup.web.portal.errors import View, guarded
from smup.web.portal.explorer import answers as explorer_answers
from smup.web.portal.explorer import files as explorer_files
from smup.web.portal.explorer import links as explorer_links
from smup.web.portal.explorer import view as explorer
from smup.web.portal.reports import builder, saved
from smup.web.portal.reports import files as report_files
from smup.web.portal.views import (
    about,
    api_reference,
    bulk,
    changes,
    charts,
    compare_units,
    coverage,
    findings,
    groups,
    indicator,
    indicator_map,
    methodology,
    number,
    peers,
    release_changes,
    releases,
    search,
    sitemap,
    start,
    subjects,
    unit,
    unit_data,
    unit_indicator,
    unit_service,
)

_MAP = r"mapa/(?P<level>gmina|powiat|wojewodztwo)-(?P<form>granice|kafelki)-(?P<digest>[0-9a-f]+)"

_WRITTEN: dict[str, View] = {  # pages whose forms are sent
    "raporty": builder.builder,
    "raporty/definicja": builder.read_saved,
    "raport/<str:digest>.yaml": saved.definition_yaml,
    "raport/<str:digest>.<str:form>": report_files.saved_file,
    "raport/<str:digest>": saved.report,
}


def pages(lang: Lang) -> list[URLPattern]:
    prefix, told = "" if lang == "pl" else "en/", {"lang": lang}
    views: dict[str, View] = {
        "szukaj": search.search,
        "szukaj/podpowiedzi.json": search.suggestions,
        "jst/<str:code>": unit.unit,
        "jst/<str:code>/usluga/<str:service>": unit_service.unit_service,
        "jst/<str:code>/wskaznik/<str:indicator>": unit_indicator.unit_indicator,
        "jst/<str:code>/wskaznik/<str:indicator>/liczba": number.number,
        "jst/<str:code>/dane.<str:form>": unit_data.unit_data,
        "jst/<str:code>/podobne": peers.peers,
        "jst/<str:code>/zmiany": changes.unit_changes,
        "porownaj": compare_units.compare,
        "porownaj/podpowiedzi.json": compare_units.suggestions,
        "obszar/<str:area>": subjects.area,
        "usluga/<str:service>": subjects.service,
        "wskaznik/<str:indicator>": indicator.indicator,
        "wskaznik/<str:indicator>/mapa.json": indicator_map.map_json,
        "wskaznik/<str:indicator>/mapa.svg": indicator_map.map_svg,
        "wykres/<str:kind>.<str:form>": charts.file,
        "osadz/<str:kind>": charts.embedded,
        "analizy": explorer.explorer,
        "analizy/podpowiedzi.json": explorer.suggestions,
        "analizy/mapa.json": explorer_answers.map_json,
        "analizy/mapa.svg": explorer_answers.map_svg,
        "raporty/podpowiedzi.json": builder.suggestions,
        "raporty/plik.<str:form>": report_files.quick_file,
        "raport/<str:digest>/podglad": saved.preview,
        "grupy": groups.index,
        "grupa/<str:group>": groups.group,
        "pokrycie": coverage.coverage,
        "jakosc": findings.quality,
        "jakosc/<str:code>": findings.one_code,
        "pliki": bulk.index,
        "pliki/<str:asked>": bulk.index,
        "wydania": releases.release_list,
        "wydania/<str:asked>": releases.one_release,
        "wydania/<str:asked>/<str:other>.csv": release_changes.release_changes_csv,
        "wydania/<str:asked>/<str:other>": release_changes.release_changes,
        "mapa-strony": sitemap.site_map,
        "api/opis": api_reference.reference,
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
    found += [
        path(f"{prefix}analizy/dane.{form}", guarded(explorer_files.file), told | {"form": form})
        for form in ("csv", "xlsx")
    ]
    found += [
        path(prefix + address, guarded(view, "POST"), told) for address, view in _WRITTEN.items()
    ]
    if prefix:
        found.append(path("en", guarded(start.start), told))
    return found


urlpatterns = [pattern for lang in LANGS for pattern in pages(lang)]
urlpatterns += [path("l", explorer_links.link), path("l/<str:key>", explorer_links.go)]
urlpatterns += [
    path("robots.txt", guarded(sitemap.robots)),
    path("sitemap.xml", guarded(sitemap.sitemap_index)),
    path("sitemap-<str:part>.xml", guarded(sitemap.sitemap_part)),
]
