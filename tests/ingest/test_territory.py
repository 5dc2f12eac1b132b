"""Territory files from registers and outlines."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from smup.ingest import territory as build_territory
from smup.ingest.boundaries import BoundaryError
from smup.territory import Kind, Level, Territory, load_parts, load_territory, load_tiles
from tests.ingest.small_country import KNOWN_YEARS, write_data


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def built(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("territory")
    (folder / "known_years.csv").write_text(KNOWN_YEARS, "utf-8")
    build_territory.build(data, folder)
    return folder


@pytest.fixture(scope="module")
def small(built: Path) -> Territory:
    return load_territory(built)


def test_units_in_order(small: Territory) -> None:
    assert list(small.units) == [
        *("PL", "10", "14", "1001", "1401", "1402", "1461", "1001G", "1401G", "1402G"),
        *("100101", "140101", "140102", "140103", "140104", "140201", "140202"),
    ]


def test_the_newest_name_and_kind_count(small: Territory) -> None:
    assert small.units["140103"].name == "Gajówka"
    assert small.units["140201"].kind is Kind.GMINA_MIEJSKO_WIEJSKA
    assert small.units["140201"].aliases == ("1402012", "1402013", "071411102013")
    assert small.units["10"].name == "łódzkie"
    assert small.units["1001G"].name == "gminy powiatu łęczyckiego"


def test_validity_by_known_day_or_by_the_first_register_that_shows_it(small: Territory) -> None:
    assert small.units["140202"].valid_from == date(2021, 1, 1)  # known
    assert small.units["140104"].valid_to == date(2022, 1, 1)  # not known: latest possible
    assert small.units["140101"].valid_from is small.units["140101"].valid_to is None


def test_a_city_is_one_unit_with_two_bdl_ids(small: Territory) -> None:
    city = small.units["1461"]
    assert (city.teryt6, city.teryt7) == ("146101", "1461011")
    assert (city.bdl_gmina, city.bdl_powiat) == ("071411161011", "071411161000")
    assert small.get("146101") is small.get("1461000") is small.get("071411161000") is city


def test_a_new_gmina_lies_in_the_region_of_its_powiat(small: Territory) -> None:
    assert small.units["140202"].nuts3 == "PL921"
    assert small.units["100101"].nuts3 == "PL711"


def test_neighbours_share_a_line_not_a_corner(small: Territory) -> None:
    gmina = {code: others for (code, of), others in small.neighbours.items() if of is Level.GMINA}
    assert gmina == {
        "100101": ("140103", "1461"),
        "140101": ("140102", "140103", "140201"),
        "140102": ("140101",),
        "140103": ("100101", "140101", "1461"),
        "140201": ("140101", "1461"),
        "1461": ("100101", "140103", "140201"),
    }
    assert small.neighbours["1401", Level.POWIAT] == ("1001", "1402", "1461")
    assert small.neighbours["1402", Level.POWIAT] == ("1401", "1461")
    assert small.neighbours["10", Level.WOJEWODZTWO] == ("14",)


def test_borders_have_their_length(built: Path) -> None:
    with (built / "neighbours.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    metres = {(r["level"], r["unit"], r["neighbour"]): int(r["metres"]) for r in rows}
    assert metres["gmina", "140101", "140102"] == 8_000
    assert metres["gmina", "140101", "140103"] == 10_000
    assert metres["powiat", "1001", "1401"] == 10_000
    assert metres["wojewodztwo", "10", "14"] == 20_000


def test_a_point_lies_inside_even_where_the_middle_is_an_enclave(small: Territory) -> None:
    outer, enclave = small.units["140101"], small.units["140102"]
    assert (outer.lon, outer.lat) != (enclave.lon, enclave.lat)
    assert outer.outline
    assert small.units["140202"].lon is None
    assert not small.units["140202"].outline


def test_parts(built: Path) -> None:
    assert load_parts(built) == {
        "1402014": "140201",
        "1402015": "140201",
        "1461029": "1461",
        "146102": "1461",
    }


def test_tiles_of_what_exists_now(built: Path) -> None:
    tiles = load_tiles(built)
    assert set(tiles[Level.GMINA]) == {
        *("100101", "140101", "140102", "140103", "140201", "140202", "1461"),
    }
    assert set(tiles[Level.POWIAT]) == {"1001", "1401", "1402", "1461"}
    assert set(tiles[Level.WOJEWODZTWO]) == {"10", "14"}


def test_findings_progress_and_the_same_bytes_again(
    data: Path, built: Path, tmp_path: Path
) -> None:
    shutil.copy(built / "known_years.csv", tmp_path)
    seen: list[tuple[str, int, int]] = []
    findings = build_territory.build(data, tmp_path, lambda *now: seen.append(now))
    assert [(f.code, f.unit) for f in findings] == [("brak-granicy", "140202")]
    assert "granica niedostępna" in findings[0].message
    assert [done for _, done, _ in seen] == [0, 1, 2, 3, 4]
    assert {total for _, _, total in seen} == {4}
    for path in built.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_gmina_without_outline_or_parent_stands_in_the_middle_of_its_powiat(
    data: Path, tmp_path: Path
) -> None:
    build_territory.build(data, tmp_path)  # nobody wrote down where 140202 came from
    assert "140202" in load_tiles(tmp_path)[Level.GMINA]


def test_without_boundaries_the_message_says_how_to_get_them(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "teryt", tmp_path / "teryt")
    with pytest.raises(BoundaryError, match="smup territory geometry --download"):
        build_territory.build(tmp_path, tmp_path / "out")


def test_every_file_names_its_source_and_how_it_is_made(built: Path) -> None:
    for name in ("units", "changes", "history", "parts", "neighbours", "tiles"):
        head = (built / f"{name}.csv").read_text("utf-8").split("\n")
        notes = [line for line in head if line.startswith("#")]
        assert any(
            "TERC" in n or "Państwowy Rejestr Granic" in n or "units.csv" in n for n in notes
        )
        assert any("smup territory build" in note for note in notes)


@pytest.mark.sources
def test_official_files_give_the_stored_facts_to_the_byte(
    official: Path, root: Path, tmp_path: Path
) -> None:
    for written in ("known_years", "historical_units"):
        shutil.copy(root / f"territory/{written}.csv", tmp_path)
    findings = build_territory.build_facts(official, tmp_path, lambda *now: None)
    assert {f.unit for f in findings} == {"120713", "200216"}
    for name in ("units", "changes", "history", "parts", "neighbours"):
        stored = (root / f"territory/{name}.csv").read_bytes()
        assert (tmp_path / f"{name}.csv").read_bytes() == stored, name


def test_the_stored_units_give_the_stored_tiles_to_the_byte(root: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(root / "territory", tmp_path / "territory"))
    (folder / "tiles.csv").unlink()
    build_territory.build_tiles(folder)
    assert (folder / "tiles.csv").read_bytes() == (root / "territory/tiles.csv").read_bytes()
