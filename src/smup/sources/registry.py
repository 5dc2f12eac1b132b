"""The providers ``smup sync`` knows, in the order in which they are asked."""

from importlib import import_module

from smup.catalogue.errors import nearest
from smup.sources.provider import Provider

PROVIDERS = {
    "bdl": "smup.sources.bdl",
    "mf": "smup.sources.budget",
    "smup": "smup.sources.national",
    "dane-gov": "smup.sources.dane_gov",
    "teryt": "smup.sources.teryt",
}


class UnknownProvider(ValueError):
    """Nobody asks such a provider; one Polish sentence with the nearest known."""


def provider(name: str) -> Provider:
    """The provider; its package is imported now. Raises UnknownProvider."""
    if name not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise UnknownProvider(f"Nie ma źródła „{name}”{nearest(name, PROVIDERS)}; są: {known}.")
    found: Provider = import_module(PROVIDERS[name]).PROVIDER
    return found
