"""Which kinds of training a unit may choose for its people (rule 7)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smup.training.rules.queues import Kind, QueueKey, Request
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings

__all__ = ["SEXES", "Kind", "Participant", "allowed", "request"]

SEXES = ("k", "m")  # kobieta, mężczyzna


@dataclass(frozen=True)
class Participant:
    """A person a unit sends; ``kind`` is None and ``area`` empty where nothing was chosen.

    ``sex`` is one of SEXES, "" where it is not known: only some editions ask for it.
    """

    name: str
    surname: str
    kind: Kind | None
    area: str
    sex: str = ""


def allowed(participants: Sequence[Participant], settings: EditionSettings) -> tuple[Refusal, ...]:
    """What of rule 7 is broken; empty when the choice is good.

    All online; or all in person, if the unit sends only few people; or some in person and the rest
    online, if it sends more. In person always in one area.
    """
    in_person = [one for one in participants if one.kind is Kind.IN_PERSON]
    areas = {one.area for one in in_person if one.area}
    found: list[Refusal] = []
    if len(areas) > 1:
        found.append(Refusal(7, "in_person_areas", "participants", {"areas": len(areas)}))
    if len(participants) <= settings.all_in_person_up_to:
        if 0 < len(in_person) < len(participants):
            fields = {"up_to": settings.all_in_person_up_to}
            found.append(Refusal(7, "mixed_kinds", "participants", fields))
    elif len(in_person) > settings.max_in_person_per_unit:
        fields = {"most": settings.max_in_person_per_unit, "given": len(in_person)}
        found.append(Refusal(7, "in_person_people", "participants", fields))
    return tuple(found)


def request(participants: Iterable[Participant]) -> Request:
    """Persons in each queue. Raises ValueError for a participant who has chosen no kind or area."""
    return dict(Counter(_queue(one) for one in participants))


def _queue(participant: Participant) -> QueueKey:
    if participant.kind is None:
        raise ValueError("a participant without a kind of training")
    return QueueKey(
        participant.kind, participant.area if participant.kind is Kind.IN_PERSON else None
    )
