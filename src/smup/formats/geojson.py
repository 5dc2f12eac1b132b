"""GeoJSON (RFC 7946): outlines out of TopoJSON, and features made of ready geometries.

Degrees of WGS84, longitude first; outer rings run counterclockwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

DEGREES = 5  # decimals, about a metre; the outlines themselves are coarser

Floats = npt.NDArray[np.float64]


def outlines(topology: Mapping[str, Any]) -> dict[str, BaseGeometry]:
    """MultiPolygons by ``id`` of the one object of a TopoJSON topology, all of them valid.

    One type for all, as programs want it of a layer. Borders that touch themselves after the
    rounding of TopoJSON are taken apart. Raises KeyError, IndexError, TypeError or ValueError for
    what is no such topology.
    """
    (layer,) = topology["objects"].values()
    arcs = _arcs(topology)
    return {str(one["id"]): _polygon(one, arcs) for one in layer["geometries"]}


def encoded(shapes: Mapping[str, BaseGeometry]) -> dict[str, bytes]:
    """The GeoJSON geometry of every shape, by the same key."""
    texts = shapely.to_geojson(np.array(list(shapes.values()), dtype=object))
    return {key: str(text).encode() for key, text in zip(shapes, texts, strict=True)}


def feature(code: str, geometry: bytes | None, properties: bytes, **members: Any) -> bytes:
    """One feature: ready JSON of its geometry, None for a unit whose outline nobody knows, and of
    its properties; ``members`` stand beside them."""
    return b"".join([b"{", *_named(members), *_feature(code, geometry, properties), b"}"])


def collection(features: Iterable[tuple[str, bytes | None, bytes]], **members: Any) -> bytes:
    """(code, geometry, properties), as in ``feature``, as a FeatureCollection; the other
    ``members`` come first."""
    parts = [b'{"type":"FeatureCollection",', *_named(members), b'"features":[']
    mark = b"{"
    for one in features:
        parts += [mark, *_feature(*one), b"}"]
        mark = b",{"
    return b"".join([*parts, b"]}"])


def _named(members: Mapping[str, Any]) -> Iterator[bytes]:
    for name, value in members.items():
        yield from (orjson.dumps(name), b":", orjson.dumps(value), b",")


def _feature(code: str, geometry: bytes | None, properties: bytes) -> tuple[bytes, ...]:
    return (
        b'"type":"Feature","id":',
        orjson.dumps(code),
        b',"geometry":',
        b"null" if geometry is None else geometry,
        b',"properties":',
        properties,
    )


def _arcs(topology: Mapping[str, Any]) -> list[Floats]:
    """Every arc in degrees, its differences added up."""
    transform = topology["transform"]
    scale, translate = np.array(transform["scale"]), np.array(transform["translate"])
    return [
        np.round(np.cumsum(np.array(arc, np.int64), axis=0) * scale + translate, DEGREES)
        for arc in topology["arcs"]
    ]


def _polygon(one: Mapping[str, Any], arcs: list[Floats]) -> BaseGeometry:
    polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
    shape = shapely.MultiPolygon([_rings(polygon, arcs) for polygon in polygons])
    if not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shape)
    return shapely.orient_polygons(shapely.MultiPolygon(list(parts)), exterior_cw=False)


def _rings(polygon: list[list[int]], arcs: list[Floats]) -> BaseGeometry:
    outer, *holes = (_ring(ring, arcs) for ring in polygon)
    return shapely.Polygon(outer, holes)


def _ring(ring: list[int], arcs: list[Floats]) -> Floats:
    """The points of a ring; an arc after the first leaves out the point it shares."""
    walked = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([walked[0], *(arc[1:] for arc in walked[1:])])
