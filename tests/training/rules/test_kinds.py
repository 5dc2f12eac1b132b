"""Rule 7: online or in person, and in which area."""

from itertools import product

import pytest

from smup.training.rules.kinds import Kind, allowed, request
from smup.training.rules.queues import QueueKey
from smup.training.rules.settings import EditionSettings

from .making import people

O, O2 = "online:edukacja", "online:ochrona-srodowiska"  # noqa: E741
P, P2 = "in_person:edukacja", "in_person:kultura-i-rekreacja"


# "A unit sending up to 2 people: all online (same or different areas) or all in-person in one area.
# More than 2: all online, or at most 2 in-person in one area and the rest online. One in-person
# area per unit."
@pytest.mark.parametrize(
    ("chosen", "refused"),
    [
        ([O], []),
        ([P], []),
        ([O, O], []),
        ([O, O2], []),
        ([P, P], []),
        ([P, P2], ["in_person_areas"]),
        ([O, P], ["mixed_kinds"]),
        ([O, O2, O], []),
        ([P, O, O2], []),
        ([P, P, O], []),
        ([P, P2, O], ["in_person_areas"]),
        ([P, P, P], ["in_person_people"]),
        ([P, P2, P], ["in_person_areas", "in_person_people"]),
        ([P, P, O, O], []),
        ([P, P, P, O], ["in_person_people"]),
        ([P, P, O, O2, O], []),
        ([P, P, P, O, O], ["in_person_people"]),
        ([O] * 5, []),
    ],
)
def test_kinds(edition: EditionSettings, chosen: list[str], refused: list[str]) -> None:
    found = allowed(people(*chosen), edition)
    assert [one.key for one in found] == refused
    assert {(one.rule, one.field) for one in found} <= {(7, "participants")}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_every_choice_of_up_to_five_people(edition: EditionSettings, size: int) -> None:
    """Against the sentences, read literally."""
    for chosen in product([O, O2, P, P2], repeat=size):
        in_person = [one for one in chosen if one in (P, P2)]
        one_area = len(set(in_person)) <= 1
        if size <= 2:
            good = not in_person or (len(in_person) == size and one_area)
        else:
            good = not in_person or (len(in_person) <= 2 and one_area)
        assert (not allowed(people(*chosen), edition)) == good, chosen


def test_a_request_counts_online_together_and_in_person_by_area() -> None:
    assert request(people(O, O2, P, P)) == {
        QueueKey(Kind.ONLINE): 2,
        QueueKey(Kind.IN_PERSON, "edukacja"): 2,
    }


def test_a_request_needs_every_choice_made() -> None:
    for unfinished in ("", "in_person"):
        with pytest.raises(ValueError, match=r"kind|area"):
            request(people(unfinished))
