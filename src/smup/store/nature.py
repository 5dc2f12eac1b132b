"""Official or invented: the releases of one store are all of the same nature.

The nature of a release stands in its manifest, under the digest that is its id, so a folder copied
by hand brings it along. A manifest that cannot be read counts as official: what does not say that
it is invented is to be protected from what is.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smup.store import layout
from smup.store.errors import MixedStore

KEY = "synthetic"  # of the manifest; only a release of invented figures has it


def is_synthetic(manifest: Mapping[str, Any]) -> bool:
    """Does the manifest say that the figures are invented?"""
    return manifest.get(KEY) is True


def refuse_mixing(releases: Path, synthetic: bool, release: str) -> None:
    """Raise MixedStore when a release in the folder is of the other nature.

    ``release`` is the one about to serve: what stands under its own name is not asked.
    """
    others = (path for path in sorted(releases.iterdir()) if layout.ID.fullmatch(path.name))
    for path in others:
        if path.name != release and _says_synthetic(path) != synthetic:
            raise MixedStore(releases, path.name, synthetic)


def _says_synthetic(folder: Path) -> bool:
    try:
        return is_synthetic(layout.read_json(folder / layout.MANIFEST))
    except (OSError, ValueError):
        return False
