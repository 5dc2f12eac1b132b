"""SMUP: how public services are run in every Polish gmina and powiat."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smup.client import Client

__all__ = ["Client"]


def __getattr__(name: str) -> object:
    """``from smup import Client`` without making every command read what it needs."""
    if name == "Client":
        from smup.client import Client

        return Client
    raise AttributeError(f"module 'smup' has no attribute {name!r}")
