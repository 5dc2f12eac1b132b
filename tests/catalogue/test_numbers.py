"""An integer once given stays with its definition and is never given to another."""

import hashlib
from pathlib import Path

import pytest

from smup.catalogue import Catalogue, load_catalogue
from smup.catalogue.numbers import check_numbers, header, numbers_of, numbers_text, unnumbered
from tests.helpers.small_catalogue import write

FIRST_ROWS = """\
kind,id,number
area,edukacja,1
area,kontekst,101
service,szkoly,1
variable,ludnosc,1
variable,uczniowie,2
variable,wydatki,3
variable,uczniowie_w_roku,4
"""


def record(root: Path) -> None:
    path = root / "numbers.csv"
    before = path.read_text("utf-8") if path.is_file() else header()
    path.write_text(before + numbers_text(unnumbered(load_catalogue(root))), "utf-8")


def faults(root: Path) -> list[str]:
    return [str(error) for error in check_numbers(load_catalogue(root))]


def rename(root: Path, old: str, new: str) -> None:
    """Give a variable another id everywhere: for the numbers one is gone and one is new."""
    for path in root.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path)
    record(root)
    return root


def test_every_kind_counts_for_itself_and_our_areas_keep_clear_of_the_national(root: Path) -> None:
    assert (root / "numbers.csv").read_text("utf-8") == FIRST_ROWS
    assert faults(root) == []


def test_recording_twice_adds_nothing(root: Path) -> None:
    before = (root / "numbers.csv").read_bytes()
    record(root)
    assert (root / "numbers.csv").read_bytes() == before


def test_a_definition_that_is_gone_keeps_its_number_and_a_new_one_gets_the_next(root: Path) -> None:
    rename(root, "wydatki", "koszty")
    assert faults(root) == [
        "catalogue/numbers.csv:1: [koszty] nie ma numeru; nadaj go: smup catalogue record"
    ]
    record(root)
    assert (root / "numbers.csv").read_text("utf-8") == FIRST_ROWS + "variable,koszty,5\n"
    assert faults(root) == []
    numbers = numbers_of(load_catalogue(root), "variable")
    assert dict(numbers.of) == {"ludnosc": 1, "uczniowie": 2, "uczniowie_w_roku": 4, "koszty": 5}
    assert 3 not in numbers.ids
    assert numbers.ids[5] == "koszty"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("variable,ludnosc,1\n", "", "numer 2 stoi tam, gdzie powinien być 1"),
        ("variable,uczniowie,2", "variable,uczniowie,7", "numer 7 stoi tam, gdzie powinien być 2"),
        ("variable,uczniowie,2", "variable,uczniowie,1", "numer 1 stoi tam, gdzie powinien być 2"),
        ("service,szkoly,1", "service,szkoly,1\nservice,szkoly,2", "[szkoly] ma już numer"),
        ("area,edukacja,1", "area,edukacja,2", "numer 2, a w areas.yaml „number: 1”"),
    ],
)
def test_a_changed_file_is_refused(root: Path, old: str, new: str, said: str) -> None:
    path = root / "numbers.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert any(said in fault for fault in faults(root))


def test_the_shipped_numbers_are_those_once_given(catalogue: Catalogue, root_folder: Path) -> None:
    """Whoever is linked by a number must find the same thing behind it for ever."""
    assert check_numbers(catalogue) == []
    assert numbers_of(catalogue, "area").of["edukacja"] == 1
    assert numbers_of(catalogue, "service").of["szkoly-podstawowe"] == 2
    rows = (root_folder / "catalogue/numbers.csv").read_bytes().splitlines(keepends=True)
    assert (
        hashlib.sha256(b"".join(rows[:667])).hexdigest()
        == "2fb759b2d5c8011d8020ed3900f85d54c5171629e54c7f7b68b7856aeda02b77"
    )
    rows = (root_folder / "territory/numbers.csv").read_bytes().splitlines(keepends=True)
    assert (
        hashlib.sha256(b"".join(rows[:3130])).hexdigest()
        == "308befb86fa356eea2a72288d9e472744920f54b18a7ec2b10eee7e4237fef22"
    )


@pytest.fixture
def root_folder() -> Path:
    return Path(__file__).resolve().parents[2]


def test_indicators_have_the_numbers_of_their_history(catalogue: Catalogue) -> None:
    numbers = numbers_of(catalogue, "indicator")
    assert numbers.of["alarmy-falszywe-na-1000"] == 1
    assert set(numbers.of) == {one.id for one in catalogue.shown}
    assert len(set(numbers.of.values())) == len(numbers.of)
