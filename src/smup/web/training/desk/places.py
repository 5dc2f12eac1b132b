"""Places of a stage in one table: how many there are, who holds them, who waits."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from smup.training.models import Participant, Stage
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.workflow import Holds, workflow

OFFERED = "offered"


@dataclass(frozen=True)
class Line:
    """One queue of a stage, in persons; ``offered`` places are held until the unit answers."""

    queue: QueueKey
    capacity: int
    qualified: int
    offered: int
    waiting: int

    @property
    def held(self) -> int:
        return self.qualified + self.offered

    @property
    def free(self) -> int:
        return max(self.capacity - self.held, 0)

    @property
    def longest(self) -> int:
        """Of the bar: places, or requests where there are more."""
        return max(self.capacity, self.held + self.waiting, 1)


def lines_of(stage: Stage) -> list[Line]:
    """Every queue of the stage, online first; those asked for without places, too. Two queries."""
    capacity = {
        _queue(kind, area): persons
        for kind, area, persons in stage.capacities.values_list("kind", "area", "persons")
    }
    held: dict[str, Counter[QueueKey]] = {name: Counter() for name in ("place", OFFERED, "claim")}
    for status, kind, area, persons in _persons(stage):
        if what := _held(status):
            held[what][_queue(kind, area)] += persons
    queues = set(capacity).union(*held.values())
    return [
        Line(queue, capacity.get(queue, 0), *(counts[queue] for counts in held.values()))
        for queue in sorted(queues, key=lambda one: (one.kind is not Kind.ONLINE, one.area or ""))
    ]


def _persons(stage: Stage) -> list[tuple[str, str, str, int]]:
    """Status, kind, area, how many persons."""
    people = Participant.objects.filter(registration__stage=stage, state="active")
    counted = people.values("registration__status", "kind", "area").annotate(n=Count("pk"))
    return list(counted.values_list("registration__status", "kind", "area", "n").order_by())


def _held(status: str) -> str:
    if status == OFFERED:
        return OFFERED
    holds = workflow("registration").statuses[status].holds
    return {Holds.PLACE: "place", Holds.CLAIM: "claim"}.get(holds, "")


def _queue(kind: str, area: str) -> QueueKey:
    return QueueKey(Kind(kind), area if kind == Kind.IN_PERSON else None)
