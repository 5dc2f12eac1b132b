"""How much is asked: everything once, many years in one question, closed years never again."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from smup.catalogue import Variable
from smup.store.snapshots import Snapshots
from tests.contract.bdl_world import World
from tests.sources.bdl.conftest import Opening
from tests.sources.bdl.desk import (
    GMINA_KINDS,
    HARD,
    PIECES,
    ROADS,
    SUBJECTS,
    WITHIN,
    YEARS,
    Office,
    variable,
)
from tests.sources.bdl.expected import expected, landed

WORLD = World(SUBJECTS, YEARS, WITHIN)
NEWS = "2026-03-02T07:00:00"


def pages(level: int) -> int:
    return -(-len(WORLD.rows(level)) // 100)


def years_of(questions: Iterable[str]) -> list[tuple[str, tuple[int, ...]]]:
    """(path, years) of data questions."""
    told = []
    for question in questions:
        address = urlsplit(question.removeprefix("GET "))
        if "/data/" in address.path:
            years = tuple(int(v) for k, v in parse_qsl(address.query) if k == "year")
            told.append((address.path.rpartition("/")[2], years))
    return told


def settled(office: Office) -> Counter[str]:
    """Everything fetched and accepted; what was asked so far."""
    office.run()
    office.accept()
    office.run()
    return office.serving.asked()


def test_a_first_sync_asks_everything_once_and_all_years_together(office: Opening) -> None:
    here = office()
    asked = settled(here)
    assert set(asked.values()) == {1}
    data = years_of(asked)
    assert {years for _, years in data} == {YEARS}
    counted = Counter(number for number, _ in data)
    assert counted == {
        "101": pages(6) + pages(5),
        "102": pages(6),
        "201": pages(5) + 1 + 1,
    }
    # attributes; the subject sought by name; two lists of variables, or a number; two subjects
    others = [q for q in asked if "/data/" not in q]
    assert len(others) == 1 + 1 + 1 + 1 + 2
    assert all("page-size=100" in q for q in asked if "/data/" in q)


def test_fewest_requests_of_a_small_country(office: Opening) -> None:
    """Ten variables of gminas: nothing but their pages, two subjects and the attributes."""
    subjects: list[dict[str, Any]] = [
        {
            "id": f"P{at}",
            "name": f"Temat {at}",
            "variables": [
                {"id": 10 * at + n, "labels": [f"etykieta {n}"], "measure": PIECES, "levels": [6]}
                for n in range(5)
            ],
        }
        for at in (1, 20)
    ]
    variables: list[Variable] = [
        variable(f"v{v['id']}", {"subject": s["id"], "labels": v["labels"]}, kinds=GMINA_KINDS)
        for s in subjects
        for v in s["variables"]
    ]
    here = office(variables=tuple(variables), subjects=subjects)
    outcome = here.run()
    # two lists of variables, two subjects and the attributes stand beside the pages
    assert outcome.asked == 10 * pages(6) + 5
    assert here.run().asked == 0


def test_a_night_without_changes_asks_only_whether_there_are_any(office: Opening) -> None:
    here = office()
    before = settled(here)
    tables = {p.name: p.read_bytes() for p in (here.home / "tables").iterdir()}
    here.next_night()
    assert here.plan().requests == 3
    outcome = here.run()
    assert (outcome.asked, outcome.tables, outcome.unfinished) == (3, (), "")
    new = here.serving.asked() - before
    assert {urlsplit(q).path.rpartition("/")[2] for q in new} == {"attributes", "P1", "P2"}
    assert {p.name: p.read_bytes() for p in (here.home / "tables").iterdir()} == tables
    assert here.run().asked == 0


def test_a_changed_subject_is_asked_for_its_open_years_alone(office: Opening) -> None:
    here = office()
    before = settled(here)
    here.serving.change(updated={"P1": NEWS}, revision={"101": 9, "102": 9}, revised_from=2019)
    here.next_night()
    outcome = here.run()
    assert set(outcome.tables) == {"bdl.drogi", "bdl.drogi_twarde"}
    new = here.serving.asked() - before
    assert {years for _, years in years_of(new)} == {YEARS[-3:]}
    assert {number for number, _ in years_of(new)} == {"101", "102"}
    # closed years are not asked again, so a revision of theirs is not seen
    told = expected(WORLD, 101, (5, 6), YEARS, 9, YEARS[-3])
    assert landed(here.table("drogi")) == told
    assert here.run().asked == 0


def test_closed_years_are_asked_again_once_they_are_opened(office: Opening) -> None:
    here = office(variables=(ROADS,))
    settled(here)
    here.serving.change(updated={"P1": NEWS}, revision={"101": 9}, revised_from=2019)
    here.next_night()
    here.run()
    before = here.serving.asked()
    here.open_years(len(YEARS))
    here.run()
    assert dict(years_of(here.serving.asked() - before)) == {"101": YEARS[:-3]}
    assert landed(here.table("drogi")) == expected(WORLD, 101, (5, 6), YEARS, 9, 2019)
    assert here.run().asked == 0


def test_a_new_year_comes_with_the_open_ones(office: Opening) -> None:
    here = office(variables=(ROADS,))
    here.serving.change(published_years=list(YEARS[:-1]))
    before = settled(here)
    assert {years for _, years in years_of(before)} == {YEARS[:-1]}
    here.serving.change(published_years=list(YEARS), updated={"P1": NEWS})
    here.next_night()
    assert here.run().tables == ("bdl.drogi",)
    new = here.serving.asked() - before
    assert {years for _, years in years_of(new)} == {YEARS[-3:]}
    assert landed(here.table("drogi")) == expected(WORLD, 101, (5, 6), YEARS)


def test_variables_by_their_own_first_and_last_year(office: Opening) -> None:
    late = variable("drogi", {"subject": "P1", "labels": ["gminne", "ogółem"]}, since=2021)
    ended = variable("filie", {"id": 201}, until=2020, kinds=("powiat",))
    here = office(variables=(late, ended))
    asked = dict(years_of(settled(here)))
    assert asked == {"101": YEARS[3:], "201": YEARS[:3]}


def test_the_plan_of_a_resumed_sync_counts_what_is_left(office: Opening) -> None:
    limits = {1: 5, 900: 5, 43200: 1000}
    here = office(variables=(HARD,), patience=60, limits=limits)
    here.limit(limits)
    assert here.plan().notes  # nobody has told yet how many units there are
    first = here.run()
    assert first.unfinished
    here.clock.sleep(901)
    left, limits[900] = here.plan().requests, 100
    here.limit(limits)
    assert here.run().asked == left


def test_bytes_of_every_figure_are_named_and_kept(office: Opening) -> None:
    here = office(variables=(ROADS,))
    settled(here)
    snapshots = Snapshots(here.home / "snapshots")
    *sheets, attributes = here.table("drogi").meta["sha256"]
    assert b"symbol" in snapshots.read(attributes)
    kept = [json.loads(snapshots.read(digest)) for digest in sheets]
    assert [one["level"] for one in kept] == [6, 5]
    ids = {
        row["id"]
        for one in kept
        for digest in one["pages"]
        for row in json.loads(snapshots.read(digest))["results"]
    }
    assert ids == {row.id for level in (5, 6) for row in WORLD.rows(level)}


def test_bytes_that_a_disk_lost_are_asked_for_again(office: Opening) -> None:
    here = office(variables=(HARD,))
    here.run()
    here.accept()
    before = here.serving.asked()
    for path in (here.home / "snapshots").rglob("*.zst"):
        path.write_bytes(path.read_bytes()[:-3])
    outcome = here.run()
    assert outcome.tables == ("bdl.drogi_twarde",)
    assert landed(here.table("drogi_twarde")) == expected(WORLD, 102, (6,), YEARS)
    assert here.serving.asked() - before
    assert here.run().asked == 0


def test_progress_counts_requests_and_never_goes_back(office: Opening) -> None:
    here = office(variables=(HARD,))
    told: list[tuple[int, int]] = []
    outcome = here.run(lambda stage, done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == outcome.asked
    assert all(done <= total for done, total in told)
