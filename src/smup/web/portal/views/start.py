"""``/``: one search field, a map to click, the areas, the release."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from smup.language import Lang, format_number, plural
from smup.present.maps import Look, choropleth
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.facts import links
from smup.territory import Kind, Level
from smup.web.config.current import release_of
from smup.web.portal.news import news
from smup.web.portal.page import render
from smup.web.portal.views.search import examples


def start(request: HttpRequest, lang: Lang) -> HttpResponse:
    release = release_of(request)
    wojewodztwa = [u for u in release.territory if u.kind is Kind.WOJEWODZTWO]
    context = {
        "map": _map(release, lang),
        "wojewodztwa": [
            replace(link, name=link.name.split(" ")[-1])
            for link in links(release, wojewodztwa, lang)
        ],
        "areas": area_cards(release, lang),
        "release_words": release_words(release, lang),
        "examples": examples(lang),
        "news": news(release, lang),
    }
    return render(request, "start.html", context, lang, release)


def area_cards(release: Release, lang: Lang) -> list[dict[str, object]]:
    """The areas with how many services they have and how many indicators carry figures."""
    to, catalogue = Addresses(lang), release.catalogue
    return [
        {
            "name": getattr(area.name, lang),
            "summary": getattr(area.summary, lang),
            "href": to.area(area.id),
            "number": area.number,
            "indicators": (n := len(catalogue.indicators_of(area=area.id))),
            "counts": count_words(len(catalogue.services_of(area.id)), n, lang),
        }
        for area in catalogue.areas.values()
    ]


def _map(release: Release, lang: Lang) -> str:
    """Powiats to click; "" where no shape is known. The list of województwa leads there too."""
    shape = release.geometry(Level.POWIAT)
    if shape is None:
        return ""
    units, to = release.territory.units, Addresses(lang)
    # One calm ground for all, województwa told apart by their borders.
    keys = {code: "0" for code in shape["paths"] if code in units}
    known = shape | {"paths": {c: d for c, d in shape["paths"].items() if c in units}}
    return choropleth(
        known,
        keys,
        "s",
        strings(lang)["map_of_powiats"],
        Look(link=lambda c: (to.unit(c), title(units[c], lang))),
    )


def count_words(services: int, indicators: int, lang: Lang) -> str:
    """12 usług, 3 wskaźniki; services are left out where an area has none."""
    if lang == "en":
        parts = [f"{services} service{'' if services == 1 else 's'}"] if services else []
        return ", ".join([*parts, f"{indicators} indicator{'' if indicators == 1 else 's'}"])
    parts = [f"{services} {plural(services, 'usługa', 'usługi', 'usług')}"] if services else []
    word = plural(indicators, "wskaźnik", "wskaźniki", "wskaźników")
    return ", ".join([*parts, f"{indicators} {word}"])


def release_words(release: Release, lang: Lang) -> str:
    """What the release holds, as a sentence. Cities with powiat rights count at both levels."""
    gminas, powiats = (
        sum(u.valid_to is None for u in release.territory.of_level(level))
        for level in (Level.GMINA, Level.POWIAT)
    )
    n, values = len(release.indicators.items), int(release.manifest["counts"]["values"])
    numbers = [format_number(v, 0, lang) for v in (n, values, gminas, powiats)]
    if lang == "en":
        return "{}: {} indicators and {} values for {} gminas and {} powiats.".format(
            release.id, *numbers
        )
    return (
        f"{release.id}: {numbers[0]} {plural(n, 'wskaźnik', 'wskaźniki', 'wskaźników')} "
        f"i {numbers[1]} {plural(values, 'wartość', 'wartości', 'wartości')} dla {numbers[2]} "
        f"{plural(gminas, 'gminy', 'gmin', 'gmin')} i {numbers[3]} "
        f"{plural(powiats, 'powiatu', 'powiatów', 'powiatów')} (miasta na prawach powiatu są "
        "jednym i drugim)."
    )
