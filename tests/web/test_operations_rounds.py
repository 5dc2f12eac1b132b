"""The round of the worker: it starts a run as a process of its own, one at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smup.sync import wanted
from smup.sync.journal import Journal

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(settings_of: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty store in the place of the site's; what was started there has ended afterwards."""
    from smup.web.config import paths
    from smup.web.operations import rounds

    monkeypatch.setenv("SMUP_HOME", str(tmp_path))
    monkeypatch.delenv("SMUP_SYNC", raising=False)
    paths.paths.cache_clear()
    yield tmp_path
    for process in rounds._started:
        process.wait(timeout=60)
    rounds._started.clear()
    monkeypatch.undo()
    paths.paths.cache_clear()


def _ended(store: Path) -> Journal:
    from smup.web.operations import rounds

    for process in rounds._started:
        assert process.wait(timeout=60) == 0
    return Journal(store)


def test_without_a_wish_and_an_hour_nothing_is_started(store: Path) -> None:
    from smup.web.operations.rounds import round_

    assert round_(NOON) == 0
    assert Journal(store).last() is None


def test_a_wish_is_a_run_of_its_own_and_only_one(store: Path) -> None:
    from smup.web.operations.rounds import round_

    wanted.ask(store, ["dane-gov"])  # the catalogue names no resources there: nobody is asked
    assert round_(NOON) == 1
    assert wanted.asked(store) is None
    wanted.ask(store, ["dane-gov"])
    assert round_(NOON) == 0  # the first one is under way
    last = _ended(store).last()
    assert last is not None
    assert (last.reason, last.sources, last.state(alive=False)) == ("page", ("dane-gov",), "done")
    assert wanted.asked(store) == ["dane-gov"]


def test_a_mistyped_hour_is_an_error_of_the_round(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smup.web.operations.rounds import round_

    monkeypatch.setenv("SMUP_SYNC", "nocą")
    with pytest.raises(wanted.WrongHour):
        round_(NOON)


def test_nothing_is_started_while_somebody_runs_it_by_hand(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smup.web.operations.rounds import round_

    monkeypatch.setenv("SMUP_SYNC", "02:30")
    with Journal(store).alone():
        wanted.ask(store, [])
        assert round_(NOON) == 0
    assert wanted.asked(store) == []
