"""Which database people and processes are kept in: a file, or PostgreSQL where one is given."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("postgresql", "postgres")
# Statements are planned once for a connection: a third less time under the lock of a rush.
PREPARED = {"server_side_binding": True, "prepare_threshold": 2}
WRITER_WAITS = 30  # seconds for SQLite's one place to write; a rush of forms takes some


def database(file: Path, address: str) -> dict[str, Any]:
    """Django's settings of a database.

    ``address`` is empty for SQLite in ``file`` or ``postgresql://user:password@host:port/name``,
    options of libpq as its query. Raises ValueError for any other address.
    """
    if not address:
        return {
            "ENGINE": "smup.web.config.queued_sqlite",
            "NAME": file,
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL;",
                "transaction_mode": "IMMEDIATE",
                "timeout": WRITER_WAITS,
            },
        }
    parts = urlsplit(address)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in SCHEMES or not name:
        raise ValueError("SMUP_DATABASE: podaj adres postgresql://użytkownik:hasło@host/baza.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": PREPARED | options,
        "CONN_MAX_AGE": 60,
    }
