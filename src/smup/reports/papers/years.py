"""The year a paper is about: a calendar year, or a school year that lies in two."""

from typing import Literal

from smup.catalogue import Indicator
from smup.store.releases import Release
from smup.telling.captions import variables_of

Part = Literal["beginning", "end", "budget"]

_DAYS: dict[str, Part] = {
    "09-30": "beginning",
    "rok szkolny": "beginning",  # recorded under the year in which it began
    "maj": "end",
    "lipiec": "end",
    "sierpień": "end",
}


LATER: dict[Part, int] = {"beginning": 0, "end": 1, "budget": 0}  # years after its first


def first_of_school_year(year: int, upto: int | None) -> int:
    """The year in which the paper's school year began: the ``year`` reports are about; where
    nothing later is to be looked at, the one before, so that its examinations are looked at too."""
    return year - (upto == year)


def school_year(first: int) -> str:
    """2024/2025 for 2024."""
    return f"{first}/{first + 1}"


def part_of_school_year(release: Release, indicator: Indicator) -> Part:
    """Which part of the paper's school year a figure speaks of: its beginning, where all it is made
    of is counted then; its end, as examinations; else the budget year in which it began."""
    variables = release.catalogue.variables
    days = {variables[one].reference_day for one in variables_of(release, indicator)}
    parts = {_DAYS.get(day, "budget") for day in days}
    return parts.pop() if len(parts) == 1 else "budget"
