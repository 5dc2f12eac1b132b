"""OGC API – Features: documents, paging, filters and values, against API v1 and brute force."""

import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test.client import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from smup.store.releases import Release
from smup.territory import Kind, Level

pytestmark = pytest.mark.xdist_group("site")

LAYERS = {"gminy": Level.GMINA, "powiaty": Level.POWIAT, "wojewodztwa": Level.WOJEWODZTWO}
ITEMS = "/ogc/collections/gminy/items"
SIDE = 0.06  # degrees; of the squares drawn in the place of outlines


def ask(client: Client, address: str, **query: Any) -> Any:
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def existing(release: Release, level: Level) -> list[str]:
    return [u.code for u in release.territory.of_level(level) if u.valid_to is None]


@pytest.fixture
def squares(home: Path, release: Release) -> Iterator[dict[str, shapely.Polygon]]:
    """A square around the point of every gmina but one, as the outlines of this machine."""
    units = [u for u in release.territory.of_level(Level.GMINA) if u.lon is not None][1:]
    arcs, geometries = [], []
    found = {}
    side = round(SIDE * 1e5)
    for number, unit in enumerate(units):
        assert unit.lon is not None
        assert unit.lat is not None
        west, south = round(unit.lon * 1e5), round(unit.lat * 1e5)
        arcs.append([[west, south], [0, side], [side, 0], [0, -side], [-side, 0]])
        geometries.append({"type": "Polygon", "id": unit.code, "arcs": [[number]]})
        found[unit.code] = shapely.box(
            west / 1e5, south / 1e5, (west + side) / 1e5, (south + side) / 1e5
        )
    topology = {
        "type": "Topology",
        "transform": {"scale": [1e-5, 1e-5], "translate": [0, 0]},
        "objects": {"gmina": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    path = home / "geometry" / "gmina.topojson"
    path.write_text(json.dumps(topology))
    yield found
    path.unlink()


def test_every_link_of_the_documents_leads_to_an_answer_of_the_type_it_promises(
    client: Client,
) -> None:
    waiting, seen = ["/ogc?indicator=ludnosc&year=2024&f=json"], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        if "json" not in response.headers["Content-Type"]:
            continue
        body = json.loads(response.content)
        links = body.get("links", []) + [
            link for one in body.get("collections", []) for link in one["links"]
        ]
        for link in links:
            assert link["href"].startswith("http://localhost/"), link
            told = client.get(link["href"].removeprefix("http://localhost"))
            assert told.status_code == 200, link
            assert told.headers["Content-Type"].startswith(link["type"].split(";")[0]), link
            if "/ogc" in link["href"] and link["rel"] not in ("next", "prev"):
                new = link["href"].removeprefix("http://localhost")
                waiting += [new] if new not in seen and new not in waiting else []
    assert {a.split("?")[0] for a in seen} >= {
        *("/ogc/", "/ogc/api", "/ogc/conformance", "/ogc/collections"),
        *(f"/ogc/collections/{layer}/items" for layer in LAYERS),
        *(f"/ogc/collections/{layer}/queryables" for layer in LAYERS),
    }
    assert all("indicator=ludnosc" in address for address in seen)


def test_every_address_of_the_definition_answers(client: Client) -> None:
    told = ask(client, "/ogc/api")
    assert told["openapi"].startswith("3.0")
    for path, methods in told["paths"].items():
        response = client.get("/ogc" + path.replace("{featureId}", "02"))
        known = not path.endswith("{featureId}") or "wojewodztwa" in path
        assert response.status_code == (200 if known else 404), path
        for parameter in methods["get"]["parameters"]:
            name = parameter.get("$ref", "").rpartition("/")[2]
            assert not name or name in told["components"]["parameters"]
    limit = told["components"]["parameters"]["limit"]["schema"]
    assert limit["maximum"] >= len(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_collection_holds_every_unit_of_its_level_that_exists_in_one_answer(
    client: Client, release: Release, layer: str
) -> None:
    body = ask(client, f"/ogc/collections/{layer}/items")
    codes = existing(release, LAYERS[layer])
    assert [one["id"] for one in body["features"]] == codes
    assert (body["numberMatched"], body["numberReturned"]) == (len(codes), len(codes))
    assert "next" not in {link["rel"] for link in body["links"]}
    assert body["release"] == release.id


def test_pages_joined_are_the_whole_and_the_way_back_is_the_same(
    client: Client, release: Release
) -> None:
    address, found, pages = f"{ITEMS}?limit=700&indicator=ludnosc", [], 0
    while address:
        body = ask(client, address.removeprefix("http://localhost"))
        found += [one["id"] for one in body["features"]]
        pages += 1
        assert body["numberReturned"] == len(body["features"]) <= 700
        links = {link["rel"]: link["href"] for link in body["links"]}
        assert ("prev" in links) == (pages > 1)
        assert "ludnosc" in body["features"][0]["properties"]
        address = links.get("next", "")
    assert found == existing(release, Level.GMINA)
    assert pages == math.ceil(len(found) / 700)
    beyond = ask(client, ITEMS, offset=99_999)
    assert (beyond["numberReturned"], beyond["features"]) == (0, [])


@pytest.mark.parametrize("layer", LAYERS)
def test_values_status_and_flags_are_those_of_the_data_api(client: Client, layer: str) -> None:
    names = [
        "ludnosc",
        "egzamin-osmoklasisty-matematyka",
        "wydatki-na-dziecko-w-przedszkolach-gminy",
    ]
    query = {"indicator": ",".join(names), "year": "2021-2023"}
    features = ask(client, f"/ogc/collections/{layer}/items", **query)["features"]
    rows = ask(client, "/api/v1/data", **query)["rows"]
    told = {(row["indicator"], row["year"], row["unit"]): row for row in rows}
    gaps = 0
    for one in features:
        for name in names:
            for year in (2021, 2022, 2023):
                row, own = told[name, year, one["id"]], one["properties"]
                key = f"{name}_{year}"
                assert own[key] == row["value"], (one["id"], key)
                assert own[f"{key}_status"] == row["status"]
                assert own[f"{key}_flags"].split() == row["flags"]
                gaps += own[key] is None
    assert gaps or layer == "wojewodztwa"


def test_a_gap_is_null_with_its_reason_and_a_zero_is_a_zero(
    client: Client, release: Release
) -> None:
    """Counted in the release itself, over every indicator with data."""
    panel = release.indicators
    statuses: dict[str, int] = {}
    for item in panel.items[:40]:
        for one in ask(client, ITEMS, indicator=item, year="latest")["features"]:
            (key,) = (k for k in one["properties"] if k.startswith(item) and k[-5] == "_")
            value, status = one["properties"][key], one["properties"][f"{key}_status"]
            statuses[status] = statuses.get(status, 0) + 1
            if status in ("observed", "zero"):
                assert value is not None
                assert (value == 0) or status == "observed"
            else:
                assert value is None
    assert statuses["observed"] > 1000
    assert statuses.keys() - {"observed", "zero"}


def test_without_a_year_the_newest_well_known_one_is_told_under_a_lasting_name(
    client: Client, release: Release
) -> None:
    year = release.default_year("ludnosc", Level.GMINA)
    one = ask(client, f"{ITEMS}/1465", indicator="ludnosc")["properties"]
    row = ask(client, "/api/v1/data", indicator="ludnosc", unit="1465", year=str(year))["rows"][0]
    assert (one["ludnosc"], one["ludnosc_year"]) == (row["value"], year)
    waiting = next(
        i.id for i in release.catalogue.shown if i.id not in release.indicators.item_index
    )
    gap = ask(client, f"{ITEMS}/1465", indicator=waiting)["properties"]
    assert (gap[waiting], gap[f"{waiting}_status"]) == (None, "not_collected")


def test_the_schema_names_exactly_the_properties_of_a_feature(client: Client) -> None:
    for query in ({}, {"indicator": "ludnosc"}, {"indicator": "ludnosc", "year": "2020,2023"}):
        schema = ask(client, "/ogc/collections/powiaty/schema", **query)
        one = ask(client, "/ogc/collections/powiaty/items/1465", **query)
        told = schema["properties"]["properties"]["properties"]
        assert set(one["properties"]) == set(told)
        for name, value in one["properties"].items():
            kinds = {"string": str, "number": float, "integer": int, "boolean": bool}
            assert value is None or isinstance(value, kinds[told[name]["type"]]), name


BOXES = [
    (19.0, 50.0, 20.0, 51.0),
    (14.0, 49.0, 24.2, 54.9),
    (20.9, 52.2, 21.05, 52.3),
    (21.0, 52.2, 21.0, 52.2),
    (-180, -90, 180, 90),
    (23.0, 49.0, 15.0, 55.0),  # across the 180th meridian: east and west of the middle
    (0, 0, 1, 1),
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_finds_what_brute_force_finds(
    client: Client,
    release: Release,
    squares: dict[str, shapely.Polygon],
    box: tuple[float, float, float, float],
) -> None:
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    expected = [
        code
        for code in existing(release, Level.GMINA)
        if code in squares
        and any(
            squares[code].intersects(shapely.box(first, south, last, north))
            for first, last in parts
        )
    ]
    body = ask(client, ITEMS, bbox=",".join(map(str, box)))
    assert [one["id"] for one in body["features"]] == expected
    assert body["geometries"] == "outlines"
    low_high = (west, south, 0, east, north, 100)
    assert ask(client, ITEMS, bbox=",".join(map(str, low_high)))["numberMatched"] == len(expected)


def test_outlines_are_given_as_drawn_and_a_missing_one_is_null_and_said(
    client: Client, release: Release, squares: dict[str, shapely.Polygon]
) -> None:
    without = []
    for one in ask(client, ITEMS)["features"]:
        if one["geometry"] is None:
            without.append(one["id"])
        else:
            found = shape(one["geometry"])
            assert found.symmetric_difference(squares[one["id"]]).area < 1e-9
    assert set(without) == set(existing(release, Level.GMINA)) - squares.keys()
    told = ask(client, "/ogc/collections/gminy")
    assert all(code in told["description"] for code in without)
    assert told["storageCrs"] in told["crs"]
    bounds = shapely.total_bounds(list(squares.values())).tolist()
    assert told["extent"]["spatial"]["bbox"][0] == pytest.approx(bounds)
    page = client.get("/ogc/collections/gminy", {"f": "html"}).content.decode()
    assert "Państwowy Rejestr Granic" in page


def test_without_outlines_there_are_points_and_it_is_said(client: Client, release: Release) -> None:
    body = ask(client, ITEMS)
    assert body["geometries"] == "points"
    for one in body["features"]:
        unit = release.territory.units[one["id"]]
        expected = (
            None if unit.lon is None else {"type": "Point", "coordinates": [unit.lon, unit.lat]}
        )
        assert one["geometry"] == expected
    assert "punkt wewnątrz jednostki" in ask(client, "/ogc/collections/gminy")["description"]


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("2005-12-31", date(2005, 12, 31)),
        ("2010-06-01T12:00:00Z", date(2010, 6, 1)),
        ("2000-01-01/2012-01-01", date(2012, 1, 1)),
        ("../2015-01-01", date(2015, 1, 1)),
        ("/2015-01-01", date(2015, 1, 1)),
        ("2020-01-01/..", None),
    ],
)
def test_a_day_leaves_out_units_created_after_it(
    client: Client, release: Release, asked: str, last: date | None
) -> None:
    body = ask(client, ITEMS, datetime=asked)
    units = release.territory.units
    expected = [
        code
        for code in existing(release, Level.GMINA)
        if last is None or (units[code].valid_from or date.min) <= last
    ]
    assert [one["id"] for one in body["features"]] == expected
    assert (len(expected) < 2479) == (last is not None)


def test_properties_filter_by_value(client: Client, release: Release) -> None:
    body = ask(client, ITEMS, wojewodztwo="14", kind="gmina-miejska")
    expected = [
        u.code
        for u in release.territory.of_kind([Kind.GMINA_MIEJSKA])
        if u.wojewodztwo == "14" and u.valid_to is None
    ]
    assert [one["id"] for one in body["features"]] == expected
    assert expected
    assert ask(client, ITEMS, name="Bolesławiec")["numberMatched"] == 3
    assert ask(client, ITEMS, wojewodztwo="99")["features"] == []


def test_a_unit_is_found_by_any_of_its_codes_in_its_collections_only(client: Client) -> None:
    for code in ("1465", "146501", "1465011"):
        assert ask(client, f"{ITEMS}/{code}")["id"] == "1465"
    assert ask(client, "/ogc/collections/powiaty/items/1465")["id"] == "1465"
    for wrong in ("1408", "14", "PL", "1408G", "999999", "320304"):
        assert client.get(f"{ITEMS}/{wrong}").status_code == 404


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("foo=1", "foo"),
        ("Limit=1", "Limit"),
        ("f=xml", "f"),
        ("lang=de", "lang"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=x", "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=1e3", "offset"),
        ("offset=99999999999999", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("bbox=0,10,1,5", "bbox"),
        ("bbox-crs=http://www.opengis.net/def/crs/EPSG/0/2180", "bbox-crs"),
        ("crs=EPSG:4326", "crs"),
        ("datetime=2020", "datetime"),
        ("datetime=2020-02-30", "datetime"),
        ("datetime=2021-01-01/2020-01-01", "datetime"),
        ("year=20x0", "year"),
        ("year=1800", "year"),
        ("indicator=ludnosc&year=last-0", "year"),
        ("indicator=area:nie-ma", "indicator"),
        ("indicator=nie-ma", "indicator"),
        ("asOf=2020-01-01", "asOf"),
        ("asOf=x", "asOf"),
    ],
)
def test_what_is_wrong_is_refused_by_name(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"{ITEMS}?{query}")
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["parameter"] == parameter
    page = client.get(f"{ITEMS}?{query}", headers={"accept": "text/html"})
    if "f=" not in query:
        assert page.status_code == response.status_code
        assert page.headers["Content-Type"].startswith("text/html")


def test_limits_above_the_greatest_and_repeated_parameters_are_taken(client: Client) -> None:
    """Clients send the greatest number they know, and the parameters of a connection twice."""
    assert ask(client, f"{ITEMS}?limit=1000000")["numberReturned"] == 2479
    assert (
        ask(client, f"{ITEMS}?indicator=ludnosc&limit=1&indicator=ludnosc")["numberReturned"] == 1
    )


def test_a_page_of_many_columns_is_shorter_and_leads_on(client: Client) -> None:
    body = ask(client, ITEMS, indicator="*", year="*")
    assert 1 <= body["numberReturned"] < body["numberMatched"] == 2479
    links = {link["rel"]: link["href"] for link in body["links"]}
    assert f"offset={body['numberReturned']}" in links["next"]


def test_browsers_get_pages_and_programs_get_json_at_one_address(client: Client) -> None:
    """Also when the other was asked for just before."""
    for address in ("/ogc", "/ogc/collections/gminy", f"{ITEMS}?limit=3", f"{ITEMS}/1465"):
        for _ in range(2):
            page = client.get(address, headers={"accept": "text/html,application/xhtml+xml,*/*"})
            assert page.headers["Content-Type"].startswith("text/html")
            for accept in ("*/*", "application/geo+json, application/json"):
                told = client.get(address, headers={"accept": accept})
                assert "json" in told.headers["Content-Type"]
                assert "Accept" in told.headers["Vary"]
                assert told.headers["Access-Control-Allow-Origin"] == "*"


def test_pages_tell_values_in_words_of_both_languages(client: Client) -> None:
    query = {"f": "html", "indicator": "ludnosc,egzamin-osmoklasisty-matematyka", "year": "2021"}
    page = client.get(ITEMS, query | {"limit": "2500"}).content.decode()
    assert '<html lang="pl">' in page
    assert "Ludność, 2021" in page
    assert "Brak danych:" in page
    english = client.get(f"{ITEMS}/1465", query | {"lang": "en"}).content.decode()
    assert '<html lang="en">' in english
    assert "Population, 2021" in english


def test_the_topology_and_the_points_of_the_data_api(
    client: Client, release: Release, squares: dict[str, shapely.Polygon], home: Path
) -> None:
    response = client.get("/api/v1/geometry/gmina.topojson")
    assert response.content == (home / "geometry" / "gmina.topojson").read_bytes()
    again = client.get(
        "/api/v1/geometry/gmina.topojson", headers={"if-none-match": response.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    told = ask(client, "/api/v1/geometry/gmina.geojson")
    assert told["geometries"] == "outlines"
    drawn = {one["id"] for one in told["features"] if one["geometry"]}
    assert drawn == squares.keys() & set(existing(release, Level.GMINA))
    points = ask(client, "/api/v1/geometry/wojewodztwo.geojson")
    assert (points["geometries"], len(points["features"])) == ("points", 16)
    for wrong in ("kraj.topojson", "wojewodztwo.topojson", "x.geojson"):
        missing = client.get(f"/api/v1/geometry/{wrong}")
        assert missing.status_code == 404
        assert json.loads(missing.content)["parameter"] == "level"


NAMES = st.sampled_from(
    [
        *("f", "lang", "indicator", "year", "asOf", "limit", "offset", "bbox", "bbox-crs", "crs"),
        *("datetime", "name", "kind", "wojewodztwo", "wydanie", "x"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["html", "ludnosc", "2024", "*", "latest", "1,2,3,4", "..", "/", "-1", "\ud800"]
    ),
    st.from_regex(r"[0-9.,:/TZ-]{0,24}", fullmatch=True),
)
PATHS = (
    "/ogc",
    "/ogc/api",
    "/ogc/collections/gminy/schema",
    ITEMS,
    f"{ITEMS}/1465",
    "/ogc/\x00/%ff",
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), query=st.dictionaries(NAMES, VALUES, max_size=4))
def test_no_request_breaks_it(client: Client, path: str, query: dict[str, str]) -> None:
    told = {name: value.encode("utf-8", "surrogatepass") for name, value in query.items()}
    response = client.get(path, told)
    assert response.status_code in (200, 400, 404), response.content
