"""Units of local government: kinds, parents, validity in time, neighbours, search by name.

Knows nothing of indicators. Facts come from the CSV files in ``territory/``.
"""

from smup.territory.load import TerritoryError, load_parts, load_territory, load_tiles
from smup.territory.search import Hit, search, suggest
from smup.territory.successions import Succession
from smup.territory.territory import Territory
from smup.territory.units import GMINA_KINDS, Change, Kind, Level, Unit

__all__ = [
    "GMINA_KINDS",
    "Change",
    "Hit",
    "Kind",
    "Level",
    "Succession",
    "Territory",
    "TerritoryError",
    "Unit",
    "load_parts",
    "load_territory",
    "load_tiles",
    "search",
    "suggest",
]
