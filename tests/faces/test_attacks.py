"""A server under attack, with its limits on: refusals instead of faults, and the others served.

Behind a proxy it trusts, so that every test asks from addresses of its own.
"""

import csv
import gzip
import io
import json
import socket
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
import zstandard

from smup.store.releases import Release, Releases
from smup.web.config.limits import CALLS, CALLS_WINDOW, MOST_BODY
from smup.web.config.packing import SMALL
from tests.browser.conftest import serving
from tests.helpers.site import site_home
from tests.helpers.two_releases import two_releases

pytestmark = pytest.mark.xdist_group("attacks")
PROBLEM = "application/problem+json"
PATIENCE = 60  # seconds until a test gives up on an answer
SECRET = b"nobody outside may read this"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Answer:
    """What came back, the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, object]:
        """The problem document, which every refusal is."""
        assert self.headers["content-type"] == PROBLEM, (self.status, self.body[:200])
        found: dict[str, object] = json.loads(self.body)
        assert found["status"] == self.status
        assert found["detail"]
        return found


class Server:
    """Asks without a client that would mend what is asked."""

    def __init__(self, address: str, home: Path) -> None:
        self.home, self.place = home, (urlsplit(address).hostname, urlsplit(address).port)

    def connect(self, **options: int) -> socket.socket:
        found = socket.socket()
        found.settimeout(PATIENCE)
        if "room" in options:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, options["room"])
        found.connect(self.place)
        return found

    def ask(
        self, target: str | bytes, method: str = "GET", body: bytes = b"", **headers: str
    ) -> Answer:
        """One request; ``headers`` with _ for -, ``client`` the address it comes from."""
        with closing(self.connect()) as wire:
            wire.sendall(request(target, method, body, **headers))
            return read(wire, method)


def request(
    target: str | bytes, method: str = "GET", body: bytes = b"", client: str = "", **headers: str
) -> bytes:
    """The bytes of a request that closes its connection."""
    told = {"Host": "127.0.0.1", "Connection": "close"}
    told["X-Forwarded-For"] = client or somebody()
    if body or method == "POST":
        told["Content-Length"] = str(len(body))
    told |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = b"".join(f"{name}: {value}\r\n".encode("latin1") for name, value in told.items())
    address = target if isinstance(target, bytes) else target.encode("ascii")
    return method.encode() + b" " + address + b" HTTP/1.1\r\n" + lines + b"\r\n" + body


def read(wire: socket.socket, method: str = "GET") -> Answer:
    """The whole answer. Raises ConnectionError where it breaks off before its end."""
    pieces = []
    while piece := wire.recv(1 << 16):
        pieces.append(piece)
    sent = b"".join(pieces)
    head, found, body = sent.partition(b"\r\n\r\n")
    if not found:
        raise ConnectionError(sent[:100])
    status, *lines = head.decode("latin1").split("\r\n")
    named = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in named}
    if headers.get("transfer-encoding") == "chunked" and method != "HEAD":
        body = unchunked(body)
    return Answer(int(status.split()[1]), headers, body)


def unchunked(body: bytes) -> bytes:
    pieces, at = [], 0
    while at < len(body):
        end = body.index(b"\r\n", at)
        length = int(body[at:end], 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 4 + length
    raise ConnectionError("the last chunk is missing")


def somebody() -> str:
    """An address nobody else asks from."""
    number = next(_NUMBERS)
    return f"198.18.{number // 250}.{number % 250 + 1}"


@pytest.fixture(scope="module")
def server(
    built_home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    home = site_home(built_home, tmp_path_factory.mktemp("attacks"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_LIMITS", "1")
        patch.setenv("SMUP_PROXIES", "127.0.0.1")
        with serving(home, root) as address:
            yield Server(address, home)


# What every face answers well, and what is wrong with it.
GOOD = (
    "/api/v1/units",
    "/api/v1/data?indicator=ludnosc&unit=1465&year=2024",
    "/api/1.0.0/areas-list",
    "/pxweb/api/v2/tables",
    "/sdmx/2.1/dataflow/PL_SMUP?format=xml",
    "/sdmx/3.0/structure/dataflow/PL_SMUP",
    "/ogc/collections",
    "/catalog.ttl",
    "/jst/1465",
    "/files/latest/values.csv",
)
FACES = (
    "/api/v1/data",
    "/api/v1/units",
    "/api/v1/compare",
    "/api/v1/units/1465",
    "/api/1.0.0/areas-list",
    "/pxweb/api/v2/tables",
    "/sdmx/2.1/data/SMUP/1465.all",
    "/sdmx/3.0/structure/dataflow/PL_SMUP",
    "/ogc/collections",
    "/ogc/collections/gminy/items",
)
BAD_QUERIES = (
    "%ff=%fe",
    "indicator=%ff%fe",
    "unit=%ED%A0%80",  # half a character
    "unit=%00",
    "lang=pl&lang=en",
    "lang=%00",
    "asOf=%00",
    "asOf=..%2f..%2fetc",
    "year=%D9%A2%D9%A0%D9%A2%D9%A4",  # digits, but not ours
    "unit=" + "nie-ma," * 2000,
    "&".join(f"{number:x}=" for number in range(10_000)),
)


@pytest.mark.parametrize("face", FACES)
def test_nonsense_is_refused_in_words(server: Server, face: str) -> None:
    for query in BAD_QUERIES:
        answer = server.ask(f"{face}?{query}", accept=f"{PROBLEM}, */*")
        if answer.status != 200:  # the façade of GUS passes over what it does not know
            assert 400 <= answer.status < 500, (query[:60], answer.status)
            assert answer.problem
    for end in ("%ff", "/%ED%A0%80", "/%00", "/..%2f..%2fx", "/" + "x" * 5000):
        answer = server.ask(face + end, accept=f"{PROBLEM}, */*")
        assert answer.status in (400, 404), (end[:60], answer.status)
        assert answer.problem


@pytest.mark.parametrize("face", [*FACES, "/files/latest/values.csv", "/files/latest/nie-ma"])
def test_other_methods_are_refused(server: Server, face: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "HACK"):
        answer = server.ask(face, method)
        assert answer.status == 405, method
        assert answer.problem
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("face", [*FACES, "/files/latest/values.csv"])
def test_a_browser_may_ask_from_elsewhere(server: Server, face: str) -> None:
    asked = {"origin": "https://example.org", "access_control_request_method": "GET"}
    answer = server.ask(face, "OPTIONS", access_control_request_headers="range", **asked)
    assert answer.status == 204
    assert "content-length" not in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "range" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("address", [*GOOD, "/api/v1/nie-ma", "/nie-ma", "/healthz"])
def test_another_name_is_refused(server: Server, address: str) -> None:
    for _ in range(2):  # also once the answer lies ready
        assert server.ask(address).status in (200, 404)
        assert server.ask(address, host="evil.example").status == 400


def test_ten_thousand_parameters_on_a_page(server: Server) -> None:
    query = "&".join(f"{number:x}=" for number in range(10_000))
    for address in ("/", "/jst/1465", "/nie-ma", "/healthz", "/catalog.ttl", "/files/latest/x"):
        assert server.ask(f"{address}?{query}").status == 400, address


BAD_BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b'{"selection": "\xff"}',
    b'{"selection": [{"variableCode": "\\ud800"}]}',
    b'{"selection": [{"variableCode": "Jst", "valueCodes": ["\\u0000"]}]}',
    b'{"selection": [{"variableCode": "Jst", "valueCodes": ["\xed\xa0\x80"]}]}',
    b'{"selection": 1e999}',
    b'{"selection": [], "selection": 5}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    json.dumps({"selection": [{"variableCode": "Jst", "valueCodes": ["x" * 9] * 60_000}]}).encode(),
    json.dumps({"selection": [{"variableCode": "Jst"}] * 20_000}).encode(),
)


@pytest.mark.parametrize("number", range(len(BAD_BODIES)))
def test_bodies_that_are_no_question(server: Server, number: int) -> None:
    table = _table(server)
    for address in (f"/pxweb/api/v2/tables/{table}/data", "/pxweb/api/v2/savedqueries"):
        answer = server.ask(address, "POST", BAD_BODIES[number], content_type="application/json")
        if answer.status != 200 or b"selection" in BAD_BODIES[number]:
            assert answer.status in (400, 413), (address, answer.status)
            assert answer.problem


def _table(server: Server) -> str:
    body = server.ask("/pxweb/api/v2/tables?pageSize=1").body
    return str(json.loads(body)["tables"][0]["id"])


def test_bodies_that_nobody_reads(server: Server) -> None:
    """Bombs, endless ones and those without a length are refused by their headers alone."""
    address = f"/pxweb/api/v2/tables/{_table(server)}/data"
    bomb = gzip.compress(b" " * 10**8)
    for coding in ("gzip", "br", "gzip, gzip"):
        assert server.ask(address, "POST", bomb, content_encoding=coding).status == 415
    answer = server.ask(address, "POST", b"{}", content_length=str(MOST_BODY + 1))
    assert answer.status == 413
    assert answer.problem
    answer = server.ask(address, "POST", b"", content_length="0", expect="nothing")
    assert answer.status in (400, 417)
    with closing(server.connect()) as wire:
        head = request(address, "POST").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
        wire.sendall(head + b"2\r\n{}\r\n0\r\n\r\n")
        assert read(wire).status == 400
    for page in ("/", "/api/v1/data", "/files/latest/values.csv"):
        assert server.ask(page, "GET", b"{}").status == 400, page


@pytest.mark.parametrize("release_name", ["latest", "..", ".", "%2e%2e", "current", "", "%00"])
def test_paths_that_lead_out(server: Server, release_name: str) -> None:
    (server.home / "secret.json").write_bytes(SECRET)
    for up in ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", "....//", "..;/"):
        for depth in (1, 2, 3, 4):
            for start in ("", "units/", "slices/ludnosc/"):
                for end in ("secret.json", "manifest.json", "etc/passwd"):
                    answer = server.ask(f"/files/{release_name}/{start}{up * depth}{end}")
                    assert answer.status in (301, 302, 400, 404), (up, depth, start, end)
                    assert SECRET not in answer.body
    for absolute in ("/etc/passwd", "%2fetc%2fpasswd", f"{server.home}/secret.json", "file:///etc"):
        answer = server.ask(f"/files/{release_name}/{absolute}")
        assert answer.status in (301, 302, 400, 404), absolute
        assert b"root:" not in answer.body


def test_a_wrong_file_is_told_to_programs_and_shown_to_people(server: Server) -> None:
    assert "nie-ma.csv" in str(server.ask("/files/latest/nie-ma.csv").problem["detail"])
    page = server.ask("/files/latest/nie-ma.csv", accept="text/html")
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.fixture(scope="module")
def moving(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str, str]]:
    """A server on a store of its own with two releases: (server, earlier, later)."""
    home, earlier, later = two_releases(tmp_path_factory.mktemp("moving"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_PROXIES", "127.0.0.1")
        with serving(home, root) as address:
            yield Server(address, home), earlier, later


def test_a_link_in_the_release_leads_nowhere(moving: tuple[Server, str, str]) -> None:
    server, _, later = moving
    secret = server.home / "secret.json"
    secret.write_bytes(SECRET)
    public = server.home / "releases" / later / "public"
    links = [public / name for name in ("leak.json", "units/ZZ.json", "units/PL.json.br")]
    kept = links[2].read_bytes() if links[2].is_file() else None
    (public / "units").chmod(0o755)
    public.chmod(0o755)
    links[2].unlink(missing_ok=True)
    for link in links:
        link.symlink_to(secret)
    try:
        for name in ("leak.json", "units/ZZ.json"):
            for which in ("latest", later):
                assert server.ask(f"/files/{which}/{name}").status == 404
        for more in ({}, {"range": "bytes=0-"}):
            answer = server.ask(f"/files/{later}/units/PL.json", accept_encoding="br", **more)
            assert answer.status in (200, 206)
            assert SECRET not in answer.body
    finally:
        for link in links:
            link.unlink()
        if kept is not None:
            links[2].write_bytes(kept)


def test_a_release_activated_meanwhile_is_seen_at_once(moving: tuple[Server, str, str]) -> None:
    server, earlier, later = moving
    addresses = (
        "/files/latest/units/PL.json",
        "/api/v1/units/PL",
        "/ogc/collections",
        "/pxweb/api/v2/tables",
        "/sdmx/3.0/structure/dataflow/PL_SMUP",
        "/catalog.ttl",
        "/wydania",
    )
    store = Releases(server.home)
    try:
        seen = {}
        for serves in (later, earlier, later):
            store.activate(serves)
            for address in addresses * 2:
                answer = server.ask(address)
                assert answer.status == 200, address
                tag = answer.headers.get("etag", "")
                assert serves in tag or address in ("/catalog.ttl", "/wydania"), address
                assert seen.setdefault((address, serves), answer.body) == answer.body
                other = later if serves == earlier else earlier
                if (address, other) in seen and serves in tag:
                    stale = server.ask(address, if_none_match=tag.replace(serves, other))
                    assert stale.status == 200, address
            named = server.ask(f"/files/{earlier}/units/PL.json")
            assert json.loads(named.body)["release"] == earlier
        assert seen["/api/v1/units/PL", later] != seen["/api/v1/units/PL", earlier]
    finally:
        store.activate(later)


def unpacked(answer: Answer) -> bytes:
    """The body as it was before it was packed."""
    match answer.headers.get("content-encoding", ""):
        case "br":
            return bytes(brotli.decompress(answer.body))
        case "gzip":
            return gzip.decompress(answer.body)
        case "zstd":
            return zstandard.ZstdDecompressor().decompressobj().decompress(answer.body)
        case other:
            assert other == ""
            return answer.body


@pytest.mark.parametrize(
    "address",
    [*GOOD, "/api/v1/data?indicator=area:edukacja&format=ndjson", "/ogc/collections/gminy/items"],
)
def test_every_coding_holds_the_same_bytes(server: Server, address: str) -> None:
    """Asked in an order that would show if one reader got what was kept for another."""
    plain = server.ask(address)
    assert plain.status == 200
    assert "content-encoding" not in plain.headers
    seen = set()
    for asked in ("br", "gzip", "zstd", "br;q=0, gzip", "BR", "gzip, br;q=0.5", "br", "br;q=0", ""):
        answer = server.ask(address, accept_encoding=asked)
        coding = answer.headers.get("content-encoding", "")
        seen.add(coding)
        assert coding == "" or coding in asked.lower()
        assert coding != "br" or asked not in ("br;q=0, gzip", "br;q=0")
        assert unpacked(answer) == plain.body
        if coding:
            assert "accept-encoding" in answer.headers["vary"].lower()
    files = address.startswith(("/files/", "/catalog"))
    assert seen >= {"br", "gzip", "zstd"} or files or len(plain.body) <= SMALL


@pytest.mark.parametrize("address", GOOD)
def test_head_and_304_say_what_get_says(server: Server, address: str) -> None:
    for asked in ("", "br", "gzip"):
        get = server.ask(address, accept_encoding=asked)
        again = server.ask(address, accept_encoding=asked)
        assert get.status == 200
        own = ("date", "x-request-id", "ratelimit", "ratelimit-policy")
        head = server.ask(address, "HEAD", accept_encoding=asked)
        assert head.body == b""
        for other in (head, again):
            assert {n: v for n, v in other.headers.items() if n not in own} == {
                n: v for n, v in get.headers.items() if n not in own
            }
        tag = get.headers["etag"]
        weak = tag if tag.startswith("W/") else f"W/{tag}"
        for known in (tag, weak, f'"other", {tag}', f'{tag},W/"x"', "*"):
            unchanged = server.ask(address, accept_encoding=asked, if_none_match=known)
            assert (unchanged.status, unchanged.body) == (304, b""), known
            told = {n: v for n, v in unchanged.headers.items() if n not in own}
            body = ("content-type", "content-length", "content-encoding", "content-disposition")
            expected = {n: v for n, v in get.headers.items() if n not in (*own, *body)}
            assert told == expected | {"etag": tag}
        for unknown in ('"other"', "", tag[:-2] + '"'):
            assert server.ask(address, accept_encoding=asked, if_none_match=unknown).status == 200


def test_one_reader_never_gets_the_form_of_another(server: Server) -> None:
    """Each address in all its forms, twice, in both orders; a form is known by its own ETag."""
    forms = {
        "/ogc/collections": ({"accept": "text/html"}, {"accept": "application/json"}, {}),
        "/catalog": ({"accept": "text/turtle"}, {"accept": "application/rdf+xml"}, {}),
        "/sdmx/2.1/data/SMUP/1465.all": (
            {"accept": "application/vnd.sdmx.data+json"},
            {"accept": "application/vnd.sdmx.data+csv"},
            {"accept": "application/xml", "accept_language": "en"},
            {"accept": "application/xml", "accept_language": "pl"},
        ),
    }
    for address, ways in forms.items():
        first: dict[int, Answer] = {}
        for at in [*range(len(ways)), *reversed(range(len(ways)))]:
            answer = server.ask(address, **ways[at])
            assert answer.status == 200, (address, ways[at])
            assert "accept" in answer.headers["vary"].lower().replace("accept-encoding", "")
            first.setdefault(at, answer)
            assert answer.headers["content-type"] == first[at].headers["content-type"]
            assert answer.headers["etag"] == first[at].headers["etag"]
        for at, answer in first.items():
            for other, its in first.items():
                named = ("content-type", "content-language")
                if [answer.headers.get(n) for n in named] != [its.headers.get(n) for n in named]:
                    assert answer.headers["etag"] != its.headers["etag"], (address, at, other)
                    got = server.ask(address, if_none_match=its.headers["etag"], **ways[at])
                    assert got.status == 200, (address, at, other)


def test_only_what_names_its_release_lasts(server: Server, release: Release) -> None:
    for address in GOOD:
        assert "immutable" not in server.ask(address).headers["cache-control"], address
    for address in (
        f"/files/{release.id}/units/1465.json",
        f"/files/{release.id}/values.csv",
        f"/api/v1/units?asOf={release.id}",
        f"/api/v1/data?indicator=ludnosc&unit=1465&asOf={release.id}",
    ):
        assert "immutable" in server.ask(address).headers["cache-control"], address
    for address in ("/api/v1/units?asOf=2999-01-01", f"/api/v1/units?asOf={release.id}&x=1"):
        assert "immutable" not in server.ask(address).headers["cache-control"], address
    wrong = server.ask(f"/files/{release.id}/nie-ma.csv")
    assert "immutable" not in wrong.headers.get("cache-control", "")


def test_parts_of_a_file(server: Server, release: Release) -> None:
    address = f"/files/{release.id}/values.csv"
    whole = server.ask(address)
    tag = whole.headers["etag"]
    part = server.ask(address, range="bytes=100-199", if_range=tag)
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.body)}"
    assert server.ask(address, range="bytes=100-199", if_range=f"W/{tag}").body == whole.body
    assert server.ask(address, range="bytes=100-199", if_none_match=tag).status == 304
    beyond = server.ask(address, range=f"bytes={len(whole.body)}-")
    assert beyond.status == 416
    assert beyond.headers["content-range"] == f"bytes */{len(whole.body)}"
    assert beyond.headers["access-control-allow-origin"] == "*"
    small = f"/files/{release.id}/units/1465.json"
    packed = server.ask(small, accept_encoding="br")
    if packed.headers.get("content-encoding") == "br":
        cut = server.ask(small, accept_encoding="br", range="bytes=5-9")
        assert cut.body == packed.body[5:10]
        assert cut.headers["etag"] == packed.headers["etag"]
        other = server.ask(small, range="bytes=5-9", if_range=packed.headers["etag"])
        assert other.status == 200  # the part would be of other bytes


def test_beyond_the_limit(server: Server, release: Release) -> None:
    """Somebody asks without end; files are still given, and others see nothing of it."""
    busy = somebody()
    for number in range(20 * CALLS):
        answer = server.ask(f"/api/v1/units/nie-ma-{number}", client=busy)
        if answer.status == 429:
            break
        assert answer.status == 404
        assert f"q={CALLS};w={CALLS_WINDOW}" in answer.headers["ratelimit-policy"]
    assert answer.status == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 2 * CALLS_WINDOW + 1
    assert answer.headers["ratelimit"] == '"calls";r=0'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-expose-headers"] == "*"
    assert str(CALLS) in str(answer.problem["detail"])
    named = [f"/files/{release.id}/{name}" for name in ("units/1465.json", "units.csv")]
    for address in (*named, "/files/latest/values.csv", "/healthz", "/readyz"):
        given = server.ask(address, client=busy)
        assert given.status == 200, address
        assert "ratelimit" not in given.headers
    assert server.ask("/api/v1/units/0201").status == 200


def test_a_forged_address_does_not_pass(server: Server) -> None:
    """Only what the trusted server added last counts; the rest anybody can write."""
    busy = somebody()
    for number in range(20 * CALLS):
        forged = f"203.0.113.{number % 250}, {busy}"
        if server.ask(f"/api/v1/units/x-{number}", client=forged).status == 429:
            return
    pytest.fail("never refused")


WELL = (
    "/healthz",
    "/jst/1465",
    "/api/v1/units/1465",
    "/ogc/collections",
    "/files/latest/units.csv",
)


def test_slow_posters_silence_nobody(server: Server) -> None:
    address = f"/pxweb/api/v2/tables/{_table(server)}/data"
    question = b'{"selection": []}'
    with ExitStack() as wires:
        for number in range(60):
            wire = wires.enter_context(closing(server.connect()))
            client = somebody() if number % 2 else "198.19.0.1"
            whole = request(address, "POST", question, client, content_type="application/json")
            wire.sendall(whole[:-10])
        for page in WELL:
            assert server.ask(page).status == 200, page
        answer = server.ask(address, "POST", question, content_type="application/json")
        assert answer.status in (200, 429)
        if answer.status == 429:
            assert int(answer.headers["retry-after"]) > 0
            assert answer.problem
    for _ in range(1000):  # until the server has noticed that they are gone
        answer = server.ask(address, "POST", question, content_type="application/json")
        if answer.status == 200:
            return
    pytest.fail("places were not given back")


@pytest.mark.parametrize(
    "address",
    [
        "/files/latest/values.csv",
        "/files/latest/units.csv",
        "/api/v1/data?indicator=*&unit=*&year=*&format=ndjson",
        "/api/v1/data?indicator=*&unit=*&year=*&format=csv",
    ],
)
def test_slow_readers_silence_nobody(server: Server, address: str) -> None:
    with ExitStack() as wires:
        for number in range(60):
            wire = wires.enter_context(closing(server.connect(room=4096)))
            wire.sendall(request(address, client=somebody() if number % 2 else "198.19.0.2"))
        for page in WELL[:-1]:
            assert server.ask(page).status == 200, page
    for _ in range(1000):  # until the server has noticed that they are gone
        with closing(server.connect()) as wire:
            wire.sendall(request(address))
            if wire.recv(12) == b"HTTP/1.1 200":
                return
    pytest.fail("places were not given back")


def test_unfinished_heads_silence_nobody(server: Server) -> None:
    with ExitStack() as wires:
        for _ in range(300):
            wire = wires.enter_context(closing(server.connect()))
            wire.sendall(request("/")[:-2])
        for page in WELL:
            assert server.ask(page).status == 200, page


def test_what_is_counted_names_nobody(server: Server) -> None:
    """Neither counts nor log hold an address, a question or a browser."""
    asked = {"client": "198.51.100.77", "user_agent": "Okruszek/7", "referer": "https://tajne.pl/"}
    assert server.ask("/szukaj?q=tajemniczy+wyraz", **asked).status == 200
    for _ in range(1000):  # whichever worker is asked writes its own lines first
        counts = server.ask("/metrics")
        log = b"".join(one.read_bytes() for one in (server.home / "log").glob("*"))
        if b"/szukaj" in log:
            break
    assert b"/szukaj" in log
    assert counts.status == 200
    assert b"smup_requests_total" in counts.body
    for private in (b"198.51.100.77", b"Okruszek", b"tajne", b"tajemniczy"):
        assert private not in counts.body
        assert private not in log
    assert b"198.51.100.0" in log


@pytest.mark.parametrize("coding", ["", "br", "gzip", "zstd"])
def test_half_an_answer_never_looks_whole(coding: str) -> None:
    """What the server ends as if it were whole cannot be read to its end."""
    from smup.web.config.front import Counted
    from smup.web.config.packing import _PACKERS, _pieces

    def made() -> Iterator[bytes]:
        yield b"unit,value\n" + b"1465,1.5\n" * 50_000
        raise OSError("the disk is gone")

    plain = made()
    parts = _pieces(plain, _PACKERS[coding]()) if coding else plain
    sent: list[int] = []
    counted = Counted(parts, sent.append, sealed=bool(coding))
    body = b""

    def take() -> None:
        nonlocal body
        for part in counted:
            body += part

    with pytest.raises(OSError, match="the disk is gone"):
        take()
    counted.close()
    assert sent == [len(body)]
    if not coding:
        with pytest.raises(csv.Error, match="unexpected end of data"):
            list(csv.reader(io.StringIO(body.decode()), strict=True))
        return
    assert not _ends(coding, body)


def _ends(coding: str, body: bytes) -> bool:
    """Does a reader that unpacks as it goes come to the end of what was packed?"""
    if coding == "br":
        reader = brotli.Decompressor()
        reader.process(body)
        return bool(reader.is_finished())
    decoder = (
        zlib.decompressobj(31) if coding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    )
    decoder.decompress(body)
    return bool(decoder.eof)
