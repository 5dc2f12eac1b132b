"""The TERYT register (GUS) over SOAP: its newest list of units becomes an inactive edition."""

from smup.sources.teryt.provider import PROVIDER

__all__ = ["PROVIDER"]
