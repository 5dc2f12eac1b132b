"""Where the figures of a release come from: one shape, whoever makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smup.build.errors import BuildError
from smup.build.tables import read_all
from smup.build.variables import assemble_variables
from smup.catalogue import Catalogue
from smup.ingest.tables import findings_of
from smup.panel import Panel
from smup.quality import Finding
from smup.quality.findings import read_findings
from smup.store.draft import Progress
from smup.store.lineage import Lineage
from smup.store.tidy import TidyTable
from smup.territory import Territory

STAGE = "czytanie danych"
FILE_KEYS = ("file", "sha256", "dated", "retrieved")  # of one source file, in a table's header


@dataclass(frozen=True)
class Figures:
    """What a release is assembled from.

    ``variables`` holds the variables that somebody published; ``sources`` say who
    published what and in which files (``source_record``); ``synthetic`` figures are invented, and
    whatever is made of them says so. ``lineage`` is None where no
    table holds the figures; ``tables`` are the files of those it names.
    """

    variables: Panel
    sources: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]
    synthetic: bool = False
    lineage: Lineage | None = None
    tables: Mapping[str, Path] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()  # ids of the corrections that were applied


# From the folder with data/ and the definitions, the store, the catalogue and the units.
Making = Callable[[Path, Path, Catalogue, Territory, Progress], Figures]


def official_figures(
    root: Path, home: Path, catalogue: Catalogue, territory: Territory, progress: Progress
) -> Figures:
    """The figures of the tidy tables in ``root``/data and of those in the store ``home``.

    A table of the store goes before one of the same name in ``data``: it is the same source, read
    later. Raises BuildError and TidyError.
    """
    progress(STAGE, 0, 2)
    read = read_all(root, home, catalogue)
    progress(STAGE, 1, 2)
    variables, findings, lineage = assemble_variables(read.tables, catalogue, territory)
    progress(STAGE, 2, 2)
    noted = [*_noted(root / "data" / "findings.csv"), *findings_of(home), *read.findings]
    return Figures(
        variables,
        source_records(read.tables),
        [*noted, *findings],
        lineage=lineage,
        tables={name: read.paths[name] for name in lineage.tables},
    )


def source_records(tables: Sequence[TidyTable]) -> list[dict[str, Any]]:
    """Who published what, and which files it stood in, once for each source however many tables it
    fills. Raises BuildError for a header without."""
    by_source: dict[str, list[TidyTable]] = {}
    for table in tables:
        by_source.setdefault(table.source, []).append(table)
    return [_record(source, held) for source, held in sorted(by_source.items())]


def _record(source: str, tables: Sequence[TidyTable]) -> dict[str, Any]:
    return {
        "id": source,
        **{key: _told(tables[0], key) for key in ("title", "publisher", "licence")},
        "files": [file for table in tables for file in _files(table)],
        "tables": [table.name for table in tables],
        "rows": sum(map(len, tables)),
    }


def _told(table: TidyTable, key: str) -> str:
    try:
        (text,) = table.meta[key]
    except (KeyError, ValueError) as error:
        raise _incomplete(table, error) from error
    return text


def _files(table: TidyTable) -> list[dict[str, str]]:
    try:
        columns = [table.meta[key] for key in FILE_KEYS]
        return [dict(zip(FILE_KEYS, file, strict=True)) for file in zip(*columns, strict=True)]
    except (KeyError, ValueError) as error:
        raise _incomplete(table, error) from error


def _incomplete(table: TidyTable, error: Exception) -> BuildError:
    return BuildError(
        f"{table.name}.csv: nagłówek jest niepełny ({error}) – utwórz tabelę ponownie "
        f"(`smup ingest {table.source}`, `smup sync`)."
    )


def _noted(path: Path) -> list[Finding]:
    """What ``smup ingest`` noticed."""
    return read_findings(path.read_bytes()) if path.is_file() else []
