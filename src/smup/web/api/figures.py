"""Values and comparisons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.compare import compare_unit
from smup.compute.evaluate import is_amount
from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.territory import Level
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

router = Router()
MOST = 200_000  # cells of one answer; more are in the bulk files


@router.get("/data", response=schemas.Data)
@only("indicator", "unit", "year", "prices")
def data(
    request: HttpRequest, indicator: str = "", unit: str = "", year: str = "", prices: str = ""
) -> HttpResponse:
    """Values of indicators (required), units (default: all) and years (default: all with data).

    ``indicator=a,b&unit=1465,020101&year=2020-2024``. The answer is always complete; one that
    would be too large is refused with 413. With ``prices=2024`` amounts are in the prices of that
    year; only indicators that are amounts may then be asked for.
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
    if cells > MOST:
        detail = (
            f"Zapytanie obejmuje {cells} komórek, najwięcej {MOST}. Zawęź lata lub jednostki albo "
            "pobierz całe wydanie: /files/latest/values.parquet."
        )
        raise Problem(413, detail, "unit" if not unit else "year")
    base = _price_year(release, chosen, prices)
    panels = {
        name: release.indicators if base is None else release.in_prices_of(base, name)
        for name in chosen
    }
    rows = [row for name in chosen for row in _rows(panels[name], name, codes, spans[name])]
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
    )


@router.get("/compare", response=schemas.Comparison)
@only("unit", "indicator", "year", "role")
def compare(
    request: HttpRequest, unit: str = "", indicator: str = "", year: str = "", role: str = ""
) -> HttpResponse:
    """One figure against neighbours, group, powiat, województwo and country."""
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
    result = compare_unit(
        release.frame, found.code, chosen.id, year=when[0], role=Level(role) if role else None
    )
    return json(head(release) | result.to_dict())


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
