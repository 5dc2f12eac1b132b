"""Rule 3 and the stage only for the reserve list (rule 4)."""

from datetime import UTC, datetime, timedelta

import pytest

from smup.language.dates import ZONE
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.settings import EditionSettings
from smup.training.rules.stages import (
    Counts,
    check_open,
    check_stage,
    further_stage_needed,
)

from .making import ONLINE, stage, told

NONE = Counts(0, 0)
OPENS = datetime(2022, 2, 1, 9, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("lasts", "refused"),
    [
        (timedelta(days=29), [(3, "stage_too_short", "closes")]),
        (timedelta(days=30) - SECOND, [(3, "stage_too_short", "closes")]),
        (timedelta(days=30), []),
        (timedelta(days=31), []),
    ],
)
def test_a_stage_lasts_thirty_days(
    edition: EditionSettings, lasts: timedelta, refused: list[tuple[int, str, str]]
) -> None:
    found = check_stage(
        stage(announced=OPENS, opens=OPENS, closes=OPENS + lasts), None, edition, NONE
    )
    assert told(found) == refused


def test_thirty_days_on_the_calendar_are_thirty_over_a_change_of_time(
    edition: EditionSettings,
) -> None:
    """From 10 March to 9 April 2022, nine to nine, an hour is missing: the clock went forward."""
    opens = datetime(2022, 3, 10, 8, tzinfo=UTC)
    closes = datetime(2022, 4, 9, 7, tzinfo=UTC)
    assert check_stage(stage(opens=opens, closes=closes), None, edition, NONE) == ()
    short = stage(opens=opens, closes=closes - SECOND)
    assert told(check_stage(short, None, edition, NONE)) == [(3, "stage_too_short", "closes")]


@pytest.mark.parametrize(
    ("announced", "refused"),
    [
        (OPENS - SECOND, []),
        (OPENS, []),
        (OPENS + SECOND, [(3, "opens_before_announcement", "opens")]),
        (None, [(3, "opens_before_announcement", "opens")]),
    ],
)
def test_a_stage_opens_after_its_announcement(
    edition: EditionSettings, announced: datetime | None, refused: list[tuple[int, str, str]]
) -> None:
    one = stage(announced=announced, opens=OPENS, closes=OPENS + timedelta(days=40))
    assert told(check_stage(one, None, edition, NONE)) == refused


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"quarters": ()}, ["no_quarters"]),
        ({"areas": ()}, ["no_areas", "capacities_incomplete"]),
        ({"kinds": ()}, ["no_kinds", "capacities_incomplete"]),
        ({"capacities": {}}, ["capacities_incomplete"]),
        ({"capacities": {ONLINE: 100}}, ["capacities_incomplete"]),
        ({"areas": ("edukacja", "finanse-jst")}, ["areas_unknown", "capacities_incomplete"]),
        ({"number": 2}, ["stage_number"]),
    ],
)
def test_what_a_stage_names(
    edition: EditionSettings, changes: dict[str, object], refused: list[str]
) -> None:
    assert [one.key for one in check_stage(stage(**changes), None, edition, NONE)] == refused


def test_places_are_not_below_zero(edition: EditionSettings) -> None:
    for places, refused in ((0, []), (-1, ["capacities_negative"])):
        one = stage(kinds=(Kind.ONLINE,), capacities={ONLINE: places})
        assert [found.key for found in check_stage(one, None, edition, NONE)] == refused


def test_a_stage_follows_the_announced_end_of_the_one_before(edition: EditionSettings) -> None:
    first = stage()
    for gap, refused in ((timedelta(0), []), (-SECOND, ["stage_overlaps"])):
        opens = first.closes + gap
        second = stage(number=2, opens=opens, closes=opens + timedelta(days=35))
        assert [one.key for one in check_stage(second, first, edition, NONE)] == refused
    again = stage(opens=first.closes, closes=first.closes + timedelta(days=35))
    assert [one.key for one in check_stage(again, first, edition, NONE)] == ["stage_number"]


# "If qualified + reserve exceed 577 the organiser may open the next stage only to the reserve list"
@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        (Counts(500, 76), [(4, "only_reserve_too_early", "only_reserve")]),
        (Counts(500, 77), [(4, "only_reserve_too_early", "only_reserve")]),
        (Counts(500, 78), []),
        (Counts(578, 0), []),
        (Counts(0, 578), []),
    ],
)
def test_only_the_reserve_list(
    edition: EditionSettings, counts: Counts, refused: list[tuple[int, str, str]]
) -> None:
    assert told(check_stage(stage(only_reserve=True), None, edition, counts)) == refused
    assert check_stage(stage(only_reserve=False), None, edition, counts) == ()


@pytest.mark.parametrize(("reached", "needed"), [(576, True), (577, False), (578, False)])
def test_stages_follow_until_the_floor_is_reached(
    edition: EditionSettings, reached: int, needed: bool
) -> None:
    assert further_stage_needed(reached, edition) is needed


def test_the_floor_is_no_cap(edition: EditionSettings) -> None:
    """624 units took part."""
    assert check_stage(stage(), None, edition, Counts(624, 50)) == ()
    assert check_open(stage(), stage().opens) is None


@pytest.mark.parametrize(
    ("seconds_after_opening", "seconds_after_end", "key"),
    [(-1, None, "stage_not_yet"), (0, None, None), (None, -1, None), (None, 0, "stage_closed")],
)
def test_a_stage_is_open_from_its_first_second_to_its_announced_end(
    seconds_after_opening: int | None, seconds_after_end: int | None, key: str | None
) -> None:
    one = stage(capacities={ONLINE: 0})  # places that have run out change nothing
    now = (
        one.opens + seconds_after_opening * SECOND
        if seconds_after_opening is not None
        else one.closes + (seconds_after_end or 0) * SECOND
    )
    found = check_open(one, now)
    assert (found.key if found else None) == key


def test_refusals_name_the_hour_on_the_wall() -> None:
    """Eight in the morning by the world's clock is nine in Polish winter, ten in summer."""
    early = check_open(stage(), stage().opens - SECOND)
    late = check_open(stage(), stage().closes)
    assert early is not None
    assert late is not None
    assert "1 marca 2022, godz. 9:00" in early.sentence("pl")
    assert "15 kwietnia 2022 o godz. 10:00" in late.sentence("pl")
    assert "15 April 2022 at 10:00" in late.sentence("en")


def test_queues_are_written_and_read() -> None:
    for queue in (QueueKey(Kind.ONLINE), QueueKey(Kind.IN_PERSON, "edukacja")):
        assert QueueKey.parse(str(queue)) == queue
    for wrong in ("", "in_person", "online:edukacja", "hybrid"):
        with pytest.raises(ValueError, match=r"area|Kind"):
            QueueKey.parse(wrong)
