"""dane.gov.pl: files of the resources that ``live`` of a source names, read by its own mapping."""

from smup.sources.dane_gov.provider import DaneGov

PROVIDER = DaneGov()

__all__ = ["PROVIDER"]
