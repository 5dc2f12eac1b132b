"""How a figure came about."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.formats.trace import trace_record
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import trace as schemas
from smup.web.open.answers import head, json
from smup.web.open.parameters import required, the_indicator, the_unit
from smup.web.open.problems import Problem
from smup.web.open.selecting import years

router = Router()


@router.get("/trace", response=schemas.Trace)
@answering("indicator", "unit", "year")
def trace(
    request: HttpRequest, indicator: str = "", unit: str = "", year: str = ""
) -> HttpResponse:
    """One figure from its source rows to the published value, worked out again.

    ``inputs`` are the unit's own figures, ``members`` the units of which a larger area is made up,
    ``numbers`` what stands in the formula; ``tables`` say where the rows are.
    """
    release = asked_release(request)
    chosen = the_indicator(release, required(indicator, "indicator"), "indicator")
    found = the_unit(release, required(unit, "unit"), "unit")
    when = years(release, required(year, "year"))
    if len(when) != 1:
        raise Problem(400, "Podaj jeden rok, np. 2024.", "year")
    if chosen.id not in release.indicators.item_index:
        detail = f"Wskaźnik „{chosen.id}” czeka na dane, więc nie ma jeszcze czego śledzić."
        raise Problem(404, detail, "indicator")
    told = release.trace(chosen.id, found.code, when[0])
    return json(head(release) | trace_record(release, told))
