"""A series on the borders of a chosen year: the switch, the sentence, the marks beside values."""

from typing import Any

import numpy as np

from smup.catalogue import Indicator
from smup.compute.bridged_variables import Bridged
from smup.language import Lang
from smup.panel import Status
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory import Level, Unit
from smup.territory.bridge import How

_WORDS = {How.SUMMED: "borders_summed", How.APPORTIONED: "borders_apportioned"}


def offered_borders(release: Release, unit: Unit, indicator: Indicator) -> int | None:
    """The newest year of the indicator with the unit in it, where on the borders of that year the
    series is another one; None where nothing changes."""
    if not _ever_moved(release, unit):
        return None
    for year in reversed(release.years_of(indicator.id)):
        bridged = release.unit_on_borders_of(year, indicator.id, unit.code)
        cells = bridged.panel.status[0, :, bridged.panel.unit_index[unit.code]]
        if (cells != Status.NOT_EXISTING).any():
            return year if _differs(release, bridged, unit, indicator) else None
    return None


def asked_borders(asked: str, offered: int | None) -> int | None:
    """The borders asked for, where they are the ones offered; None as published."""
    return offered if offered is not None and asked == str(offered) else None


def border_switch(
    unit: Unit,
    indicator: Indicator,
    offered: int | None,
    chosen: int | None,
    role: Level | None,
    lang: Lang,
) -> list[dict[str, Any]]:
    """As published or on the borders of a year; nothing where that is the same."""
    if offered is None:
        return []
    t, asked = strings(lang), role.value if role else ""

    def to(year: object) -> str:
        return Addresses(lang).unit_indicator(unit.code, indicator.id, rola=asked, granice=year)

    return [
        {"name": t["borders_published"], "href": to(""), "chosen": chosen is None},
        {
            "name": t["borders_of"].format(year=offered),
            "href": to(offered),
            "chosen": chosen is not None,
        },
    ]


def border_words(
    release: Release, unit: Unit, indicator: Indicator, borders: int | None, lang: Lang
) -> str:
    """Which years were brought to the borders, how, and which could not be; "" as published."""
    if borders is None:
        return ""
    t, bridged = strings(lang), release.unit_on_borders_of(borders, indicator.id, unit.code)
    hows = _hows(release, bridged, unit, indicator)
    told = [t["borders_lead"].format(year=borders)]
    for how, words in {**_WORDS, How.IMPOSSIBLE: "borders_impossible"}.items():
        years = [year for year, one in hows.items() if one is how]
        if years:
            told.append(t[f"{words}_years"].format(years=year_span(years)))
    shares = {f"{c} {s}": (c, s) for y in hows for c, s in _shares(bridged, y, unit).items()}
    for code, share in shares.values():
        name = f"„{title(release.territory.units[code], lang)}”"
        told.append(t["borders_share"].format(name=name, share=f"{100 * share:.0f}"))
    return " ".join(told)


def marks(
    release: Release, unit: Unit, indicator: Indicator, borders: int | None, lang: Lang
) -> dict[int, str]:
    """Year -> word beside a value that was summed or divided."""
    if borders is None:
        return {}
    bridged, t = release.unit_on_borders_of(borders, indicator.id, unit.code), strings(lang)
    hows = _hows(release, bridged, unit, indicator)
    return {year: t[_WORDS[how]] for year, how in hows.items() if how in _WORDS}


def _ever_moved(release: Release, unit: Unit) -> bool:
    borders, own = release.territory.borders, unit.code.removesuffix("G")
    return any(own in borders.named(level) for level in Level)


def _differs(release: Release, bridged: Bridged, unit: Unit, indicator: Indicator) -> bool:
    """Is any value of the series another one, or gone, or new?"""
    panel, alone = release.indicators, bridged.panel
    own = panel.values[panel.item_index[indicator.id], :, panel.unit_index[unit.code]]
    new = alone.values[0, :, alone.unit_index[unit.code]]
    return not np.array_equal(own, new, equal_nan=True)


def _hows(release: Release, bridged: Bridged, unit: Unit, indicator: Indicator) -> dict[int, How]:
    """Year -> how, of the years in which anybody has a value and the unit has one or is refused."""
    panel, found = bridged.panel, {}
    for year in release.years_of(indicator.id):
        value, status, _ = panel.cell(indicator.id, year, unit.code)
        if value is not None or status is Status.NOT_BRIDGEABLE:
            at = panel.year_index[year], panel.unit_index[unit.code]
            found[year] = How(int(bridged.how[0][at]))
    return found


def _shares(bridged: Bridged, year: int, unit: Unit) -> dict[str, float]:
    """The units of a year that were divided, each with the share that is counted."""
    shares = bridged.shares.get((year, unit.code), {})
    return {code: share for code, share in shares.items() if share < 1}
