"""``smup sync calendar``: what of a release should be newer by now."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from smup.catalogue import Catalogue
from smup.cli import cli
from smup.store.releases import Releases
from tests.helpers.stored import make_release


@pytest.fixture(autouse=True)
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from smup.cli.context import places

    release = make_release(tmp_path)
    monkeypatch.setitem(vars(places), "release", Releases(tmp_path).open(release))


def test_every_published_variable_is_told_once(catalogue: Catalogue) -> None:
    found = CliRunner().invoke(cli, ["sync", "calendar", "--json"])
    assert found.exit_code == 0, found.output
    told = {one["variable"]: one for one in json.loads(found.stdout)}
    published = [one for one in catalogue.variables.values() if one.derived is None]
    assert told.keys() == {one.id for one in published}
    # the small release holds none of them: those with a month lack, of the others nobody knows
    for one in published:
        assert told[one.id]["state"] == ("never" if one.published_month else "unknown")
        assert told[one.id]["newest"] is None
