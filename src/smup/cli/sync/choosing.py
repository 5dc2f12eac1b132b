"""Sources by the names a person gives."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smup.sources.provider import Provider


def chosen_providers(names: Sequence[str]) -> "list[Provider]":
    """The providers of these names, all where none is named. Raises UnknownProvider."""
    from smup.sources.registry import PROVIDERS, provider

    return [provider(name) for name in dict.fromkeys(names or PROVIDERS)]
