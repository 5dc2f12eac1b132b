"""Data sets in the words of schema.org, for the search engines that look for data."""

from collections.abc import Sequence
from typing import Any

from smup.formats import media
from smup.formats.bulk.datasets import Dataset
from smup.formats.terms import LICENCE_PAGE
from smup.language import Lang
from smup.store.release import Release


def described(
    found: Sequence[Dataset], release: Release, origin: str, lang: Lang
) -> dict[str, Any]:
    """A data set of everything, and one an area as its parts; ``found`` as ``datasets`` gives."""
    whole, *parts = (_dataset(one, release, origin, lang) for one in found)
    return {"@context": "https://schema.org/", **whole, "hasPart": parts}


def _dataset(one: Dataset, release: Release, origin: str, lang: Lang) -> dict[str, Any]:
    prefix = "/en" if lang == "en" else ""
    told: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{origin}/catalog#{one.id}",
        "name": getattr(one.title, lang),
        "description": getattr(one.description, lang),
        "url": f"{origin}{prefix}{one.page}",
        "version": release.id,
        "dateModified": release.manifest["date"],
        "license": LICENCE_PAGE,
        "isAccessibleForFree": True,
        "inLanguage": ["pl", "en"],
        "keywords": list(one.keywords[lang]),
        "spatialCoverage": {"@type": "Country", "name": "Polska" if lang == "pl" else "Poland"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.path,
                "encodingFormat": MEDIA_TYPES[file.kind],
                "contentUrl": f"{origin}/files/latest/{file.path}",
            }
            for file in one.files
        ],
    }
    if one.years is not None:
        told["temporalCoverage"] = f"{one.years[0]}/{one.years[1]}"
    return told


MEDIA_TYPES = {
    "csv": media.CSV,
    "csvw": media.CSVW,
    "datapackage": media.JSON,
    "json-stat": media.JSON,
    "parquet": media.PARQUET,
    "sqlite": media.SQLITE,
    "topojson": media.TOPOJSON,
    "xlsx": media.XLSX,
    "zip": media.ZIP,
}
