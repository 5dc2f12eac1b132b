"""A Django test client on the repository's own figures."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.client import Client

from smup.store.releases import Release
from tests.helpers.site import site_home
from tests.helpers.two_releases import two_releases


@pytest.fixture(scope="session")
def home(built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The store the portal serves in these tests; settings are read once per process."""
    folder = site_home(built_home, tmp_path_factory.mktemp("site"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(folder))
        patch.setenv("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")
        from smup.web.config import current, paths

        paths.paths.cache_clear()
        current.releases.cache_clear()
        from smup.web.config.server import collect_static

        # settings that were read earlier made a folder elsewhere
        (folder / "static").mkdir(exist_ok=True)
        collect_static()
        yield folder
    paths.paths.cache_clear()
    current.releases.cache_clear()
    assert os.environ.get("SMUP_HOME") != str(folder)


@pytest.fixture(scope="session")
def release(home: Path) -> Release:
    from smup.web.config.current import releases

    return releases().current()


@pytest.fixture
def client(home: Path) -> Client:
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A store of two releases: its folder, the earlier, the later."""
    return two_releases(tmp_path_factory.mktemp("two"))


@pytest.fixture
def store(home: Path, two: tuple[Path, str, str]) -> Iterator[tuple[str, str]]:
    """The store of two releases in the place of the site's: (earlier, later)."""
    from smup.web.config import current, paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(two[0]))
        paths.paths.cache_clear()
        current.releases.cache_clear()
        yield two[1:]
    paths.paths.cache_clear()
    current.releases.cache_clear()


@pytest.fixture
def no_tries_yet(home: Path) -> Iterator[None]:
    """Limits of tries begin anew."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
