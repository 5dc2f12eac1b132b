"""The address of a database as Django's settings."""

from pathlib import Path

import pytest

from smup.web.config.database import database


def test_a_file_where_nothing_is_given() -> None:
    found = database(Path("/x/people.sqlite3"), "")
    assert found["ENGINE"] == "smup.web.config.queued_sqlite"
    assert found["NAME"] == Path("/x/people.sqlite3")


def test_an_address_of_postgresql() -> None:
    found = database(Path("x"), "postgresql://ja:tajne%40@db.example:5433/smup?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("ja", "tajne@")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "smup")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_as_the_host() -> None:
    assert database(Path("x"), "postgresql://ja@/smup?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://a", "smup"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="SMUP_DATABASE"):
        database(Path("x"), address)
