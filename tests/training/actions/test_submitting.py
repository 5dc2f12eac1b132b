"""Sending a form: numbers, places, the reserve list, and sending it again."""

from datetime import timedelta
from typing import Any

import pytest

from tests.helpers.recruiting import (
    IN_PERSON,
    ONLINE,
    OPENING,
    edition,
    form,
    gminas,
    nips,
    send,
    stage,
)


def test_first_come_first_served(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.mailing.models import Message

    ours = edition()
    stage(ours, places={("online", ""): 2})
    sent = [send(ours, form(*pair)) for pair in zip(gminas(4), nips(), strict=False)]
    assert [one.number for one in sent] == [1, 2, 3, 4]
    assert [one.status for one in sent] == ["qualified", "qualified", "reserve", "reserve"]
    letters = Message.objects.order_by("pk").values_list("letter", "to")
    assert list(letters) == [
        ("result-qualified", sent[0].contact_email),
        ("result-qualified", sent[1].contact_email),
        ("result-reserve", sent[2].contact_email),
        ("result-reserve", sent[3].contact_email),
    ]
    assert "Miejsce na liście rezerwowej: 2" in Message.objects.order_by("pk").last().text
    about = Event.objects.order_by("pk").values_list("what", "about")
    assert list(about) == [
        ("training.registration.qualified", f"registration:{sent[0].pk}"),
        ("training.registration.qualified", f"registration:{sent[1].pk}"),
        ("training.registration.reserved", f"registration:{sent[2].pk}"),
        ("training.registration.reserved", f"registration:{sent[3].pk}"),
    ]


def test_the_record_holds_no_personal_data(sqlite: dict[str, Any]) -> None:
    from smup.accounts.models import Event

    ours = edition()
    stage(ours)
    one = send(ours, form(gminas(1)[0], next(nips())))
    kept = str(Event.objects.values_list("before", "after", "why", "actor")[0])
    for secret in (one.contact_email, one.contact_name, "Przykładowa", one.nip):
        assert secret not in kept


@pytest.mark.parametrize(
    ("keeps_turn", "third"), [(True, "reserve"), (False, "qualified")], ids=["turn", "fits"]
)
def test_a_whole_unit_waits_and_nobody_overtakes_it(
    database: dict[str, Any], keeps_turn: bool, third: str
) -> None:
    """Three places: two are taken, three people do not fit, the next one person would."""
    ours = edition(keeps_turn=keeps_turn)
    stage(ours, places={("online", ""): 3, ("in_person", "edukacja"): 2})
    units, numbers = gminas(4), nips()
    asked = ([ONLINE] * 2, [ONLINE] * 2, [ONLINE], [IN_PERSON])
    sent = [
        send(ours, form(unit, next(numbers), people))
        for unit, people in zip(units, asked, strict=True)
    ]
    assert [one.status for one in sent] == ["qualified", "reserve", third, "qualified"]


def test_the_same_secret_is_one_registration(database: dict[str, Any]) -> None:
    from smup.accounts.actor import VISITOR
    from smup.mailing.models import Message
    from smup.training.actions import drafting, submitting
    from smup.training.models import Draft, Registration

    ours = edition()
    stage(ours)
    secret = drafting.begin(ours, "pl", OPENING)
    given = form(gminas(1)[0], next(nips()))
    first, again = (
        submitting.submit(secret, given, lang="pl", actor=VISITOR, now=OPENING) for _ in range(2)
    )
    assert first.pk == again.pk
    counted = [table.objects.count() for table in (Registration, Message, Draft)]
    assert counted == [1, 1, 0]


def test_a_form_in_time_is_in_time_however_long_it_waits(database: dict[str, Any]) -> None:
    """One that came later got the lock first: numbers follow the lock, times never run back."""
    ours = edition()
    last = stage(ours).closes
    units, numbers = gminas(2), nips()
    second = send(ours, form(units[0], next(numbers)), last - timedelta(seconds=1))
    first = send(ours, form(units[1], next(numbers)), last - timedelta(seconds=2))
    assert [second.number, first.number] == [1, 2]
    assert first.arrived_at == second.arrived_at == last - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "key"),
    [
        (timedelta(seconds=-1), "stage_not_yet"),
        (timedelta(days=31), "stage_closed"),
    ],
)
def test_outside_a_stage_nothing_is_kept(
    sqlite: dict[str, Any], after: timedelta, key: str
) -> None:
    from smup.training.models import Draft, Registration
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    with pytest.raises(Refused) as caught:
        send(ours, form(gminas(1)[0], next(nips())), OPENING + after)
    assert [one.key for one in caught.value.refusals] == [key]
    assert (Registration.objects.count(), Draft.objects.count()) == (0, 1)


def test_a_unit_registers_once_and_its_number_belongs_to_it(database: dict[str, Any]) -> None:
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    units, number = gminas(2), next(nips())
    send(ours, form(units[0], number))
    with pytest.raises(Refused) as again:
        send(ours, form(units[0], number))
    assert [one.key for one in again.value.refusals] == ["unit_already"]
    with pytest.raises(Refused) as other:
        send(ours, form(units[1], number))
    assert [one.key for one in other.value.refusals] == ["nip_of_another"]


def test_consent_lets_a_unit_send_more(database: dict[str, Any]) -> None:
    from smup.accounts.actor import SYSTEM
    from smup.training.actions.consenting import consent
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    unit, number = gminas(1)[0], next(nips())
    more = form(unit, number, [ONLINE] * 2, headcount=50)
    with pytest.raises(Refused):
        send(ours, more)
    consent(ours, unit, 2, why="dwa wydziały", actor=SYSTEM, now=OPENING)
    assert send(ours, more).status == "qualified"


def test_a_failure_midway_leaves_nothing(database: dict[str, Any]) -> None:
    """The letter cannot be written: no registration, no number, and the draft is still there."""
    from smup.mailing.letter import LetterRefused
    from smup.mailing.models import LetterText
    from smup.training.models import Draft, Registration

    ours = edition()
    stage(ours)
    LetterText.objects.create(
        letter="result-qualified", lang="pl", subject="{unknown}", body="x", changed=OPENING
    )
    with pytest.raises((LetterRefused, KeyError)):
        send(ours, form(gminas(1)[0], next(nips())))
    assert (Registration.objects.count(), Draft.objects.count()) == (0, 1)
