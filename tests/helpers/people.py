"""Databases and people for tests of people and processes.

Tables are made once for each kind of database; every test has a copy of its own, which is thrown
away. Nothing is emptied afterwards: the record of writes would refuse.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from django.test.client import Client

    from smup.accounts.models import Person

FILE = "people.sqlite3"
_TEMPLATE = "smup_template"


class Tables:
    """Migrated databases to be copied, each made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[str] = set()

    @contextmanager
    def copy(self, folder: Path, server: str) -> Iterator[dict[str, Any]]:
        """An empty database with all tables in place of the portal's own; its settings.

        ``server`` is "" for SQLite, in a file of ``folder``, else the address of a PostgreSQL.
        """
        if not server:
            shutil.copyfile(self._sqlite(), folder / FILE)
            with in_use(folder / FILE, "") as settings:
                yield settings
            return
        self._postgres(server)
        name = f"smup_{uuid.uuid4().hex}"
        _tell(server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        with in_use(folder / FILE, _named(server, name)) as settings:
            yield settings
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")

    def _sqlite(self) -> Path:
        file = self.folder / FILE
        if "sqlite" not in self._made:
            with in_use(file, ""):
                _migrate()
            self._made.add("sqlite")
        return file

    def _postgres(self, server: str) -> None:
        if server not in self._made:
            _tell(server, f"CREATE DATABASE {_TEMPLATE}")
            with in_use(self.folder / FILE, _named(server, _TEMPLATE)):
                _migrate()
            self._made.add(server)


@contextmanager
def in_use(file: Path, address: str) -> Iterator[dict[str, Any]]:
    """A database in place of the portal's own, for the time being; its settings."""
    from django.db import connections

    from smup.web.config.database import database

    connections.close_all()
    kept = connections.databases["default"]
    connections.databases["default"] = kept | database(file, address) | {"CONN_MAX_AGE": 0}
    _forget()
    try:
        yield connections.databases["default"]
    finally:
        connections.close_all()
        connections.databases["default"] = kept
        _forget()


def person(role: str, organisation: str | None = None, email: str = "", **fields: Any) -> "Person":
    """Somebody of the staff, with a second factor; ``organisation`` is made when it is not there.

    The password is ``PASSWORD``, the secret of the codes ``SECRET``.
    """
    from allauth.account.models import EmailAddress
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    from smup.accounts.models import Membership, Organisation, Person

    made = Person.objects.create_user(email or f"{role}@example.org", PASSWORD, **fields)
    if organisation is not None:
        Organisation.objects.get_or_create(
            id=organisation, defaults={"name": organisation.upper(), "short": organisation.upper()}
        )
    Membership.objects.create(person=made, role=role, organisation_id=organisation)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    secret = {"secret": get_adapter().encrypt(SECRET)}
    factor = Authenticator(user=made, type=Authenticator.Type.TOTP, data=secret)
    Authenticator.objects.bulk_create([factor])  # as if long ago: nothing is recorded now
    return made


PASSWORD = "Zielona-lampa-7-okien"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in(who: "Person", **more: Any) -> "Client":
    """A browser in which ``who`` has signed in."""
    from django.test.client import Client

    client = Client(SERVER_NAME="localhost", **more)
    client.force_login(who)
    return client


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # all into the one file that is copied
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget() -> None:
    """The next question opens a connection by the settings of the moment."""
    from django.db import connections

    if "default" in [connection.alias for connection in connections.all(initialized_only=True)]:
        del connections["default"]


def _named(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _tell(server: str, statement: str) -> None:
    """One statement outside any transaction."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
