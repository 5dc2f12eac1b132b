"""What places a stage has, who holds them and who waits: always counted, never stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from smup.training.models import Participant, Stage
from smup.training.rules.queues import (
    Admission,
    Kind,
    Places,
    QueueKey,
    Request,
    Waiting,
    admit,
    next_offer,
    positions,
    total,
)
from smup.training.rules.settings import EditionSettings
from smup.training.rules.workflow import Holds, workflow

TO_CONFIRM = "to_confirm"


@dataclass(frozen=True)
class Availability:
    """Places of a stage in persons. ``waiting``: the reserve list in its order, by arrival number.

    Those who were carried over and have yet to confirm have ``priority``: nobody behind them gets
    the places they asked for, whatever the setting says.
    """

    capacity: Places
    taken: Places
    waiting: tuple[Waiting, ...]

    @property
    def claimed(self) -> Places:
        """What the waiting ask for, all together."""
        return total(one.request for one in self.waiting)

    def admit(self, request: Request, number: int, settings: EditionSettings) -> Admission:
        """What becomes of a request with this arrival number: only those before it are ahead."""
        ahead = [one for one in self.waiting if one.number < number]
        return admit(request, self.capacity, self.taken, ahead, settings.keeps_turn)

    def next_offer(self) -> Waiting | None:
        """The first of the reserve list whose whole request fits (rule 11); None if nobody's does.

        Places claimed by those before it who have yet to confirm are not free for it.
        """
        return next_offer(self.capacity, self.taken, self.waiting)


def availability(stage: Stage) -> Availability:
    """Of the moment; under ``locking.alone`` it stays true until the end of the transaction."""
    taken = _requested(stage, Holds.PLACE).values_list("kind", "area").annotate(persons=Count("pk"))
    return Availability(
        _capacity(stage),
        total({_queue(kind, area): persons} for kind, area, persons in taken),
        _waiting(stage),
    )


def decide(stage: Stage, request: Request, settings: EditionSettings) -> Admission:
    """``availability(stage).admit`` for whoever comes last, in sums that the database makes: the
    list of a rush is long, and every form would read it."""
    standing = workflow("registration").holding(Holds.PLACE, Holds.CLAIM)
    rows = (
        _people(stage, standing)
        .values_list("registration__status", "kind", "area")
        .annotate(persons=Count("pk"))
    )
    held = workflow("registration").holding(Holds.PLACE)
    taken, waiting = list[Request](), list[Waiting]()
    for status, kind, area, persons in rows:
        part = {_queue(kind, area): persons}
        if status in held:
            taken.append(part)
        else:
            waiting.append(Waiting(0, part, status == TO_CONFIRM))
    found = admit(request, _capacity(stage), total(taken), waiting, settings.keeps_turn)
    if found.qualified:
        return found
    claiming = workflow("registration").holding(Holds.CLAIM)
    return replace(found, position=stage.registrations.filter(status__in=claiming).count() + 1)


def reserve_positions(stage: Stage) -> Mapping[int, int]:
    """Registration -> its place on the reserve list, from 1."""
    waiting = stage.registrations.filter(status__in=workflow("registration").holding(Holds.CLAIM))
    numbers = dict(waiting.order_by("number").values_list("number", "pk"))
    places = positions([Waiting(number, {}) for number in numbers])
    return {numbers[number]: place for number, place in places.items()}


def _capacity(stage: Stage) -> Places:
    places = stage.capacities.values_list("kind", "area", "persons")
    return {_queue(kind, area): persons for kind, area, persons in places}


def _waiting(stage: Stage) -> tuple[Waiting, ...]:
    rows = (
        _requested(stage, Holds.CLAIM)
        .values_list("registration__number", "registration__status", "kind", "area")
        .annotate(persons=Count("pk"))
        .order_by("registration__number")
    )
    requests: dict[tuple[int, bool], dict[QueueKey, int]] = defaultdict(dict)
    for number, status, kind, area, persons in rows:
        request = requests[number, status == TO_CONFIRM]
        queue = _queue(kind, area)
        request[queue] = request.get(queue, 0) + persons
    return tuple(Waiting(number, asked, first) for (number, first), asked in requests.items())


def _requested(stage: Stage, holds: Holds) -> QuerySet[Participant]:
    """People of the stage's registrations that hold a place, or a claim to one."""
    return _people(stage, workflow("registration").holding(holds))


def _people(stage: Stage, statuses: Collection[str]) -> QuerySet[Participant]:
    return Participant.objects.filter(
        registration__stage=stage, registration__status__in=statuses, state="active"
    ).order_by()


def _queue(kind: str, area: str) -> QueueKey:
    """Online all areas wait in one queue."""
    return QueueKey(Kind(kind), area if kind == Kind.IN_PERSON else None)
