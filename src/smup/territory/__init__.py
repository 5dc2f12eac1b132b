"""Units of local government: kinds, parents, validity in time, neighbours, search by name.

Knows nothing of indicators. Facts come from the CSV files in ``territory/``.
"""

from smup.territory.load import load_territory
from smup.territory.search import search
from smup.territory.territory import Territory
from smup.territory.units import GMINA_KINDS, Change, Kind, Level, Unit

__all__ = [
    "GMINA_KINDS",
    "Change",
    "Kind",
    "Level",
    "Territory",
    "Unit",
    "load_territory",
    "search",
]
