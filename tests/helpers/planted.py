"""A release of invented figures with every reason for a gap and every flag that a source may give,
on the country as it is."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from smup.build import Figures, build_release
from smup.build.figures import official_figures
from smup.catalogue import Catalogue
from smup.panel import Flag, Panel, Status
from smup.store.draft import Progress
from smup.territory import Territory

VARIABLES = ("ludnosc", "powierzchnia_ha", "urodzenia_zywe", "zgony", "zdarzenia_psp", "bezrobotni")
YEARS = (2021, 2022, 2023, 2024)
REASONS = (
    Status.CONFIDENTIAL,
    Status.SUPPRESSED_SMALL,
    Status.DELEGATED,
    Status.NO_DENOMINATOR,
    Status.NOT_BRIDGEABLE,
    Status.BELOW_FORMAT,
    Status.MISSING,
    Status.NOT_YET,
)


def planted_home(root: Path, home: Path) -> Path:
    """``home`` with one release: a tenth of the published figures hidden, each for some reason."""
    build_release(root, home, None, _figures)
    return home


def _figures(
    root: Path, home: Path, catalogue: Catalogue, territory: Territory, progress: Progress
) -> Figures:
    known = official_figures(root, home, catalogue, territory, progress)
    hidden = _hidden(known.variables.select(VARIABLES, YEARS), np.random.default_rng(6))
    return replace(known, variables=hidden, findings=[], synthetic=True, lineage=None)


def _hidden(panel: Panel, rng: np.random.Generator) -> Panel:
    values, status, flags = panel.values.copy(), panel.status.copy(), panel.flags.copy()
    at = panel.has_value & (rng.random(values.shape) < 0.1)
    status[at] = rng.choice(np.array(REASONS, np.uint8), int(at.sum()))
    values[at] = np.nan
    zero = panel.has_value & ~at & (rng.random(values.shape) < 0.05)
    values[zero], status[zero] = 0.0, Status.ZERO
    flags[zero | panel.has_value & ~at] = rng.choice(
        np.array([0, 0, 0, *Flag], np.uint8), int((zero | panel.has_value & ~at).sum())
    )
    return Panel(panel.items, panel.years, panel.units, values, status, flags)
