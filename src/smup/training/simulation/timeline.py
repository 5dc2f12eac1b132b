"""Places and order at every moment of an edition, replayed from the record of writes.

Nothing here uses the code that gave the places: who holds a place, who waits, and who comes first
is written down once more, from the rules of participation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smup.accounts.models import Event
from smup.training.models import Capacity, Edition, Participant
from smup.training.simulation.violation import Violation

HOLDING = {
    "qualified",
    "offered",
    "agreement_sent",
    "agreement_returned",
    "in_training",
    "completed",
}
WAITING = {"reserve", "to_confirm"}
_START = "training.registration."
# By its own action a unit gets a place or is put on the reserve list, whichever is right.
_BY_ARRIVAL = {
    "qualified": True,
    "reserved": False,
    "confirmed": True,
    "confirmed_to_reserve": False,
    "reopened": True,
    "reopened_to_reserve": False,
}

Queue = tuple[str, str]  # kind, area; online places have none


@dataclass
class Case:
    """A registration as it stands at some moment of the replay."""

    pk: int
    number: int
    stage: int
    status: str
    wants: Counter[Queue]


@dataclass
class Replay:
    """The edition up to some event. ``places`` by stage and queue, as they are in the end."""

    keeps_turn: bool
    places: Mapping[int, Mapping[Queue, int]]
    cases: dict[int, Case] = field(default_factory=dict)

    def taken(self, stage: int, without: int = 0) -> Counter[Queue]:
        """Persons who hold places of a stage."""
        return self._persons(stage, HOLDING, without)

    def fits(self, case: Case) -> bool:
        """Is there room for all of it, beside who holds places and who waits before it?"""
        ahead = self.taken(case.stage, without=case.pk)
        for other in self.waiting(case.stage):
            kept = self.keeps_turn or other.status == "to_confirm"
            if other.number < case.number and other.pk != case.pk and kept:
                ahead.update(other.wants)
        return self._room(case, ahead)

    def first_to_offer(self, stage: int, offered: Case) -> int | None:
        """Number of the first of the reserve list whose whole request fits what is free."""
        held = self.taken(stage, without=offered.pk)
        line = [one for one in self.waiting(stage) if one.pk != offered.pk] + [offered]
        for one in sorted(line, key=lambda each: each.number):
            if one.status == "to_confirm":
                held.update(one.wants)
            elif self._room(one, held):
                return one.number
        return None

    def waiting(self, stage: int) -> Iterator[Case]:
        for one in self.cases.values():
            if one.stage == stage and one.status in WAITING:
                yield one

    def _persons(self, stage: int, statuses: set[str], without: int) -> Counter[Queue]:
        found: Counter[Queue] = Counter()
        for one in self.cases.values():
            if one.stage == stage and one.status in statuses and one.pk != without:
                found.update(one.wants)
        return found

    def _room(self, case: Case, held: Counter[Queue]) -> bool:
        places = self.places[case.stage]
        return all(held[queue] + n <= places.get(queue, 0) for queue, n in case.wants.items())


def violations(edition: Edition) -> Iterator[Violation]:
    """Places given beyond what there was, and anybody overtaken, at any moment."""
    replay = Replay(edition.rules.keeps_turn, _places(edition))
    wants = _first_wants(edition)
    stages = {stage.number: stage.pk for stage in edition.stages.all()}
    events = Event.objects.filter(edition=edition.pk, about__startswith="registration:")
    for event in events.order_by("pk"):
        pk = int(event.about.partition(":")[2])
        if event.what == "training.area.online":
            _goes_online(replay.cases[pk], event)
        elif event.what.startswith(_START) and "status" in event.after:
            verb = event.what.removeprefix(_START)
            yield from _step(replay, pk, verb, event, stages, wants)
        yield from _oversold(replay, event)


def _step(
    replay: Replay,
    pk: int,
    verb: str,
    event: Event,
    stages: Mapping[int, int],
    wants: Mapping[int, Counter[Queue]],
) -> Iterator[Violation]:
    """Take one step of a registration over, after asking whether it was right."""
    if pk not in replay.cases:
        stage, number = stages[event.after["stage"]], event.after["number"]
        case = replay.cases[pk] = Case(pk, number, stage, "", Counter(wants[pk]))
    else:
        case = replay.cases[pk]
        case.stage = event.after.get("stage", case.stage)
        case.number = event.after.get("number", case.number)
    before, case.status = case.status, event.after["status"]
    if verb in _BY_ARRIVAL and replay.fits(case) is not _BY_ARRIVAL[verb]:
        told = "got a place although" if _BY_ARRIVAL[verb] else "was put on the reserve list though"
        rest = "those before it leave none" if _BY_ARRIVAL[verb] else "there was room"
        yield Violation("order", event.about, f"number {case.number} {told} {rest}")
    if verb == "offered":
        case.status = before
        first, case.status = replay.first_to_offer(case.stage, case), "offered"
        if first != case.number:
            told = f"number {case.number} was offered a place before number {first}"
            yield Violation("order", event.about, told)


def _oversold(replay: Replay, event: Event) -> Iterator[Violation]:
    """Only the stage of this registration can have changed."""
    case = replay.cases.get(int(event.about.partition(":")[2]))
    if case is None or case.status not in HOLDING:
        return
    places = replay.places[case.stage]
    for queue, persons in replay.taken(case.stage).items():
        if persons > places.get(queue, 0):
            told = f"{persons} persons on {places.get(queue, 0)} places of {queue}"
            yield Violation("capacity", f"stage:{case.stage}", told)


def _goes_online(case: Case, event: Event) -> None:
    people = int(event.after["people"])
    for queue in [queue for queue in case.wants if queue[0] == "in_person"]:
        del case.wants[queue]
    case.wants[("online", "")] += people


def _places(edition: Edition) -> Mapping[int, Mapping[Queue, int]]:
    found: dict[int, dict[Queue, int]] = defaultdict(dict)
    for one in Capacity.objects.filter(stage__edition=edition):
        found[one.stage_id][one.kind, one.area] = one.persons
    return found


def _first_wants(edition: Edition) -> Mapping[int, Counter[Queue]]:
    """What each registration asked for when it came: before people went over to online places."""
    people = Participant.objects.filter(registration__edition=edition).exclude(state="replaced")
    found: dict[int, Counter[Queue]] = defaultdict(Counter)
    for pk, kind, area in people.values_list("registration", "kind", "area"):
        found[pk][kind, area if kind == "in_person" else ""] += 1
    for event in Event.objects.filter(edition=edition.pk, what="training.area.online"):
        pk, moved = int(event.about.partition(":")[2]), int(event.after["people"])
        told = Event.objects.filter(what="training.area.told", about=event.about).first()
        area = told.after["area"] if told else ""
        found[pk][("online", "")] -= moved
        found[pk][("in_person", area)] += moved
    return {pk: +wants for pk, wants in found.items()}
