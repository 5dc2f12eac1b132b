"""One figure against others."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.catalogue import DEFAULT_SYSTEM
from smup.compare import ComparisonError, compare_unit
from smup.present.insights import explanation
from smup.territory import Level
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import figures as schemas
from smup.web.open.answers import head, json
from smup.web.open.parameters import items, one_of, required, the_indicator, the_unit
from smup.web.open.problems import Problem
from smup.web.open.selecting import years

router = Router()


@router.get("/compare", response=schemas.Comparison)
@answering("unit", "indicator", "year", "role", "groups", "explain", "units")
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
    release = asked_release(request)
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
