"""Which variables have data, and which indicators wait for those that have none."""

from pathlib import Path

from smup.catalogue import Catalogue, load_catalogue
from smup.compute.evaluate import evaluate
from smup.panel import Panel, Status
from smup.quality.coverage import Coverage, coverage_of
from tests.helpers.country import country, panel_of
from tests.helpers.small_catalogue import PUPILS, change, write

GMINA, OTHER, POWIAT = "020101", "020102", "0201"


def covered(
    tmp_path: Path, cells: dict[tuple[str, int, str], float | Status]
) -> tuple[Coverage, Catalogue]:
    root = write(tmp_path)
    catalogue = load_catalogue(root)
    panel: Panel = panel_of(cells, ("ludnosc", "uczniowie", "wydatki"))
    indicators = evaluate(catalogue, panel, country())
    return coverage_of(catalogue, country(), panel, indicators), catalogue


def test_years_and_units(tmp_path: Path) -> None:
    found, _ = covered(
        tmp_path,
        {
            ("ludnosc", 2022, GMINA): 10.0,
            ("ludnosc", 2023, GMINA): 11.0,
            ("ludnosc", 2023, OTHER): 0.0,
            ("ludnosc", 2024, OTHER): Status.CONFIDENTIAL,
        },
    )
    assert dict(found.variables["ludnosc"].units) == {2022: 1, 2023: 2}
    assert found.variables["ludnosc"].newest == 2023
    assert found.indicators["ludnosc"].years == (2022, 2023)


def test_larger_areas_are_counted_only_where_no_unit_has_a_value(tmp_path: Path) -> None:
    found, _ = covered(tmp_path, {("wydatki", 2023, "02"): 5.0, ("wydatki", 2023, "04"): 6.0})
    assert dict(found.variables["wydatki"].units) == {2023: 2}
    found, _ = covered(
        tmp_path / "b", {("wydatki", 2023, "02"): 5.0, ("wydatki", 2023, GMINA): 6.0}
    )
    assert dict(found.variables["wydatki"].units) == {2023: 1}


def test_what_waits_for_what(tmp_path: Path) -> None:
    found, catalogue = covered(tmp_path, {("ludnosc", 2023, GMINA): 10.0})
    assert found.waits_for == {"udzial-uczniow": ("uczniowie",), "ludnosc": ()}
    assert found.blocks == {"ludnosc": (), "uczniowie": ("udzial-uczniow",), "wydatki": ()}
    assert found.suppliers(catalogue, "udzial-uczniow") == ("Urząd",)
    told = found.as_dict(catalogue)
    assert told["indicators"][0] == {
        "id": "udzial-uczniow",
        "years": [],
        "units": {},
        "waits_for": ["uczniowie"],
        "suppliers": ["Urząd"],
    }


def test_a_derived_variable_waits_for_what_it_is_derived_from(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "100 * uczniowie / ludnosc", "100 * uczniowie_w_roku / ludnosc")
    catalogue = load_catalogue(root)
    panel = panel_of({("ludnosc", 2023, GMINA): 10.0}, ("ludnosc", "uczniowie", "wydatki"))
    found = coverage_of(catalogue, country(), panel, evaluate(catalogue, panel, country()))
    assert found.waits_for["udzial-uczniow"] == ("uczniowie",)
    assert "uczniowie_w_roku" not in found.variables


def test_a_definition_newer_than_the_release(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path))
    panel = panel_of({("ludnosc", 2023, GMINA): 10.0}, ("ludnosc",))
    empty = Panel.empty([], panel.years, panel.units)
    found = coverage_of(catalogue, country(), panel, empty)
    assert found.indicators["udzial-uczniow"].units == {}
    assert found.waits_for["udzial-uczniow"] == ("uczniowie",)
