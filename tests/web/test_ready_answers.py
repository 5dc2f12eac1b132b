"""Answers given before Django: the same as Django's, and nothing else."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test.client import Client

from smup.store.releases import Release
from smup.web.config.ready import Ready, ReadyShelf

pytestmark = pytest.mark.xdist_group("site")
# Of one request, or (X-Request-Id) made by what stands before Django alone.
OWN = {"x-request-id"}
Answer = tuple[str, dict[str, str], bytes]


class Front:
    """Asks the whole WSGI application, as the server does."""

    def __init__(self) -> None:
        from smup.web.config.wsgi import application

        self.application = application

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told: list[Any] = []
        parts = self.application(environ, lambda status, heads: told.extend((status, heads)))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return told[0], {name.lower(): value for name, value in told[1]}, body


@pytest.fixture
def front(home: Path) -> Front:
    return Front()


def addresses(release: Release) -> list[str]:
    public = release.folder / "public"
    slices = sorted(public.glob("slices/*/*.json"), key=lambda one: one.stat().st_size)
    some = [slices[0], slices[-1]]  # without a packed twin, and with one
    names = [one.relative_to(public).as_posix() for one in some] + ["units/1465.json"]
    return [f"/files/{which}/{name}" for which in ("latest", release.id) for name in names]


@pytest.mark.parametrize("accepted", ["", "gzip, br"])
def test_built_answers_are_those_of_django(
    client: Client, front: Front, release: Release, accepted: str
) -> None:
    for address in addresses(release):
        expected = client.get(address, headers={"accept-encoding": accepted})
        status, headers, body = front.ask(address, accept_encoding=accepted)
        assert status == "200 OK"
        assert body == b"".join(expected.streaming_content)
        theirs = {name.lower(): value for name, value in expected.headers.items()}
        assert {n: v for n, v in headers.items() if n not in OWN} == theirs
        expected.close()
        etag = headers["etag"]
        status, headers, body = front.ask(
            address, accept_encoding=accepted, if_none_match=f'"other", {etag}'
        )
        assert (status, body) == ("304 Not Modified", b"")
        assert headers["etag"] == etag
        assert "content-length" not in headers
        status, headers, body = front.ask(address, "HEAD", accept_encoding=accepted)
        assert (status, body) == ("200 OK", b"")
        assert headers["content-length"] == theirs["content-length"]


def test_a_part_of_a_built_answer(front: Front, release: Release) -> None:
    whole = (release.folder / "public" / "units" / "1465.json").read_bytes()
    status, headers, body = front.ask(f"/files/{release.id}/units/1465.json", range="bytes=10-19")
    assert status.startswith("206")
    assert body == whole[10:20]
    assert headers["content-range"] == f"bytes 10-19/{len(whole)}"


@pytest.mark.parametrize("address", ["/jst/1465", "/api/v1/units/1465", "/en/wskaznik/ludnosc"])
def test_a_page_is_the_same_the_second_time(front: Front, client: Client, address: str) -> None:
    first, second = front.ask(address), front.ask(address)
    assert first[0] == second[0] == "200 OK"
    assert first[2] == second[2] == client.get(address).content
    without = [{n: v for n, v in one[1].items() if n not in OWN} for one in (first, second)]
    limits = {"ratelimit", "ratelimit-policy"}
    assert {n: v for n, v in without[0].items() if n not in limits} == without[1]
    assert first[1]["x-request-id"] != second[1]["x-request-id"]
    assert front.ask(address, if_none_match=first[1]["etag"])[0] == "304 Not Modified"
    assert front.ask(address, "HEAD")[2] == b""


@pytest.mark.parametrize("address", ["/nie-ma", "/healthz", "/readyz", "/api/v1/units/nie-ma"])
def test_what_may_not_be_kept_is_made_again(front: Front, address: str) -> None:
    size = front.application.shelf.size
    front.ask(address)
    assert front.application.shelf.size == size


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json",
        "units/../../manifest.json",
        "slices/../units/1465.json/../../../manifest.json",
        "units/1465.json\0",
        "units/1465.json.br",
        "units/1465.JSON",
        "units/14651465146514651465.json",
        "/etc/passwd",
        "slices/ludnosc/٢٠٢٤.json",
        "slices/ludnosc/20245.json",
        "units/\udcff.json".encode("utf-8", "surrogateescape").decode("latin1"),
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("release_name", ["latest", "..", ".", "current", "2026-01-01-00000000"])
def test_nothing_outside_the_release_is_readable(
    front: Front, release: Release, name: str, release_name: str
) -> None:
    path = f"/files/{release_name}/{name}".encode("utf-8", "replace").decode("latin1")
    status, _, body = front.ask(path)
    assert status[:3] in ("404", "400", "301", "302")
    assert (release.folder / "manifest.json").read_bytes() not in body
    assert b"root:" not in body


def test_each_release_has_its_own_answers(front: Front, store: tuple[str, str]) -> None:
    earlier, later = store
    for one in store:
        _, headers, body = front.ask(f"/files/{one}/units/PL.json")
        assert json.loads(body)["release"] == one
        assert "immutable" in headers["cache-control"]
    _, headers, body = front.ask("/files/latest/units/PL.json")
    assert json.loads(body)["release"] == later != earlier
    assert headers["cache-control"] == "public, no-cache"


def test_the_shelf_is_bounded() -> None:
    shelf = ReadyShelf(limit=100_000)
    for number in range(200):
        shelf.put(number, Ready.of(b"x" * 2000, []))
        shelf.get(0)
        assert shelf.size <= 100_000
    assert shelf.get(0) is not None
    assert shelf.get(1) is None
    shelf.put("large", Ready.of(b"x" * 50_000, []))
    assert shelf.get("large") is None
