"""What anyone may download from a release: bulk files, and answers made beforehand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smup.catalogue import Catalogue
from smup.formats.csv_text import write_csv
from smup.formats.datapackage import BulkFile, datapackage
from smup.formats.json_slice import all_slices, all_units
from smup.formats.long import long_table, told
from smup.formats.parquet import write_parquet
from smup.formats.tables import findings_table, indicators_table, units_table, variables_table
from smup.panel import Panel
from smup.quality import Finding
from smup.store.answers import PLACEHOLDER
from smup.store.files import sha256
from smup.store.layout import PUBLIC, as_json
from smup.territory import Territory

Answers = dict[str, bytes]


def bulk_files(
    indicators: Panel,
    variables: Panel,
    catalogue: Catalogue,
    territory: Territory,
    findings: Sequence[Finding],
) -> list[BulkFile]:
    """Every table to download, with its title and how tables refer to each other."""
    long = {"unit": "units"}
    return [
        BulkFile(
            "values",
            "Wskaźniki: wartość lub powód jej braku",
            long_table(indicators, told(indicators, territory), "indicator"),
            ("indicator", "unit", "year"),
            {**long, "indicator": "indicators"},
            parquet=True,
        ),
        BulkFile(
            "variable_values",
            "Zmienne, z których obliczono wskaźniki: wartość lub powód jej braku",
            long_table(variables, told(variables, territory), "variable"),
            ("variable", "unit", "year"),
            {**long, "variable": "variables"},
            parquet=True,
        ),
        BulkFile("units", "Jednostki", units_table(territory), ("unit",), {}),
        BulkFile(
            "indicators",
            "Definicje wskaźników",
            indicators_table(catalogue, indicators.items),
            ("indicator",),
            {},
        ),
        BulkFile(
            "variables",
            "Definicje zmiennych",
            variables_table(catalogue, variables.items),
            ("variable",),
            {},
        ),
        BulkFile("findings", "Uwagi do danych źródłowych", findings_table(findings), (), {}),
    ]


def write_bulk(folder: Path, files: Sequence[BulkFile]) -> None:
    folder.mkdir()
    for file in files:
        write_csv(file.table, folder / f"{file.name}.csv")
        if file.parquet:
            write_parquet(file.table, folder / f"{file.name}.parquet")


def answers(
    folder: Path,
    files: Sequence[BulkFile],
    sources: Sequence[Mapping[str, Any]],
    indicators: Panel,
    territory: Territory,
) -> Answers:
    """Templates of the files that carry the release's id, by their path in the release.

    ``folder`` holds the bulk files already: ``datapackage.json`` states their size and sha256.
    """
    release = PLACEHOLDER.decode()
    digests = {path.name: (sha256(path), path.stat().st_size) for path in folder.iterdir()}
    found = {f"{PUBLIC}/datapackage.json": as_json(datapackage(release, sources, files, digests))}
    cells = told(indicators, territory)
    for item, year, content in all_slices(release, indicators, cells):
        found[f"{PUBLIC}/slices/{item}/{year}.json"] = content
    for unit, content in all_units(release, indicators, cells):
        found[f"{PUBLIC}/units/{unit}.json"] = content
    return found
