"""Where the figures of a release come from: one shape, whoever makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smup.build.errors import BuildError
from smup.build.variables import assemble_variables
from smup.catalogue import Catalogue
from smup.panel import Panel
from smup.quality import Finding
from smup.quality.findings import read_findings
from smup.store.draft import Progress
from smup.store.lineage import Lineage
from smup.store.tidy import TidyTable, read_tables
from smup.territory import Territory

STAGE = "czytanie danych"
FILE_KEYS = ("file", "sha256", "dated", "retrieved")  # of one source file, in a table's header


@dataclass(frozen=True)
class Figures:
    """What a release is assembled from.

    ``variables`` holds the variables that somebody published; ``sources`` say who
    published what and in which files (``source_record``); ``synthetic`` figures are invented, and
    whatever is made of them says so. ``lineage`` is None where no
    table holds the figures.
    """

    variables: Panel
    sources: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]
    synthetic: bool = False
    lineage: Lineage | None = None


# From the folder with data/, the definitions and the units.
Making = Callable[[Path, Catalogue, Territory, Progress], Figures]


def official_figures(
    root: Path, catalogue: Catalogue, territory: Territory, progress: Progress
) -> Figures:
    """The figures of the tidy tables in ``root``/data. Raises BuildError and TidyError."""
    progress(STAGE, 0, 2)
    tables = read_tables(root / "data")
    sources = [source_record(table) for table in tables]
    progress(STAGE, 1, 2)
    variables, findings, lineage = assemble_variables(tables, catalogue, territory)
    progress(STAGE, 2, 2)
    noted = _noted(root / "data" / "findings.csv")
    return Figures(variables, sources, [*noted, *findings], lineage=lineage)


def source_record(table: TidyTable) -> dict[str, Any]:
    """Who published what, and which files it stood in. Raises BuildError for a header without."""
    meta = table.meta
    try:
        (publisher,), (title,), (licence,) = meta["publisher"], meta["title"], meta["licence"]
        columns = [meta[key] for key in FILE_KEYS]
        files = [dict(zip(FILE_KEYS, file, strict=True)) for file in zip(*columns, strict=True)]
    except (KeyError, ValueError) as error:
        raise BuildError(
            f"data/{table.source}.csv: nagłówek jest niepełny ({error}) – utwórz tabelę ponownie "
            f"poleceniem `smup ingest {table.source}`."
        ) from error
    return {
        "id": table.source,
        "title": title,
        "publisher": publisher,
        "licence": licence,
        "files": files,
        "rows": len(table),
    }


def _noted(path: Path) -> list[Finding]:
    """What ``smup ingest`` noticed."""
    return read_findings(path.read_bytes()) if path.is_file() else []
