"""The description of the API as a page: complete, in both languages, without a script."""

import re

import pytest
from django.test.client import Client

pytestmark = pytest.mark.xdist_group("site")


@pytest.mark.parametrize("address", ["/api/opis", "/en/api/opis"])
def test_every_address_and_parameter_is_there(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    document = client.get("/api/v1/openapi.json").json()
    for path, operations in document["paths"].items():
        section = html.split(f"<code>{path}</code></h2>")[1].split("</section>")[0]
        for one in operations["get"]["parameters"]:
            assert f"<code>{one['name']}</code>" in section
    assert "<script" not in html.split("<main")[1].split("</main")[0]


def test_every_example_of_the_page_answers(client: Client) -> None:
    html = client.get("/api/opis").content.decode()
    examples = re.findall(r'<a href="(/api/v1/[^"]+)"><code>', html)
    assert len(examples) >= 21
    for address in examples:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_document_says_what_openapi_demands(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    ids = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(set(ids)) == len(ids)
    for path, operations in document["paths"].items():
        named = {p["name"] for p in operations["get"]["parameters"] if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        assert "400" in operations["get"]["responses"] or "geometry" in path
