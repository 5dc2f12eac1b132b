"""Maps from outlines: every figure is read back with a decoder written apart from the encoder."""

import json
import re
from pathlib import Path
from typing import Any

import brotli
import pyproj
import pytest
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from smup.ingest import geometry
from smup.ingest import territory as build_territory
from smup.ingest.boundaries import BoundaryError, read, stable_code
from smup.territory import Level, Territory, load_territory
from tests.ingest.small_country import KNOWN_YEARS, SHAPES, SIDE, metres, write_data

LEVELS = ("gmina", "powiat", "wojewodztwo")


def drawn(path: str) -> list[list[tuple[int, int]]]:
    """Lines of an SVG path in absolute coordinates."""
    lines = []
    for start_x, start_y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]*)z?", path):
        points = [(int(start_x), int(start_y))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        lines.append(points)
    return lines


def filled(path: str) -> BaseGeometry:
    """The area of a path by the even-odd rule."""
    area: BaseGeometry = Polygon()
    for ring in drawn(path):
        area = area.symmetric_difference(Polygon(ring).buffer(0))
    return area


def decoded(topo: dict[str, Any], level: str) -> dict[str, BaseGeometry]:
    """Polygons in degrees, as the TopoJSON specification says to read them."""
    (sx, sy), (tx, ty) = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for n in numbers:
            arc = arcs[n] if n >= 0 else arcs[~n][::-1]
            points += arc[1:] if points else arc
        return points

    found = {}
    for shape in topo["objects"][level]["geometries"]:
        many = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        parts = [Polygon(ring(p[0]), [ring(hole) for hole in p[1:]]) for p in many]
        found[shape["id"]] = shapely.union_all([part.buffer(0) for part in parts])
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def small(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Territory:
    folder = tmp_path_factory.mktemp("territory")
    (folder / "known_years.csv").write_text(KNOWN_YEARS, "utf-8")
    build_territory.build(data, folder)
    return load_territory(folder)


@pytest.fixture(scope="module")
def out(data: Path, small: Territory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("geometry")
    geometry.build(data, small, folder)
    return folder


def shape_file(out: Path, level: str) -> dict[str, Any]:
    return json.loads((out / f"{level}.json").read_text("utf-8"))


def test_areas_enclave_and_island_survive(out: Path) -> None:
    shape = shape_file(out, "gmina")
    unit = shape["viewBox"][2] / (3.3 * SIDE)  # units of the picture to a metre, but for margins
    areas = {code: filled(d).area for code, d in shape["paths"].items()}
    side = (SIDE * unit) ** 2
    assert set(areas) == {stable_code(code) for code in SHAPES}
    assert areas["140101"] == pytest.approx(0.96 * side, rel=0.02)
    assert areas["140102"] == pytest.approx(0.04 * side, rel=0.02)
    assert areas["1461"] == pytest.approx(side, rel=0.02)
    assert areas["100101"] == pytest.approx(2.01 * side, rel=0.02)
    assert len(drawn(shape["paths"]["140101"])) == 2
    assert len(drawn(shape["paths"]["100101"])) == 2


def test_north_is_up_and_everything_lies_in_the_picture(out: Path) -> None:
    shape = shape_file(out, "gmina")
    left, top, width, height = shape["viewBox"]
    assert (left, top) == (0, 0)
    for path in shape["paths"].values():
        for x, y in (point for line in drawn(path) for point in line):
            assert 0 < x < width
            assert 0 < y < height
    south, north = filled(shape["paths"]["140101"]), filled(shape["paths"]["140201"])
    assert north.centroid.y < south.centroid.y


@pytest.mark.parametrize("level", LEVELS)
def test_no_gap_and_no_overlap_between_units(out: Path, level: str) -> None:
    shapes = [filled(d) for d in shape_file(out, level)["paths"].values()]
    whole = shapely.union_all(shapes)
    assert sum(s.area for s in shapes) == whole.area
    assert len(shapely.get_parts(whole)) == 2  # the land and the island, no sliver
    assert shapely.get_num_interior_rings(shapely.get_parts(whole)).sum() == 0


def test_larger_units_are_drawn_with_the_very_lines_of_their_gminas(out: Path) -> None:
    gminas = {c: filled(d) for c, d in shape_file(out, "gmina")["paths"].items()}
    powiats = {c: filled(d) for c, d in shape_file(out, "powiat")["paths"].items()}
    assert set(powiats) == {"1001", "1401", "1402", "1461"}
    for code, powiat in powiats.items():
        members = shapely.union_all([s for c, s in gminas.items() if c.startswith(code)])
        assert powiat.symmetric_difference(members).area == 0
    wojewodztwa = shape_file(out, "wojewodztwo")["paths"]
    members = shapely.union_all([s for c, s in gminas.items() if c.startswith("14")])
    assert filled(wojewodztwa["14"]).symmetric_difference(members).area == 0


def test_borders_are_lines_of_the_larger_units(out: Path) -> None:
    shape = shape_file(out, "gmina")
    assert set(shape["borders"]) == {"powiat", "wojewodztwo", "kraj"}
    assert set(shape_file(out, "powiat")["borders"]) == {"wojewodztwo", "kraj"}
    assert set(shape_file(out, "wojewodztwo")["borders"]) == {"kraj"}

    def length(name: str) -> float:
        return sum(shapely.LineString(line).length for line in drawn(shape["borders"][name]))

    side = length("wojewodztwo") / 2  # two squares high
    assert length("powiat") == pytest.approx(5 * side, rel=0.01)
    assert length("kraj") == pytest.approx((3 + 2 + 3 + 2 + 0.4) * side, rel=0.01)


@pytest.mark.parametrize("level", LEVELS)
def test_topojson_reads_back_to_the_same_places(out: Path, level: str) -> None:
    topo = json.loads((out / f"{level}.topojson").read_text("utf-8"))
    assert topo["type"] == "Topology"
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2180", always_xy=True)
    shapes = {
        code: shapely.transform(shape, to_grid.transform, interleaved=False)
        for code, shape in decoded(topo, level).items()
    }
    assert len(shapes) == {"gmina": 6, "powiat": 4, "wojewodztwo": 2}[level]
    for code, shape in shapes.items():
        corners = [
            shapely.Polygon([metres(p) for p in polygon[0]], [[metres(p) for p in polygon[1]]])
            if len(polygon) > 1
            else shapely.Polygon([metres(p) for p in polygon[0]])
            for teryt, polygons in SHAPES.items()
            if stable_code(teryt).startswith(code)
            for polygon in polygons
        ]
        expected = shapely.union_all(corners)
        assert shape.hausdorff_distance(expected) < 25  # the grid of this country is 8 m


def test_topojson_outer_rings_run_clockwise(out: Path) -> None:
    topo = json.loads((out / "gmina.topojson").read_text("utf-8"))
    for shape in topo["objects"]["gmina"]["geometries"]:
        assert shape["properties"]["name"]
    (sample,) = [s for s in topo["objects"]["gmina"]["geometries"] if s["id"] == "1461"]
    area = 0
    points: list[tuple[int, int]] = []
    for n in sample["arcs"][0]:
        x = y = 0
        arc = []
        for dx, dy in topo["arcs"][n if n >= 0 else ~n]:
            x, y = x + dx, y + dy
            arc.append((x, y))
        points += (arc if n >= 0 else arc[::-1])[1:]
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        area += x0 * y1 - x1 * y0
    assert area < 0


def test_what_has_no_outline_is_said(data: Path, small: Territory, tmp_path: Path) -> None:
    seen: list[int] = []
    report = geometry.build(data, small, tmp_path, lambda stage, done, total: seen.append(done))
    assert report.missing == ("140202",)
    assert shape_file(tmp_path, "gmina")["missing"] == ["140202"]
    assert "prg_2021" in report.source
    assert seen == [0, 1, 2, 3, 4, 5]


def test_the_same_boundaries_give_the_same_bytes_and_a_compressed_twin(
    data: Path, small: Territory, out: Path, tmp_path: Path
) -> None:
    report = geometry.build(data, small, tmp_path)
    assert len(report.files) == 6
    for file in report.files:
        text = (tmp_path / file.name).read_bytes()
        twin = (tmp_path / f"{file.name}.br").read_bytes()
        assert text == (out / file.name).read_bytes()
        assert brotli.decompress(twin) == text
        assert (file.size, file.compressed) == (len(text), len(twin))


def test_a_unit_smaller_than_the_grid_does_not_vanish(
    data: Path, small: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geometry.svg_paths, "WIDTH", 20)
    geometry.build(data, small, tmp_path)
    paths = shape_file(tmp_path, "gmina")["paths"]
    assert set(paths) == {stable_code(code) for code in SHAPES}
    assert all(filled(path).area > 0 for path in paths.values())


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"{}"])
def test_a_damaged_boundary_file_is_named(small: Territory, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "boundaries/prg_2021/poland.municipalities.json.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(BoundaryError, match=r"poland\.municipalities\.json\.gz"):
        geometry.build(tmp_path, small, tmp_path / "out")


@pytest.fixture(scope="module")
def map_of_poland(
    official: Path, territory: Territory, tmp_path_factory: pytest.TempPathFactory
) -> tuple[geometry.GeometryReport, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("poland")
    return geometry.build(official, territory, folder), shape_file(folder, "gmina")


@pytest.mark.sources
def test_official_boundaries_every_unit_drawn_within_budget(
    map_of_poland: tuple[geometry.GeometryReport, dict[str, Any]], territory: Territory
) -> None:
    report, shape = map_of_poland
    assert report.missing == ("120713", "200216")
    units = {file.name: file.units for file in report.files}
    assert (units["gmina.json"], units["powiat.json"], units["wojewodztwo.json"]) == (2477, 380, 16)
    assert max(file.compressed for file in report.files) <= 150_000
    assert set(shape["paths"]) == {u.code for u in territory.of_level(Level.GMINA) if u.outline}


@pytest.mark.sources
def test_official_areas_on_the_map_agree_with_the_boundaries(
    map_of_poland: tuple[geometry.GeometryReport, dict[str, Any]], official: Path
) -> None:
    _, shape = map_of_poland
    true = read(official).gminas
    areas = {code: filled(d).area for code, d in shape["paths"].items()}
    scale = sum(areas.values()) / sum(s.area for s in true.values())
    off = sorted(abs(areas[code] / scale - true[code].area) / true[code].area for code in true)
    assert off[-1] < 0.12  # the smallest towns, a few steps of the grid wide
    assert off[len(off) // 2] < 0.005
