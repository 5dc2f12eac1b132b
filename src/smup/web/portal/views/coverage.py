"""``/pokrycie``: what has data, for which years and how many units, and what waits for whom."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Area, Indicator
from smup.language import Lang, format_number, plural
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import fed, waiting_words
from smup.telling.naming import level_name, year_span
from smup.telling.strings import strings
from smup.telling.units.standing import columns_of_level
from smup.territory import Level
from smup.web.config.current import release_of
from smup.web.portal.page import render

LEVELS = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)


def coverage(request: HttpRequest, lang: Lang) -> HttpResponse:
    release = release_of(request)
    areas = [_area(release, area, lang) for area in release.catalogue.areas.values()]
    known = sum(area["fed"] for area in areas)
    every = sum(area["all"] for area in areas)
    context = {
        "areas": areas,
        "known": known,
        "every": every,
        "lead": strings(lang)["coverage_count"].format(known=known, every=every),
        "levels": [level_name(level, lang) for level in LEVELS],
        "suppliers": _suppliers(release, lang),
    }
    return render(request, "coverage.html", context, lang, release)


def _area(release: Release, area: Area, lang: Lang) -> dict[str, Any]:
    indicators = release.catalogue.indicators_of(area=area.id)
    having = fed(release, indicators)
    return {
        "id": area.id,
        "name": getattr(area.name, lang),
        "href": Addresses(lang).area(area.id),
        "all": len(indicators),
        "fed": len(having),
        "waiting": waiting_words(len(indicators) - len(having), lang),
        "rows": [_covered(release, one, lang) for one in having],
    }


def _covered(release: Release, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """The years of an indicator, and "n of N" units with a value in its newest year, by level."""
    years = release.years_of(indicator.id)
    panel = release.indicators
    at = panel.item_index[indicator.id], panel.year_index[years[-1]]
    counts = []
    for level in LEVELS:
        status = panel.status[at][columns_of_level(release, level)]
        known = int((status < FIRST_GAP).sum())
        concerned = (status != Status.NOT_EXISTING) & (status != Status.NOT_APPLICABLE)
        existing = format_number(int(concerned.sum()), 0, lang)
        counts.append(f"{format_number(known, 0, lang)} / {existing}" if known else "–")
    return {
        "name": getattr(indicator.name, lang),
        "href": Addresses(lang).indicator(indicator.id),
        "years": year_span(years),
        "newest": years[-1],
        "counts": counts,
    }


def _suppliers(release: Release, lang: Lang) -> list[dict[str, Any]]:
    """Publishers with the variables nobody has delivered yet, those that block most first."""
    catalogue, found = release.catalogue, dict[str, list[dict[str, Any]]]()
    for name, blocked in release.fed.blocks.items():
        if release.fed.variables[name].units:
            continue
        variable = catalogue.variables[name]
        source = catalogue.sources[variable.sources[0].source]
        found.setdefault(source.publisher, []).append(
            {
                "name": getattr(variable.name, lang),
                "source": getattr(source.title, lang),
                "form": variable.sources[0].form or "",
                "blocks": [_link(release, one, lang) for one in blocked],
            }
        )
    rows = [
        {
            "publisher": publisher,
            "variables": variables,
            "count": _variables(len(variables), lang),
            "blocked": waiting_words(_distinct(variables), lang),
        }
        for publisher, variables in found.items()
    ]
    return sorted(rows, key=lambda row: (-len(row["variables"]), row["publisher"]))


def _variables(count: int, lang: Lang) -> str:
    t = strings(lang)
    forms = t["variables_one"], t["variables_few"], t["variables_many"]
    return plural(count, *forms).format(n=count)


def _distinct(variables: list[dict[str, Any]]) -> int:
    return len({link["href"] for variable in variables for link in variable["blocks"]})


def _link(release: Release, indicator: str, lang: Lang) -> Mapping[str, str]:
    name = getattr(release.catalogue.indicators[indicator].name, lang)
    return {"name": name, "href": Addresses(lang).indicator(indicator)}
