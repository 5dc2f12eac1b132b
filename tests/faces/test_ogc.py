"""GDAL opens the map layers from the running server and reads what API v1 tells."""

import json
import math
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from smup.ingest import geometry
from smup.territory import Level, Territory
from tests.browser.conftest import serving
from tests.helpers.site import site_home

pytestmark = pytest.mark.xdist_group("faces")

CHOICE = "indicator=ludnosc,egzamin-osmoklasisty-matematyka&year=2021"
NAMES = ("ludnosc", "egzamin-osmoklasisty-matematyka")


@pytest.fixture(scope="session")
def mapped_address(
    built_home: Path,
    root: Path,
    official: Path,
    territory: Territory,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A server that holds the official outlines."""
    home = site_home(built_home, tmp_path_factory.mktemp("mapped"))
    geometry.build(official, territory, home / "geometry")
    with serving(home, root) as found:
        yield found


def read(address: str, layer: str, **options: Any) -> tuple[dict[str, Any], list[Any]]:
    """(columns by name, geometries) of a layer."""
    meta, _, shapes, columns = pyogrio.raw.read(f"OAPIF:{address}", layer=layer, **options)
    return dict(zip(meta["fields"], columns, strict=True)), list(shapely.from_wkb(shapes))


def data(address: str) -> dict[tuple[str, str], dict[str, Any]]:
    with urllib.request.urlopen(f"{address}/api/v1/data?{CHOICE}", timeout=60) as response:
        rows = json.load(response)["rows"]
    return {(row["indicator"], row["unit"]): row for row in rows}


def agrees(columns: dict[str, Any], told: dict[tuple[str, str], dict[str, Any]]) -> int:
    """Every value and status as API v1 has it; how many are gaps."""
    gaps = 0
    for name in NAMES:
        values, status = columns[f"{name}_2021"], columns[f"{name}_2021_status"]
        assert values.dtype == float
        for code, value, reason in zip(columns["code"], values, status, strict=True):
            row = told[name, code]
            assert reason == row["status"]
            assert math.isnan(value) if row["value"] is None else value == row["value"]
            gaps += row["value"] is None
    return gaps


def codes(territory: Territory, level: Level) -> list[str]:
    return [u.code for u in territory.of_level(level) if u.valid_to is None]


@pytest.mark.parametrize(
    ("layer", "level"),
    [("gminy", Level.GMINA), ("powiaty", Level.POWIAT), ("wojewodztwa", Level.WOJEWODZTWO)],
)
def test_gdal_reads_every_unit_of_a_layer_with_the_values_of_the_api(
    address: str, territory: Territory, layer: str, level: Level
) -> None:
    columns, shapes = read(f"{address}/ogc?{CHOICE}", layer)
    assert list(columns["code"]) == codes(territory, level)
    gaps = agrees(columns, data(address))
    assert gaps or layer != "gminy"
    assert {one.geom_type for one in shapes if one is not None} == {"Point"}


def test_gdal_pages_through_and_pushes_filters_down(address: str, territory: Territory) -> None:
    columns, _ = read(f"{address}/ogc?{CHOICE}", "gminy", PAGE_SIZE=300)
    assert list(columns["code"]) == codes(territory, Level.GMINA)
    chosen, _ = read(f"{address}/ogc", "gminy", where="wojewodztwo = '14'")
    assert list(chosen["code"]) == [
        code for code in codes(territory, Level.GMINA) if code.startswith("14")
    ]
    info = pyogrio.read_info(f"OAPIF:{address}/ogc", layer="powiaty")
    assert info["features"] == len(codes(territory, Level.POWIAT))
    assert {str(name) for name, _ in pyogrio.list_layers(f"OAPIF:{address}/ogc")} == {
        *("gminy", "powiaty", "wojewodztwa"),
    }


@pytest.mark.sources
def test_gdal_reads_the_official_outlines_and_finds_units_in_a_box(
    mapped_address: str, territory: Territory
) -> None:
    columns, shapes = read(f"{mapped_address}/ogc?{CHOICE}", "gminy")
    assert list(columns["code"]) == codes(territory, Level.GMINA)
    agrees(columns, data(mapped_address))
    drawn = dict(zip(columns["code"], shapes, strict=True))
    assert {code for code, one in drawn.items() if one is None} == {"120713", "200216"}
    for code, one in drawn.items():
        unit = territory.units[code]
        if one is not None:
            assert one.is_valid
            assert one.geom_type == "MultiPolygon"
            # the point inside comes from the outline before it was simplified to 170 m
            assert one.buffer(0.005).contains(shapely.Point(unit.lon, unit.lat)), code
    box = (19.0, 50.0, 20.0, 51.0)
    found, _ = read(f"{mapped_address}/ogc", "gminy", bbox=box)
    expected = {c for c, one in drawn.items() if one and one.intersects(shapely.box(*box))}
    assert set(found["code"]) == expected
    assert len(expected) > 100
