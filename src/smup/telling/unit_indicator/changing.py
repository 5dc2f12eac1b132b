"""How one figure of a unit changed, in sentences."""

from typing import Any

from smup.catalogue import Indicator
from smup.compare.breaks import between, breaks_of, cuts
from smup.compare.change import Change, change_of
from smup.compare.kernels import FEWEST
from smup.compare.trend import trend
from smup.language import Lang
from smup.panel import Panel
from smup.present.changing import (
    among_sentence,
    breaks_sentence,
    chance_sentence,
    change_sentence,
    constant_sentence,
    trend_test_sentence,
)
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.company import group_words
from smup.territory import Level, Unit

SPAN = 5  # years over which a change is told, fewer where a break or the data say so


def change_section(
    release: Release,
    unit: Unit,
    indicator: Indicator,
    role: Level,
    prices: int | None,
    lang: Lang,
) -> dict[str, Any]:
    """``change_words`` (none where there are not two values) and, where the group has changes to
    stand among, ``quadrant_href``: the chart of ``change_quadrant`` by itself.

    An amount is in the ``prices`` of a year where one is given.
    """
    found = recent_change(release, unit, indicator, role, prices)
    if found is None:
        return {"change_words": [], "quadrant_href": "", "changes_href": ""}
    panel, change = found
    points = _points(panel, indicator.id, unit.code)
    years = [year for year, _ in points]
    breaks = breaks_of(release.frame, indicator.id, unit.code)
    measure = release.catalogue.measures[indicator.unit]
    words = [change_sentence(title(unit, lang), change, indicator, measure, lang)]
    words.append(constant_sentence(change, indicator, measure, lang))
    if change.reason is None:
        words.append(chance_sentence(change, indicator, measure, lang))
    words += [
        among_sentence(one, group_words(release, unit, lang), indicator, measure, lang)
        for one in change.among
        if one.id in ("group", "peers")
    ]
    if indicator.comparable_over_time:
        segments = trend(points, cuts(breaks, years))
        words.append(trend_test_sentence(segments, indicator, measure, lang))
    words.append(breaks_sentence(between(breaks, years[0], years[-1]), lang))
    return {
        "change_words": [one for one in words if one],
        "quadrant_href": _quadrant_href(unit, indicator, change, role, prices, lang),
        "changes_href": Addresses(lang).unit_changes(unit.code, od=change.start),
        "changes_words": strings(lang)["changes_of_all"].format(since=change.start),
    }


def recent_change(
    release: Release, unit: Unit, indicator: Indicator, role: Level, prices: int | None
) -> tuple[Panel, Change] | None:
    """The figures looked at and the change over ``SPAN``; None where there are not two values."""
    if indicator.id not in release.indicators.item_index:
        return None
    amounts = None if prices is None else release.in_prices_of(prices, indicator.id)
    panel = amounts or release.indicators
    years = [year for year, _ in _points(panel, indicator.id, unit.code)]
    if len(years) < 2:
        return None
    breaks = breaks_of(release.frame, indicator.id, unit.code)
    start = _start(years, lambda one: bool(between(breaks, one, years[-1])))
    level = role if role in unit.levels else None
    return panel, change_of(
        release.frame, unit.code, indicator.id, start, years[-1], level, amounts=amounts
    )


def change_query(unit: Unit, role: Level, prices: int | None) -> dict[str, object]:
    chosen = role.value if len(unit.levels) > 1 and role in unit.levels else ""
    return {"rola": chosen, "ceny": prices}


def _quadrant_href(
    unit: Unit, indicator: Indicator, change: Change, role: Level, prices: int | None, lang: Lang
) -> str:
    """Where the chart is; "" where the group has too few changes, or the unit none."""
    group = next((one for one in change.among if one.id == "group"), None)
    if change.amount is None or group is None or group.with_data < FEWEST:
        return ""
    asked = {"jst": unit.code, "wskaznik": indicator.id} | change_query(unit, role, prices)
    return Addresses(lang).page("/osadz/zmiana", **asked)


def _points(panel: Panel, indicator: str, unit: str) -> list[tuple[int, float]]:
    cells = ((year, panel.cell(indicator, year, unit)[0]) for year in panel.years)
    return [(year, value) for year, value in cells if value is not None]


def _start(years: list[int], broken: Any) -> int:
    """The earliest year within the span without a break in between; else the one before."""
    near = [year for year in years[:-1] if years[-1] - year <= SPAN]
    return next((year for year in near if not broken(year)), years[-2])
