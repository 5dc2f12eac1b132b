"""What passed from which unit to which: one row of ``successions.csv`` each, level by level."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smup.territory.units import Level


class What(StrEnum):
    """How a border moved. A change of kind or name moves none and is no succession."""

    MERGE = "merge"  # all of a unit, which ends, joined another
    RENUMBERED = "renumbered"  # all of a unit goes on under a new code
    SPLIT = "split"  # a part became a new unit
    PART = "part"  # a part went to a unit that goes on

    @property
    def is_whole(self) -> bool:
        return self in (What.MERGE, What.RENUMBERED)

    @property
    def founds(self) -> bool:
        """Does the receiving unit begin here?"""
        return self in (What.SPLIT, What.RENUMBERED)


@dataclass(frozen=True, slots=True)
class Succession:
    """Land that changed hands on ``day`` at one level.

    ``share_population`` and ``share_area`` (0-1) say how much of ``from_unit`` went; None where
    nobody published it. ``territory_of`` names a former unit whose territory is exactly what went.
    """

    level: Level
    from_unit: str
    to_unit: str
    day: date
    what: What
    territory_of: str | None
    share_population: float | None
    share_area: float | None
    source: str
    note: str

    def __post_init__(self) -> None:
        if self.from_unit == self.to_unit:
            raise ValueError(f"{self.from_unit} nie może przejść w samą siebie")
        for share in (self.share_population, self.share_area):
            if share is not None and (self.what.is_whole or not 0 < share < 1):
                raise ValueError(f"udział {share} nie jest częścią jednostki")
