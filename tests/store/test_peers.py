"""Lists on disk say what was computed, and a file that does not fit is refused."""

from pathlib import Path

import numpy as np
import pytest

from smup.compare.peers import PeersError, PeerTables, all_peers
from smup.store.peers import open_peers, write_peers
from smup.store.release import Release
from smup.store.releases import Releases
from tests.compare.alike import a_frame, a_set
from tests.compare.test_peers import some_country
from tests.helpers.stored import make_release


def some_tables() -> PeerTables:
    tables = all_peers(a_frame(some_country(), a_set(), a_set("kontekst", a=4.0)), threads=1)
    assert tables is not None
    return tables


def test_what_is_opened_is_what_was_written(tmp_path: Path) -> None:
    tables = some_tables()
    write_peers(tmp_path / "peers", tables)
    opened = open_peers(tmp_path / "peers")
    assert opened is not None
    frame = a_frame(some_country())
    for unit in tables.space.units:
        for area in (None, "kontekst"):
            one = frame.territory.units[unit]
            assert opened.peers_of(one, area) == tables.peers_of(one, area)


def test_the_same_lists_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_peers(tmp_path / name, some_tables())
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert "labels.json" in files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_no_rules_no_files(tmp_path: Path) -> None:
    write_peers(tmp_path / "peers", None)
    assert not (tmp_path / "peers").exists()
    assert open_peers(tmp_path / "peers") is None


def test_an_array_of_another_shape_is_refused(tmp_path: Path) -> None:
    write_peers(tmp_path, some_tables())
    np.save(tmp_path / "peers.npy", np.zeros((1, 1, 1), np.int32))
    with pytest.raises(ValueError, match="inny kształt"):
        open_peers(tmp_path)


def test_a_release_without_peers_says_so(tmp_path: Path) -> None:
    make_release(tmp_path)
    release: Release = Releases(tmp_path).current()
    with pytest.raises(PeersError, match="bez jednostek podobnych"):
        release.peers("020101")
