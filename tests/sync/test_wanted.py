"""When the nightly run is due, against a table by hand; the wish noted by a page."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from smup.sync import wanted
from smup.sync.journal import Journal, Reason, Run
from smup.sync.wanted import WrongHour

HALF_PAST_TWO = time(2, 30)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


def _noted(home: Path, started: str, reason: Reason, **more: object) -> None:
    begun = _at(started)
    run = Run(id=begun.strftime("%Y%m%dT%H%M"), started=begun.isoformat(), reason=reason,
              sources=(), ended=begun.isoformat())  # fmt: skip
    Journal(home).save(run.model_copy(update=more))


@pytest.mark.parametrize(
    ("told", "expected"),
    [("", None), ("off", None), ("02:30", time(2, 30)), (" 23:05 ", time(23, 5))],
)
def test_the_setting(told: str, expected: time | None) -> None:
    assert wanted.hour({"SMUP_SYNC": told}) == expected
    assert wanted.hour({}) is None


@pytest.mark.parametrize("told", ["2", "25:00", "02:61", "nocą", "02:30:00"])
def test_a_mistyped_hour_is_refused(told: str) -> None:
    with pytest.raises(WrongHour, match="GG:MM"):
        wanted.hour({"SMUP_SYNC": told})


# Winter: 02:30 in Poland is 01:30 UTC; summer: 00:30 UTC.
@pytest.mark.parametrize(
    ("ran", "now", "expected"),
    [
        ((), "11-23T01:29", True),  # never ran: makes up for last night
        ((("11-22T01:31", "night"),), "11-23T01:29", False),
        ((("11-22T01:31", "night"),), "11-23T01:30", True),
        ((("11-23T01:30", "night"),), "11-23T20:00", False),
        ((("11-22T01:31", "night"), ("11-23T00:10", "person")), "11-23T01:31", True),
        ((("11-23T01:30", "night"), ("11-23T10:00", "page")), "11-23T20:00", False),
        ((("11-23T10:00", "page"),), "11-23T20:00", True),
        ((("07-01T00:30", "night"),), "07-02T00:29", False),
        ((("07-01T00:30", "night"),), "07-02T00:30", True),
    ],
)
def test_a_night_has_one_run(
    tmp_path: Path, ran: tuple[tuple[str, Reason], ...], now: str, expected: bool
) -> None:
    for started, reason in ran:
        _noted(tmp_path, started, reason)
    assert wanted.due(tmp_path, HALF_PAST_TWO, _at(now)) is expected


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"ended": ""}, True),  # killed
        ({"stopped": True}, True),  # the server was stopped
        ({"trouble": "brak miejsca na dysku"}, False),  # would fail again
        ({}, False),
    ],
)
def test_what_was_cut_off_goes_on_after_an_hour(
    tmp_path: Path, how: dict[str, object], expected: bool
) -> None:
    _noted(tmp_path, "11-23T01:30", "night", **how)
    assert not wanted.due(tmp_path, HALF_PAST_TWO, _at("11-23T02:29"))
    assert wanted.due(tmp_path, HALF_PAST_TWO, _at("11-23T02:31")) is expected


def test_nothing_is_due_while_a_run_is_under_way(tmp_path: Path) -> None:
    with Journal(tmp_path).alone():
        assert not wanted.due(tmp_path, HALF_PAST_TWO, datetime.now(UTC))


def test_a_wish_waits_until_it_is_dropped(tmp_path: Path) -> None:
    assert wanted.asked(tmp_path) is None
    wanted.ask(tmp_path, ["bdl"])
    assert wanted.asked(tmp_path) == ["bdl"]
    wanted.ask(tmp_path, [])
    assert wanted.asked(tmp_path) == []
    wanted.drop(tmp_path)
    wanted.drop(tmp_path)
    assert wanted.asked(tmp_path) is None
    (tmp_path / "sync" / "wanted.json").write_bytes(b"{")
    assert wanted.asked(tmp_path) is None
