"""Short links: the same content has one key, another content another; writes leave a trace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("workspace")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_database_is_the_one_asked_for(database: dict[str, Any]) -> None:
    from django.db import connection

    assert connection.vendor in ("sqlite", "postgresql")
    assert database["ENGINE"].endswith(connection.vendor)


def test_the_same_content_is_kept_once(database: dict[str, Any]) -> None:
    from smup.workspace.links import find, keep
    from smup.workspace.models import Event, Link

    key = keep("/analizy?wskaznik=ludnosc", fixed=True, now=NOON)
    assert keep("/analizy?wskaznik=ludnosc", fixed=True) == key
    assert Link.objects.count() == 1
    found = find(key)
    assert found is not None
    assert (found.address, found.fixed) == ("/analizy?wskaznik=ludnosc", True)
    assert found.day == date(2026, 11, 22)
    assert [(e.what, e.subject, e.at) for e in Event.objects.all()] == [("link-kept", key, NOON)]


def test_another_kind_or_address_is_another_link(database: dict[str, Any]) -> None:
    from smup.workspace.links import keep
    from smup.workspace.models import Event

    keys = {
        keep("/analizy?wskaznik=ludnosc", fixed=True),
        keep("/analizy?wskaznik=ludnosc", fixed=False),
        keep("/analizy?wskaznik=zgony", fixed=True),
    }
    assert len(keys) == 3
    assert all(len(key) == 10 for key in keys)
    assert Event.objects.count() == 3


def test_a_key_does_not_depend_on_the_database(database: dict[str, Any]) -> None:
    """Worked out by hand: sha256 of "fixed\\n/analizy", five bits a letter from its low end."""
    import hashlib

    from smup.workspace.links import keep

    number = int(hashlib.sha256(b"fixed\n/analizy").hexdigest(), 16)
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    wanted = "".join(letters[(number >> 5 * i) & 31] for i in range(10))
    assert keep("/analizy", fixed=True) == wanted


def test_a_taken_key_grows_by_a_letter(database: dict[str, Any]) -> None:
    from smup.workspace.links import find, keep
    from smup.workspace.models import Link

    key = keep("/analizy?jst=1465", fixed=True)
    Link.objects.filter(key=key).update(address="/analizy?jst=0201")  # as if two digests began so
    longer = keep("/analizy?jst=1465", fixed=True)
    assert longer.startswith(key)
    assert len(longer) == len(key) + 1
    assert find(longer).address == "/analizy?jst=1465"
    assert find(key).address == "/analizy?jst=0201"


def test_many_at_once_keep_one(database: dict[str, Any]) -> None:
    from django.db import connections

    from smup.workspace.links import keep
    from smup.workspace.models import Event, Link

    def once(_: int) -> str:
        try:
            return keep("/analizy?wskaznik=ludnosc&jst=1465", fixed=False)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(once, range(24)))
    assert len(keys) == 1
    assert Link.objects.count() == 1
    assert Event.objects.count() == 1


@pytest.mark.parametrize("key", ["", "a", "abc", "zzzzzzzzzz", "ĄĄĄĄĄĄĄĄĄĄ", "a" * 500, "o" * 10])
def test_unknown_keys_find_nothing(database: dict[str, Any], key: str) -> None:
    from smup.workspace.links import find

    assert find(key) is None


def test_nothing_says_who(database: dict[str, Any]) -> None:
    from smup.workspace.models import Event, Link

    assert {field.name for field in Link._meta.fields} == {"key", "address", "fixed", "day"}
    assert {field.name for field in Event._meta.fields} == {"id", "at", "what", "subject"}


def test_a_huge_address_is_refused(database: dict[str, Any]) -> None:
    from smup.workspace.links import LONGEST, TooLong, keep

    with pytest.raises(TooLong):
        keep("/" + "a" * LONGEST, fixed=True)
