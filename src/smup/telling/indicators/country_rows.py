"""Indicators as rows without a unit: Poland's value, and the spread of the units beside it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.panel.panel import FIRST_GAP
from smup.present.charts import StripSpec, strip
from smup.present.values import number_and_symbol, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.feeding import suppliers
from smup.telling.methodology import address_of
from smup.telling.naming import level_name
from smup.telling.strings import strings
from smup.telling.units.standing import columns_of_level
from smup.territory import Level

FEWEST = 3  # units with a value below which no spread is drawn


@dataclass(frozen=True)
class CountryRow:
    """``value`` is empty where Poland as a whole has none; ``waits`` says who is to supply what is
    missing where nobody has a value; ``median`` is the units' middle in words."""

    name: str
    question: str
    href: str
    method: str
    value: str
    symbol: str
    year: str
    strip: str
    median: str
    waits: str


@dataclass(frozen=True)
class Spread:
    """Quartiles of all units of a level in one year."""

    level: Level
    year: int
    low: float
    q1: float
    median: float
    q3: float
    high: float


def country_row(release: Release, indicator: Indicator, lang: Lang) -> CountryRow:
    to, t = Addresses(lang), strings(lang)
    waits = ""
    if not release.years_of(indicator.id):
        who = ", ".join(suppliers(release, indicator))
        waits = f"{t['waits_for_data']}: {who}" if who else t["waits_for_data"]
    spread = spread_of(release, indicator.id)
    year, value = country_value(release, indicator, spread.year if spread else None)
    number, symbol = "", ""
    if value is not None:
        measure = release.catalogue.measures[indicator.unit]
        number, symbol = number_and_symbol(value, indicator, measure, lang)
    beside = value if spread and year == spread.year and indicator.aggregate != "sum" else None
    level = {"poziom": spread.level.value, "rok": spread.year} if spread else {}
    return CountryRow(
        name=getattr(indicator.name, lang),
        question=getattr(indicator.question, lang),
        href=to.indicator(indicator.id, **level),
        method=address_of(lang)(f"indicator:{indicator.id}"),
        value=number,
        symbol=symbol,
        year=str(year or ""),
        strip=_strip(indicator, spread, beside, lang),
        median=_median(release, indicator, spread, lang),
        waits=waits,
    )


def country_value(
    release: Release, indicator: Indicator, year: int | None
) -> tuple[int | None, float | None]:
    """Poland's value of a year, else its newest; (None, None) where it has none."""
    if not release.years_of(indicator.id):
        return None, None
    known = {y: v for y, v, _, _ in release.series(indicator.id, "PL") if v is not None}
    chosen = year if year in known else max(known, default=None)
    return (None, None) if chosen is None else (chosen, known[chosen])


@lru_cache(maxsize=2048)
def spread_of(release: Release, indicator: str) -> Spread | None:
    """Of the gminas where they are compared, else of the powiats, in the year of comparison."""
    panel = release.indicators
    item = panel.item_index.get(indicator)
    if item is None:
        return None
    for level in (Level.GMINA, Level.POWIAT):
        year = release.default_year(indicator, level)
        if year is None:
            continue
        columns = columns_of_level(release, level)
        at = item, panel.year_index[year]
        values = panel.values[at][columns][panel.status[at][columns] < FIRST_GAP]
        if len(values) >= FEWEST:
            return Spread(level, year, *np.quantile(values, (0, 0.25, 0.5, 0.75, 1)).tolist())
    return None


def _strip(indicator: Indicator, spread: Spread | None, value: float | None, lang: Lang) -> str:
    if spread is None:
        return ""
    told = [spread.low, spread.median, spread.high]
    low, middle, high = (format_number(one, indicator.decimals, lang) for one in told)
    label = strings(lang)["country_strip"].format(
        level=level_name(spread.level, lang), low=low, median=middle, high=high
    )
    parts = (spread.low, spread.q1, spread.median, spread.q3, spread.high)
    return strip(StripSpec(*parts, value, label))


def _median(release: Release, indicator: Indicator, spread: Spread | None, lang: Lang) -> str:
    if spread is None:
        return ""
    measure = release.catalogue.measures[indicator.unit]
    return strings(lang)["country_median"].format(
        level=level_name(spread.level, lang),
        median=value_text(spread.median, indicator, measure, lang),
        year=spread.year,
    )
