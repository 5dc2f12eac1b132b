"""Groups and the frontier on the command line."""

from pathlib import Path

from tests.cli.test_commands import answer, smup


def test_systems_and_members(built_home: Path) -> None:
    systems = answer(built_home, "groups")
    assert [one["id"] for one in systems] == ["rodzaj", "rodzaj-i-ludnosc", "degurba"]
    assert systems[1]["population_year"] == 2024
    group = answer(built_home, "groups", "show", "degurba-1")
    assert group["count"] == len(group["units"]) == 75
    done = smup(built_home, "groups", "show", "degurba")
    assert (done.returncode, done.stderr) == (
        2,
        "smup: Nie ma grupy „degurba”. Lista: smup groups.\n",
    )


def test_compare_in_another_system(built_home: Path) -> None:
    found = answer(built_home, "compare", "020102", "ludnosc", "--groups", "rodzaj-i-ludnosc")
    assert found["groups"] == "rodzaj-i-ludnosc"
    done = smup(built_home, "compare", "020102", "ludnosc", "--groups", "x")
    assert (done.returncode, "Nie ma systemu grup „x”" in done.stderr) == (2, True)


def test_the_frontier_is_refused_in_words(built_home: Path) -> None:
    found = answer(built_home, "frontier", "020102", "szkoly-podstawowe", code=1)
    assert found["refused"] == "no_year"
    assert answer(built_home, "frontier", "020102", "technika", code=1)["refused"] == "no_model"
    assert smup(built_home, "frontier", "020102", "x").returncode == 2
