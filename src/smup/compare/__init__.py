"""Where a unit stands among others: groups, positions, quantiles, comparisons."""

from smup.compare.compare import ComparisonError, compare_unit
from smup.compare.comparison import Comparator, Comparison, Newest, Rank
from smup.compare.frame import Figures, Frame
from smup.compare.groups import default_role, group_of, populations, stratum
from smup.compare.kernels import STATISTICS
from smup.compare.positions import COMPARATORS, Positions, all_positions, positions

__all__ = [
    "COMPARATORS",
    "STATISTICS",
    "Comparator",
    "Comparison",
    "ComparisonError",
    "Figures",
    "Frame",
    "Newest",
    "Positions",
    "Rank",
    "all_positions",
    "compare_unit",
    "default_role",
    "group_of",
    "populations",
    "positions",
    "stratum",
]
