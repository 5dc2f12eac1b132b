"""``/jst/{code}/wskaznik/{indicator}/liczba?rok=``: one number opened to its source rows."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.values import flag_words
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import missing_variables
from smup.telling.unit_indicator.opening import Opening
from smup.telling.unit_indicator.opening_rows import inputs, parts, tables
from smup.territory import Unit
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import the_indicator, the_unit
from smup.web.portal.views.unit import introduction

YEAR = "rok"


def number(request: HttpRequest, code: str, indicator: str, lang: Lang) -> HttpResponse:
    """The calculation of one value, or of why there is none, worked out again."""
    release, to = release_of(request), Addresses(lang)
    chosen = the_indicator(release, indicator, lang, lambda now: to.number(code, now))
    unit = the_unit(release, code, lang, f"/wskaznik/{indicator}/liczba")
    context: dict[str, Any] = introduction(release, unit, None, lang) | {
        "indicator": getattr(chosen.name, lang),
        "indicator_href": to.unit_indicator(unit.code, chosen.id),
        "missing_variables": missing_variables(release, chosen, lang),
        "roles": [],
    }
    if chosen.id in release.indicators.item_index:
        year = asked_year(request, release, chosen, unit)
        context |= opened(release, chosen, unit, year, lang)
        context["years"] = [
            {"year": one, "href": to.number(unit.code, chosen.id, one), "chosen": one == year}
            for one in release.years_of(chosen.id)
        ]
    return render(request, "number.html", context, lang, release)


def asked_year(request: HttpRequest, release: Release, indicator: Indicator, unit: Unit) -> int:
    """The year asked for where the release has it; else the newest in which the unit has a value,
    or anybody has."""
    asked = request.GET.get(YEAR, "")
    if asked.isascii() and asked.isdecimal() and int(asked[:6]) in release.indicators.year_index:
        return int(asked)
    cells = release.series(indicator.id, unit.code)
    known = [year for year, value, _, _ in cells if value is not None]
    everybody = [year for year, _, _, _ in cells] or [release.indicators.years[-1]]
    return (known or everybody)[-1]


def opened(
    release: Release, indicator: Indicator, unit: Unit, year: int, lang: Lang
) -> dict[str, Any]:
    """The calculation as the template shows it."""
    trace = release.trace(indicator.id, unit.code, year)
    say = Opening(release, indicator, trace, lang)
    value, status, flags = trace.stored
    return {
        "year": year,
        "value": say.value(value, status) if value is not None else "",
        "gap": "" if value is not None else say.value(value, status),
        "flags": ", ".join(flag_words(flags, lang)),
        "proof": say.proof(),
        "differs": say.differs,
        "steps": say.steps(),
        "inputs": inputs(say),
        "parts": parts(say),
        "tables": tables(say),
        "json": f"/api/v1/trace?indicator={indicator.id}&unit={unit.code}&year={year}",
    }
