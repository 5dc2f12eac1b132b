"""Assemble a release: read, compute, compare, write. The figures themselves come from below."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from smup.build.errors import BuildError
from smup.build.public import answers, bulk_files, write_bulk
from smup.build.variables import assemble_variables
from smup.catalogue import Catalogue, load_catalogue
from smup.compare.frame import Frame
from smup.compare.positions import Positions, all_positions
from smup.compute.evaluate import Evaluation, evaluate_with_coverage
from smup.panel import Panel
from smup.quality import Finding
from smup.quality.findings import read_findings
from smup.store import layout
from smup.store.draft import Draft, drafting, silent
from smup.store.positions import write_positions
from smup.store.releases import ReleaseInfo, Releases
from smup.store.tidy import TidyTable, read_tables
from smup.territory import Level, load_territory

STAGE = "budowa wydania"
STEPS = 7
FILE_KEYS = ("file", "sha256", "dated", "retrieved")  # of one source file, in a table's header


def build_release(
    root: Path, home: Path, progress: Callable[[str, int, int], None] | None = None
) -> ReleaseInfo:
    """Build a release from ``root``/data, catalogue and territory, verify it and let it serve.

    The same folders give the same release. Raises BuildError, and the errors of reading those
    folders, before anything is changed; BuildBusy while another process builds.
    """
    report = progress or silent
    with drafting(home / "releases", report) as draft:
        report(STAGE, 0, STEPS)
        catalogue = load_catalogue(root / "catalogue")
        territory = load_territory(root / "territory")
        tables = read_tables(root / "data")
        sources = [source_record(table) for table in tables]
        report(STAGE, 1, STEPS)
        variables, findings = assemble_variables(tables, catalogue, territory)
        report(STAGE, 2, STEPS)
        evaluation = evaluate_with_coverage(catalogue, variables, territory)
        report(STAGE, 3, STEPS)
        positions = all_positions(Frame(catalogue, territory, evaluation.panel, variables))
        report(STAGE, 4, STEPS)
        freeze(draft, root, catalogue)
        with ThreadPoolExecutor(1) as pool:  # numbers are written while texts are made
            written = pool.submit(write_record, draft, evaluation, variables, positions)
            told = [*_noted(root / "data" / "findings.csv"), *findings]
            files = bulk_files(evaluation.panel, variables, catalogue, territory, told)
            write_bulk(draft.public, files)
            report(STAGE, 5, STEPS)
            made = answers(draft.public, files, sources, evaluation.panel, territory)
            report(STAGE, 6, STEPS)
            written.result()
        report(STAGE, 7, STEPS)
        release = draft.publish(head(catalogue, sources, evaluation.panel, variables), made)
    return Releases(home).info(release)


def head(
    catalogue: Catalogue, sources: Sequence[dict[str, Any]], indicators: Panel, variables: Panel
) -> dict[str, Any]:
    """What the manifest says beside the list of files."""
    return {
        "date": max(file["retrieved"] for source in sources for file in source["files"]),
        "catalogue": catalogue.digest,
        "kernel": version("smup"),
        "sources": sources,
        "counts": {
            "indicators": len(indicators.items),
            "variables": len(variables.items),
            "units": len(variables.units),
            "years": len(variables.years),
            "values": int(indicators.has_value.sum()),
            "variable_values": int(variables.has_value.sum()),
        },
    }


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


def write_record(
    draft: Draft,
    evaluation: Evaluation,
    variables: Panel,
    positions: Mapping[Level, Positions],
) -> None:
    """The Parquet record, the cubes, and what comparing gave."""
    draft.write_panels(evaluation.panel, variables)
    write_positions(draft.folder / layout.POSITIONS, positions)
    np.save(draft.folder / layout.COVERAGE, evaluation.coverage)


def freeze(draft: Draft, root: Path, catalogue: Catalogue) -> None:
    """The definitions as they are now: a release must be readable when they have changed."""
    (draft.folder / layout.CATALOGUE).write_text(catalogue.model_dump_json(), "utf-8")
    target = draft.folder / layout.TERRITORY
    target.mkdir()
    for path in sorted((root / "territory").glob("*.csv")):
        shutil.copyfile(path, target / path.name)


def _noted(path: Path) -> list[Finding]:
    """What ``smup ingest`` noticed."""
    return read_findings(path.read_bytes()) if path.is_file() else []
