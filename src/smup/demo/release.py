"""Build the synthetic country as a release, in a store of its own."""

from functools import partial
from pathlib import Path

from smup.build import build_release
from smup.demo.figures import synthetic_figures
from smup.store.draft import Progress
from smup.store.releases import ReleaseInfo

SEED = 1


def demo_home(home: Path) -> Path:
    """The store of the synthetic country, inside the folder of the official one."""
    return home / "demo"


def build_demo(
    root: Path,
    home: Path,
    seed: int = SEED,
    progress: Progress | None = None,
    cluster: str | None = None,
) -> ReleaseInfo:
    """Build the synthetic country of ``seed`` into the store ``home`` and let it serve there.

    Raises what ``build_release`` raises: MixedStore where the store holds official figures.
    """
    return build_release(root, home, progress, partial(synthetic_figures, seed=seed), cluster)
