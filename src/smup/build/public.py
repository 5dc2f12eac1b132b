"""What anyone may download from a release: bulk files, and answers made beforehand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from smup.build.figures import Figures
from smup.catalogue import Catalogue
from smup.compare.group_systems import Membership
from smup.formats.csv_text import write_csv
from smup.formats.datapackage import BulkFile, datapackage
from smup.formats.json_slice import all_slices, all_units
from smup.formats.long import long_table, told
from smup.formats.parquet import write_parquet
from smup.formats.synthetic import marked
from smup.formats.tables import (
    findings_table,
    groups_table,
    indicators_table,
    units_table,
    variables_table,
)
from smup.panel import Panel
from smup.store.answers import PLACEHOLDER
from smup.store.files import sha256
from smup.store.layout import PUBLIC, as_json
from smup.territory import Territory

Answers = dict[str, bytes]


def bulk_files(
    indicators: Panel,
    figures: Figures,
    catalogue: Catalogue,
    territory: Territory,
    groups: Mapping[str, Membership],
) -> Iterator[BulkFile]:
    """Every table to download, with its title and how tables refer to each other.

    One at a time: the two long ones together would take more memory than all the rest of a build.
    """
    variables, long = figures.variables, {"unit": "units"}

    def told_of(panel: Panel, item: str) -> pa.Table:
        table = long_table(panel, told(panel, territory), item)
        return marked(table) if figures.synthetic else table

    yield BulkFile(
        "values",
        "Wskaźniki: wartość lub powód jej braku",
        told_of(indicators, "indicator"),
        ("indicator", "unit", "year"),
        {**long, "indicator": "indicators"},
        parquet=True,
    )
    yield BulkFile(
        "variable_values",
        "Zmienne, z których obliczono wskaźniki: wartość lub powód jej braku",
        told_of(variables, "variable"),
        ("variable", "unit", "year"),
        {**long, "variable": "variables"},
        parquet=True,
    )
    yield BulkFile("units", "Jednostki", units_table(territory), ("unit",), {})
    yield BulkFile(
        "groups",
        "Grupy stałe: kto do której należy",
        groups_table(groups),
        ("system", "unit"),
        long,
    )
    yield BulkFile(
        "indicators",
        "Definicje wskaźników",
        indicators_table(catalogue, tuple(one.id for one in catalogue.shown)),
        ("indicator",),
        {},
    )
    yield BulkFile(
        "variables",
        "Definicje zmiennych",
        variables_table(catalogue, tuple(one.id for one in catalogue.inputs)),
        ("variable",),
        {},
    )
    yield BulkFile(
        "findings", "Uwagi do danych źródłowych", findings_table(figures.findings), (), {}
    )


def write_bulk(folder: Path, files: Iterable[BulkFile]) -> list[BulkFile]:
    """Write them one after another; what is given back knows their columns, not their rows."""
    folder.mkdir()
    written = []
    for file in files:
        write_csv(file.table, folder / f"{file.name}.csv")
        if file.parquet:
            write_parquet(file.table, folder / f"{file.name}.parquet")
        written.append(replace(file, table=file.table.schema.empty_table()))
    return written


def answers(
    folder: Path,
    files: Sequence[BulkFile],
    figures: Figures,
    indicators: Panel,
    territory: Territory,
) -> Answers:
    """Templates of the files that carry the release's id, by their path in the release.

    ``folder`` holds the bulk files already: ``datapackage.json`` states their size and sha256.
    """
    release = PLACEHOLDER.decode()
    digests = {path.name: (sha256(path), path.stat().st_size) for path in folder.iterdir()}
    synthetic = figures.synthetic
    package = datapackage(release, figures.sources, files, digests, synthetic=synthetic)
    found = {f"{PUBLIC}/datapackage.json": as_json(package)}
    cells = told(indicators, territory)
    for item, year, content in all_slices(release, indicators, cells, synthetic=synthetic):
        found[f"{PUBLIC}/slices/{item}/{year}.json"] = content
    for unit, content in all_units(release, indicators, cells, synthetic=synthetic):
        found[f"{PUBLIC}/units/{unit}.json"] = content
    return found
