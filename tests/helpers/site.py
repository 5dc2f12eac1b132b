"""The portal on the repository's own figures, in a store that tests may write to."""

import json
from pathlib import Path

from smup.store.releases import Releases
from smup.territory import Level

WITHOUT_OUTLINE = "0201"  # left out of the borders below, as a unit created lately would be


def site_home(built_home: Path, folder: Path) -> Path:
    """A home that shares the releases of ``built_home`` and has borders at powiat level only.

    The borders are the tiles of the tile map under another name: a test needs two forms of a map,
    not the true outlines.
    """
    (folder / "releases").symlink_to(built_home / "releases")
    shape = Releases(folder).current().tiles(Level.POWIAT)
    assert shape is not None
    paths = {code: d for code, d in shape["paths"].items() if code != WITHOUT_OUTLINE}
    (folder / "geometry").mkdir()
    (folder / "geometry" / "powiat.json").write_text(json.dumps(shape | {"paths": paths}))
    return folder
