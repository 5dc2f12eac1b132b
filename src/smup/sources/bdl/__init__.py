"""GUS Bank Danych Lokalnych, https://api.stat.gov.pl/Home/BdlApi.

``PROVIDER`` plans and runs; ``accept`` takes the numbers of variables that a run found, and that a
person looked at, into the catalogue.
"""

from smup.sources.bdl.numbers import accept, read_found
from smup.sources.bdl.provider import Bdl

PROVIDER = Bdl()

__all__ = ["PROVIDER", "accept", "read_found"]
