"""Units that send their forms at the opening second, over HTTP, to the real server."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.helpers import recruiting, rush
from tests.helpers.real_server import RealServer

SIZES = [pytest.param(120, id="120"), pytest.param(1000, id="1000", marks=pytest.mark.nightly)]
QUALIFIED = 0.6  # of the units find a place


@pytest.fixture
def server(database: dict[str, Any], tmp_path: Path) -> Iterator[RealServer]:
    """The real server on the database of the test."""
    environment = {"SMUP_PROXIES": "127.0.0.1", "SMUP_LIMITS": "1"}
    if database["ENGINE"].endswith("postgresql"):
        environment["SMUP_DATABASE"] = _address(database)
    else:
        (tmp_path / "smup.sqlite3").symlink_to(database["NAME"])
    with RealServer(tmp_path, environment) as server:
        yield server


def _address(database: dict[str, Any]) -> str:
    """The address of a PostgreSQL, as SMUP_DATABASE is written."""
    who = quote(database["USER"])
    query = urlencode({"host": database["HOST"]})
    return f"postgresql://{who}@/{quote(database['NAME'])}?{query}"


def opened(size: int, server: RealServer) -> list[rush.Unit]:
    """Units that hold a filled-in draft, at the moment a stage opens."""
    from django.utils import timezone

    ours = recruiting.edition()
    one = recruiting.stage(ours, places={("online", ""): int(size * QUALIFIED)})
    asking = rush.units(size)
    rush.prepare(server.port, asking)
    one.opens = timezone.now()
    one.closes = one.opens + (one.closes - recruiting.OPENING)
    one.save()
    return asking


def check(asking: list[rush.Unit]) -> None:
    """Everybody was answered once and is there once; places in the order of arrival."""
    from smup.mailing.models import Message
    from smup.training.models import Draft, Registration

    places = int(len(asking) * QUALIFIED)
    statuses = Counter(status for unit in asking for status in unit.statuses)
    assert statuses == {303: len(asking)}
    kept = list(Registration.objects.order_by("number").values_list("number", "status", "unit"))
    assert [number for number, _, _ in kept] == list(range(1, len(asking) + 1))
    assert {unit for _, _, unit in kept} == {unit.code for unit in asking}
    assert [status for _, status, _ in kept] == ["qualified"] * places + ["reserve"] * (
        len(asking) - places
    )
    letters = Counter(Message.objects.values_list("letter", flat=True))
    assert letters == {"result-qualified": places, "result-reserve": len(asking) - places}
    to = set(Message.objects.values_list("to", flat=True))
    assert to == {f"u{unit.code}@example.org" for unit in asking}
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_everybody_at_the_opening_second(server: RealServer, size: int) -> None:
    asking = opened(size, server)
    rush.send(server.port, asking, at_once=size)
    assert not any(unit.broken for unit in asking)
    check(asking)


@pytest.mark.parametrize("size", SIZES)
def test_the_server_is_killed_midway(server: RealServer, size: int) -> None:
    """Who got no answer sends the same form again, and cannot know whether it was kept."""
    asking = opened(size, server)

    def answered(count: int) -> None:
        if count == size // 2:
            server.kill()
            server.begin()

    rush.send(server.port, asking, at_once=size // 4, answered=answered)
    assert any(unit.broken for unit in asking)
    check(asking)
