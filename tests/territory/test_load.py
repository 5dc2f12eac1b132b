"""Reading the territory files, and saying where they are wrong."""

import shutil
from pathlib import Path

import pytest

from smup.territory import Level, Territory, TerritoryError, load_territory, load_tiles


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A copy of the territory files that a test may spoil."""
    return Path(shutil.copytree(root / "territory", tmp_path / "territory"))


def test_loading_twice_gives_equal_units(root: Path, territory: Territory) -> None:
    again = load_territory(root / "territory")
    assert dict(again.units) == dict(territory.units)
    assert again.changes == territory.changes


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError, match=r"units\.csv; utwórz go poleceniem"):
        load_territory(tmp_path)


def test_an_unknown_kind_is_refused_with_its_line(folder: Path) -> None:
    lines = (folder / "units.csv").read_text("utf-8").splitlines(keepends=True)
    number = next(i for i, line in enumerate(lines) if line.startswith("1465,"))
    lines[number] = lines[number].replace("miasto-na-prawach-powiatu", "miasteczko")
    (folder / "units.csv").write_text("".join(lines), "utf-8")
    with pytest.raises(TerritoryError, match=rf"units\.csv, wiersz {number + 1}: .*miasteczko"):
        load_territory(folder)


def test_a_short_row_is_refused_with_its_line(folder: Path) -> None:
    with (folder / "units.csv").open("a", encoding="utf-8") as file:
        file.write("999999,Nibylandia\n")
    last = len((folder / "units.csv").read_text("utf-8").splitlines())
    with pytest.raises(TerritoryError, match=f"wiersz {last}: nieczytelna jednostka"):
        load_territory(folder)


def test_a_broken_date_of_a_change_is_refused(folder: Path) -> None:
    text = (folder / "changes.csv").read_text("utf-8")
    (folder / "changes.csv").write_text(text.replace(",2019-01-01,", ",2019-13-01,"), "utf-8")
    with pytest.raises(TerritoryError, match=r"changes\.csv, wiersz \d+: nieczytelna zmiana"):
        load_territory(folder)


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("neighbours.csv", "gmina,1465,9999,10\n"),
        ("neighbours.csv", "osiedle,1465,1408,10\n"),
        ("changes.csv", "999999,zniesienie,2018-01-01,2019-01-01,,A,,zmyślone\n"),
        ("units.csv", "1465,Warszawa,powiat,,14,,,,,,,,,,nie,\n"),
    ],
)
def test_a_code_nobody_has_or_twice_the_same_is_refused(folder: Path, file: str, row: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(row)
    with pytest.raises(TerritoryError, match=rf"{file}, wiersz \d+"):
        load_territory(folder)


def test_tiles_stand_alone_in_their_cells(root: Path, territory: Territory) -> None:
    tiles = load_tiles(root / "territory")
    existing = {u.code for u in territory.of_level(Level.GMINA) if u.valid_to is None}
    assert tiles[Level.GMINA].keys() == existing
    assert len(tiles[Level.POWIAT]) == 380
    assert len(tiles[Level.WOJEWODZTWO]) == 16
    for placed in tiles.values():
        assert len(set(placed.values())) == len(placed)
        assert min(col for col, _ in placed.values()) == 0
        assert min(row for _, row in placed.values()) == 0
