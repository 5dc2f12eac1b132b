"""sdmx1 and pysdmx, which others wrote, read structures and data from the running server and find
what API v1 tells."""

import io
import json
import urllib.request
from collections.abc import Mapping
from typing import Any

import pytest
import sdmx
from pysdmx.api.dc.rest import SdmxConnector
from pysdmx.io import get_datasets, read_sdmx

from smup.store.releases import Release

pytestmark = [
    pytest.mark.xdist_group("faces"),
    # what the clients themselves warn of
    pytest.mark.filterwarnings("ignore"),
]

ITEM, OTHER = "egzamin-osmoklasisty-matematyka", "wynagrodzenie-przecietne"
STRUCTURAL = {"not_collected", "not_applicable", "not_existing"}
Key = tuple[str, str, str]  # indicator, unit, year
Cell = tuple[float | None, str]  # value, status


def fetch(address: str, path: str, accept: str = "*/*") -> bytes:
    request = urllib.request.Request(address + path, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=120) as response:
        found: bytes = response.read()
    return found


@pytest.fixture(scope="module")
def expected(address: str) -> dict[Key, Cell]:
    """API v1 in all units and all its years, without cells that nobody asks of such a unit."""
    rows = json.loads(fetch(address, f"/api/v1/data?indicator={ITEM},{OTHER}"))["rows"]
    return {
        (row["indicator"], row["unit"], str(row["year"])): (row["value"], row["status"])
        for row in rows
    }


def same(found: Mapping[Key, Cell], expected: Mapping[Key, Cell]) -> None:
    """Every cell found is the one expected; of those not found none says anything of a unit."""
    common = found.keys() & expected.keys()
    assert len(common) > 5000
    assert {key: found[key] for key in common} == {key: expected[key] for key in common}
    assert {expected[key][1] for key in expected.keys() - common} <= STRUCTURAL
    assert all(found[key][0] is None for key in found.keys() - common)  # years without a value


def framed(data: Any) -> dict[Key, Cell]:
    return {
        (row.INDICATOR, row.REF_AREA, row.TIME_PERIOD): (
            float(row.OBS_VALUE) if row.OBS_VALUE not in ("", None) else None,
            row.SMUP_STATUS,
        )
        for row in data.fillna("").itertuples()
    }


PATH = f"/sdmx/2.1/data/SMUP/.{ITEM}+{OTHER}"


@pytest.mark.parametrize("form", ["generic", "genericts", "specific", "specificts", "csv1", "csv2"])
def test_pysdmx_reads_what_the_api_tells(
    address: str, expected: dict[Key, Cell], form: str
) -> None:
    told = fetch(address, f"{PATH}?format={form}").decode()
    (data,) = read_sdmx(told, validate=True).data  # against the schemas of SDMX
    same(framed(data.data.astype(str).replace("nan", "")), expected)


@pytest.mark.parametrize(
    ("form", "at"),
    [("generic", "AllDimensions"), ("specific", "REF_AREA"), ("specific", "INDICATOR")],
)
def test_every_packing_tells_the_same(
    address: str, expected: dict[Key, Cell], form: str, at: str
) -> None:
    told = fetch(address, f"{PATH}?format={form}&dimensionAtObservation={at}").decode()
    (data,) = read_sdmx(told, validate=True).data
    same(framed(data.data.astype(str).replace("nan", "")), expected)


@pytest.fixture(scope="module")
def client(address: str) -> sdmx.Client:
    source = {"id": "PL_SMUP", "name": "SMUP", "url": f"{address}/sdmx/2.1"}
    sdmx.add_source(source, override=True)
    return sdmx.Client("PL_SMUP")


def test_sdmx1_reads_structures(client: sdmx.Client, release: Release) -> None:
    told = client.dataflow("SMUP", params={"references": "all"})
    structure = told.structure["SMUP"]
    assert [one.id for one in structure.dimensions] == ["REF_AREA", "INDICATOR", "TIME_PERIOD"]
    areas = told.codelist["CL_REF_AREA"]
    assert set(areas.items) == set(release.territory.units)
    assert areas["020101"].parent.id == "0201"
    assert areas["1465"].parent.id == "14"
    assert set(told.codelist["CL_INDICATOR"].items) == {i.id for i in release.catalogue.shown}


@pytest.mark.parametrize("specific", [False, True])
def test_sdmx1_reads_data(client: sdmx.Client, expected: dict[Key, Cell], specific: bool) -> None:
    structure = client.dataflow("SMUP", params={"references": "all"}).structure["SMUP"]
    more = {"dsd": structure} if specific else {}
    told = client.data("SMUP", key=f".{ITEM}+{OTHER}", **more)
    assert ("structurespecific" in told.response.headers["Content-Type"]) is specific
    found = {
        (
            str(one.key["INDICATOR"].value),
            str(one.key["REF_AREA"].value),
            str(one.key["TIME_PERIOD"].value),
        ): (
            None if one.value in (None, "") else float(one.value),
            str(getattr(one.attrib["SMUP_STATUS"].value, "id", one.attrib["SMUP_STATUS"].value)),
        )
        for one in told.data[0].obs
    }
    same(found, expected)


def test_sdmx1_checks_a_key_against_the_structure_and_previews(client: sdmx.Client) -> None:
    told = client.data("SMUP", key={"REF_AREA": ["1465", "0261"], "INDICATOR": [OTHER]})
    assert {str(key["REF_AREA"].value) for key in told.data[0].series} == {"1465", "0261"}
    assert len(client.preview_data("SMUP_KONTEKST", {"REF_AREA": "1465"})) > 3


def test_sdmx1_reads_csv_of_version_2(address: str, expected: dict[Key, Cell]) -> None:
    from sdmx.model import v30

    structure = v30.DataStructureDefinition(id="SMUP")
    for name in ("REF_AREA", "INDICATOR", "TIME_PERIOD"):
        structure.dimensions.append(v30.Dimension(id=name))
    structure.measures.append(v30.Measure(id="OBS_VALUE"))
    for name in ("OBS_STATUS", "CONF_STATUS", "SMUP_STATUS"):
        structure.attributes.append(v30.DataAttribute(id=name))
    told = sdmx.read_sdmx(
        io.BytesIO(fetch(address, f"{PATH}?format=csv2")), format="csv", structure=structure
    )
    assert sum(len(one.obs) for one in told.data) > len(expected) / 20


def test_the_connector_of_pysdmx_discovers_and_reads(
    address: str, release: Release, expected: dict[Key, Cell]
) -> None:
    service = SdmxConnector(f"{address}/sdmx/3.0", timeout=120)
    flows = service.dataflows()
    assert "SMUP" in {flow.id for flow in flows}
    assert len(flows) == 1 + len({one.area for one in release.catalogue.shown})
    flow = service.dataflow("Dataflow=PL_SMUP:SMUP(1.0.0)", f"INDICATOR = '{OTHER}'")
    rows = list(service.data("Dataflow=PL_SMUP:SMUP(1.0.0)", f"INDICATOR = '{OTHER}'"))
    assert flow.obs_count == len(rows)
    assert flow.series_count == len({row["REF_AREA"] for row in rows})
    codes = next(one for one in flow.structure.components if one.id == "REF_AREA").local_codes
    assert {code.id for code in codes} == {row["REF_AREA"] for row in rows}
    for row in rows:
        value, status = expected.get((OTHER, row["REF_AREA"], row["TIME_PERIOD"]), (None, ""))
        assert row["OBS_VALUE"] == ("" if value is None else f"{value:.2f}")
        assert status in ("", row["SMUP_STATUS"])


def test_pysdmx_checks_data_against_the_structure_they_name(address: str) -> None:
    (data,) = get_datasets(
        f"{address}/sdmx/2.1/data/SMUP/1465.all?format=specific",
        f"{address}/sdmx/2.1/dataflow/PL_SMUP/SMUP/1.0.0?references=all",
    )
    assert data.structure.id == "SMUP"
    assert set(data.data.REF_AREA) == {"1465"}
