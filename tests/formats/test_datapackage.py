"""The bulk files as a Frictionless data package, judged by the ``frictionless`` library."""

import csv
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from smup.build import build_release
from smup.panel import Status
from smup.store.releases import Release, Releases
from tests.helpers.tiny_root import write_root

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own dependencies warn while they are imported
    import frictionless


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("package")
    build_release(write_root(folder / "root"), folder / "home")
    return Releases(folder / "home").current()


def report(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # third-party code: what it warns of is not ours to mend
        return frictionless.validate(str(folder / "datapackage.json"))


def test_the_package_is_valid(release: Release) -> None:
    found = report(release.folder / "public")
    assert found.valid, found.to_summary()
    assert {task.name for task in found.tasks} == {
        "values",
        "variable-values",
        "units",
        "groups",
        "indicators",
        "variables",
        "findings",
    }
    assert all(task.stats["rows"] for task in found.tasks if task.name != "findings")


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("values.csv", '"observed"', '"zmyślony"', "constraint-error"),
        ("values.csv", ",2022,", ",dwa,", "type-error"),
        ("values.csv", '"020101",2022', '"999999",2022', "foreign-key"),
        ("units.csv", '"020102","Bolesławiec"', '"020101","Bolesławiec"', "primary-key"),
        ("units.csv", "Polska", "Polszcza", "hash-count"),
    ],
)
def test_a_package_that_was_spoilt_is_not(
    release: Release, tmp_path: Path, file: str, old: str, new: str, kind: str
) -> None:
    shutil.copytree(release.folder / "public", tmp_path / "public")
    path = tmp_path / "public" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = report(tmp_path / "public")
    assert kind in {error[2] for error in found.flatten(["rowNumber", "fieldNumber", "type"])}


def test_the_descriptor_names_the_release_and_the_sources(release: Release) -> None:
    text = (release.folder / "public" / "datapackage.json").read_text("utf-8")
    package = json.loads(text)
    assert package["version"] == release.id
    assert package["sources"] == [
        {"title": "Urząd Zmyślony: Rejestr (CC0)"},
        {"title": "Urząd Zmyślony: Spis (CC0)"},
    ]
    status = package["resources"][0]["schema"]["fields"][4]
    assert status["constraints"]["enum"] == [s.name.lower() for s in Status]


def test_parquet_holds_the_rows_of_the_csv(release: Release) -> None:
    public = release.folder / "public"
    for name, item in (("values", "indicator"), ("variable_values", "variable")):
        rows = pq.read_table(public / f"{name}.parquet").to_pylist()
        lines = (public / f"{name}.csv").read_text("utf-8").splitlines()[1:]
        assert len(rows) == len(lines)
        for row, line in zip(rows, lines, strict=True):
            value = "" if row["value"] is None else f"{row['value']:.15g}"
            assert line == (
                f'"{row[item]}","{row["unit"]}",{row["year"]},{value},'
                f'"{row["status"]}","{row["flags"]}"'
            )


def table(release: Release, name: str) -> list[dict[str, str]]:
    path = release.folder / "public" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_unit_stands_in_its_table_with_all_its_codes(release: Release) -> None:
    rows = {row["unit"]: row for row in table(release, "units")}
    assert list(rows) == list(release.territory.units)
    for unit in release.territory:
        row = rows[unit.code]
        assert row["name"] == unit.name
        for name in ("teryt6", "teryt7", "bdl_gmina", "bdl_powiat", "powiat", "nuts3"):
            assert row[name] == (getattr(unit, name) or "")
    assert rows["020103"]["valid_from"] == "2022-01-01"


def test_definitions_stand_in_their_tables(release: Release) -> None:
    indicators = table(release, "indicators")
    assert [row["indicator"] for row in indicators] == list(release.indicators.items)
    assert [row["name_pl"] for row in indicators] == ["Gęstość", "Ludność"]
    assert [row["formula"] for row in indicators] == ["ludnosc / powierzchnia_ha", "ludnosc"]
    variables = table(release, "variables")
    assert [row["variable"] for row in variables] == list(release.variables.items)
    assert [row["sources"] for row in variables] == ["spis rejestr", "spis"]
