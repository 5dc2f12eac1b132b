"""The people of a case refused for their number: put right by the unit, weighed at reopening."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.recruiting import IN_PERSON, ONLINE, OPENING, edition, form, gminas, nips, send
from tests.helpers.recruiting import stage as open_stage

if TYPE_CHECKING:
    from smup.training.models import Registration
    from smup.training.rules.kinds import Participant as Person

LATER = OPENING + timedelta(days=2)
WHY = "Urząd zatrudnia 100 osób, nie 40."


def who() -> dict[str, Any]:
    from smup.accounts.actor import Actor

    return {"actor": Actor("contact", 1, "osoba kontaktowa"), "now": LATER}


def person(name: str, chosen: tuple[str, str] = ONLINE) -> "Person":
    from smup.training.rules.kinds import Participant
    from smup.training.rules.queues import Kind

    return Participant(name, "Wzorowa", Kind(chosen[0]), chosen[1])


def refused(rule: str = "6", *people: "Person") -> "Registration":
    """A unit that said it employs 40 and sent one person, in an edition with three places."""
    from smup.training.actions import deciding

    ours = edition()
    open_stage(ours, places={("online", ""): 3, ("in_person", "edukacja"): 2})
    sent = people or (person("Anna"),)
    given = form(gminas(1)[0], next(nips()), participants=sent, headcount=40 * len(sent))
    return deciding.refuse(send(ours, given), rule, why=WHY, **who())


def names(one: "Registration", state: str = "active") -> list[str]:
    rows = one.participants.filter(state=state).order_by("order")
    return list(rows.values_list("name", flat=True))


def test_a_larger_request_goes_behind_those_who_came_meanwhile(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.training.actions import correcting, deciding

    one = refused()
    anna, numbers = one.participants.get(), nips()
    next(numbers)
    other = form(gminas(2)[1], next(numbers), [ONLINE] * 2)
    assert send(one.edition, other, LATER).status == "qualified"  # a refused case holds nothing
    wanted = (person("Anna"), person("Jan"))
    for _ in range(2):  # a double click is one correction
        one = correcting.correct(one, 100, wanted, **who())
    assert (one.status, one.headcount, names(one)) == ("refused", 100, ["Anna", "Jan"])
    assert one.participants.get(name="Anna").pk == anna.pk
    one = deciding.reopen(one, why="Liczba osób jest poprawiona.", **who())
    assert (one.status, one.number) == ("reserve", 3)  # one place is left, two are asked for
    kept = Event.objects.filter(what="training.registration.people_corrected")
    assert [(each.before["headcount"], each.after["headcount"]) for each in kept] == [(40, 100)]
    assert "Jan" not in str(list(Event.objects.values_list("before", "after", "why")))


def test_who_is_no_longer_sent_resigns_and_kinds_change(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import correcting, deciding

    one = refused("6", person("Anna"), person("Ewa"))
    one = correcting.correct(one, 40, (person("Ewa", IN_PERSON),), **who())
    assert (names(one), names(one, "resigned")) == (["Ewa"], ["Anna"])
    assert one.participants.get(name="Ewa").kind == "in_person"
    assert deciding.reopen(one, why="Poprawione.", **who()).status == "qualified"


def test_the_rules_of_the_form_hold(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import correcting
    from smup.training.rules.refusal import Refused

    one = refused()
    for headcount, people, expected in (
        (100, (person("Anna"),), ["too_few_people"]),
        (40, (person("Anna"), person("Jan")), ["too_many_people"]),
        (None, (person("Anna"),), ["headcount_missing"]),
        (40, (person(""),), ["name_missing"]),
        (100, (person("Anna"), person("Jan", IN_PERSON)), ["mixed_kinds"]),
        (40, (person("Anna", ("online", "oswiata")),), ["area_not_offered"]),
    ):
        with pytest.raises(Refused) as caught:
            correcting.correct(one, headcount, people, **who())
        assert [each.key for each in caught.value.refusals] == expected
    one.refresh_from_db()
    assert (one.headcount, names(one)) == (40, ["Anna"])


@pytest.mark.parametrize("reopened", [False, True], ids=["for another rule", "reopened"])
def test_nothing_else_is_corrected_like_this(sqlite: dict[str, Any], reopened: bool) -> None:
    from smup.training.actions import correcting, deciding
    from smup.training.rules.refusal import Refused

    one = refused("6" if reopened else "9")
    if reopened:
        one = deciding.reopen(one, why="Pomyłka.", **who())
    with pytest.raises(Refused) as caught:
        correcting.correct(one, 100, (person("Anna"), person("Jan")), **who())
    assert [each.key for each in caught.value.refusals] == ["not_refused_for_number"]
    assert names(one) == ["Anna"]
