"""Fixtures every test may ask for. Figures come from the repository, never from a store."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from smup.catalogue import Catalogue, load_catalogue
from smup.territory import Territory, load_territory

# The same examples in every run, so that a commit fails for what it changed; `HYPOTHESIS=random`
# looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS", "same"))

# Playwright keeps an event loop in the thread of the tests, in which Django would refuse a
# database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# One test process asks faster than any reader may; the tests of limits switch them on.
os.environ.setdefault("SMUP_LIMITS", "0")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository: catalogue/, territory/, data/."""
    return ROOT


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official files as published; tests that need it are left out without it."""
    folder = Path(os.environ.get("SMUP_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "teryt").is_dir():
        pytest.skip(f"folder of official files not found: {folder}")
    return folder


@pytest.fixture(scope="session")
def territory() -> Territory:
    return load_territory(ROOT / "territory")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release built from the repository's own figures. Not to be changed."""
    from smup.build import build_release

    home = tmp_path_factory.mktemp("home")
    build_release(ROOT, home, None)
    return home
