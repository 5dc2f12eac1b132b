"""Reports of the repository's own figures."""

from pathlib import Path

import pytest

from smup.store.releases import Release, Releases


@pytest.fixture(scope="session")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()
