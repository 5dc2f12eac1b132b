"""The catalogue for Europe and the list for the national portal, judged by the libraries of both
worlds and by what the portal's own checks are known to be."""

import hashlib
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test.client import Client

from smup.formats.bulk.make import make_all
from smup.formats.harvest import Edition, harvest, md5
from smup.store.release import Release
from tests.helpers.invented_site import invented_site

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # their own dependencies warn while they are imported
    import pyshacl
    from rdflib import Graph, URIRef
    from rdflib.compare import isomorphic

pytestmark = pytest.mark.xdist_group("site")

CATEGORIES = {
    *("AGRI", "EDUC", "ENVI", "ENER", "TRAN", "TECH", "ECON"),
    *("SOCI", "HEAL", "GOVE", "REGI", "JUST", "INTR"),
}
SPACE = "urn:otwarte-dane:harvester:1.13"
SHAPES = Path(__file__).parents[1] / "helpers" / "dcat_shapes.ttl"
HVD = URIRef("http://data.europa.eu/r5r/hvdCategory")
DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
TYPES = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture
def asking(store: tuple[str, str]) -> Client:
    """Of the store of two releases."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def opened(store: tuple[str, str]) -> Release:
    from smup.web.config.current import releases

    return releases().current()


def xml(client: Client) -> ET.Element:
    return ET.fromstring(client.get("/harvest.xml", secure=True).content)


def graph(client: Client, end: str) -> Graph:
    found = Graph()
    text = client.get(f"/catalog.{end}").content.decode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return found.parse(data=text, format=TYPES[end])


def test_the_checks_of_the_portal_pass(asking: Client) -> None:
    """Version by its own regular expression, type of HEAD, checksum of the exact bytes."""
    head = asking.head("/harvest.xml", secure=True)
    body = asking.get("/harvest.xml", secure=True).content
    assert "application/xml" in head["Content-Type"]
    root = ET.fromstring(body)
    version = re.match(r"{urn:otwarte-dane:harvester:(.*)}", root.tag)
    assert version is not None
    assert version[1] == "1.13"
    told = asking.get("/harvest.md5", secure=True).content.decode()
    assert re.fullmatch(r"[0-9a-f]{32}", told)
    assert told == hashlib.md5(body).hexdigest()


def words(parent: ET.Element, name: str) -> str:
    found = parent.find(name)
    assert found is not None
    assert found.text
    return found.text


def test_every_limit_of_the_schema_is_kept(asking: Client) -> None:
    root = xml(asking)
    assert root.tag == f"{{{SPACE}}}datasets"
    seen: set[str] = set()
    for dataset in root:
        assert dataset.tag == "dataset"
        assert dataset.attrib == {"status": "published"}
        assert words(dataset, "updateFrequency") == "yearly"
        categories = [one.text for one in dataset.findall("categories/category")]
        assert categories
        assert set(categories) <= CATEGORIES
        assert len(categories) == len(set(categories))
        tags = dataset.findall("tags/tag")
        assert tags
        assert {tag.attrib["lang"] for tag in tags} == {"pl", "en"}
        resources = dataset.findall("resources/resource")
        assert resources
        for one in (dataset, *resources):
            ident = words(one, "extIdent")
            assert 1 <= len(ident) <= 36
            assert ident not in seen
            seen.add(ident)
            for name, limit in (("title", 300), ("description", 1000)):
                assert 1 <= len(words(one, f"{name}/polish")) <= limit
                assert 1 <= len(words(one, f"{name}/english")) <= limit
        for one in resources:
            address = words(one, "url")
            assert address.startswith("https://localhost/files/")
            assert len(address) <= 2000
            assert words(one, "availability") in ("local", "remote")
            assert re.fullmatch(r"\d{4}-12-31|\d{4}-\d{2}-\d{2}", words(one, "dataDate"))
            assert {sign.text for sign in one.findall("specialSigns/specialSign")} <= set("-.X:#")


def test_older_releases_stay_and_new_data_have_new_identifiers(
    asking: Client, store: tuple[str, str]
) -> None:
    earlier, later = store
    found = {
        words(one, "url").removeprefix("https://localhost/files/"): words(one, "extIdent")
        for one in xml(asking).iter("resource")
    }
    assert f"{earlier}/values.csv" in found
    assert f"{later}/values.csv" in found
    assert found[f"{earlier}/values.csv"] != found[f"{later}/values.csv"]
    again = {words(one, "extIdent") for one in xml(asking).iter("resource")}
    assert again == set(found.values())


def test_only_files_that_are_there_are_listed(asking: Client, opened: Release) -> None:
    """The portal fetches at once: what would have to be made first is told when it is made."""
    from smup.web.config.paths import paths

    name = "csv/kontekst.csv"
    listed = [words(one, "url") for one in xml(asking).iter("resource")]
    for address in listed:
        response = asking.get(address.removeprefix("https://localhost"))
        assert response.status_code == 200, address
        response.close()
    if not any(address.endswith(name) for address in listed):
        make_all(opened, paths().home, lambda *_: None, name)
    after = [words(one, "url") for one in xml(asking).iter("resource")]
    assert f"https://localhost/files/{opened.id}/{name}" in after


def test_the_namespace_may_stand_on_every_element(opened: Release) -> None:
    from smup.formats.bulk.datasets import datasets

    editions = [
        Edition(one, opened.id, "2026-01-01", frozenset({"values.csv"})) for one in datasets(opened)
    ]
    forms = {
        qualified: harvest(editions, "https://a.pl", qualified=qualified)
        for qualified in (True, False)
    }
    inside = {form: [one.tag for one in ET.fromstring(body).iter()] for form, body in forms.items()}
    assert all(tag.startswith(f"{{{SPACE}}}") for tag in inside[True])
    assert inside[False] == [
        inside[True][0],
        *(tag.removeprefix(f"{{{SPACE}}}") for tag in inside[True][1:]),
    ]
    assert md5(forms[True]) != md5(forms[False])


def judged(found: Graph) -> tuple[bool, str]:
    """Whether the graph keeps to the shapes, and what was found."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # third-party code: what it warns of is not ours to mend
        conforms, _, report = pyshacl.validate(
            found, shacl_graph=str(SHAPES), shacl_graph_format="turtle"
        )
    return bool(conforms), str(report)


def test_the_catalogue_conforms(asking: Client) -> None:
    conforms, report = judged(graph(asking, "ttl"))
    assert conforms, report


@pytest.mark.parametrize("part", ["publisher", "distribution", "hvdCategory", "endpointURL"])
def test_a_catalogue_without_a_part_of_it_does_not(asking: Client, part: str) -> None:
    found = graph(asking, "ttl")
    predicate = next(one for one in found.predicates() if str(one).endswith(part))
    found.remove((None, predicate, None))
    assert not judged(found)[0]


def test_the_three_notations_say_the_same(asking: Client) -> None:
    turtle = graph(asking, "ttl")
    assert len(turtle) > 100
    assert isomorphic(turtle, graph(asking, "jsonld"))
    assert isomorphic(turtle, graph(asking, "rdf"))


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/turtle", "text/turtle"), ("application/rdf+xml", "application/rdf+xml")],
)
def test_the_notation_follows_what_is_accepted(asking: Client, accept: str, kind: str) -> None:
    response = asking.get("/catalog", headers={"accept": accept})
    assert response["Content-Type"].startswith(kind)
    assert asking.get("/catalog")["Content-Type"] == "application/ld+json"


def test_checksums_are_those_of_the_bytes(asking: Client) -> None:
    found = graph(asking, "ttl")
    checked = 0
    for one, address in found.subject_objects(URIRef(f"{DCAT}downloadURL")):
        checksum = found.value(one, URIRef(f"{SPDX}checksum"))
        if checksum is None:
            continue
        response = asking.get(str(address).removeprefix("http://localhost"))
        body = b"".join(response.streaming_content)
        value = found.value(checksum, URIRef(f"{SPDX}checksumValue"))
        size = found.value(one, URIRef(f"{DCAT}byteSize"))
        assert hashlib.sha256(body).hexdigest() == str(value).lower()
        assert len(body) == int(str(size))
        checked += 1
    assert checked >= 9


def test_an_unchanged_list_is_not_sent_again(asking: Client) -> None:
    for address in ("/harvest.xml", "/catalog.ttl"):
        first = asking.get(address)
        again = asking.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""


@pytest.mark.parametrize("address", ["/catalog.xyz", "/catalog.ttl.gz"])
def test_an_unknown_notation_is_told_the_known_ones(asking: Client, address: str) -> None:
    response = asking.get(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["suggestions"] == ["catalog.jsonld", "catalog.ttl", "catalog.rdf"]


def test_what_is_read_cannot_be_written(asking: Client) -> None:
    for address in ("/harvest.xml", "/catalog.ttl"):
        response = asking.post(address)
        assert response.status_code == 405
        assert "GET" in response["Allow"]


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented_site(tmp_path_factory.mktemp("demo"))[1]


@pytest.fixture
def demo(home: Path, demo_home: Path) -> Iterator[Client]:
    from smup.web.config import current, paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(demo_home))
        paths.paths.cache_clear()
        current.releases.cache_clear()
        yield Client(SERVER_NAME="localhost")
    paths.paths.cache_clear()
    current.releases.cache_clear()


def test_invented_figures_are_not_offered_to_the_nation(demo: Client) -> None:
    for address in ("/harvest.xml", "/harvest.md5"):
        response = demo.get(address)
        assert response.status_code == 404
        assert "zmyślonych" in response.json()["detail"]
    found = graph(demo, "ttl")
    assert not list(found.triples((None, HVD, None)))
    titles = found.query("SELECT ?t WHERE { ?d a dcat:Dataset ; dct:title ?t }")
    assert len(titles) >= 4
    assert all(str(row[0]).startswith(("DANE ZMYŚLONE", "INVENTED DATA")) for row in titles)
