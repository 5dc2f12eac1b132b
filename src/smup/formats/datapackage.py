"""``datapackage.json``: what each bulk file holds, for people and for programs.

Frictionless Tabular Data Package (https://datapackage.org/standard/data-package/). A field's type,
its description and its allowed values stand here, so that a CSV needs no second document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from smup.formats.bulk.datasets import KEYWORDS
from smup.formats.terms import LICENCE, LICENCE_PAGE
from smup.panel import STATUS_NAMES

PROFILE = "tabular-data-package"

_TYPES = {
    pa.string(): "string",
    pa.float64(): "number",
    pa.int16(): "integer",
    pa.int32(): "integer",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}
_FIELDS = {
    "system": "System grup stałych, np. rodzaj.",
    "group": "Grupa, do której jednostka należy w tym systemie.",
    "unit": "Kod jednostki: PL, 2 cyfry – województwo, 4 – powiat lub miasto na prawach powiatu, "
    "6 – gmina, 4 cyfry i G – gminy powiatu razem",
    "year": "Rok",
    "value": "Wartość; puste pole to brak, którego powód podaje status",
    "status": "observed i zero mają wartość; pozostałe są powodem jej braku",
    "flags": "Oznaczenia rozdzielone spacją: provisional, estimated, low_precision, break, joint, "
    "own, bridged",
    "indicator": "Identyfikator wskaźnika",
    "variable": "Identyfikator zmiennej",
    "sources": "Źródła w kolejności pierwszeństwa",
    "kind": "Rodzaj jednostki według prawa",
    "level": "Poziom: gmina, powiat, wojewodztwo, kraj; miasto na prawach powiatu stoi na dwóch",
    "powiat": "Kod powiatu, w którym leży gmina",
    "wojewodztwo": "Kod województwa",
    "nuts3": "Kod podregionu NUTS 3",
    "teryt6": "Kod TERYT bez cyfry rodzaju",
    "teryt7": "Kod TERYT z cyfrą rodzaju",
    "bdl_gmina": "Identyfikator gminy w Banku Danych Lokalnych",
    "bdl_powiat": "Identyfikator powiatu w Banku Danych Lokalnych",
    "valid_from": "Pierwszy dzień istnienia; puste pole: wcześniejszy niż najstarszy rejestr",
    "valid_to": "Pierwszy dzień, w którym już nie istnieje; puste pole: istnieje",
    "lon": "Długość geograficzna środka (stopnie)",
    "lat": "Szerokość geograficzna środka (stopnie)",
    "formula": "Wzór na zmiennych",
    "better": "Kierunek, w którym wartość jest lepsza; neither – żaden, target – najbliżej celu",
    "decimals": "Miejsca po przecinku, z którymi wartość się podaje",
    "version": "Numer wersji definicji",
    "synthetic": "Wartość jest zmyślona na potrzeby pokazu",
}


@dataclass(frozen=True)
class BulkFile:
    """One table among the bulk files: ``{name}.csv`` and, where it is long, ``{name}.parquet``."""

    name: str
    title: str
    table: pa.Table
    key: tuple[str, ...]
    refers: Mapping[str, str]  # field -> name of the table it points into, by the same field name
    parquet: bool = False


def datapackage(
    release: str,
    sources: Sequence[Mapping[str, Any]],
    files: Sequence[BulkFile],
    digests: Mapping[str, tuple[str, int]],
    *,
    synthetic: bool = False,
) -> dict[str, Any]:
    """The descriptor. ``digests`` gives sha256 and size of each file name; ``synthetic`` figures
    are invented, which title, description and a key of its own then say."""
    package = {
        "profile": PROFILE,
        "name": "smup",
        "title": "System Monitorowania Usług Publicznych: wskaźniki jednostek samorządu",
        "version": release,
        "description": "Wiersz opisuje jedną wartość lub jej brak z powodem. Nie ma wierszy dla "
        "lat, w których danych dla jednostek danego rodzaju nie zbierano, ani dla jednostek, "
        "których w danym roku nie było.",
        "licenses": [{"name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_PAGE}],
        "keywords": list(KEYWORDS["pl"]),
        "sources": [
            {"title": f"{source['publisher']}: {source['title']} ({source['licence']})"}
            for source in sources
        ],
        "resources": [_csv_resource(file, digests) for file in files],
        "parquet": [  # the same rows; the tabular profile knows only text files
            {"path": f"{file.name}.parquet", **_proof(f"{file.name}.parquet", digests)}
            for file in files
            if file.parquet
        ],
    }
    return _marked(package) if synthetic else package


def _marked(package: dict[str, Any]) -> dict[str, Any]:
    return package | {
        "synthetic": True,
        "title": f"DANE ZMYŚLONE. {package['title']}",
        "description": "Wszystkie wartości są wymyślone na potrzeby pokazu i nie opisują żadnej "
        f"prawdziwej jednostki. {package['description']}",
    }


def _csv_resource(file: BulkFile, digests: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    path = f"{file.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": file.name.replace("_", "-"),
        "title": file.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        **_proof(path, digests),
        "schema": {
            "fields": [_field(name, file) for name in file.table.schema.names],
            "missingValues": [""],
            "primaryKey": list(file.key),
            "foreignKeys": [
                {
                    "fields": [field],
                    "reference": {"resource": table.replace("_", "-"), "fields": [field]},
                }
                for field, table in file.refers.items()
            ],
        },
    }


def _proof(path: str, digests: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    digest, size = digests[path]
    return {"bytes": size, "hash": f"sha256:{digest}"}


def _field(name: str, file: BulkFile) -> dict[str, Any]:
    kind = file.table.schema.field(name).type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    field: dict[str, Any] = {"name": name, "type": _TYPES[kind]}
    if name in _FIELDS:
        field["description"] = _FIELDS[name]
    if name == "status" and "value" in file.table.schema.names:
        field["constraints"] = {"required": True, "enum": list(STATUS_NAMES.values())}
    elif name in file.key:
        field["constraints"] = {"required": True}
    return field
