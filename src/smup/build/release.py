"""Assemble a release: compute, compare, write. The figures themselves come from below."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from smup.build.figures import Figures, Making, official_figures
from smup.build.public import answers, bulk_files, write_bulk
from smup.catalogue import Catalogue, load_catalogue
from smup.compare.frame import Frame
from smup.compare.positions import Positions, all_positions
from smup.compute.evaluate import Evaluation, evaluate_with_coverage
from smup.panel import Panel
from smup.store import layout
from smup.store.draft import Draft, Progress, drafting, silent
from smup.store.nature import KEY
from smup.store.positions import write_positions
from smup.store.releases import ReleaseInfo, Releases
from smup.territory import Level, load_territory

STAGE = "budowa wydania"
STEPS = 5


def build_release(
    root: Path, home: Path, progress: Progress | None = None, make: Making = official_figures
) -> ReleaseInfo:
    """Build a release from the figures ``make`` gives, verify it and let it serve.

    Definitions and units are those of ``root``/catalogue and territory. The same folders give the
    same release. Raises BuildError, and the errors of reading those folders, before anything is
    changed; BuildBusy while another process builds; MixedStore where the store holds official
    releases and these figures are invented, or the reverse.
    """
    report = progress or silent
    with drafting(home / "releases", report) as draft:
        catalogue = load_catalogue(root / "catalogue")
        territory = load_territory(root / "territory")
        figures = make(root, catalogue, territory, report)
        variables = figures.variables
        report(STAGE, 0, STEPS)
        evaluation = evaluate_with_coverage(catalogue, variables, territory)
        report(STAGE, 1, STEPS)
        positions = all_positions(Frame(catalogue, territory, evaluation.panel, variables))
        report(STAGE, 2, STEPS)
        freeze(draft, root, catalogue)
        with ThreadPoolExecutor(1) as pool:  # numbers are written while texts are made
            written = pool.submit(write_record, draft, evaluation, variables, positions)
            tables = bulk_files(evaluation.panel, figures, catalogue, territory)
            files = write_bulk(draft.public, tables)
            report(STAGE, 3, STEPS)
            made = answers(draft.public, files, figures, evaluation.panel, territory)
            report(STAGE, 4, STEPS)
            written.result()
        report(STAGE, 5, STEPS)
        release = draft.publish(head(catalogue, figures, evaluation.panel), made)
    return Releases(home).info(release)


def head(catalogue: Catalogue, figures: Figures, indicators: Panel) -> dict[str, Any]:
    """What the manifest says beside the list of files."""
    variables, sources = figures.variables, figures.sources
    nature = {KEY: True} if figures.synthetic else {}
    return nature | {
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
