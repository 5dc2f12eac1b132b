"""The OpenAPI document is true: schemathesis, which nobody here wrote, asks what it allows."""

import pytest
import schemathesis
from django.test.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from smup.store.releases import Release

pytestmark = [
    pytest.mark.xdist_group("site"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis"),
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
HEADERS = {"Host": "localhost", "Accept-Encoding": "identity"}
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture
def described(release: Release) -> schemathesis.BaseSchema:
    from smup.web.config.wsgi import application  # needs the settings

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def ask(described: schemathesis.BaseSchema, mode: GenerationMode, examples: int) -> None:
    """What the document allows, or forbids, of every address."""
    for found in described.get_all_operations():
        operation = found.ok()
        free = operation.path.startswith("/api/v1/reports/{id}")  # any text may be an id
        if mode is GenerationMode.NEGATIVE and (free or not list(operation.iter_parameters())):
            continue  # nothing to be wrong in

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=examples, deadline=None, suppress_health_check=SLOW, database=None)
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS, headers=HEADERS)

        answers()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_address_answers_as_described(
    described: schemathesis.BaseSchema, mode: GenerationMode
) -> None:
    ask(described, mode, 6)


@pytest.mark.nightly
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_address_answers_as_described_at_length(
    described: schemathesis.BaseSchema, mode: GenerationMode
) -> None:
    ask(described, mode, 300)


def test_every_example_is_answered(client: Client) -> None:
    """What the document shows as an example works."""
    found = client.get("/api/v1/openapi.json").json()
    for path, operations in found["paths"].items():
        asked = {p["name"]: p["example"] for p in operations["get"]["parameters"] if "example" in p}
        if "{id}" in path and "id" not in asked:
            continue  # of what is asked for first there is no example
        address = path.format(**asked)
        needed = {
            p["name"]: p["example"]
            for p in operations["get"]["parameters"]
            if p["in"] == "query" and p["required"]
        }
        if path == "/api/v1/data":
            needed = {"indicator": asked["indicator"], "year": asked["year"]}
        response = client.get(address, needed)
        assert response.status_code == 200 or "topojson" in path, (address, response.content)


# Parts that mean something and parts that do not, in every mixture.
PARTS = {
    "indicator": ["ludnosc", "urodzenia", "service:biblioteki", "area:edukacja", "*", "x", ","],
    "unit": ["1465", "020101", "0201G", "PL", "children:14", "members:0201", "peers:1465", "120713",
             "group:powiaty", "kind:kraj", "children:020101", "peers:0201G", "group:", ":", "\x00"],
    "year": ["2020", "2019-2021", "latest", "last-3", "last-0", "*", "9999-1", "-", "２０２０"],
    "format": ["json", "rows", "ndjson", "json-stat", "csv", "xlsx", "parquet", "pdf"],
    "fields": ["unit", "value", "sign", "reason", "share", "bridged", "change", "flags", "x"],
    "missing": ["codes", "reasons", "nie"],
    "dialect": ["pl", "en", "plain", "de"],
    "prices": ["2020", "1800", "x"],
    "territory": ["published", "current", "2015", "0", "x"],
    "asOf": ["2026-11-22", "2026-02-30", "x", "9999-12-31"],
    "changedSince": ["2026-11-22", "2026-13-01", "x"],
    "lang": ["pl", "en", "de"],
}  # fmt: skip
QUESTIONS = st.dictionaries(st.sampled_from(sorted(PARTS)), st.randoms(), max_size=5).map(
    lambda asked: {
        name: ",".join(chance.sample(PARTS[name], chance.choice((1, 1, 2))))
        for name, chance in asked.items()
    }
)


@given(asked=QUESTIONS)
@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
def test_no_question_about_data_is_a_server_error(release: Release, asked: dict[str, str]) -> None:
    """Refused with a parameter named, or answered whole."""
    if asked.get("unit") in (None, "") or "*" in asked.get("indicator", "*"):
        asked = {"year": "2020"} | asked | {"unit": "1465"}  # large answers are tested elsewhere
    client = Client(SERVER_NAME="localhost")
    response = client.get("/api/v1/data", asked)
    if response.status_code == 200:
        assert response.getvalue() if response.streaming else response.content
        assert response["SMUP-Complete"] == "true"
    else:
        assert response.status_code in (400, 404, 413)
        assert response.json()["parameter"] in PARTS
