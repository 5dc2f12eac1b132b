"""``/jst/{code}/wskaznik/{indicator}``: one figure of one unit, in time and among others."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Indicator
from smup.compare import compare_unit
from smup.compare.groups import stratum
from smup.compute.evaluate import is_amount
from smup.language import Lang
from smup.panel import Status
from smup.present.figure import Figure
from smup.present.sentences import order_words, position_sentence
from smup.present.values import flag_words, gap, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import published_by
from smup.telling.charts.compared import compared_bars
from smup.telling.charts.trend import trend
from smup.telling.feeding import missing_variables
from smup.telling.methodology import address_of, gap_address
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.unit_indicator.bordering import (
    asked_borders,
    border_switch,
    border_words,
    offered_borders,
)
from smup.telling.unit_indicator.changing import change_section
from smup.telling.unit_indicator.comparison import compared
from smup.telling.unit_indicator.grouping import GROUPS, asked_system, system_switch
from smup.telling.unit_indicator.insights import insights
from smup.telling.unit_indicator.uncertainty import chance_words
from smup.telling.units.company import comparator_name
from smup.telling.units.standing import role_of
from smup.territory import Level, Unit
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import asked_prices, asked_role, the_indicator, the_unit
from smup.web.portal.views.unit import introduction


def unit_indicator(request: HttpRequest, code: str, indicator: str, lang: Lang) -> HttpResponse:
    release = release_of(request)
    to = Addresses(lang)
    chosen = the_indicator(release, indicator, lang, lambda now: to.unit_indicator(code, now))
    unit = the_unit(release, code, lang, f"/wskaznik/{indicator}")
    asked = asked_role(request, unit)
    role = role_of(unit, chosen, asked)
    prices = asked_prices(request, release, chosen)
    offered = offered_borders(release, unit, chosen)
    borders = asked_borders(request.GET.get("granice", ""), offered) if prices is None else None
    drawn = trend(release, unit, chosen, role, lang, prices, borders)
    context = introduction(release, unit, asked, lang) | {
        "indicator": described(release, chosen, lang),
        "newest": newest_value(release, unit, chosen, lang),
        **folds(release, unit, chosen, lang),
        "missing_variables": missing_variables(release, chosen, lang),
        "prices": price_switch(release, unit, chosen, prices, asked, lang),
        "borders": border_switch(unit, chosen, offered, borders, asked, lang),
        "border_words": border_words(release, unit, chosen, borders, lang),
        "trend": drawn if isinstance(drawn, Figure) else None,
        "trend_words": drawn if isinstance(drawn, str) else "",
        "role": strings(lang)[f"role_{role.value}"] if len(unit.levels) > 1 else "",
        "roles": [
            {
                "name": strings(lang)[f"role_{level.value}"],
                "href": to.unit_indicator(unit.code, chosen.id, rola=level.value),
                "chosen": level is role,
            }
            for level in unit.levels
            if len(unit.levels) > 1 and stratum(unit, chosen, level) is not None
        ],
    }
    system = asked_system(request.GET.get(GROUPS, ""), release)
    context |= comparison(release, unit, chosen, role, system, lang)
    context["groups"] = system_switch(release, unit, chosen, system, asked, lang)
    context |= change_section(release, unit, chosen, role, prices, lang)
    return render(request, "unit_indicator.html", context, lang, release)


def price_switch(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    chosen: int | None,
    role: Level | None,
    lang: Lang,
) -> list[dict[str, Any]]:
    """Current prices or those of one year; nothing for what is no amount or has one year only."""
    catalogue, t = release.catalogue, strings(lang)
    years = release.years_of(indicator.id)
    if catalogue.prices is None or not is_amount(catalogue, indicator) or len(years) < 2:
        return []
    base = chosen or min(catalogue.prices.years[-1], years[-1])
    asked = role.value if role else ""

    def to(year: object) -> str:
        return Addresses(lang).unit_indicator(unit.code, indicator.id, rola=asked, ceny=year)

    return [
        {"name": t["prices_current"], "href": to(""), "chosen": chosen is None},
        {"name": t["prices_of"].format(year=base), "href": to(base), "chosen": chosen == base},
    ]


def comparison(
    release: Release, unit: Unit, indicator: Indicator, role: Level, system: str, lang: Lang
) -> dict[str, Any]:
    """The comparison of the default year; nothing where no year can be compared."""
    if not unit.levels or release.default_year(indicator.id, role) is None:
        return {"compared": [], "bars": None, "finding": "", "year": None}
    found = compare_unit(release.frame, unit.code, indicator.id, role=role, groups=system)
    result = found.to_dict()
    rows = compared(release, unit, indicator, result, lang)
    return {
        "year": result["year"],
        "compared": rows,
        "has_weighted": any(row.weighted for row in rows),
        "order_words": order_words(indicator, lang),
        "chance": chance_words(release, unit, indicator, result, lang),
        "bars": compared_bars(release, unit, indicator, result, lang),
        "insights": insights(release, unit, indicator, found, lang),
        "finding": _finding(release, unit, indicator, result, lang),
        "gap_in_year": ""
        if result["value"] is not None
        else _gap(release, unit, indicator, result, lang),
    }


def _finding(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> str:
    """The sentence about the fixed group, where the unit has a value and the group a median."""
    group = next((c for c in result["comparators"] if c["id"] == "group"), None)
    if result["value"] is None or group is None or group["median"] is None:
        return ""
    return position_sentence(
        title(unit, lang),
        result["year"],
        result["value"],
        comparator_name(release, unit, "group", lang, result["groups"]),
        group["median"],
        indicator,
        release.catalogue.measures[indicator.unit],
        lang,
    )


def _gap(
    release: Release, unit: Unit, indicator: Indicator, result: Mapping[str, Any], lang: Lang
) -> str:
    status = Status[str(result["status"]).upper()]
    return f"{result['year']}: {gap(status, lang)}"


def newest_value(release: Release, unit: Unit, indicator: Indicator, lang: Lang) -> dict[str, str]:
    """The unit's newest value in words, or the reason why there is none."""
    measure = release.catalogue.measures[indicator.unit]
    cells = release.series(indicator.id, unit.code)
    for year, value, _, flags in reversed(cells):
        if value is not None:
            return {
                "value": value_text(value, indicator, measure, lang),
                "year": str(year),
                "flags": ", ".join(flag_words(flags, lang)),
                "gap": "",
                "gap_href": "",
            }
    status = cells[-1][2] if cells else Status.NOT_COLLECTED
    told = {"gap": gap(status, lang), "gap_href": gap_address(status, lang)}
    return {"value": "", "year": "", "flags": ""} | told


def folds(release: Release, unit: Unit, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """Every year's value with the address of its calculation, newest first, and the one shown
    large; none for an indicator that waits for data."""
    measure, to = release.catalogue.measures[indicator.unit], Addresses(lang)
    found, newest = [], None
    for year, value, status, flags in reversed(release.series(indicator.id, unit.code)):
        words = gap(status, lang) if value is None else value_text(value, indicator, measure, lang)
        said = ", ".join([f"{year}: {words}", *flag_words(flags, lang)])
        href = to.number(unit.code, indicator.id, year)
        found.append({"year": year, "href": href, "words": said})
        if newest is None and value is not None:
            newest = found[-1]
    return {"folds": found, "newest_fold": newest or (found[0] if found else None)}


def described(release: Release, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """What an indicator is, in the words of the catalogue."""
    catalogue, to = release.catalogue, Addresses(lang)
    measure = catalogue.measures[indicator.unit]
    service = catalogue.services[indicator.service] if indicator.service else None
    area = catalogue.areas[indicator.area]
    why = indicator.why_it_matters
    return {
        "id": indicator.id,
        "name": getattr(indicator.name, lang),
        "question": getattr(indicator.question, lang),
        "shows": getattr(indicator.what_it_shows, lang),
        "matters": getattr(why, lang) if why else "",
        "limitations": getattr(indicator.limitations, lang),
        "formula": indicator.formula,
        "measure": getattr(measure.name, lang),
        "symbol": getattr(measure.symbol, lang),
        "href": to.indicator(indicator.id),
        "preview": indicator.status == "preview",
        "area": {"name": getattr(area.name, lang), "href": to.area(area.id)},
        "service": {"name": getattr(service.name, lang), "href": to.service(service.id)}
        if service
        else None,
        "sources": published_by(release, indicator, lang),
        "comparable": indicator.comparable_over_time,
        "methodology": address_of(lang)(f"indicator:{indicator.id}"),
    }
