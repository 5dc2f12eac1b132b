"""A release built from a whole repository in small: what stands in it, and that it is the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import brotli
import numpy as np
import pyarrow.parquet as pq
import pytest

from smup.build import BuildError, build_release
from smup.catalogue import CatalogueErrors, load_catalogue
from smup.panel import Flag, Status
from smup.store.errors import NoRelease
from smup.store.releases import Release, Releases
from smup.store.tidy import TidyError
from smup.territory import Level, load_territory
from tests.helpers.stored import UNITS, all_bytes
from tests.helpers.tiny_root import SPIS, number, write_data, write_root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_root(tmp_path_factory.mktemp("root"))


@pytest.fixture(scope="module")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    home = tmp_path_factory.mktemp("home")
    build_release(root, home)
    return Releases(home).current()


def test_the_release_verifies(release: Release) -> None:
    assert Releases(release.folder.parent.parent).verify(release.id) == ()


def test_the_date_is_that_of_the_newest_source(release: Release) -> None:
    assert release.id.startswith("2023-05-06-")


def test_figures_are_those_of_the_tables(release: Release) -> None:
    cell = release.indicators.cell
    assert cell("ludnosc", 2022, "020101") == (110.0, Status.OBSERVED, 0)
    assert cell("ludnosc", 2021, "020102") == (50.0, Status.OBSERVED, Flag.ESTIMATED)
    assert cell("ludnosc", 2022, "020102")[:2] == (None, Status.CONFIDENTIAL)
    assert cell("ludnosc", 2021, "020103")[:2] == (None, Status.NOT_EXISTING)
    assert cell("gestosc", 2022, "020101")[0] == 11.0
    assert release.variables.cell("powierzchnia_ha", 2022, "0261")[0] == 30.0
    assert release.series("ludnosc", "0261") == [
        (2019, None, Status.MISSING, 0),
        (2021, 880.0, Status.OBSERVED, 0),
        (2022, 900.0, Status.OBSERVED, 0),
    ]


def test_the_release_carries_its_own_definitions(release: Release, root: Path) -> None:
    assert release.catalogue.model_dump() == load_catalogue(root / "catalogue").model_dump()
    assert release.territory == load_territory(root / "territory")
    assert release.manifest["catalogue"] == release.catalogue.digest


def test_the_sources_are_named_with_their_files(release: Release) -> None:
    assert [(s["id"], s["licence"], s["rows"]) for s in release.sources] == [
        ("rejestr", "CC0", 2),
        ("spis", "CC0", 7),
    ]
    assert release.sources[1]["files"] == [
        {"file": "spis.xlsx", "sha256": "ab" * 32, "dated": "2022", "retrieved": "2023-05-06"}
    ]


def test_counts_of_the_manifest_are_counted_cells(release: Release) -> None:
    assert release.manifest["counts"] == {
        "indicators": 2,
        "variables": 2,
        "units": len(UNITS),
        "years": 4,
        "values": int(np.isfinite(release.indicators.values).sum()),
        "variable_values": len(SPIS) - 1 + 2,  # one of them is confidential; two in the other
    }


def test_positions_are_stored_as_they_were_worked_out(release: Release) -> None:
    gminas = release.positions[Level.GMINA]
    assert gminas.units == ("0261", "020101", "020102", "020103")
    assert gminas.with_data.shape == (2, 4, len(gminas.parts))
    at = gminas.items.index("ludnosc"), gminas.years.index(2021), gminas.parts.index("kraj")
    assert gminas.members[at] == 3
    assert gminas.with_data[at] == 3
    assert set(release.positions) == {Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO}


def test_the_coverage_of_an_aggregate_is_kept(release: Release) -> None:
    panel = release.indicators
    at = panel.item_index["ludnosc"], panel.year_index[2021], panel.unit_index["0201"]
    assert panel.values[at] == 150.0
    assert release.coverage[at] == 1.0
    assert np.isnan(release.coverage[(*at[:2], panel.unit_index["020101"])])


def test_the_default_year_asks_for_four_fifths_of_the_units_concerned(release: Release) -> None:
    # 2021: 3 gminas of 3; 2022: 2 of 4
    assert release.default_year("ludnosc", Level.GMINA) == 2021
    assert release.default_year("gestosc", Level.GMINA) is None


def test_the_answer_of_a_slice_says_what_the_cube_says(release: Release) -> None:
    path = release.folder / "public" / "slices" / "ludnosc" / "2022.json"
    found = json.loads(path.read_bytes())
    assert (found["release"], found["indicator"], found["year"]) == (release.id, "ludnosc", 2022)
    cells = [release.indicators.cell("ludnosc", 2022, unit) for unit in found["units"]]
    assert found["values"] == [value for value, _, _ in cells]
    assert found["status"] == [status.name.lower() for _, status, _ in cells]
    assert "020103" in found["units"]


def test_the_answer_of_a_unit_says_what_the_cube_says(release: Release) -> None:
    for unit in UNITS:
        path = release.folder / "public" / "units" / f"{unit}.json"
        found = json.loads(path.read_bytes())
        assert (found["release"], found["unit"]) == (release.id, unit)
        for row in found["indicators"]:
            cells = [release.indicators.cell(row["id"], year, unit) for year in row["years"]]
            assert row["values"] == [value for value, _, _ in cells]
            assert row["status"] == [status.name.lower() for _, status, _ in cells]
    assert row["flags"] is not None


def test_compressed_twins_unpack_to_their_files(release: Release) -> None:
    twins = list((release.folder / "public").rglob("*.br"))
    assert release.folder / "public" / "datapackage.json.br" in twins
    for twin in twins:
        assert brotli.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()


def test_the_record_alone_gives_the_cubes_back(release: Release) -> None:
    rows = pq.read_table(release.folder / "indicators.parquet").to_pylist()
    assert len(rows) == release.indicators.values.size
    for row in rows:
        value, status, flags = release.indicators.cell(row["item"], row["year"], row["unit"])
        assert (row["value"], row["status"], row["flags"]) == (value, status.name.lower(), flags)


BUILD = """
import sys
from pathlib import Path
from smup.build import build_release
print(build_release(Path(sys.argv[1]), Path(sys.argv[2])).id)
"""


def test_another_process_builds_the_same_bytes(
    root: Path, release: Release, tmp_path: Path
) -> None:
    """Another hash seed, locale and time zone: nothing of them may leak into a release."""
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(root), str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == release.id
    assert all_bytes(tmp_path) == all_bytes(release.folder.parent.parent)


def test_building_twice_leaves_one_release(root: Path, tmp_path: Path) -> None:
    first = build_release(root, tmp_path)
    assert build_release(root, tmp_path) == first
    assert [info.id for info in Releases(tmp_path).list()] == [first.id]


def test_progress_ends_each_stage(root: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_release(root, tmp_path, lambda *step: told.append(step))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    for stage in stages:
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps == sorted(steps)
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1]


def test_new_figures_make_a_new_release_and_the_old_one_stays(tmp_path: Path) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    old = build_release(root, home)
    write_data(root / "data", [*SPIS, number("ludnosc", "020103", 2022, 5)])
    new = build_release(root, home)
    store = Releases(home)
    assert [(info.id, info.active) for info in store.list() if info.id == new.id] == [
        (new.id, True)
    ]
    assert store.verify(old.id) == ()
    changed = {(c.indicator, c.unit, c.year): c.after for c in store.diff(old.id, new.id).cells}
    assert changed["ludnosc", "020103", 2022] == 5.0


def test_findings_of_sources_and_of_the_build_are_published(tmp_path: Path) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    write_data(root / "data", rejestr=[number("ludnosc", "0261", 2022, 901)])
    (root / "data" / "findings.csv").write_text(
        "code,severity,source,file,row,unit,year,message\n"
        "brak-kodu,warning,spis,spis.xlsx,7,,,Wiersz bez kodu.\n",
        "utf-8",
    )
    build_release(root, home)
    text = (Releases(home).current().folder / "public" / "findings.csv").read_text("utf-8")
    assert '"brak-kodu","warning","spis","spis.xlsx",7,,,"Wiersz bez kodu."' in text
    assert '"niezgodne-zrodla"' in text


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("catalogue/areas.yaml", "kontekst: [", CatalogueErrors),
        ("data/spis.csv", "to nie jest tabela\n", TidyError),
        ("data/spis.csv", "variable,unit,year,value,status,flags\n", BuildError),
        ("data/spis.csv", None, BuildError),
        ("territory/units.csv", "code\n0201\n", ValueError),
        ("territory/units.csv", None, ValueError),
    ],
)
def test_bad_input_leaves_the_old_release_untouched(
    tmp_path: Path, name: str, content: str | None, error: type[Exception]
) -> None:
    root, home = write_root(tmp_path / "root"), tmp_path / "home"
    old = build_release(root, home)
    before = all_bytes(home)
    (root / "data" / "rejestr.csv").unlink()
    if content is None:
        (root / name).unlink()
    else:
        (root / name).write_text(content, "utf-8")
    with pytest.raises(error):
        build_release(root, home)
    assert all_bytes(home) == before
    assert Releases(home).current().id == old.id
    assert sorted(os.listdir(home / "releases")) == sorted([".lock", "current", old.id])


def test_a_first_build_that_fails_leaves_an_empty_store(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    (root / "catalogue" / "areas.yaml").unlink()
    with pytest.raises(CatalogueErrors):
        build_release(root, tmp_path / "home")
    with pytest.raises(NoRelease):
        Releases(tmp_path / "home").current()
