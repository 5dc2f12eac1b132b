"""The site map for people (``/mapa-strony``) and for search engines (``/sitemap.xml``), robots."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from smup.language import Lang, sort_key
from smup.present.svg import escape_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import LANGS, strings
from smup.telling.units.facts import links
from smup.territory import Kind
from smup.web.config.current import release_of
from smup.web.config.origin import origin
from smup.web.config.page_cache import cacheable
from smup.web.portal.page import render

# Pages there is one of, with the key of their name
PAGES = {
    "/": "to_start",
    "/szukaj": "search_title",
    "/porownaj": "compare_title",
    "/analizy": "explorer",
    "/raporty": "reports_title",
    "/pokrycie": "coverage",
    "/jakosc": "quality",
    "/metodologia": "methodology",
    "/metodologia/slownik": "glossary",
    "/grupy": "groups",
    "/wydania": "releases",
    "/pliki": "bulk_title",
    "/api": "api_docs",
    "/api/jak-podlaczyc": "connect_title",
    "/szkolenia/": "trainings_nav",
    "/o-serwisie": "about",
    "/deklaracja-dostepnosci": "accessibility",
    "/prywatnosc": "privacy",
}
PARTS = ("strony", "wskazniki", "jednostki")
LIMIT = 50_000  # addresses in one file, by the protocol
_CLOSED = (
    *("/szukaj", "/en/szukaj", "/wykres/", "/en/wykres/"),
    *("/raporty/plik.", "/en/raporty/plik.", "/raport/", "/en/raport/"),
    "/*?wydanie=",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def site_map(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Every page a person may look for; units by województwo and powiat stand on their pages."""
    release, to, t = release_of(request), Addresses(lang), strings(lang)
    wojewodztwa = [u for u in release.territory if u.kind is Kind.WOJEWODZTWO]
    context = {
        "pages": [{"name": t[key], "href": to.page(path)} for path, key in PAGES.items()],
        "areas": [_area(release, area.id, lang) for area in release.catalogue.areas.values()],
        "units": [
            {"name": title(release.territory.units["PL"], lang), "href": to.unit("PL")},
            *links(release, wojewodztwa, lang),
        ],
        "page_title": t["site_map"],
    }
    return render(request, "site_map.html", context, lang, release)


def _area(release: Release, area: str, lang: Lang) -> dict[str, Any]:
    to, catalogue = Addresses(lang), release.catalogue
    loose = [i for i in catalogue.indicators_of(area=area) if i.service is None]
    services = [
        {"name": getattr(one.name, lang), "href": to.service(one.id)}
        for one in catalogue.services_of(area)
    ]
    return {
        "name": getattr(catalogue.areas[area].name, lang),
        "href": to.area(area),
        "links": services
        or sorted(
            ({"name": getattr(one.name, lang), "href": to.indicator(one.id)} for one in loose),
            key=lambda link: sort_key(link["name"]),
        ),
    }


def sitemap_index(request: HttpRequest) -> HttpResponse:
    release_of(request)
    rows = "".join(
        f"<sitemap><loc>{escape_text(origin(request))}/sitemap-{part}.xml</loc></sitemap>"
        for part in PARTS
    )
    return _xml(f"{_HEAD}<sitemapindex {_SPACES}>{rows}</sitemapindex>")


def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """Addresses of one kind in both languages, each naming the other. Raises Http404."""
    release = release_of(request)
    if part not in PARTS:
        raise Http404(f"Nie ma części „{part[:40]}” mapy strony: {', '.join(PARTS)}.")
    rows = "".join(_url(path, origin(request)) for path in _paths(release, part))
    return _xml(f"{_HEAD}<urlset {_SPACES}>{rows}</urlset>")


def robots(request: HttpRequest) -> HttpResponse:
    """Where robots are welcome; nowhere among invented figures."""
    if release_of(request).synthetic:
        told = "User-agent: *\nDisallow: /\n"
    else:
        closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
        told = f"User-agent: *\n{closed}\nSitemap: {origin(request)}/sitemap.xml\n"
    return cacheable(HttpResponse(told, content_type="text/plain; charset=utf-8"))


def _paths(release: Release, part: str) -> Iterable[str]:
    """Polish addresses without a prefix."""
    to, catalogue = Addresses("pl"), release.catalogue
    if part == "jednostki":
        return [to.unit(unit.code) for unit in release.territory]
    if part == "wskazniki":
        shown = [one.id for one in catalogue.shown]
        return [
            *(to.indicator(one) for one in shown),
            *(f"/metodologia/wskaznik/{one}" for one in shown),
        ]
    return [
        *(path for path in PAGES if path != "/szukaj"),
        "/mapa-strony",
        *(to.area(one) for one in catalogue.areas),
        *(to.service(one) for one in catalogue.services),
        *(f"/metodologia/usluga/{one}" for one in catalogue.services),
    ]


def _url(path: str, at: str) -> str:
    english = "/en" if path == "/" else f"/en{path}"
    by_lang = {"pl": at + path, "en": at + english}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape_text(by_lang[lang])}"/>'
        for lang in LANGS
    )
    return "".join(f"<url><loc>{escape_text(by_lang[lang])}</loc>{others}</url>" for lang in LANGS)


def _xml(body: str) -> HttpResponse:
    return cacheable(HttpResponse(body, content_type="application/xml; charset=utf-8"))
