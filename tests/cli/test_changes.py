"""``smup changes``: since a year and since a release, as a person and as a script meet them."""

from pathlib import Path

import pytest

from tests.cli.test_commands import answer, smup
from tests.helpers.two_releases import two_releases

Store = tuple[Path, str, str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return two_releases(tmp_path_factory.mktemp("two"))


def test_since_a_year(built_home: Path) -> None:
    found = answer(built_home, "changes", "1465", "--since", "2020")
    assert all({"indicator", "kind", "before", "after", "real"} <= set(one) for one in found)
    people = next(one for one in found if one["indicator"] == "ludnosc")
    values = answer(built_home, "values", "ludnosc", "--unit", "1465")
    by_year = {one["year"]: one["value"] for one in values}
    assert people["before"] == by_year[people["year_before"]]
    assert people["after"] == by_year[people["year_after"]]
    assert people["year_before"] == 2020


def test_since_a_release(store: Store) -> None:
    home, earlier, _ = store
    found = answer(home, "changes", "020101", "--since", earlier)
    told = {(one["indicator"], one["kind"], one["year_after"]): one for one in found}
    revised = told["ludnosc", "revision", 2022]
    assert (revised["before"], revised["after"]) == (110, 112)
    assert told["ludnosc", "new_value", 2023]["after"] == 90
    assert told["gestosc", "revision", 2022]["after"] == pytest.approx(11.2)
    (change,) = (one for one in found if one["kind"].startswith("change_"))
    assert (change["before"], change["after"], change["unsure"]) == (112, 90, "few_years")


def test_a_person_reads_lines(built_home: Path) -> None:
    done = smup(built_home, "changes", "1465", "--since", "2020")
    assert done.returncode == 0
    assert "ludnosc" in done.stdout
    assert "Razem:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("1465",), "--since"),
        (("1465", "--since", "1901"), "Zmian od roku 1901"),
        (("1465", "--since", "2020-01-01-00000000"), "2020-01-01-00000000"),
        (("nigdzie", "--since", "2020"), "Nie ma jednostki"),
    ],
)
def test_wrong_use_is_one_sentence(
    built_home: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = smup(built_home, "changes", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_release_that_serves_is_no_earlier_one(store: Store) -> None:
    home, _, later = store
    done = smup(home, "changes", "020101", "--since", later)
    assert done.returncode == 2
    assert "właśnie służy" in done.stderr
