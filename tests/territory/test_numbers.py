"""The integer of a unit stays with its code and is never given to another."""

import shutil
from pathlib import Path

import pytest

from smup.territory import Territory, TerritoryError, load_territory
from smup.territory.numbers import numbers_text, unnumbered


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root / "territory", tmp_path / "territory"))


def test_every_unit_has_a_number_of_its_own(territory: Territory) -> None:
    assert unnumbered(territory) == {}
    numbers = [territory.numbers[unit.code] for unit in territory]
    assert len(set(numbers)) == len(territory)
    assert territory.numbers["PL"] == 1


def test_a_unit_that_is_gone_keeps_its_number_and_a_new_one_gets_the_next(folder: Path) -> None:
    before = load_territory(folder)
    lines = (folder / "units.csv").read_text("utf-8").splitlines(keepends=True)
    last = next(line for line in reversed(lines) if line.startswith("320"))
    code = last.split(",")[0]
    changed = "".join(lines).replace(last, last.replace(code, "329999").replace(code[:6], "329999"))
    (folder / "units.csv").write_text(changed, "utf-8")
    for name in ("changes.csv", "neighbours.csv", "successions.csv"):  # they may name the old code
        text = (folder / name).read_text("utf-8").replace(code, "329999")
        (folder / name).write_text(text, "utf-8")
    after = load_territory(folder)
    assert after.numbers[code] == before.numbers[code]
    assert unnumbered(after) == {"329999": len(before.numbers) + 1}
    with (folder / "numbers.csv").open("a", encoding="utf-8") as file:
        file.write(numbers_text(unnumbered(after)))
    assert load_territory(folder).numbers["329999"] == len(before.numbers) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n02,2\n", "\n"), ("\n02,2\n", "\n02,3\n"), ("\n02,2\n", "\nPL,2\n")],
    ids=["removed", "changed", "twice"],
)
def test_a_changed_file_is_refused(folder: Path, old: str, new: str) -> None:
    path = folder / "numbers.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(TerritoryError, match=r"numbers.csv, wiersz 5: numer .* nie jest następny"):
        load_territory(folder)


def test_a_release_older_than_the_numbers_has_none(folder: Path) -> None:
    (folder / "numbers.csv").unlink()
    assert load_territory(folder).numbers == {}
