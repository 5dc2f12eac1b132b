"""Identifiers of GUS Bank Danych Lokalnych and NUTS 3 codes of units.

A 12-digit BDL id contains the 7-digit code (``id[2:4] + id[7:12]``) but also macroregion, region
and subregion, which TERC does not know, so the way from TERYT to BDL needs a table.
"""

import csv
import gzip
import io
from dataclasses import dataclass
from pathlib import Path

FILE = Path("teryt/derived_teryt_to_bdl_ids_2026.csv.gz")


@dataclass(frozen=True, slots=True)
class BdlIds:
    """By stable code: ids of gminas and cities, of powiats and cities, of województwa.

    ``nuts3`` is by powiat or city.
    """

    gmina: dict[str, str]
    powiat: dict[str, str]
    wojewodztwo: dict[str, str]
    nuts3: dict[str, str]


def read_bdl_ids(data: Path) -> BdlIds:
    """Read the table; NUTS 3 by powiat only, because a powiat lies in one region as a whole."""
    text = gzip.decompress((data / FILE).read_bytes()).decode("utf-8")
    ids = BdlIds({}, {}, {}, {})
    for row in csv.DictReader(io.StringIO(text)):
        powiat = row["powiat_kod"]
        is_city = row["miasto_na_prawach_powiatu"] == "True"
        ids.gmina[powiat if is_city else row["teryt6"]] = row["bdl_gmina"]
        ids.powiat[powiat] = row["bdl_powiat"]
        ids.wojewodztwo[row["woj_kod"]] = row["bdl_woj"]
        if row["nuts3_2018"]:
            ids.nuts3[powiat] = row["nuts3_2018"]
    return ids
