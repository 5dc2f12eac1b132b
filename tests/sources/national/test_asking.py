"""What the national service is asked, how often, and what is left when it does not answer."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from smup.sources.national import PROVIDER, published, suggestions
from tests.contract.national import NAMES, NOBODYS, OF_ALL, OF_CITIES, OF_GMINAS, YEARS
from tests.contract.serving import ROOT, Serving
from tests.sources.national import desk
from tests.sources.national.test_figures import ASKED, expected, held, told

NATIONAL = "tests.contract.national:National"
LIMITS = {"1": 10, "900": 500, "43200": 5000, "604800": 50_000}  # with a key


@pytest.fixture
def server(home: Path) -> Iterator[Serving]:
    with desk.door(home, "http://127.0.0.1:1"):  # the clock writes the time before it is read
        pass
    with Serving(NATIONAL, {"limits": LIMITS, "clock": str(home)}) as one:
        yield one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return desk.write_root(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def values_of(server: Serving, year: int) -> int:
    """How often figures of a year were answered."""
    return sum(n for asked, n in server.asked().items() if f"id-daty={year}1231" in asked)


def test_a_plan_costs_what_the_run_then_asks(root: Path, home: Path, server: Serving) -> None:
    with desk.door(home, server.address) as fetcher:
        at = desk.desk(root, home, fetcher)
        first = PROVIDER.plan(at)
        assert fetcher.asked() == 0
        assert first.requests == 4 + 2 + 10 + 3 + 3 * 16  # ten areas and years since 2010 thought
        PROVIDER.run(at, lambda *_: None)
        assert PROVIDER.plan(at).requests == 0
    with desk.door(home, server.address) as fetcher:
        week = desk.desk(root, home, fetcher, date(2026, 3, 9))
        planned = PROVIDER.plan(week).requests
        PROVIDER.run(week, lambda *_: None)
        assert fetcher.asked() == planned == 7 + 3 + 3  # lists, cards and 2024 of three indicators


def test_closed_years_are_never_asked_again(root: Path, home: Path, server: Serving) -> None:
    for today in (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 10)):
        desk.run(root, home, server.address, today=today)
    assert [values_of(server, year) for year in (2022, 2023, 2024)] == [3, 3, 6]


def test_a_year_fetched_while_open_is_asked_once_more_when_closed(
    root: Path, tmp_path: Path
) -> None:
    home = tmp_path / "early"
    home.mkdir()
    with Serving(NATIONAL) as server:
        asked = []
        for day in (date(2025, 6, 1), date(2026, 3, 2), date(2026, 4, 2)):
            # a clock of its own each time: the store is what goes on
            (home / "now").unlink(missing_ok=True)
            start = datetime.combine(day, time(20), UTC)
            with desk.door(home, server.address, start=start) as fetcher:
                PROVIDER.run(desk.desk(root, home, fetcher, day), lambda *_: None)
            asked.append([values_of(server, year) for year in (2022, 2023, 2024)])
    assert asked == [[3, 3, 3], [3, 6, 6], [3, 6, 9]]


def test_an_unchanged_second_run_asks_nothing_and_writes_nothing(
    root: Path, home: Path, server: Serving
) -> None:
    desk.run(root, home, server.address)
    before = published.path_in(home).stat().st_mtime_ns
    outcome = desk.run(root, home, server.address)
    assert (outcome.asked, outcome.tables, outcome.unfinished) == (0, (), "")
    assert published.path_in(home).stat().st_mtime_ns == before


def test_a_revised_figure_replaces_the_old_one(root: Path, home: Path, server: Serving) -> None:
    desk.run(root, home, server.address)
    server.change(figures={f"{OF_GMINAS} 2024 020101": [1, 1234.0]})
    outcome = desk.run(root, home, server.address, today=date(2026, 3, 20))
    assert outcome.tables == ("smup",)
    cell = "udzial-uczniow", OF_GMINAS, 2024, "020101"
    assert held(home) == expected() | {cell: (1, 1234.0, "observed")}


@pytest.mark.parametrize("fault", ["cut", "half", "drop", "slow", "html", "later", "500"])
def test_an_answer_that_goes_wrong_is_asked_for_again(
    root: Path, home: Path, server: Serving, fault: str
) -> None:
    server.change(faults=[fault, fault])
    assert desk.run(root, home, server.address).unfinished == ""
    assert held(home) == expected()


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"renamed": {"wartosc": "value"}}, "zmieniony układ danych: pole wartosc"),
        ({"figures": {f"{OF_GMINAS} 2024 020101": [1, "12,5"]}}, "zmieniony układ danych"),
        ({"figures": {f"{OF_GMINAS} 2024 020101": [True, 12]}}, "pole id-flaga"),
        ({"extra": {"synthetic": True}}, "zmyślone"),
        ({"extra": {"id": 1}}, "pytano o wskaźnik 4053"),
        ({"expired": True}, "sprawdź klucz"),
    ],
)
def test_what_is_not_as_agreed_leaves_the_old_table(
    root: Path, home: Path, server: Serving, settings: dict[str, object], reason: str
) -> None:
    desk.run(root, home, server.address)
    before = published.path_in(home).read_bytes()
    server.change(**settings)
    outcome = desk.run(root, home, server.address, today=date(2026, 3, 20))
    assert outcome.tables == ()
    assert reason in outcome.unfinished
    assert desk.KEY not in outcome.unfinished
    assert published.path_in(home).read_bytes() == before


def test_a_question_refused_alone_does_not_hold_up_the_others(
    root: Path, home: Path, server: Serving
) -> None:
    server.change(rejects=[f"{OF_CITIES} 2021"])
    outcome = desk.run(root, home, server.address)
    rest = {key: cell for key, cell in expected().items() if key[1:3] != (OF_CITIES, 2021)}
    assert held(home) == rest
    assert "id=4403&id-daty=20211231" in told(outcome, "brak-odpowiedzi")[0]


def test_fields_nobody_described_are_told(root: Path, home: Path, server: Serving) -> None:
    server.change(extra={"mnoznik": 1000})
    outcome = desk.run(root, home, server.address)
    assert "nieopisane pole „mnoznik”" in told(outcome, "nowe-pole")[0]


def test_an_indicator_that_is_gone_or_renamed_is_told(
    root: Path, home: Path, server: Serving
) -> None:
    desk.run(root, home, server.address)
    names = {str(id_): name for id_, name in NAMES.items() if id_ != OF_CITIES}
    server.change(names=names | {str(OF_ALL): "Ludność faktyczna"})
    outcome = desk.run(root, home, server.address, today=date(2026, 3, 20))
    assert f"numeru {OF_CITIES} nie ma na liście" in told(outcome, "brak-wskaznika")[0]
    assert "„Ludność”, a nazywa „Ludność faktyczna”" in told(outcome, "zmieniona-nazwa")[0]


def test_limits_are_kept_and_an_impatient_run_goes_on_later(
    root: Path, home: Path, server: Serving
) -> None:
    first = desk.run(root, home, server.address, patience=0.0)
    assert "dalej od 2026-03-01" in first.unfinished
    assert not published.path_in(home).exists()
    second = desk.run(root, home, server.address)
    assert (first.asked + second.asked, server.read("refused")) == (ASKED, 0)
    assert held(home) == expected()


def test_killed_at_any_moment_it_ends_with_the_same_figures(
    root: Path, home: Path, server: Serving
) -> None:
    for after in (3, 14):
        process = subprocess.Popen(
            [sys.executable, "-m", desk.__name__, str(root), str(home), server.address],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout):
            if number >= after:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.communicate()
    assert desk.run(root, home, server.address).unfinished == ""
    assert held(home) == expected()
    counts = server.asked()
    assert len(counts) == ASKED
    assert sum(counts.values()) - ASKED <= 2  # only what was on its way at a kill


def test_the_key_is_sent_and_written_nowhere(root: Path, home: Path, server: Serving) -> None:
    desk.run(root, home, server.address)
    assert set(server.read("keys")) == {desk.KEY}
    assert not [p for p in home.rglob("*") if p.is_file() and desk.KEY.encode() in p.read_bytes()]


def test_names_that_resemble_ours_are_suggested_never_taken(
    root: Path, home: Path, server: Serving
) -> None:
    desk.run(root, home, server.address)
    lines = suggestions.path_in(home).read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [str(NOBODYS)]
    assert "udzial-uczniow" in lines[1]
    assert NOBODYS not in {key[1] for key in held(home)}
    assert {key[2] for key in held(home)} == set(YEARS)
