"""Areas, services, variables, indicators, groups and sources, parsed once into frozen objects."""

from smup.catalogue.base import Dimension, Place, Text
from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.load import load_catalogue
from smup.catalogue.methods import (
    DEFAULT_SYSTEM,
    Factor,
    FrontierModel,
    Group,
    GroupSystem,
    SecrecyRule,
)
from smup.catalogue.models import Area, Catalogue, Indicator, Measure, Service, Source, Variable

__all__ = [
    "DEFAULT_SYSTEM",
    "Area",
    "Catalogue",
    "CatalogueError",
    "CatalogueErrors",
    "Dimension",
    "Factor",
    "FrontierModel",
    "Group",
    "GroupSystem",
    "Indicator",
    "Measure",
    "Place",
    "SecrecyRule",
    "Service",
    "Source",
    "Text",
    "Variable",
    "load_catalogue",
]
