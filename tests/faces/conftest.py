"""Clients that others wrote, against the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from smup.store.releases import Release, Releases
from tests.browser.conftest import serving
from tests.helpers.site import site_home


@pytest.fixture(scope="session")
def address(
    built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Scheme, host and port of a server on a store of its own."""
    with serving(site_home(built_home, tmp_path_factory.mktemp("faces")), root) as found:
        yield found


@pytest.fixture(scope="session")
def release(built_home: Path) -> Release:
    """What the server at ``address`` answers from."""
    return Releases(built_home).current()
