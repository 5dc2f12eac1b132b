"""Outlines out of TopoJSON, against coordinates worked out by hand; features as text."""

import json
from typing import Any

import shapely
from shapely.geometry import shape

from smup.formats import geojson

# Two squares of one degree side by side, with a hole in the left one that a third fills, and an
# island of the right one. Positions are steps of half a degree from (14, 50).
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [14.0, 50.0]},
    "arcs": [
        [[8, 0], [0, 8]],  # 0: the border between left and right, walked northwards
        [[8, 8], [-8, 0], [0, -8], [8, 0]],  # 1: the rest of the left one
        [[8, 8], [8, 0], [0, -8], [-8, 0]],  # 2: the rest of the right one, clockwise
        [[2, 2], [0, 2], [2, 0], [0, -2], [-2, 0]],  # 3: the enclave
        [[20, 0], [0, 1], [1, 0], [0, -1], [-1, 0]],  # 4: the island
    ],
    "objects": {
        "gmina": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "left", "arcs": [[0, 1], [3]]},
                {"type": "MultiPolygon", "id": "right", "arcs": [[[2, 0]], [[4]]]},
                {"type": "Polygon", "id": "enclave", "arcs": [[3]]},
            ],
        }
    },
}


def test_outlines_lie_where_the_steps_lead() -> None:
    found = geojson.outlines(TOPOLOGY)
    hole = shapely.box(15, 51, 16, 52)
    expected = {
        "left": shapely.box(14, 50, 18, 54) - hole,
        "right": shapely.union(shapely.box(18, 50, 22, 54), shapely.box(24, 50, 24.5, 50.5)),
        "enclave": hole,
    }
    assert found.keys() == expected.keys()
    for code, one in expected.items():
        assert found[code].symmetric_difference(one).area == 0
        assert found[code].geom_type == "MultiPolygon"


def test_outer_rings_run_counterclockwise_and_holes_clockwise() -> None:
    for one in geojson.outlines(TOPOLOGY).values():
        for polygon in one.geoms:
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)


def test_an_outline_that_touches_itself_becomes_valid_and_keeps_its_area() -> None:
    """Two squares joined in a corner, drawn as one ring that passes the corner twice."""
    ring = [[0, 0], [2, 0], [0, 2], [2, 0], [0, 2], [-2, 0], [0, -2], [-2, 0], [0, -2]]
    one = {"type": "Polygon", "id": "a", "arcs": [[0]]}
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [ring],
        "objects": {"gmina": {"geometries": [one]}},
    }
    (found,) = geojson.outlines(topology).values()
    assert found.is_valid
    assert found.area == 8
    assert len(found.geoms) == 2


def test_a_collection_reads_back_with_its_members_gaps_and_missing_outline() -> None:
    shapes = geojson.outlines(TOPOLOGY)
    encoded = geojson.encoded(shapes)
    told = [
        ("left", encoded["left"], b'{"a":1.5,"b":null}'),
        ('q"uote', None, b"{}"),
    ]
    body = json.loads(geojson.collection(told, numberMatched=2, links=[]))
    assert (body["type"], body["numberMatched"], body["links"]) == ("FeatureCollection", 2, [])
    first, second = body["features"]
    assert first["properties"] == {"a": 1.5, "b": None}
    assert shape(first["geometry"]).equals(shapes["left"])
    assert (second["id"], second["geometry"], second["properties"]) == ('q"uote', None, {})


def test_an_empty_collection_and_a_single_feature_are_whole_documents() -> None:
    assert json.loads(geojson.collection([])) == {"type": "FeatureCollection", "features": []}
    one = json.loads(geojson.feature("02", None, b'{"n":1}', release="r"))
    assert one == {
        "type": "Feature",
        "id": "02",
        "geometry": None,
        "properties": {"n": 1},
        "release": "r",
    }
