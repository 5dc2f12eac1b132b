"""Whatever is typed into the address, an answer comes: the right status, a page that helps, nothing
of the question run or shown raw, never a traceback."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test.client import Client
from django.urls import URLPattern
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smup.web.config.current import releases

pytestmark = pytest.mark.xdist_group("site")

NASTY = (
    "",
    "0",
    "-1",
    "²",
    "9" * 400,
    "99999-1",
    "2024-2020",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE x; --",
    "../../etc/passwd",
    "\x00",
    "a\x00b",
    "%",
    "{{7*7}}",
    "🗺",
    "NaN",
    "1e309",
    "x" * 5000,
    ",".join(["1465"] * 1000),
    ",".join(f"{n:06d}" for n in range(1000)),
    "ludnosc>abc",
    "a,,b",
    "null",
)
PARAMETERS = re.findall(
    r"\S+",
    """
    q jst wskaznik rok lata poziom mapa strona rola od dzien wydanie usluga obszar grupa
    podobne w rodzaj ludnosc woj gdzie sort wiersze kolumny obraz ceny granice okolica klasy
    ilosc n k x y rozmiar lang format system wariant wagi zestaw
    """,
)
EXPECTED = {200, 202, 301, 302, 303, 307, 308, 400, 404, 405, 406, 410, 413, 414, 422}
GOOD = {
    "code": "1465",
    "service": "szkoly-podstawowe",
    "indicator": "ludnosc",
    "area": "edukacja",
    "group": "powiaty",
}


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address of the portal with {} for its parts, and the names of the parts."""
    from smup.web.portal.urls import urlpatterns

    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        if hasattr(pattern.pattern, "_route"):
            route = str(pattern.pattern)
            names = re.findall(r"<(?:\w+:)?(\w+)>", route)
            yield "/" + re.sub(r"<[^>]+>", "{}", route), names


def asked(template: str, values: list[str]) -> str:
    return template.format(*(quote(value, safe="") for value in values))


def some(template: str) -> tuple[str, ...]:
    """All wrong values in Polish, a few in English: both are answered by the same views."""
    return NASTY[::8] if template.startswith("/en") else NASTY


def held(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in EXPECTED, (address[:200], answer.status_code)
    if answer.streaming or answer.status_code in (301, 302, 303, 307, 308, 405):
        answer.close()
        return
    body = answer.content.decode("utf-8", "replace")
    assert "Traceback" not in body
    if "text/html" in answer.get("Content-Type", ""):
        assert "<script>alert" not in body, address[:200]
        assert "onerror=alert(1)>" not in body.replace("&quot;", "").replace("&gt;", ""), address[
            :200
        ]
        assert "<h1" in body, address[:200]
        assert re.search(r'<html lang="(pl|en)">', body), address[:200]
        assert 'href="' in body
    if "svg" in answer.get("Content-Type", ""):
        assert "<script" not in body


@pytest.fixture(scope="module")
def templates(home: object) -> list[tuple[str, list[str]]]:
    """Without the documents of everything at once, which have tests of their own."""
    return [(t, names) for t, names in addresses() if not t.endswith((".pdf", "/calosc"))]


def test_wrong_parts_of_an_address(client: Client, templates: list[tuple[str, list[str]]]) -> None:
    for template, names in templates:
        if not names:
            held(client, template + "/dalej")
        for value in some(template):
            for at in range(len(names)):
                parts = [GOOD.get(name, "x") for name in names]
                parts[at] = value
                held(client, asked(template, parts))


def test_wrong_parameters(client: Client, templates: list[tuple[str, list[str]]]) -> None:
    """All parameters wrong at once, and queries that are none."""
    for template, names in templates:
        address = asked(template, [GOOD.get(name, releases().current_id() or "") for name in names])
        for value in some(template):
            others = [name for name in PARAMETERS if name != "wydanie"]
            held(client, f"{address}?" + "&".join(f"{name}={quote(value)}" for name in others))
        for raw in ("?%", "?%ff=%fe", "?=&&&=", "?rok=%00", "?jst=%E0%A4", "?" + "a=1&" * 900):
            held(client, address + raw)


@pytest.mark.nightly
def test_parameters_one_by_one(client: Client, templates: list[tuple[str, list[str]]]) -> None:
    """One wrong value of every parameter, the others left out."""
    for template, names in templates:
        address = asked(template, [GOOD.get(name, releases().current_id() or "") for name in names])
        for name in PARAMETERS:
            for value in ("<script>alert(1)</script>", "9" * 400):
                held(client, f"{address}?{name}={quote(value)}")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_in_the_address(client: Client, path: str, value: str) -> None:
    held(client, "/" + quote(path, safe="/"))
    held(client, f"/szukaj?q={quote(value)}")
    held(client, f"/wskaznik/ludnosc?jst={quote(value)}&rok={quote(path)}")


@pytest.mark.parametrize(
    "address",
    ["/%ff%fe", "/jst/%E0%A4%A", "/%00", "//evil.example/x", "/jst//1465", "/JST/1465", "/en/en/"],
)
def test_broken_paths(client: Client, address: str) -> None:
    held(client, address)


def test_a_foreign_host_gets_no_page_of_ours(home: object) -> None:
    answer = Client(SERVER_NAME="evil.example", raise_request_exception=False).get("/")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
