"""Assemble a release: compute, compare, write. The figures themselves come from below."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from smup.build.blocks import Crew, Desk, Here, Standing, evaluate_blocks, rank_blocks
from smup.build.figures import Figures, Making, official_figures
from smup.build.judging import with_verdicts
from smup.build.lineage import carry
from smup.build.mending import mend
from smup.build.public import answers, bulk_files, write_bulk
from smup.build.secrecy import keep_secrets, tell_totals
from smup.catalogue import Catalogue, load_catalogue
from smup.compare.frame import Frame
from smup.compare.peers import all_peers
from smup.compute.evaluate import Evaluation
from smup.panel import Panel
from smup.store import layout
from smup.store.draft import Draft, Progress, drafting, silent
from smup.store.groups import write_groups
from smup.store.nature import KEY
from smup.store.peers import write_peers
from smup.store.pending import Pending
from smup.store.positions import write_positions
from smup.store.releases import ReleaseInfo, Releases
from smup.store.variation import write_variation
from smup.territory import Level, load_territory

STAGE = "budowa wydania"
STEPS = 3


def build_release(
    root: Path,
    home: Path,
    progress: Progress | None = None,
    make: Making = official_figures,
    cluster: str | None = None,
    activate: bool = True,
) -> ReleaseInfo:
    """Build a release from the figures ``make`` gives, verify it and let it serve; without
    ``activate`` it waits for approval (``store.pending``).

    Definitions and units are those of ``root``/catalogue and territory. The same folders give the
    same release, to the byte, whether the indicators are computed here or, with the address of a
    ``cluster``, by Dask workers. Raises BuildError, and the errors of reading those folders,
    before anything is changed; BuildBusy while another process builds; MixedStore where the store
    holds official releases and these figures are invented, or the reverse.
    """
    report = progress or silent
    with drafting(home / "releases", report) as draft:
        catalogue = load_catalogue(root / "catalogue")
        territory = load_territory(root / "territory")
        figures = make(root, home, catalogue, territory, report)
        figures, secret = keep_secrets(mend(figures, catalogue), catalogue, territory)
        variables = figures.variables
        with (
            ThreadPoolExecutor(1) as judges,  # rules look at what is told while it is computed with
            scratch(draft) as folder,
            crew_of(cluster, folder) as crew,
        ):
            verdicts = judges.submit(with_verdicts, figures, catalogue, territory)
            desk = Desk(catalogue, territory, variables)
            evaluation = evaluate_blocks(desk, crew, folder, report)
            tell_totals(evaluation, folder, catalogue, territory, secret)
            desk = replace(desk, indicators=evaluation.panel)
            standing = rank_blocks(desk, crew, folder, report)
            figures = verdicts.result()
        report(STAGE, 0, STEPS)
        freeze(draft, root, catalogue)
        frame = Frame(catalogue, territory, evaluation.panel, variables)
        groups = {name: frame.membership(name) for name in frame.systems}
        write_groups(draft.folder / layout.GROUPS, groups)
        with ThreadPoolExecutor(1) as pool:  # numbers are written while texts are made
            written = pool.submit(write_record, draft, evaluation, variables, standing)
            alike = pool.submit(freeze_peers, draft, frame)
            tables = bulk_files(evaluation.panel, figures, catalogue, territory, groups)
            files = write_bulk(draft.public, tables)
            report(STAGE, 1, STEPS)
            made = answers(draft.public, files, figures, evaluation.panel, territory)
            report(STAGE, 2, STEPS)
            if figures.lineage is not None:
                carry(draft.folder, figures.tables, figures.lineage, secret)
            written.result()
            alike.result()
        report(STAGE, 3, STEPS)
        release = draft.publish(head(catalogue, figures, evaluation.panel), made, activate)
    waiting = Pending(home)
    return waiting.info(release) if release in waiting.ids() else Releases(home).info(release)


@contextmanager
def scratch(draft: Draft) -> Iterator[Path]:
    """A folder beside the draft, on the disk of the store; gone at the end.

    What is mapped from it stays readable. After a kill the next build removes it.
    """
    prefix = f"{layout.TEMPORARY}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=draft.folder.parent) as name:
        folder = Path(name)
        folder.chmod(0o755)  # workers of a cluster may be other users
        yield folder


@contextmanager
def crew_of(cluster: str | None, folder: Path) -> Iterator[Crew]:
    """The threads of this process, or the cluster at the address. Dask is imported only then."""
    if cluster is None:
        yield Here()
        return
    from smup.build.cluster import connected

    with connected(cluster, folder) as crew:
        yield crew


def head(catalogue: Catalogue, figures: Figures, indicators: Panel) -> dict[str, Any]:
    """What the manifest says beside the list of files."""
    variables, sources = figures.variables, figures.sources
    nature = {KEY: True} if figures.synthetic else {}
    return nature | {
        "date": max(file["retrieved"] for source in sources for file in source["files"]),
        "catalogue": catalogue.digest,
        "kernel": version("smup"),
        "sources": sources,
        "corrections": figures.corrected,
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
    standing: Mapping[Level, Standing],
) -> None:
    """The Parquet record, the cubes, and what comparing gave."""
    draft.write_panels(evaluation.panel, variables)
    positions = {role: its.positions for role, its in standing.items()}
    write_positions(draft.folder / layout.POSITIONS, positions)
    variation = {role: its.variation for role, its in standing.items()}
    write_variation(draft.folder / layout.VARIATION, variation)
    np.save(draft.folder / layout.COVERAGE, evaluation.coverage)


def freeze_peers(draft: Draft, frame: Frame) -> None:
    """The peers of every unit: what a list says must not change while the release serves."""
    write_peers(draft.folder / layout.PEERS, all_peers(frame))


def freeze(draft: Draft, root: Path, catalogue: Catalogue) -> None:
    """The definitions as they are now: a release must be readable when they have changed."""
    (draft.folder / layout.CATALOGUE).write_text(catalogue.model_dump_json(), "utf-8")
    target = draft.folder / layout.TERRITORY
    target.mkdir()
    for path in sorted((root / "territory").glob("*.csv")):
        shutil.copyfile(path, target / path.name)
