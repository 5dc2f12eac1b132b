"""Headers, caching, compression, HEAD, bulk files."""

from pathlib import Path

import brotli
import pytest
from django.test.client import Client

from smup.store.releases import Release
from smup.web.config.secret import secret_key

pytestmark = pytest.mark.xdist_group("site")


@pytest.mark.parametrize("address", ["/", "/jst/1465", "/nie-ma", "/api/v1/units/1465", "/healthz"])
def test_the_policy_forbids_everything_foreign(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_page_is_not_sent_again(client: Client, release: Release) -> None:
    first = client.get("/jst/0203")
    assert release.id in first["ETag"]
    again = client.get("/jst/0203", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/jst/0203", headers={"if-none-match": 'W/"older"'})
    assert other.content == first.content


def test_pages_are_packed_for_those_who_take_it(client: Client) -> None:
    plain = client.get("/jst/0204")
    packed = client.get("/jst/0204", headers={"accept-encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize(
    "address", ["/", "/jst/1465", "/nie-ma", "/files/latest/values.csv", "/api/v1/units/1465"]
)
def test_head_gives_the_headers_of_get(client: Client, address: str) -> None:
    get, head = client.get(address), client.head(address)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]
    assert head.get("Content-Length") == get.get("Content-Length")
    get.close()


def test_no_cookie_is_set(client: Client) -> None:
    for address in ("/", "/jst/1465", "/szukaj?q=hel"):
        assert not client.get(address).cookies


def test_map_shapes_are_kept_for_ever(client: Client) -> None:
    html = client.get("/wskaznik/ludnosc?poziom=powiat&mapa=granice").content.decode()
    address = html.split('data-map="')[1].split('"')[0]
    shape = client.get(address)
    assert "immutable" in shape["Cache-Control"]
    assert "powiat-granice" in address
    values = client.get("/wskaznik/ludnosc/mapa.json?poziom=powiat&mapa=granice").json()
    codes = shape.json()["codes"]
    assert len(values["keys"]) == len(values["words"]) == len(codes) == 379
    assert "0201" not in codes


def test_a_gmina_map_is_within_its_budget(client: Client) -> None:
    """Everything a first visit needs but the server's own headers: at most 230 kB."""
    html = client.get("/wskaznik/ludnosc").content.decode()
    packed = {"accept-encoding": "br"}
    parts = [html.split(f'{name}="')[1].split('"')[0] for name in ("data-map", "data-values")]
    parts += ["/wskaznik/ludnosc"]
    parts = [part.replace("&amp;", "&") for part in parts]
    sizes = {part: len(client.get(part, headers=packed).content) for part in parts}
    assert sizes[parts[1]] < 15_000
    assert sum(sizes.values()) < 60_000  # tiles here; borders add at most 150 kB


def test_bulk_files_say_how_long_they_last(client: Client, release: Release) -> None:
    named = client.get(f"/files/{release.id}/indicators.csv")
    newest = client.get("/files/latest/indicators.csv")
    assert "immutable" in named["Cache-Control"]
    assert newest["Cache-Control"] == "public, no-cache"
    body = b"".join(named.streaming_content)
    assert body == (release.folder / "public" / "indicators.csv").read_bytes()
    again = client.get(
        f"/files/{release.id}/indicators.csv", headers={"if-none-match": named["ETag"]}
    )
    assert again.status_code == 304
    named.close()
    newest.close()


def test_the_shelf_forgets_the_least_used(home: Path) -> None:
    from smup.web.config.page_cache import Page, Shelf

    shelf = Shelf(limit=300)
    for name in "abc":
        shelf.put((name,), Page(b"x" * 100, {"Cache-Control": ""}))
        shelf.get(("a",))
    assert shelf.get(("a",)) is not None
    assert shelf.get(("b",)) is None
    assert shelf.get(("c",)) is not None


def test_the_secret_is_made_once_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMUP_SECRET_KEY", raising=False)
    file = tmp_path / "home" / "secret-key"
    key = secret_key(file)
    assert len(key) > 50
    assert secret_key(file) == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in file.parent.iterdir()] == ["secret-key"]
    monkeypatch.setenv("SMUP_SECRET_KEY", "given")
    assert secret_key(file) == "given"
