"""What one unit's comparison says, as frozen objects; ``to_dict`` gives the public JSON shape."""

from dataclasses import dataclass
from typing import Literal

from smup.catalogue import DEFAULT_SYSTEM
from smup.compare.intervals import Interval, Refusal
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.panel import STATUS_NAMES, Status, flag_names
from smup.territory import Level

ComparatorId = Literal["neighbours", "group", "peers", "powiat", "wojewodztwo", "kraj", "list"]
Reason = Literal["not_compared", "no_value", "small_base", "few_units", "low_coverage"]


@dataclass(frozen=True)
class Rank:
    """A place among the units of one comparator, best first, ties 1224 on published values.

    ``position`` is None where no place is given and ``reason`` says why: the unit takes no part in
    this comparison, it has no value that year, its rate stands on too small a base, fewer than 8
    units have data, less than 70 % have. ``low``-``high`` are the positions reached when each unit
    moves within its interval (``rank_interval``), those of the tie where there are no intervals.
    ``of`` counts the members (existing, the indicator applies to them), ``with_data`` those
    placed, ``tied`` those that share the position, the unit included.
    """

    position: int | None
    low: int | None
    high: int | None
    of: int
    with_data: int
    reason: Reason | None
    tied: int = 0

    @property
    def percentile(self) -> float | None:
        """Share (0-100) of units with data placed worse, half of the tie and the unit included."""
        if self.position is None:
            return None
        middle = 2 * self.position + self.tied - 2  # twice the units ahead of the tie's middle
        return 100 * (2 * self.with_data - middle) / (2 * self.with_data)

    @property
    def quartile(self) -> int | None:
        """1 (best placed) to 4, by the middle of the tie."""
        if self.position is None:
            return None
        return 1 + 2 * (2 * self.position + self.tied - 2) // self.with_data

    def to_dict(self) -> dict[str, object]:
        return {
            "position": self.position,
            "low": self.low,
            "high": self.high,
            "of": self.of,
            "with_data": self.with_data,
            "tied": self.tied,
            "percentile": self.percentile,
            "quartile": self.quartile,
            "reason": self.reason,
        }


def place(
    first: int,
    last: int,
    of: int,
    with_data: int,
    absent: Reason | None,
    reach: tuple[int, int] | None = None,
) -> Rank:
    """A Rank from what the kernel found (0: no position); ``absent`` is why the unit has none.

    ``reach`` are the places reached within intervals, by default those of the tie. The kernel has
    applied the limits; here they only tell which one it was.
    """
    if first and not absent:
        low, high = reach or (first, last)
        return Rank(first, low, high, of, with_data, None, tied=last - first + 1)
    enough = 100 * with_data >= ENOUGH_PERCENT * of
    limit: Reason = "few_units" if with_data < FEWEST or enough else "low_coverage"
    return Rank(None, None, None, of, with_data, absent or limit)


@dataclass(frozen=True)
class Comparator:
    """One set of units beside the unit. Statistics are None where no member has data.

    ``members`` are codes of all units of the set in the year. The unit itself is a member of every
    set but ``neighbours``, ``peers`` and a ``list`` that does not name it: their statistics are
    without it, their rank is with it.
    ``weighted`` is the ratio of sums (see ``smup.compare.weighted``), the others are unweighted.
    """

    id: ComparatorId
    members: tuple[str, ...]
    n: int
    with_data: int
    weighted: float | None
    mean: float | None
    median: float | None
    q1: float | None
    q3: float | None
    min: float | None
    max: float | None
    rank: Rank
    outside_stratum: bool = False  # peers of a unit that is a stratum of its own

    def to_dict(self) -> dict[str, object]:
        """Without ``members``, which may be thousands."""
        numbers = ("n", "with_data", "weighted", "mean", "median", "q1", "q3", "min", "max")
        return {
            "id": self.id,
            **{name: getattr(self, name) for name in numbers},
            "outside_stratum": self.outside_stratum,
            "rank": self.rank.to_dict(),
        }


@dataclass(frozen=True)
class Newest:
    """The unit's own newest value, told with its year, outside every rank."""

    year: int
    value: float

    def to_dict(self) -> dict[str, object]:
        return {"year": self.year, "value": self.value}


@dataclass(frozen=True)
class Basis:
    """The counts behind a rate: events, and the base they are divided by (None: a plain count)."""

    events: float
    base: float | None

    def to_dict(self) -> dict[str, object]:
        return {"events": self.events, "base": self.base}


@dataclass(frozen=True)
class Smoothed:
    """The rate drawn towards ``centre``, that of all units in the country together (see
    ``shrinkage``); ``weight`` (0-1) is how much of the unit's own rate remains."""

    value: float
    low: float
    high: float
    weight: float
    centre: float

    def to_dict(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("value", "low", "high", "weight", "centre")}


@dataclass(frozen=True)
class Comparison:
    """One unit in one indicator and year, against every set it belongs to.

    ``newest`` is set only where the unit has no value in ``year`` but has one in another year;
    ``interval`` only for rates of counts; ``smoothed`` is an alternative view that ranks nothing.
    """

    unit: str
    indicator: str
    year: int
    role: Level
    value: float | None
    status: Status
    flags: int
    newest: Newest | None
    rank: Rank
    comparators: tuple[Comparator, ...]
    groups: str = DEFAULT_SYSTEM  # the system in which ``group`` was sought
    interval: Interval | None = None  # of the value; ``interval_reason`` says why there is none
    interval_reason: Refusal | None = None
    basis: Basis | None = None
    smoothed: Smoothed | None = None

    def comparator(self, name: str) -> Comparator | None:
        """The comparator with this id; None where the unit has none such."""
        return next((c for c in self.comparators if c.id == name), None)

    def to_dict(self) -> dict[str, object]:
        """The shape of ``smup compare --json``."""
        return {
            "unit": self.unit,
            "indicator": self.indicator,
            "value": self.value,
            "status": STATUS_NAMES[self.status],
            "flags": flag_names(self.flags),
            "year": self.year,
            "role": self.role.value,
            "groups": self.groups,
            "newest": self.newest.to_dict() if self.newest else None,
            "interval": self.interval.to_dict() if self.interval else None,
            "interval_reason": self.interval_reason,
            "basis": self.basis.to_dict() if self.basis else None,
            "smoothed": self.smoothed.to_dict() if self.smoothed else None,
            "rank": self.rank.to_dict(),
            "comparators": [c.to_dict() for c in self.comparators],
        }
