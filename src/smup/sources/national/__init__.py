"""The national system of the same name (GUS, api.smup.gov.pl): what it publishes, to compare.

Nothing of it enters a release: a release works the same ratios out itself.
"""

from smup.sources.national.provider import National

PROVIDER = National()

__all__ = ["PROVIDER"]
