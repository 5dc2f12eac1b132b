"""``smup peers`` as a person and as a script meet it, on the repository's own figures."""

import math
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import answer, smup


def shares(found: dict[str, Any]) -> list[float]:
    return [math.fsum(peer["contributions"].values()) for peer in found["peers"]]


def test_a_list_with_what_each_feature_contributes(built_home: Path) -> None:
    found = answer(built_home, "peers", "Hel")
    assert found["unit"] == "221101"
    assert len(found["peers"]) == 15
    assert shares(found) == pytest.approx([1.0] * 15)
    distances = [peer["distance"] for peer in found["peers"]]
    assert distances == sorted(distances)
    assert all(0 <= peer["stability"] <= 1 for peer in found["peers"])


def test_warsaw_stands_beside_large_cities(built_home: Path) -> None:
    found = answer(built_home, "peers", "1465", "--area", "edukacja")
    assert found["outside_stratum"]
    assert "1261" in {peer["unit"] for peer in found["peers"]}
    done = smup(built_home, "peers", "1465")
    assert "spoza niej" in done.stdout
    krakow = answer(built_home, "peers", "1261")
    assert "1465" not in {peer["unit"] for peer in krakow["peers"]}


def test_own_weights_and_number(built_home: Path) -> None:
    plain = answer(built_home, "peers", "0201", "--k", "5")
    other = answer(built_home, "peers", "0201", "--k", "5", "--weight", "ludnosc=0")
    assert len(plain["peers"]) == len(other["peers"]) == 5
    assert "ludnosc" in plain["peers"][0]["contributions"]
    assert "ludnosc" not in other["peers"][0]["contributions"]


def test_the_classic_variant(built_home: Path) -> None:
    found = answer(built_home, "peers", "Hel", "--variant", "cipfa", "--k", "3")
    assert found["variant"] == "cipfa"
    assert all(0 <= peer["distance"] <= 1 for peer in found["peers"])


def test_explained_in_words(built_home: Path) -> None:
    done = smup(built_home, "peers", "Hel", "--explain")
    assert done.returncode == 0
    assert "gęstość zaludnienia" in done.stdout
    assert "różni:" in done.stdout


def test_a_unit_without_a_list_says_why(built_home: Path) -> None:
    assert "nie szuka się podobnych" in smup(built_home, "peers", "14").stdout
    new = smup(built_home, "peers", "Grabówka")  # since 2025, with figures of 2024 only
    assert "wiadomo za mało" in new.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Hel", "--area", "edukacjo"), "Nie ma obszaru"),
        (("Hel", "--k", "0"), "od 1 do 100"),
        (("Hel", "--weight", "ludnosc"), "podaj cechę i wagę"),
        (("Hel", "--weight", "ludnosx=1"), "Nie ma cechy"),
    ],
)
def test_bad_input_is_one_sentence(
    built_home: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = smup(built_home, "peers", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
