"""Rules 4 and 11: order of arrival, counted in persons."""

import pytest

from smup.training.rules.queues import (
    Admission,
    Kind,
    QueueKey,
    Request,
    Waiting,
    admit,
    next_offer,
    positions,
)

O = QueueKey(Kind.ONLINE)  # noqa: E741
E = QueueKey(Kind.IN_PERSON, "edukacja")
K = QueueKey(Kind.IN_PERSON, "kultura-i-rekreacja")


@pytest.mark.parametrize(
    ("asked", "taken", "qualified", "short"),
    [
        ({O: 2}, {O: 7}, True, ()),
        ({O: 2}, {O: 8}, True, ()),
        ({O: 2}, {O: 9}, False, (O,)),
        ({O: 1}, {O: 10}, False, (O,)),
        ({E: 2}, {O: 10}, True, ()),
        ({O: 1, E: 2}, {O: 9, E: 2}, True, ()),
        ({O: 1, E: 2}, {O: 9, E: 3}, False, (E,)),
        ({O: 2, E: 2}, {O: 9, E: 3}, False, (E, O)),
        ({K: 1}, {}, False, (K,)),  # not offered
    ],
)
def test_a_unit_is_qualified_whole_or_not_at_all(
    asked: Request, taken: Request, qualified: bool, short: tuple[QueueKey, ...]
) -> None:
    expected = Admission(qualified, None if qualified else 1, short)
    assert admit(asked, {O: 10, E: 4}, taken, (), True) == expected


@pytest.mark.parametrize(
    ("keeps_turn", "asked", "qualified"),
    [
        (True, {O: 1}, False),  # one place is free, and somebody before it waits for three
        (False, {O: 1}, True),
        (False, {O: 2}, False),
        (True, {E: 4}, True),  # other queues go on
        (True, {E: 4, O: 1}, False),
    ],
)
def test_nobody_overtakes_in_a_short_queue(
    keeps_turn: bool, asked: Request, qualified: bool
) -> None:
    waiting = (Waiting(1, {O: 3}),)
    found = admit(asked, {O: 10, E: 4}, {O: 9}, waiting, keeps_turn)
    assert (found.qualified, found.position) == (qualified, None if qualified else 2)


def test_places_beyond_what_the_waiting_asked_for_go_on() -> None:
    """The first waits for education only; it will need two of the seven places online."""
    waiting = (Waiting(1, {O: 2, E: 2}),)
    places, taken = {O: 10, E: 4}, {O: 3, E: 4}
    assert admit({O: 5}, places, taken, waiting, True).qualified
    assert not admit({O: 6}, places, taken, waiting, True).qualified


def test_those_carried_over_have_priority_whatever_the_setting() -> None:
    before = (Waiting(7, {O: 3}, priority=True),)
    for keeps_turn in (True, False):
        assert not admit({O: 1}, {O: 3}, {}, before, keeps_turn).qualified
        assert admit({O: 1}, {O: 4}, {}, before, keeps_turn).qualified


# "offer the place to the first reserve unit whose request fits"
@pytest.mark.parametrize(
    ("free", "waiting", "offered"),
    [
        (2, [Waiting(1, {O: 3}), Waiting(2, {O: 2}), Waiting(3, {O: 1})], 2),
        (3, [Waiting(1, {O: 3}), Waiting(2, {O: 2})], 1),
        (1, [Waiting(1, {O: 3}), Waiting(2, {O: 2})], None),
        (1, [], None),
        (2, [Waiting(1, {O: 1, E: 1}), Waiting(2, {O: 2})], 2),  # the first also needs education
        (2, [Waiting(1, {O: 1}, priority=True), Waiting(2, {O: 2}), Waiting(3, {O: 1})], 3),
    ],
)
def test_a_place_is_offered_to_the_first_it_suffices_for(
    free: int, waiting: list[Waiting], offered: int | None
) -> None:
    found = next_offer({O: 10, E: 4}, {O: 10 - free, E: 4}, waiting)
    assert (found.number if found else None) == offered


def test_positions_count_from_one_in_the_order_of_the_list() -> None:
    assert positions([Waiting(12, {}), Waiting(15, {}), Waiting(40, {})]) == {12: 1, 15: 2, 40: 3}
