"""Places counted by the database in sums, against the same counted unit by unit."""

import random
from typing import Any

import pytest

from tests.helpers.recruiting import IN_PERSON, ONLINE, OPENING, edition, stage

STATUSES = (
    "qualified",
    "reserve",
    "offered",
    "to_confirm",
    "agreement_sent",
    "in_training",
    "withdrawn",
    "refused",
    "lapsed",
)
ELSEWHERE = ("in_person", "kultura-i-rekreacja")


@pytest.mark.parametrize("keeps_turn", [True, False])
def test_sums_agree_with_the_list(database: dict[str, Any], keeps_turn: bool) -> None:
    from smup.training.actions.admitting import availability, decide
    from smup.training.models import Participant, Registration
    from smup.training.rules.queues import Kind, QueueKey

    ours, chance = edition(keeps_turn=keeps_turn), random.Random(20261122)
    places = {("online", ""): 12, IN_PERSON: 3, ELSEWHERE: 4}
    one = stage(ours, places=places)
    queues = [
        QueueKey(Kind.ONLINE),
        *(QueueKey(Kind(kind), area) for kind, area in (IN_PERSON, ELSEWHERE)),
    ]
    seen = set()
    for number in range(1, 41):
        request = {
            queue: chance.randint(1, 2) for queue in chance.sample(queues, chance.randint(1, 2))
        }
        summed = decide(one, request, ours.rules)
        assert summed == availability(one).admit(request, number, ours.rules)
        seen.add(summed.qualified)
        registration = Registration.objects.create(
            edition=ours,
            stage=one,
            organiser_id="zmp",
            number=number,
            arrived_at=OPENING,
            status=chance.choice(STATUSES),
            status_since=OPENING,
            unit=f"{number:06d}",
            headcount=40,
            draft_key=str(number),
        )
        for order in range(1, chance.randint(2, 4)):
            kind, area = chance.choice((ONLINE, IN_PERSON, ELSEWHERE))
            state = "active" if order == 1 else chance.choice(("active", "replaced"))
            Participant.objects.create(
                registration=registration, order=order, kind=kind, area=area, state=state
            )
    assert seen == {True, False}
