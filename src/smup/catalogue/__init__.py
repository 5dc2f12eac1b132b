"""Areas, services, variables, indicators, groups and sources, parsed once into frozen objects."""

from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.load import load_catalogue
from smup.catalogue.models import (
    Area,
    Catalogue,
    Dimension,
    Group,
    Indicator,
    Measure,
    Place,
    Service,
    Source,
    Text,
    Variable,
)

__all__ = [
    "Area",
    "Catalogue",
    "CatalogueError",
    "CatalogueErrors",
    "Dimension",
    "Group",
    "Indicator",
    "Measure",
    "Place",
    "Service",
    "Source",
    "Text",
    "Variable",
    "load_catalogue",
]
