"""Random arrivals, withdrawals and offers against a model written from the sentences alone.

The model knows people, not sums: everybody who asks for places of a kind stands in one line, and
who stands on one of the first places has one.
"""

from dataclasses import dataclass, field
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from smup.training.rules.queues import Kind, QueueKey, Waiting, admit, next_offer, total

QUEUES = (
    QueueKey(Kind.ONLINE),
    QueueKey(Kind.IN_PERSON, "edukacja"),
    QueueKey(Kind.IN_PERSON, "kultura-i-rekreacja"),
)
requests = st.dictionaries(st.sampled_from(QUEUES), st.integers(1, 3), min_size=1, max_size=2)
places = st.fixed_dictionaries({queue: st.integers(0, 8) for queue in QUEUES})
events = st.lists(
    st.one_of(
        st.tuples(st.just("arrives"), requests),
        st.tuples(st.just("withdraws"), st.integers(0, 20)),
        st.tuples(st.just("offer"), st.none()),
    ),
    max_size=40,
)


@dataclass
class Lines:
    """People in line for places; of a unit that did not fit they stay in it or leave it."""

    places: dict[QueueKey, int]
    keeps_turn: bool
    lines: dict[QueueKey, list[int]] = field(default_factory=lambda: {q: [] for q in QUEUES})
    asked: dict[int, dict[QueueKey, int]] = field(default_factory=dict)
    reserve: list[int] = field(default_factory=list)

    def arrives(self, unit: int, request: dict[QueueKey, int]) -> bool:
        """All its people stand at the end; it is qualified if each stands on a place."""
        self.asked[unit] = request
        fits = True
        for queue, persons in request.items():
            for _ in range(persons):
                self.lines[queue].append(unit)
                fits = fits and len(self.lines[queue]) <= self.places[queue]
        if not fits:
            self.reserve.append(unit)
            if not self.keeps_turn:
                self._leave(unit)
        return fits

    def withdraws(self, unit: int) -> None:
        self._leave(unit)
        if unit in self.reserve:
            self.reserve.remove(unit)

    def offer(self) -> int | None:
        """Seats nobody qualified sits on; the first of the reserve who can all sit down does."""
        for unit in self.reserve:
            empty = {queue: self.places[queue] for queue in QUEUES}
            for queue, line in self.lines.items():
                for one in line:
                    empty[queue] -= one not in self.reserve
            seated = True
            for queue, persons in self.asked[unit].items():
                for _ in range(persons):
                    seated = seated and empty[queue] > 0
                    empty[queue] -= 1
            if seated:
                self._take_seats(unit)
                return unit
        return None

    def _take_seats(self, unit: int) -> None:
        self._leave(unit)
        self.reserve.remove(unit)
        for queue, persons in self.asked[unit].items():
            self.lines[queue][:0] = [unit] * persons

    def _leave(self, unit: int) -> None:
        for queue in QUEUES:
            self.lines[queue] = [one for one in self.lines[queue] if one != unit]


@dataclass
class Programme:
    """The same with the functions of the rules."""

    places: dict[QueueKey, int]
    keeps_turn: bool
    qualified: dict[int, dict[QueueKey, int]] = field(default_factory=dict)
    waiting: dict[int, Waiting] = field(default_factory=dict)

    def arrives(self, unit: int, request: dict[QueueKey, int]) -> bool:
        found = admit(
            request, self.places, self.taken(), tuple(self.waiting.values()), self.keeps_turn
        )
        if found.qualified:
            self.qualified[unit] = request
        else:
            self.waiting[unit] = Waiting(unit, request)
            assert found.position == len(self.waiting)
            assert found.short
        return found.qualified

    def withdraws(self, unit: int) -> None:
        self.qualified.pop(unit, None)
        self.waiting.pop(unit, None)

    def offer(self) -> int | None:
        found = next_offer(self.places, self.taken(), tuple(self.waiting.values()))
        if found is None:
            return None
        self.qualified[found.number] = dict(self.waiting.pop(found.number).request)
        return found.number

    def taken(self) -> dict[QueueKey, int]:
        return dict(total(self.qualified.values()))


@settings(max_examples=300)
@given(places, st.booleans(), events)
def test_the_rules_do_what_people_in_line_would_see(
    offered: dict[QueueKey, int], keeps_turn: bool, happening: list[tuple[str, object]]
) -> None:
    lines, programme = Lines(offered, keeps_turn), Programme(offered, keeps_turn)
    for number, (what, detail) in enumerate(happening):
        if what == "arrives":
            assert isinstance(detail, dict)
            assert programme.arrives(number, detail) == lines.arrives(number, detail)
        elif what == "withdraws":
            assert isinstance(detail, int)
            lines.withdraws(detail)
            programme.withdraws(detail)
        else:
            assert programme.offer() == lines.offer()
        assert list(programme.waiting) == lines.reserve
        taken = programme.taken()
        assert all(taken.get(queue, 0) <= offered[queue] for queue in QUEUES)


@settings(max_examples=200)
@given(places, st.lists(requests, max_size=30))
def test_nobody_who_came_later_sits_where_an_earlier_unit_waits(
    offered: dict[QueueKey, int], arrivals: list[dict[QueueKey, int]]
) -> None:
    """Without those who came after it, a waiting unit would still have to wait."""
    programme = Programme(offered, True)
    for number, request in enumerate(arrivals):
        programme.arrives(number, request)
    for number, one in programme.waiting.items():
        earlier = total(asked for unit, asked in programme.qualified.items() if unit < number)
        ahead = tuple(other for unit, other in programme.waiting.items() if unit < number)
        assert not admit(one.request, offered, earlier, ahead, True).qualified
        for queue, persons in one.request.items():
            later = sum(
                asked.get(queue, 0) for unit, asked in programme.qualified.items() if unit > number
            )
            left = offered[queue] - earlier.get(queue, 0)
            assert later == 0 or later <= left - persons


@settings(max_examples=200)
@given(places, st.lists(requests, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_reserve_list_may_confirm_in_any_order(
    offered: dict[QueueKey, int], reserve: list[dict[QueueKey, int]], chance: Random
) -> None:
    """In the next stage the result is that of the order of the list, whoever answers first."""
    lines = Lines(offered, True)
    expected = {number: lines.arrives(number, asked) for number, asked in enumerate(reserve)}
    order = list(range(len(reserve)))
    chance.shuffle(order)
    waiting = {n: Waiting(n, asked, priority=True) for n, asked in enumerate(reserve)}
    qualified: dict[int, dict[QueueKey, int]] = {}
    for number in order:
        ahead = tuple(one for n, one in sorted(waiting.items()) if n < number)
        taken = total(qualified.values())
        if admit(reserve[number], offered, taken, ahead, True).qualified:
            qualified[number] = reserve[number]
            del waiting[number]
        else:
            waiting[number] = Waiting(number, reserve[number])
    assert {n: n in qualified for n in order} == expected


@settings(max_examples=200)
@given(places, st.lists(requests, max_size=8), st.lists(requests, max_size=20))
def test_newcomers_never_cost_the_reserve_list_its_places(
    offered: dict[QueueKey, int],
    reserve: list[dict[QueueKey, int]],
    newcomers: list[dict[QueueKey, int]],
) -> None:
    """With or without newcomers, those carried over get the same, also where turns are not kept."""
    carried = [Waiting(n, asked, priority=True) for n, asked in enumerate(reserve)]
    alone, beside = Programme(offered, False), Programme(offered, False)
    beside.waiting = {one.number: one for one in carried}
    for number, request in enumerate(newcomers, start=100):
        beside.arrives(number, request)
    for one in carried:  # in the order of the list
        taken = beside.taken()
        del beside.waiting[one.number]
        if admit(one.request, offered, taken, (), False).qualified:
            beside.qualified[one.number] = dict(one.request)
        alone.arrives(one.number, dict(one.request))
    assert {n for n in beside.qualified if n < 100} == set(alone.qualified)
