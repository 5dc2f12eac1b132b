"""The door to the network, against real servers that do what services do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from smup.fetch.errors import FetchError, QuotaSpent, Refused, Unreachable, Unsound
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import Access, Limits, Provider, access, load_providers
from smup.fetch.request import Request
from tests.contract.clock import VirtualClock
from tests.contract.serving import ROOT, Serving

PLAIN = "tests.contract.plain:Plain"
LIMITS = {1: 5, 900: 100, 43_200: 1000, 604_800: 10_000}
KEY = "0123-tajny-klucz-4567"


def provider(limits: dict[int, int] | None = None, **settings: object) -> Provider:
    return Provider.model_validate(
        {
            "name": {"pl": "usługa próbna", "en": "a service"},
            "publisher": "Wydawca",
            "licence": "wolna",
            "base": "http://127.0.0.1:1",
            "key_header": "X-ClientId",
            "limits": Limits(anonymous=limits or {1: 1_000_000}),
            **settings,
        }
    )


def fetcher(home: Path, server: Serving, key: str | None = None, **given: object) -> Fetcher:
    """A door to ``server`` whose clock moves when it waits."""
    patience = given.pop("patience", None)
    assert patience is None or isinstance(patience, float)
    limits = given.pop("limits", None)
    assert limits is None or isinstance(limits, dict)
    one = Access("proba", provider(limits, **given), server.address, key)
    return Fetcher(home, {"proba": one}, VirtualClock(home), patience)


def asking(number: int, **params: str) -> Request:
    return Request("proba", f"rzecz/{number}", tuple(params.items()))


def whole(content: bytes) -> None:
    try:
        json.loads(content)
    except ValueError as error:
        raise Unsound("to nie jest cały JSON") from error


@pytest.fixture
def server() -> Iterator[Serving]:
    with Serving(PLAIN) as one:
        yield one


def test_what_is_kept_is_never_asked_for_again(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server) as door:
        first = door.get(asking(1, q="ż ó"))
        assert json.loads(first.content) == {"path": "/rzecz/1", "version": "1", "q": "ż ó"}
        assert first.fresh
    with fetcher(tmp_path, server) as door:
        second = door.get(asking(1, q="ż ó"))
        assert (second.content, second.digest, second.fresh) == (first.content, first.digest, False)
        assert door.asked() == 0
        assert door.kept(asking(2)) is None
    assert set(server.asked().values()) == {1}


def test_again_asks_on_condition_that_it_changed(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server) as door:
        first = door.get(asking(1))
        same = door.get(asking(1), again=True)
        assert (same.digest, same.fresh, door.asked()) == (first.digest, True, 2)
        server.change(version="2")
        other = door.get(asking(1), again=True)
        assert json.loads(other.content)["version"] == "2"
        assert door.kept(asking(1)).digest == other.digest


def test_limits_are_kept_and_the_forecast_is_what_happens(tmp_path: Path) -> None:
    clock = VirtualClock(tmp_path)
    begun = clock.now()
    limits = {str(seconds): limit for seconds, limit in LIMITS.items()}
    with Serving(PLAIN, {"limits": limits, "clock": str(tmp_path)}) as server:
        with fetcher(tmp_path, server, limits=LIMITS) as door:
            told = door.forecast("proba", 1100)
            for number in range(1100):
                door.get(asking(number))
            ended = door.clock.now()
            assert server.read("refused") == 0
        assert set(server.asked().values()) == {1}
    # 1000 in twelve hours: the 1001st waits for the first to leave the window.
    assert timedelta(hours=12) < ended - begun < timedelta(hours=13)
    assert told.ends == pytest.approx(ended.timestamp(), abs=1.0)
    assert told.window == 43_200


def test_the_server_refuses_who_does_not_count(tmp_path: Path) -> None:
    """The limits above are real: without counting on our side the server does say no, and then its
    Retry-After is obeyed."""
    VirtualClock(tmp_path)
    with (
        Serving(PLAIN, {"limits": {"1": 5}, "clock": str(tmp_path)}) as server,
        fetcher(tmp_path, server) as door,
    ):
        for number in range(20):
            door.get(asking(number))
        assert server.read("refused") > 0
        assert set(server.asked().values()) == {1}


def test_a_spent_quota_outlives_the_process(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server, limits={900: 3}, patience=60.0) as door:
        for number in range(3):
            door.get(asking(number))
    with fetcher(tmp_path, server, limits={900: 3}, patience=60.0) as door:
        (window,) = door.quota("proba")
        assert (window.limit, window.used) == (3, 3)
        with pytest.raises(QuotaSpent) as raised:
            door.get(asking(9))
        waits = raised.value.until - door.clock.now()
        assert timedelta(seconds=890) < waits <= timedelta(seconds=901)
        assert door.get(asking(2)).fresh is False  # what is kept costs nothing


@pytest.mark.parametrize("fault", ["cut", "half", "drop", "500", "503", "later"])
def test_a_failure_is_asked_again_and_only_the_whole_answer_kept(
    tmp_path: Path, server: Serving, fault: str
) -> None:
    with fetcher(tmp_path, server) as door:
        server.change(faults=[fault, fault])
        answer = door.get(asking(1), check=whole)
        assert json.loads(answer.content)["path"] == "/rzecz/1"
        assert door.asked() == 3


def test_what_never_passes_the_check_is_never_kept(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server) as door:
        first = door.get(asking(1), check=whole)
        server.change(faults=["half"] * 9)
        with pytest.raises(Unreachable, match=r"usługa próbna.*rzecz/1.*nie jest cały JSON"):
            door.get(asking(1), check=whole, again=True)
        assert door.kept(asking(1)).digest == first.digest


@pytest.mark.parametrize("status", [404, 204])
def test_nothing_there_is_an_answer_too(tmp_path: Path, server: Serving, status: int) -> None:
    with fetcher(tmp_path, server) as door:
        server.change(faults=[str(status)])
        answer = door.get(asking(1), empty=(404, 204), check=whole)
        assert (answer.status, answer.content, answer.digest) == (status, b"", "")
        assert door.get(asking(1)).status == status
        assert door.asked() == 1
        server.change(faults=["404"])
        with pytest.raises(Refused, match="kod 404"):
            door.get(asking(2))


def test_a_refused_key_is_named_and_never_shown(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server, key=KEY) as door:
        door.get(asking(1))
        server.change(faults=["403"])
        with pytest.raises(Refused, match="SMUP_KEY_PROBA") as raised:
            door.get(asking(2))
        assert KEY not in str(raised.value)
    assert server.read("keys") == [KEY, KEY]
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


def test_the_key_goes_to_the_service_alone(tmp_path: Path, server: Serving) -> None:
    with Serving(PLAIN) as other:
        host = f"127.0.0.1:{other.port}"
        server.change(faults=["elsewhere"], elsewhere=f"{other.address}/rzecz/7")
        with fetcher(tmp_path, server, key=KEY, hosts=[host]) as door:
            assert json.loads(door.get(asking(1)).content)["path"] == "/rzecz/7"
        assert other.read("keys") == [""]
        server.change(faults=["elsewhere"])
        with fetcher(tmp_path, server) as door, pytest.raises(Refused, match="nie należy do tej"):
            door.get(asking(2))
        assert len(other.read("keys")) == 1


def test_an_answer_too_large_is_not_read_to_its_end(tmp_path: Path, server: Serving) -> None:
    server.change(faults=["large"])
    with fetcher(tmp_path, server, largest=100_000) as door:
        with pytest.raises(Refused, match="ponad 100000 bajtów"):
            door.get(asking(1))
        assert door.kept(asking(1)) is None


def test_a_service_that_is_away_for_minutes_is_waited_for(tmp_path: Path, server: Serving) -> None:
    with fetcher(tmp_path, server) as door:
        server.stop()
        with pytest.raises(Unreachable, match="brak odpowiedzi po 6 próbach"):
            door.get(asking(1))
        server.start()
        assert door.get(asking(1)).fresh


_LOOP = """
import sys
from pathlib import Path
from tests.fetch.test_fetcher import asking, provider
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import Access
home, address = Path(sys.argv[1]), sys.argv[2]
with Fetcher(home, {"proba": Access("proba", provider(), address, None)}) as door:
    for number in range(120):
        door.get(asking(number))
        print(number, flush=True)
"""


def test_killed_at_any_moment_nothing_kept_is_asked_twice(tmp_path: Path, server: Serving) -> None:
    kills, done = 0, 0
    for after in (1, 7, 20, 31, 60):
        process = subprocess.Popen(
            [sys.executable, "-c", _LOOP, str(tmp_path), server.address],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdout is not None
        for line in process.stdout:
            done = max(done, int(line))
            if int(line) >= after:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.communicate()
        kills += 1
    with fetcher(tmp_path, server) as door:
        answers = [door.get(asking(number)) for number in range(120)]
    assert [json.loads(one.content)["path"] for one in answers] == [
        f"/rzecz/{number}" for number in range(120)
    ]
    counts = server.asked()
    assert len(counts) == 120
    assert sum(counts.values()) - 120 <= kills  # only what was on its way at a kill


def test_a_key_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "proba"
    file.parent.mkdir()
    file.write_text(f"{KEY}\n")
    file.chmod(0o600)
    assert access({"proba": provider()}, tmp_path, {})["proba"].key == KEY
    file.chmod(0o640)
    with pytest.raises(FetchError, match="chmod 600") as raised:
        access({"proba": provider()}, tmp_path, {})
    assert KEY not in str(raised.value)


def test_the_limits_of_the_contract_are_in_the_settings(root: Path) -> None:
    """contracts.md 1.1: the table of windows."""
    known = load_providers(root / "catalogue")
    for name in ("bdl", "smup"):
        one = access({name: known[name]}, root, {})[name]
        assert dict(one.windows) == LIMITS
        keyed = access({name: known[name]}, root, {f"SMUP_KEY_{name.upper()}": "x"})[name]
        assert dict(keyed.windows) == {1: 10, 900: 500, 43_200: 5000, 604_800: 50_000}
