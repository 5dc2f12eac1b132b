"""Writers of SQLite queue: none is refused, though each would wait for no more than a moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

WRITERS, WRITES = 8, 12


def write(number: int, begin: threading.Barrier, links_inside: bool) -> None:
    """WRITES links, each by itself or in a transaction that also reads."""
    from contextlib import nullcontext
    from datetime import date

    from django.db import connection, transaction

    from smup.workspace.models import Link

    try:
        begin.wait(timeout=60)
        for count in range(WRITES):
            with transaction.atomic() if links_inside else nullcontext():
                if links_inside:
                    Link.objects.count()
                Link.objects.create(
                    key=f"{number}-{count}", address="/", fixed=False, day=date(2022, 1, 1)
                )
    finally:
        connection.close()


def rush() -> list[BaseException | None]:
    begin = threading.Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        sent = [pool.submit(write, number, begin, number % 2 == 0) for number in range(WRITERS)]
    return [one.exception() for one in sent]


def test_nobody_is_refused(sqlite: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from smup.workspace.models import Link

    monkeypatch.setitem(sqlite["OPTIONS"], "timeout", 1)
    assert rush() == [None] * WRITERS
    assert Link.objects.count() == WRITERS * WRITES


def test_without_the_queue_one_is(sqlite: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that the test above can fail: one holds the place, another wants it."""
    from django.db import OperationalError, connection, transaction

    from smup.workspace.models import Link

    monkeypatch.setitem(sqlite, "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(sqlite["OPTIONS"], "timeout", 0)

    def other() -> None:
        try:
            Link.objects.all().delete()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        found = pool.submit(other).exception()
    assert isinstance(found, OperationalError)


def test_a_failed_transaction_gives_its_turn_up(sqlite: dict[str, Any]) -> None:
    from django.db import connection, transaction

    from smup.workspace.models import Link

    def other() -> int:
        try:
            return int(Link.objects.all().delete()[0])
        finally:
            connection.close()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = 1 / 0
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(other).result(timeout=60) == 0
