"""Whatever the service does wrong, the table holds the right figures or stays as it was."""

from collections.abc import Collection
from typing import Any

import pytest

from smup.sources.provider import Outcome
from tests.contract.bdl_world import BASE, World
from tests.sources.bdl.conftest import Opening
from tests.sources.bdl.desk import ROADS, SUBJECTS, WITHIN, YEARS, Office
from tests.sources.bdl.expected import expected, landed

WORLD = World(SUBJECTS, YEARS, WITHIN)
NUMBERS = {"drogi": (101, (5, 6)), "drogi_twarde": (102, (6,)), "filie": (201, (0, 2, 5))}
NEWS, LATER = "2026-03-02T07:00:00", "2026-03-03T07:00:00"


def is_right(
    office: Office, revision: int = 0, since: int = 9999, names: Collection[str] = NUMBERS
) -> None:
    for name in names:
        number, levels = NUMBERS[name]
        told = expected(WORLD, number, levels, YEARS, revision, since)
        assert landed(office.table(name)) == told, name


def codes(outcome: Outcome) -> set[str]:
    return {one.code for one in outcome.findings if one.severity != "info"}


def first_night(office: Office) -> Outcome:
    """Numbers found and accepted, data landed."""
    office.run()
    office.accept()
    return office.run()


HARMLESS: dict[str, dict[str, Any]] = {
    "nothing wrong": {},
    "limits of anonymous callers": {"limits": {1: 5, 900: 100, 43200: 1000, 604800: 10000}},
    "limits stricter than agreed": {"limits": {1: 5, 900: 10}},
    "wrong total until sorted": {"total_off": 7},
    "too small a total until sorted": {"total_off": -150},
    "rows twice and rows skipped without a sort": {"repeats": True},
    "every third answer cut off": {"cut_every": 3},
    "every third answer half, as if whole": {"half_every": 3},
    "every third answer a 500": {"error_every": 3},
    "every second answer slow": {"slow_every": 2},
    "fields nobody knows": {"schema": "extra"},
    "city figures at gmina level only": {"only_city_gmina": [101]},
}


@pytest.mark.parametrize("wrong", HARMLESS.values(), ids=HARMLESS)
def test_figures_are_exact(office: Opening, wrong: dict[str, Any]) -> None:
    here = office(limits=wrong.get("limits"))
    here.serving.change(**{k: v for k, v in wrong.items() if k != "limits"})
    outcome = first_night(here)
    is_right(here)
    assert (outcome.unfinished, codes(outcome)) == ("", set())
    stricter = wrong.get("limits", {}).get(900) == 10
    assert (here.serving.read("refused") > 0) == stricter


HARMFUL: dict[str, tuple[dict[str, Any], str]] = {
    "wrong total": ({"total_off": 7, "total_off_sorted": 7}, "bdl-niepelne-dane"),
    "a total of millions": (
        {"total_off": 5_000_000, "total_off_sorted": 5_000_000},
        "bdl-niepelne-dane",
    ),
    "whole pages missing": ({"total_off": -139, "total_off_sorted": -139}, "bdl-niepelne-dane"),
    "rows twice and skipped": ({"repeats_always": True}, "bdl-niepelne-dane"),
    "a field renamed": ({"schema": "renamed"}, ""),
    "numbers as text": ({"schema": "text"}, ""),
    "values left out": ({"schema": "null"}, "bdl-niejasna-wartosc"),
    "a page instead of data": ({"schema": "html"}, ""),
    "an unknown attribute": ({"unknown_attribute": [101, 102, 201]}, "bdl-niejasna-wartosc"),
    "an attribute gone from the dictionary": ({"forgotten": [BASE + 8]}, "bdl-niejasna-wartosc"),
    "another measure": (
        {"measure": {str(n): [9, "tys. szt."] for n in (101, 102, 201)}},
        "bdl-niepelne-dane",
    ),
    "a value beside a sign for none": ({"contradicts": [101, 102, 201]}, "bdl-niejasna-wartosc"),
    "all tables gone": ({"gone": True}, "bdl-niepelne-dane"),
}


# They take the same way as text in place of numbers does.
ALIKE = ("a field renamed", "a page instead of data")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.nightly] if name in ALIKE else [])
        for name, case in HARMFUL.items()
    ],
)
def test_the_old_table_stays_until_the_service_mends(
    office: Opening, wrong: dict[str, Any], code: str
) -> None:
    here = office()
    first_night(here)
    before = {name: (here.home / f"tables/bdl.{name}.csv").read_bytes() for name in NUMBERS}
    revised = {"updated": {"P1": NEWS, "P2": NEWS}, "revised_from": YEARS[-3]}
    revised["revision"] = {"101": 11, "102": 11, "201": 11}
    here.serving.change(**revised, **wrong)
    here.next_night()
    outcome = here.run()
    assert (code or "bdl-zmieniona-odpowiedz") in codes(outcome)
    concerned = {one.file.removeprefix("bdl.") for one in outcome.findings}
    for name in concerned & before.keys():
        assert (here.home / f"tables/bdl.{name}.csv").read_bytes() == before[name]
    if not outcome.unfinished:
        is_right(here, 11, YEARS[-3], NUMBERS.keys() - concerned)
    mended: dict[str, Any] = {key: type(value)() for key, value in wrong.items()}
    if code == "bdl-niejasna-wartosc":  # figures that came whole are asked for when they change
        mended["updated"] = {"P1": LATER, "P2": LATER}
    here.serving.change(**mended)
    here.next_night()
    outcome = here.run()
    assert (outcome.unfinished, codes(outcome)) == ("", set())
    is_right(here, 11, YEARS[-3])


def test_an_expired_key_stops_the_run_and_is_never_told(office: Opening) -> None:
    here = office(key="sekretny-klucz-1")
    here.serving.change(key="inny")
    outcome = here.run()
    assert "403" in outcome.unfinished
    assert "SMUP_KEY_BDL" in outcome.unfinished
    kept = [p.read_bytes() for p in here.home.rglob("*") if p.is_file()]
    assert not any(b"sekretny-klucz-1" in content for content in kept)
    assert "sekretny-klucz-1" not in str(outcome)
    here.serving.change(key="sekretny-klucz-1")
    first_night(here)
    is_right(here)
    assert not any(b"sekretny-klucz-1" in p.read_bytes() for p in here.home.rglob("*.*"))


def test_a_restart_at_midnight_is_waited_for(office: Opening) -> None:
    here = office()
    here.serving.change(down_until=here.clock.now().timestamp() + 700)
    outcome = first_night(here)
    assert outcome.unfinished == ""
    is_right(here)


def test_a_service_that_is_gone_for_long_is_told_of(office: Opening) -> None:
    here = office()
    here.serving.change(down_until=here.clock.now().timestamp() + 1e7)
    outcome = here.run()
    assert "bdl" in outcome.provider
    assert "brak odpowiedzi" in outcome.unfinished


def test_a_quota_that_is_spent_ends_the_run_and_the_next_goes_on(office: Opening) -> None:
    limits = {1: 5, 900: 6, 43200: 1000}
    here = office(patience=60, limits=limits)
    here.limit(limits)
    runs = 0
    while (outcome := here.run()).unfinished:
        assert "limit zapytań" in outcome.unfinished
        here.clock.sleep(901)
        runs += 1
    assert runs >= 2
    here.accept()
    here.run()
    is_right(here)
    assert max(here.serving.asked().values()) == 1
    assert here.serving.read("refused") == 0


def test_a_number_not_accepted_becomes_no_table(office: Opening) -> None:
    here = office(variables=(ROADS,))
    outcome = here.run()
    assert outcome.tables == ()
    assert "bdl-numer-czeka" in {one.code for one in outcome.findings}
    here.accept()
    asked = sum(here.serving.asked().values())
    assert here.run().tables == ("bdl.drogi",)
    assert sum(here.serving.asked().values()) == asked  # the figures were there already
