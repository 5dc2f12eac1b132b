"""Every one of the 173 candidate indicators the catalogue started from has an answer.

``candidates.csv`` holds the number of the candidate, the indicators that answer it and what was
decided: taken as listed, corrected, split, or left out because another says the same.
"""

import csv
from pathlib import Path

import pytest

from smup.catalogue import Catalogue

TABLE = Path(__file__).with_name("candidates.csv").read_text("utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
LEFT_OUT = {"32"}  # the same as 31, per 10,000


def test_every_number_once() -> None:
    assert [int(row["number"]) for row in ROWS] == list(range(1, 174))


@pytest.mark.parametrize("row", ROWS, ids=[row["number"] for row in ROWS])
def test_a_candidate_is_answered(catalogue: Catalogue, row: dict[str, str]) -> None:
    ids = row["indicators"].split()
    assert row["decision"]
    assert bool(ids) != (row["number"] in LEFT_OUT)
    for one in ids:
        assert catalogue.indicators[one].status in ("published", "preview", "archived")


def test_enough_to_be_fed(catalogue: Catalogue) -> None:
    assert len(catalogue.indicators_of()) >= 173


# The corrections that decide what a figure means (number of the candidate: what must hold now).
CONTEXTUAL = (7, 9, 10, 19, 31, 33, 34, 42, 47, 51, 52, 82, 83, 143, 149, 151, 152, 154, 167)
NEITHER = (2, 3, 8, 34, 42, 92, 101, 104, 145, 146, 155, 157, 158, 160, 161, 162)


def answers(catalogue: Catalogue, number: int) -> list[str]:
    return ROWS[number - 1]["indicators"].split()


@pytest.mark.parametrize("number", CONTEXTUAL)
def test_corrected_to_contextual(catalogue: Catalogue, number: int) -> None:
    assert {catalogue.indicators[one].role for one in answers(catalogue, number)} == {"contextual"}


@pytest.mark.parametrize("number", NEITHER)
def test_corrected_to_no_direction(catalogue: Catalogue, number: int) -> None:
    assert {catalogue.indicators[one].better for one in answers(catalogue, number)} == {"neither"}


def test_split_archived_and_targeted(catalogue: Catalogue) -> None:
    assert len(answers(catalogue, 6)) == 2  # own over own, all over all
    assert len(answers(catalogue, 148)) == 2  # legal and natural persons
    old = catalogue.indicators[answers(catalogue, 15)[0]]
    assert old.status == "archived"
    assert old.archived is not None
    assert old.archived.last_year == 2024
    assert old.archived.successor in answers(catalogue, 15)
    ceiling = catalogue.indicators[answers(catalogue, 40)[0]].target
    assert ceiling is not None
    assert (ceiling.at, ceiling.value) == ("at_most", 15)
    for number in (12, 13):
        assert catalogue.indicators[answers(catalogue, number)[0]].against == "country"


NATIONAL = {
    4068: "wynik", 4418: "wynik", 4069: "nadwyżka", 4419: "nadwyżka", 4074: "dług", 4424: "dług",
    4055: "dług", 4405: "dług", 4053: "majątkow", 4403: "majątkow", 4052: "wynagrodz",
    4402: "wynagrodz", 4054: "majątkow", 4404: "majątkow", 16: "nieruchomości",
    10: "nieruchomości", 8: "nieruchomości", 11: "nieruchomości", 13: "nieruchomości",
    12: "nieruchomości", 18: "nieruchomości", 17: "nieruchomości",
}  # fmt: skip


def test_national_numbers_are_those_seen(catalogue: Catalogue) -> None:
    """Id in the national system -> a word its name holds; no other id is known."""
    found = {n.id: i.name.pl.casefold() for i in catalogue.indicators.values() for n in i.smup}
    assert set(found) <= set(NATIONAL)
    assert len(found) >= 18
    for number, name in found.items():
        assert NATIONAL[number] in name, (number, name)
