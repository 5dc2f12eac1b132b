"""Values and comparisons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.catalogue import DEFAULT_SYSTEM
from smup.compare import ComparisonError, compare_unit
from smup.compute.bridged_variables import Bridged
from smup.compute.evaluate import is_amount
from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.panel.panel import FIRST_GAP
from smup.present.insights import explanation
from smup.store.releases import Release
from smup.territory import Level
from smup.territory.bridge import NoBorders, asked_borders
from smup.web.api import schemas
from smup.web.api.answers import current, head, json
from smup.web.api.parameters import (
    items,
    one_of,
    only,
    required,
    the_indicator,
    the_unit,
    years,
)
from smup.web.api.problems import Problem
from smup.web.config.limits import MOST_CELLS

router = Router()
MOST_BRIDGED = 10  # indicators of one answer on other borders: each is worked out anew


@router.get("/data", response=schemas.Data)
@only("indicator", "unit", "year", "prices", "territory")
def data(
    request: HttpRequest,
    indicator: str = "",
    unit: str = "",
    year: str = "",
    prices: str = "",
    territory: str = "",
) -> HttpResponse:
    """Values of indicators (required), units (default: all) and years (default: all with data).

    ``indicator=a,b&unit=1465,020101&year=2020-2024``. The answer is always complete; one that
    would be too large is refused with 413. With ``prices=2024`` amounts are in the prices of that
    year; only indicators that are amounts may then be asked for. With ``territory=published``,
    ``current`` or a year every row says how it was brought to these borders.
    """
    release = current(request)
    chosen = [
        the_indicator(release, name, "indicator").id
        for name in items(required(indicator, "indicator"))
    ]
    codes = _codes(release, unit)
    asked = years(release, year) if year else None
    spans = {name: asked or release.years_of(name) for name in chosen}
    cells = len(codes) * sum(len(span) for span in spans.values())
    if cells > MOST_CELLS:
        detail = (
            f"Zapytanie obejmuje {cells} komórek, najwięcej {MOST_CELLS}. Zawęź lata lub jednostki "
            "albo pobierz całe wydanie: /files/latest/values.parquet."
        )
        raise Problem(413, detail, "unit" if not unit else "year")
    base = _price_year(release, chosen, prices)
    bridged = _bridged(release, chosen, territory, prices)
    panels = {
        name: release.indicators if base is None else release.in_prices_of(base, name)
        for name in chosen
    } | {name: one.panel for name, one in bridged.items()}
    rows = [row for name in chosen for row in _rows(panels[name], name, codes, spans[name])]
    if territory:
        rows = [row | _told(bridged.get(row["indicator"]), row) for row in rows]
    return json(
        {
            **head(release),
            "complete": True,
            "indicators": chosen,
            "units": codes,
            "years": sorted({y for span in spans.values() for y in span}),
            "rows": rows,
        }
        | ({} if base is None else {"prices": base})
        | ({"territory": territory} if territory else {})
    )


@router.get("/compare", response=schemas.Comparison)
@only("unit", "indicator", "year", "role", "groups", "explain", "units")
def compare(
    request: HttpRequest,
    unit: str = "",
    indicator: str = "",
    year: str = "",
    role: str = "",
    groups: str = DEFAULT_SYSTEM,
    explain: str = "",
    units: str = "",
) -> HttpResponse:
    """One figure against neighbours, group, powiat, województwo and country.

    ``groups`` is the system of fixed groups (see ``groups``) in which its group is sought;
    ``units`` are codes of a list of the reader's own.
    ``explain=1`` adds what could be expected of the unit, who improved from where it was, and what
    the medians would take.
    """
    release = current(request)
    found = the_unit(release, required(unit, "unit"), "unit")
    chosen = the_indicator(release, required(indicator, "indicator"), "indicator")
    when = years(release, year) if year else [None]
    if len(when) > 1:
        raise Problem(400, "Porównanie dotyczy jednego roku.", "year")
    if not found.levels:
        raise Problem(400, f"{found.code} jest sumą gmin i nie ma porównań.", "unit")
    if role:
        one_of(role, [level.value for level in found.levels], "role")
    listed = [the_unit(release, code, "units").code for code in items(units)]
    system = one_of(groups, release.frame.systems, "groups")
    level = Level(role) if role else None
    try:
        result = compare_unit(
            release.frame, found.code, chosen.id, when[0], level, groups=system, units=listed
        )
    except ComparisonError as refused:  # a unit of the list has no such role, or no data yet
        raise Problem(400, str(refused), "units" if listed else "indicator") from None
    asked = one_of(explain or "0", ("0", "1"), "explain") == "1"
    explained = explanation(release.frame, result) if asked else {}
    return json(head(release) | result.to_dict() | explained)


def _codes(release: Release, unit: str) -> list[str]:
    """Stable codes of the units asked for, each once; all of the release by default."""
    if not unit:
        return list(release.indicators.units)
    return list(dict.fromkeys(the_unit(release, code, "unit").code for code in items(unit)))


def _price_year(release: Release, indicators: list[str], asked: str) -> int | None:
    """The year in whose prices amounts are asked for."""
    if not asked:
        return None
    known = release.catalogue.prices
    if (
        known is None
        or not asked.isascii()
        or not asked.isdecimal()
        or int(asked) not in known.years
    ):
        span = f"{known.years[0]}–{known.years[-1]}" if known else "brak"
        raise Problem(400, f"Nie ma cen roku „{asked[:20]}”. Znane lata: {span}.", "prices")
    for name in indicators:
        if not is_amount(release.catalogue, release.catalogue.indicators[name]):
            raise Problem(400, f"Wskaźnik „{name}” nie jest kwotą: nie ma cen stałych.", "prices")
    return int(asked)


def _bridged(
    release: Release, chosen: list[str], territory: str, prices: str
) -> dict[str, Bridged]:
    """The indicators on the borders asked for; none as published, or while they wait for data."""
    if not territory:
        return {}
    if prices:
        raise Problem(400, "Podaj ceny albo granice wybranego roku, nie oba naraz.", "territory")
    if len(chosen) > MOST_BRIDGED:
        detail = f"Na granicach wybranego roku najwyżej {MOST_BRIDGED} wskaźników naraz."
        raise Problem(413, detail, "indicator")
    try:
        borders = asked_borders(territory, release.indicators.years)
    except NoBorders as error:
        raise Problem(400, str(error), "territory") from error
    known = [name for name in chosen if name in release.indicators.item_index]
    return {} if borders is None else {n: release.on_borders_of(borders, n) for n in known}


def _told(bridged: Bridged | None, row: dict[str, Any]) -> dict[str, Any]:
    """How a row was brought to the borders asked for."""
    if bridged is None:
        return {"bridged": "exact", "share": None}
    return bridged.told(row["indicator"], row["year"], row["unit"])


def _rows(panel: Panel, indicator: str, codes: list[str], span: list[int]) -> list[dict[str, Any]]:
    if indicator not in panel.item_index:  # waits for data
        panel = Panel.empty([indicator], panel.years, panel.units)
    item = panel.item_index[indicator]
    columns = [panel.unit_index[code] for code in codes]
    rows = []
    for year in span:
        at = item, panel.year_index[year]
        values = panel.values[at][columns].tolist()
        status = panel.status[at][columns].tolist()
        flags = panel.flags[at][columns].tolist()
        rows += [
            {
                "indicator": indicator,
                "unit": code,
                "year": year,
                "value": value if reason < FIRST_GAP else None,
                "status": STATUS_NAMES[Status(reason)],
                "flags": flag_names(flag),
            }
            for code, value, reason, flag in zip(codes, values, status, flags, strict=True)
        ]
    return rows
