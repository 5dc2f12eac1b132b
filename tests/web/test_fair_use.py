"""Limits for one address, places for slow clients, bodies nobody may send, the log, the counts."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test.client import Client
from hypothesis import given
from hypothesis import strategies as st

from smup.store.releases import Release
from smup.web.config import client_address, fair_use
from smup.web.config.buckets import BYTES, Buckets
from smup.web.config.client_address import one_client, shortened
from smup.web.config.journal import Entry, Journal, forget, line
from smup.web.config.limits import CALLS, CALLS_WINDOW, LONG_FROM, MOST_BODY
from smup.web.config.long_answers import Held, LongAnswersMiddleware, Places

pytestmark = pytest.mark.xdist_group("site")
SOMEBODY = "192.0.2.77"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SMUP_LIMITS", "1")
    fair_use.buckets.cache_clear()
    yield
    fair_use.buckets.cache_clear()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_by_hand() -> None:
    clock = Clock()
    buckets = Buckets(10, 2, now=clock)
    assert [buckets.take("a").left for _ in range(10)] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    refused = buckets.take("a")
    assert (refused.left, refused.wait) == (0, 0.5)
    assert buckets.take("b").left == 9  # another client
    clock.now += 1.5
    assert buckets.take("a").left == 2
    buckets.charge("a", 7)
    assert buckets.take("a").wait == 3.0  # five owed and one wanted, two a second
    clock.now += 1000
    assert buckets.take("a").left == 9
    buckets.charge("a", 1000)
    assert buckets.take("a").wait == 5.5  # owes ten at most


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("abc")), max_size=60))
def test_buckets_against_a_naive_twin(steps: list[tuple[float, str]]) -> None:
    clock, left = Clock(), dict.fromkeys("abc", 5.0)
    buckets = Buckets(5, 1, now=clock)
    for passed, client in steps:
        clock.now += passed
        left = {name: min(5.0, level + passed) for name, level in left.items()}
        if abs(left[client] - round(left[client])) < 1e-9:
            continue  # on the edge the last bit decides
        allowed = left[client] >= 1
        assert (buckets.take(client).wait == 0) == allowed
        left[client] -= allowed


def test_many_clients_take_no_more_memory_and_no_others_tokens() -> None:
    buckets = Buckets(10, 0.001, now=Clock())
    for _ in range(10):
        buckets.take("busy")
    waiting = sum(buckets.take(f"client {n}").wait > 0 for n in range(50_000))
    assert waiting == 0
    assert len(buckets._table) == BYTES
    assert buckets.take("busy").wait > 0  # the emptiest is the last to be forgotten


def test_processes_share_a_table(tmp_path: Path) -> None:
    file = tmp_path / "calls"
    Buckets.lay_out(file)
    one, other = Buckets(100, 0.001, file), Buckets(100, 0.001, file)
    threads = [
        threading.Thread(target=lambda b=b: [b.take("a") for _ in range(25)]) for b in (one, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert round(one.take("a").left) == 49
    assert b"192.0.2" not in file.read_bytes()


def test_beyond_the_limit_is_429(client: Client, limited: None) -> None:
    address = "/api/v1/units/nie-ma"
    client.get(address, REMOTE_ADDR="192.0.2.79")  # loads every face, which somebody pays once
    assert client.get(address, REMOTE_ADDR=SOMEBODY).status_code == 404  # costs a call as well
    counted = fair_use.buckets()
    assert counted is not None
    assert CALLS - 50 < counted.take(one_client(SOMEBODY), 0).left < CALLS
    counted.charge(one_client(SOMEBODY), 10 * CALLS)
    answer = client.get(address, REMOTE_ADDR=SOMEBODY)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer["Retry-After"]) <= CALLS_WINDOW + 1
    assert str(CALLS) in answer.json()["detail"]
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/api/v1/units/1465", REMOTE_ADDR="192.0.2.78").status_code == 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/szkolenia/zgloszenie", "wróć do poprzedniej strony"),
        ("/en/szkolenia/zgloszenie", "go back to the page before"),
        ("/konto/logowanie", "wróć do poprzedniej strony"),
        ("/en/konto/logowanie", "go back to the page before"),
    ],
)
def test_people_who_fill_in_a_form_see_a_page(
    client: Client, limited: None, address: str, told: str
) -> None:
    counted = fair_use.buckets()
    assert counted is not None
    counted.charge(one_client(SOMEBODY), 10 * CALLS)
    answer = client.post(address, {"szkic": "x"}, REMOTE_ADDR=SOMEBODY)
    assert answer.status_code == 429
    assert answer["Content-Type"].startswith("text/html")
    assert 1 <= int(answer["Retry-After"]) <= CALLS_WINDOW + 1
    assert answer["Cache-Control"] == "no-store"
    assert f"{answer['Retry-After']} s" in answer.content.decode()
    assert told in answer.content.decode()


@pytest.mark.parametrize("address", ["/jst/1466", "/en/jst/1466", "/szukaj?q=gdynia"])
def test_a_browser_beyond_the_limit_sees_a_page(
    client: Client, limited: None, address: str
) -> None:
    counted = fair_use.buckets()
    assert counted is not None
    counted.charge(one_client(SOMEBODY), 10 * CALLS)
    browser = {"accept": "text/html,*/*;q=0.8"}
    answer = client.get(address, headers=browser, REMOTE_ADDR=SOMEBODY)
    assert answer.status_code == 429
    assert answer["Content-Type"].startswith("text/html")
    assert f"{answer['Retry-After']} s" in answer.content.decode()
    program = client.get(address, headers={"accept": "*/*"}, REMOTE_ADDR=SOMEBODY)
    assert program["Content-Type"] == "application/problem+json"
    for asked in ("/api/v1/units/1465", "/sdmx/2.1/dataflow/SMUP"):
        refused = client.get(asked, headers=browser, REMOTE_ADDR=SOMEBODY)
        assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")


def test_ready_bytes_are_never_limited(client: Client, limited: None, release: Release) -> None:
    client.get("/jst/1465")
    counted = fair_use.buckets()
    assert counted is not None
    counted.charge(one_client(SOMEBODY), 10 * CALLS)
    assert client.get("/jst/1466", REMOTE_ADDR=SOMEBODY).status_code == 429
    for address in ("/jst/1465", f"/files/{release.id}/units/1465.json", "/healthz", "/readyz"):
        answer = client.get(address, REMOTE_ADDR=SOMEBODY)
        assert answer.status_code == 200, address
        answer.close()


def test_whose_request_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMUP_PROXIES", "10.0.0.0/8, 2001:db8::1")
    client_address.trusted.cache_clear()
    client_address._is_trusted.cache_clear()

    def of(peer: str, forwarded: str = "") -> str:
        told = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return client_address.client_address({"REMOTE_ADDR": peer} | told)

    assert of("198.51.100.7") == "198.51.100.7"
    assert of("198.51.100.7", "203.0.113.9") == "198.51.100.7"  # anybody can write that
    assert of("10.1.1.1", "203.0.113.9") == "203.0.113.9"
    assert of("10.1.1.1", "1.1.1.1, 203.0.113.9, 10.2.2.2") == "203.0.113.9"
    assert of("2001:db8::1", "2001:db8:5::9") == "2001:db8:5::9"
    assert of("10.1.1.1", "nonsense") == "10.1.1.1"
    assert of("127.0.0.1", "203.0.113.9") == ""  # a server nobody named: not known
    assert of("127.0.0.1") == "127.0.0.1"
    client_address.trusted.cache_clear()
    client_address._is_trusted.cache_clear()


def test_how_much_of_an_address_is_kept() -> None:
    assert shortened("198.51.100.7") == "198.51.100.0"
    assert shortened("2001:db8:1:2:3:4:5:6") == "2001:db8:1::"
    assert one_client("2001:db8:1:2:3:4:5:6") == one_client("2001:db8:1:2::1")
    assert one_client("2001:db8:1:2::1") != one_client("2001:db8:1:3::1")
    assert one_client("nobody") == shortened("") == ""
    # as a socket of IPv6 shows clients of IPv4: not all of them are one
    assert one_client("::ffff:198.51.100.7") == "198.51.100.7"
    assert shortened("::ffff:198.51.100.7") == "198.51.100.0"


def test_places() -> None:
    places = Places(3, 2)
    assert [places.enter(who) for who in "aaabb"] == [True, True, False, True, False]
    places.leave("a")
    assert places.enter("b")
    for who in "abb":
        places.leave(who)
    assert not places._taken


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_a_place_is_left_once_however_an_answer_ends(taken: int) -> None:
    left: list[int] = []
    held = Held(iter([b"a", b"b"]), lambda: left.append(1))
    for _, _ in zip(range(taken), held, strict=False):
        pass
    held.close()
    held.close()
    assert left == [1]


def test_large_answers_are_few_at_once() -> None:
    def large(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        length = (
            {"Content-Length": str(LONG_FROM)}
            if request.path == "/large"
            else {"Content-Length": "5"}
        )
        return StreamingHttpResponse([b"parts"], headers=length)

    middleware = LongAnswersMiddleware(large)

    def ask(path: str) -> HttpResponse | StreamingHttpResponse:
        request = HttpRequest()
        request.method, request.path = "GET", path
        request.META = {"REMOTE_ADDR": SOMEBODY}
        return middleware(request)

    opened = [ask("/large") for _ in range(5)]
    assert [one.status_code for one in opened] == [200] * 4 + [429]
    assert opened[-1]["Retry-After"]
    assert ask("/small").status_code == 200
    opened[0].close()
    assert ask("/large").status_code == 200


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415),
        ({"HTTP_CONTENT_ENCODING": "br, gzip"}, 415),
        ({"CONTENT_LENGTH": str(MOST_BODY + 1)}, 413),
        ({"CONTENT_LENGTH": "99999999999999999999999"}, 413),
        ({"CONTENT_LENGTH": "abc"}, 413),
        ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 400),
    ],
)
def test_bodies_nobody_may_send(client: Client, more: dict[str, str], status: int) -> None:
    answer = client.post("/api/v1/data", b"x" * 10, content_type="application/json", **more)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def entry(**more: object) -> Entry:
    told = {
        "at": 1_700_000_000.25,
        "request": "a-1",
        "address": "198.51.100.7",
        "method": "GET",
        "path": "/szukaj",
        "status": 200,
        "sent": 10,
        "seconds": 0.0123,
        "ready": False,
    }
    return Entry(**(told | more))  # type: ignore[arg-type]


def test_a_line_of_the_log() -> None:
    assert json.loads(line(entry(path="/jst/\udcff"))) == {
        "time": "2023-11-14T22:13:20.250Z",
        "request": "a-1",
        "network": "198.51.100.0",
        "method": "GET",
        "path": "/jst/?",
        "status": 200,
        "bytes": 10,
        "ms": 12.3,
    }


def test_the_log_is_kept_as_long_as_is_said(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "log", 30, lambda entries: None)
    for _ in range(3):
        journal.note(entry())
    journal.flush()
    file = tmp_path / "log" / "access-2023-11-14.jsonl"
    assert len(file.read_text().splitlines()) == 3
    assert file.stat().st_mode & 0o777 == 0o600
    forget(tmp_path / "log", date(2023, 12, 14), 30)
    assert file.exists()
    forget(tmp_path / "log", date(2023, 12, 15), 30)
    assert not file.exists()


def test_counts_name_faces_and_no_addresses(home: Path) -> None:
    from smup.web.config.metrics import count

    before = metric(Client(SERVER_NAME="localhost").get("/metrics").content.decode())
    count([entry(path="/ogc/collections"), entry(path="/jst/1465", method="HACK", status=405)])
    text = Client(SERVER_NAME="localhost").get("/metrics").content.decode()
    assert metric(text) == before + 1
    assert 'method="other"' in text
    assert "198.51" not in text
    assert not [one for one in text.splitlines() if one.startswith("smup") and "1465" in one]


def metric(text: str) -> float:
    start = 'smup_requests_total{face="ogc",method="GET",ready="no",status="200"} '
    found = [one for one in text.splitlines() if one.startswith(start)]
    return float(found[0].split()[-1]) if found else 0.0
