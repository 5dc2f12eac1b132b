"""Series of one indicator in the small country, long enough for change and trend."""

from collections.abc import Mapping, Sequence
from typing import Any

from smup.catalogue import Catalogue, Variable
from smup.compare import Frame
from smup.compute.evaluate import evaluate
from smup.panel import Status
from smup.territory import Territory
from tests.helpers.country import country, panel_of
from tests.helpers.definitions import TEXT, a_catalogue, a_group, an_indicator

Cell = float | Status | None
START = 2012
GMINAS = (
    "020101", "020102", "020103", "020201", "020202", "020203", "040101", "040102", "040103",
)  # fmt: skip
ALL = a_group("wszystkie", "gmina-miejska", "gmina-wiejska", "gmina-miejsko-wiejska")


def figures(
    series: Mapping[str, Sequence[Cell]],
    *,
    more: Mapping[str, Mapping[str, Sequence[Cell]]] | None = None,
    breaks: Mapping[str, Sequence[int]] | None = None,
    flags: Mapping[tuple[str, int, str], int] | None = None,
    territory: Territory | None = None,
    start: int = START,
    formula: str = "a",
    **settings: Any,
) -> Frame:
    """The indicator ``x`` from the variable ``a`` by unit and year from ``start``; ``more`` are
    further variables, ``breaks`` the years in which a variable breaks."""
    by_variable = {"a": series, **(more or {})}
    cells = {
        (variable, start + at, unit): cell
        for variable, units in by_variable.items()
        for unit, row in units.items()
        for at, cell in enumerate(row)
        if cell is not None
    }
    length = max((len(row) for row in series.values()), default=1)
    years = tuple(range(start, start + length))
    territory = territory or country()
    variables = panel_of(
        cells, ("a", "b", "ludnosc"), flags, years=years, units=tuple(territory.units)
    )
    settings = {"aggregate": "none", "better": "higher"} | settings
    catalogue = with_breaks(
        a_catalogue(an_indicator("x", formula, **settings), groups=(ALL,)), breaks or {}
    )
    return Frame(catalogue, territory, evaluate(catalogue, variables, territory), variables)


def with_breaks(catalogue: Catalogue, breaks: Mapping[str, Sequence[int]]) -> Catalogue:
    variables = {
        name: Variable.model_validate(
            {
                "id": name, "name": TEXT, "unit": "os", "additive": True, "scope": "territory",
                "kinds": ("gmina",), "reference_day": "12-31",
                "breaks": [{"year": year, "reason": TEXT} for year in years],
            }
        )
        for name, years in breaks.items()
    }  # fmt: skip
    return catalogue.model_copy(update={"variables": variables})
