"""Who has a place and who waits: order of arrival, counted in persons (rules 4 and 11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """How a participant is trained."""

    ONLINE = "online"
    IN_PERSON = "in_person"


@dataclass(frozen=True, order=True)
class QueueKey:
    """Places that one queue waits for: all of online, or in-person places of one area."""

    kind: Kind
    area: str | None = None

    def __post_init__(self) -> None:
        if (self.area is None) is not (self.kind is Kind.ONLINE) or self.area == "":
            raise ValueError("an area belongs to in-person places, and to them only")

    def __str__(self) -> str:
        """``online`` or ``in_person:edukacja``: how it is written down and read by ``parse``."""
        return self.kind.value if self.area is None else f"{self.kind.value}:{self.area}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything ``str`` does not make."""
        kind, _, area = text.partition(":")
        return cls(Kind(kind), area or None)


Request = Mapping[QueueKey, int]  # persons a unit sends, by the places they need
Places = Mapping[QueueKey, int]  # persons, for a whole stage


@dataclass(frozen=True)
class Waiting:
    """A unit on the reserve list; ``number`` is its arrival.

    ``priority``: it was carried over from an earlier stage, so that its places are kept for it
    whatever the setting says.
    """

    number: int
    request: Request
    priority: bool = False


@dataclass(frozen=True)
class Admission:
    """``position`` on the reserve list counts from 1, None for a qualified unit; ``short`` are the
    queues in which its people did not fit."""

    qualified: bool
    position: int | None
    short: tuple[QueueKey, ...]


def admit(
    request: Request,
    capacity: Places,
    taken: Places,
    waiting: Sequence[Waiting],
    keeps_turn: bool,
) -> Admission:
    """Qualify a unit whole or put it on the reserve list whole.

    ``taken`` are places held by qualified units and by offers; ``waiting`` are the units ahead of
    it on the reserve list. With ``keeps_turn`` the places they asked for are not given to it, so
    that in a queue that is short nobody overtakes, while other kinds and areas go on.
    """
    claims = total(one.request for one in waiting if keeps_turn or one.priority)
    short = lacking(request, free(capacity, taken, claims))
    return Admission(not short, len(waiting) + 1 if short else None, short)


def next_offer(capacity: Places, taken: Places, waiting: Sequence[Waiting]) -> Waiting | None:
    """The first of the reserve list whose whole request fits what is free; None if nobody's does.

    ``waiting`` in the order of the list. One that is too large is passed by and keeps its place on
    the list (rule 11). One with priority gets no offer, it confirms; until then what it asked for
    is not free for those behind it.
    """
    held = taken
    for one in waiting:
        if one.priority:
            held = total((held, one.request))
        elif not lacking(one.request, free(capacity, held, {})):
            return one
    return None


def positions(waiting: Sequence[Waiting]) -> Mapping[int, int]:
    """Number of arrival -> place on the reserve list given in its order, from 1."""
    return {one.number: place for place, one in enumerate(waiting, start=1)}


def free(capacity: Places, taken: Places, claims: Places) -> Places:
    """Places nobody holds or claims; below zero where more is claimed than there is."""
    return {
        queue: places - taken.get(queue, 0) - claims.get(queue, 0)
        for queue, places in capacity.items()
    }


def lacking(request: Request, left: Places) -> tuple[QueueKey, ...]:
    """Queues of the request that do not have enough places left; those not offered have none."""
    return tuple(sorted(queue for queue, n in request.items() if n > max(left.get(queue, 0), 0)))


def total(requests: Iterable[Request]) -> Places:
    """Persons of many requests together."""
    sums: dict[QueueKey, int] = {}
    for request in requests:
        for queue, persons in request.items():
            sums[queue] = sums.get(queue, 0) + persons
    return sums
