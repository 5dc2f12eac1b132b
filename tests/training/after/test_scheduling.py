"""Trainings: planned, announced, changed, cancelled; who is in them; calendar files (rule 13)."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from tests.helpers.recruiting import IN_PERSON, ONLINE
from tests.training.after.people import (
    DAY,
    SENT,
    first_of,
    plan,
    recruited,
    staff,
    training,
)

LATER = DAY + timedelta(days=21)  # beyond the change of the clock on 27 March
HOURS = timedelta(hours=4)


def keys(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.key for one in caught.value.refusals]


def letters(name: str) -> list[str]:
    from smup.mailing.models import Message

    return list(Message.objects.filter(letter=name).order_by("pk").values_list("to", flat=True))


def events(made: bytes) -> list[Any]:
    return list(Calendar.from_ical(made).walk("VEVENT"))


def attached(name: str) -> bytes:
    """The calendar file of the newest letter of a kind."""
    from smup.accounts.files import open_kept
    from smup.mailing.models import Message

    letter = Message.objects.filter(letter=name).latest("pk")
    return open_kept(letter.attachments.get().file_id)


def six_days(first: datetime) -> tuple[tuple[datetime, datetime], ...]:
    starts = [first + timedelta(days=n) for n in (0, 1, 14, 15, 28, 29)]
    return tuple((one, one + timedelta(hours=6)) for one in starts)


def test_planned_in_silence_then_announced_to_those_enrolled(database: dict[str, Any]) -> None:
    from smup.training.actions import scheduling

    ours, (unit, other) = recruited([(ONLINE,), (ONLINE,)])
    person = first_of(unit)
    person.email = "anna@example.org"
    person.save()
    made = scheduling.create(ours, plan(ours), actor=staff(), now=SENT)
    assert scheduling.create(ours, plan(ours), actor=staff(), now=SENT).pk == made.pk
    scheduling.enrol(person, made, actor=staff(), now=SENT)
    assert letters("training-invitation") == []
    scheduling.announce(made, actor=staff(), now=SENT)
    scheduling.announce(made, actor=staff(), now=SENT)
    assert letters("training-invitation") == [unit.contact_email, "anna@example.org"]
    scheduling.enrol(first_of(other), made, actor=staff(), now=SENT)
    assert letters("training-invitation")[2:] == [other.contact_email]
    (event,) = events(attached("training-invitation"))
    assert event.decoded("DTSTART").isoformat() == "2022-03-14T09:00:00+01:00"
    assert event["SEQUENCE"] == 1


def test_a_change_is_told_to_everyone_concerned_once(database: dict[str, Any]) -> None:
    from smup.accounts.models import Person
    from smup.mailing.models import Message
    from smup.training.actions import listening, scheduling

    ours, (unit,) = recruited([(ONLINE, ONLINE)])
    trainer = Person.objects.create_user("trener@example.org")
    made = training(ours, trainer=trainer, listener_places=2)
    for person in unit.participants.all():
        person.email = unit.contact_email if person.order == 1 else "druga@example.org"
        person.save()
        scheduling.enrol(person, made, actor=staff(), now=SENT)
    listening.register(made, "Gość", "gosc@example.org", actor=staff(), now=SENT)
    moved = plan(ours, trainer=trainer, listener_places=2, days=((LATER, LATER + HOURS),))
    changed = scheduling.change(made, moved, actor=staff(), now=SENT)
    assert letters("training-changed") == [
        unit.contact_email,  # one letter, though the first participant has the same address
        "druga@example.org",
        "trener@example.org",
        "gosc@example.org",
    ]
    text = Message.objects.filter(letter="training-changed").first().text
    assert "14 marca 2022 r., godz. 9:00–13:00" in text
    assert "4 kwietnia 2022 r., godz. 9:00–13:00" in text
    (event,) = events(attached("training-changed"))
    (before,) = events(attached("training-invitation"))
    assert event["UID"] == before["UID"]
    assert (int(before["SEQUENCE"]), int(event["SEQUENCE"])) == (1, 2)
    assert event.decoded("DTSTART").isoformat() == "2022-04-04T09:00:00+02:00"
    scheduling.change(changed, moved, actor=staff(), now=SENT)  # what changes nothing tells nobody
    assert len(letters("training-changed")) == 4


def test_a_cancelled_training_leaves_calendars_and_frees_its_people(
    database: dict[str, Any],
) -> None:
    from smup.training.actions import scheduling

    ours, (unit,) = recruited()
    made = training(ours)
    scheduling.enrol(first_of(unit), made, actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        scheduling.cancel(made, why=" ", actor=staff(), now=SENT)
    assert keys(caught) == ["reason_missing"]
    for _ in range(2):
        scheduling.cancel(made, why="Choroba prowadzącego.", actor=staff(), now=SENT)
    assert letters("training-cancelled") == [unit.contact_email]
    (event,) = events(attached("training-cancelled"))
    assert (event["STATUS"], int(event["SEQUENCE"])) == ("CANCELLED", 2)
    another = training(ours, title="Grupa 2")
    assert scheduling.enrol(first_of(unit), another, actor=staff(), now=SENT).training == another
    with pytest.raises(NotPossible):
        scheduling.change(made, plan(ours, capacity=3), actor=staff(), now=SENT)


def test_days_keep_their_place_in_calendars_when_dates_change(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import scheduling

    ours, units = recruited([(IN_PERSON,)] * 5)
    where = {"kind": Kind.IN_PERSON, "link": "", "place": "Poznań, ul. Robocza 42"}
    made = training(ours, **where, days=six_days(DAY))
    first = events(scheduling.calendar(made, now=SENT))
    later = plan(ours, **where, days=six_days(DAY + timedelta(days=7)))
    changed = scheduling.change(made, later, actor=staff(), now=SENT)
    second = events(scheduling.calendar(changed, now=SENT))
    assert [one["UID"] for one in first] == [one["UID"] for one in second]
    assert len({one["UID"] for one in first}) == 6
    offsets = [one.decoded("DTSTART").isoformat()[-6:] for one in first]
    assert offsets == ["+01:00", "+01:00", "+02:00", "+02:00", "+02:00", "+02:00"]
    assert len(units) == 5


@pytest.mark.parametrize(
    ("units", "expected"), [(4, ["area_too_few"]), (5, []), (6, [])], ids=["below", "at", "above"]
)
def test_an_in_person_group_needs_five_units(
    sqlite: dict[str, Any], units: int, expected: list[str]
) -> None:
    from smup.training.actions import scheduling

    ours, _ = recruited([(IN_PERSON, IN_PERSON)] * units)
    where = {"kind": Kind.IN_PERSON, "link": "", "place": "Poznań"}
    made = scheduling.create(ours, plan(ours, **where, days=six_days(DAY)), actor=staff(), now=SENT)
    if expected:
        with pytest.raises(Refused) as caught:
            scheduling.announce(made, actor=staff(), now=SENT)
        assert keys(caught) == expected
        assert "4" in caught.value.sentence("pl")
    else:
        assert scheduling.announce(made, actor=staff(), now=SENT).state == "announced"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": " "}, ["training_title_missing"]),
        ({"title": "x" * 201}, ["too_long"]),
        ({"area": "finanse-jst"}, ["training_area"]),
        ({"quarter": "2022-Q5"}, ["training_quarter"]),
        ({"capacity": 0}, ["training_no_places"]),
        ({"days": ((DAY, DAY),)}, ["training_days_wrong"]),
        ({"days": ((DAY, DAY + HOURS), (DAY + timedelta(hours=3), DAY + timedelta(hours=9)))},
         ["training_days_wrong"]),
    ],
)  # fmt: skip
def test_plans_that_cannot_be(
    sqlite: dict[str, Any], change: dict[str, Any], expected: list[str]
) -> None:
    from smup.training.actions import scheduling
    from smup.training.models import Training

    ours, _ = recruited()
    with pytest.raises(Refused) as caught:
        scheduling.create(ours, plan(ours, **change), actor=staff(), now=SENT)
    assert keys(caught) == expected
    assert not Training.objects.exists()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"days": ()}, ["training_days"]),
        ({"link": ""}, ["training_no_place"]),
        ({"days": ((SENT - HOURS, SENT - timedelta(hours=1)),)}, ["training_days_past"]),
        ({"days": (), "link": ""}, ["training_days", "training_no_place"]),
    ],
)
def test_what_an_announced_training_needs(
    sqlite: dict[str, Any], change: dict[str, Any], expected: list[str]
) -> None:
    from smup.training.actions import scheduling

    ours, _ = recruited()
    made = scheduling.create(ours, plan(ours, **change), actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        scheduling.announce(made, actor=staff(), now=SENT)
    assert keys(caught) == expected


def test_who_may_join(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import deciding, scheduling

    ours, (one, two, three) = recruited(
        [(ONLINE,), (("online", "kultura-i-rekreacja"),), (ONLINE,)]
    )
    small = training(ours, capacity=1)
    seat = scheduling.enrol(first_of(one), small, actor=staff(), now=SENT)
    assert scheduling.enrol(first_of(one), small, actor=staff(), now=SENT).pk == seat.pk
    big = training(ours, title="Grupa 2")
    with pytest.raises(Refused) as caught:
        scheduling.enrol(first_of(two), big, actor=staff(), now=SENT)
    assert keys(caught) == ["training_kind"]
    with pytest.raises(Refused) as caught:
        scheduling.enrol(first_of(three), small, actor=staff(), now=SENT)
    assert keys(caught) == ["training_full"]
    with pytest.raises(Refused) as caught:
        scheduling.enrol(first_of(one), big, actor=staff(), now=SENT)
    assert keys(caught) == ["already_in_training"]
    scheduling.enrol(first_of(three), big, actor=staff(), now=SENT)
    for more in ({"capacity": 0}, {"kind": Kind.IN_PERSON}):
        with pytest.raises(Refused) as caught:
            scheduling.change(big, plan(ours, title="Grupa 2", **more), actor=staff(), now=SENT)
        assert keys(caught) in (["training_no_places"], ["training_has_people"])
    deciding.withdraw(three, why="Brak osób.", actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        scheduling.enrol(first_of(three), big, actor=staff(), now=SENT)
    assert keys(caught) == ["without_place"]


def test_moved_there_and_back_again(database: dict[str, Any]) -> None:
    from smup.training.actions import scheduling

    ours, (unit,) = recruited()
    first, second = training(ours), training(ours, title="Grupa 2", days=((LATER, LATER + HOURS),))
    seat = scheduling.enrol(first_of(unit), first, actor=staff(), now=SENT)
    moved = scheduling.move(seat, second, actor=staff(), now=SENT)
    assert scheduling.move(seat, second, actor=staff(), now=SENT).pk == moved.pk
    back = scheduling.move(moved, first, actor=staff(), now=SENT)
    assert back.training == first
    assert letters("training-changed") == [unit.contact_email] * 2
    states = first.enrolments.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["moved", "enrolled"]


def test_the_last_place_is_given_once(database: dict[str, Any]) -> None:
    from django.db import connection

    from smup.training.actions import scheduling

    ours, units = recruited([(ONLINE,)] * 6)
    made = training(ours, capacity=2)
    people, barrier, refused = [first_of(one) for one in units], threading.Barrier(6), []

    def enrol(at: int) -> None:
        barrier.wait()
        try:
            scheduling.enrol(people[at], made, actor=staff(), now=SENT)
        except Refused as error:
            refused.append(error.refusals[0].key)
        finally:
            connection.close()

    threads = [threading.Thread(target=enrol, args=(at,)) for at in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made.enrolments.filter(state="enrolled").count() == 2
    assert refused == ["training_full"] * 4


def test_the_public_calendar_keeps_addresses_of_meetings_to_itself(
    sqlite: dict[str, Any],
) -> None:
    from smup.training.actions import scheduling

    ours, _ = recruited()
    training(ours)
    scheduling.create(ours, plan(ours, title="Jeszcze nie"), actor=staff(), now=SENT)
    made = scheduling.public_calendar(ours, now=SENT)
    assert [str(one["SUMMARY"]) for one in events(made)] == ["Szkolenie online – Edukacja, grupa 1"]
    assert b"spotkanie.example" not in made
    assert b"spotkanie.example" in scheduling.calendar(ours.trainings.first(), now=SENT)


def test_hostile_words_stay_words_in_a_calendar(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import scheduling

    ours, _ = recruited()
    title = "Grupa; 1,\\ BEGIN:VEVENT <b>żółć</b>"
    made = training(ours, title=title)
    (event,) = events(scheduling.calendar(made, now=SENT))
    assert str(event["SUMMARY"]) == title
    with pytest.raises(Refused) as caught:
        scheduling.create(ours, plan(ours, title="a\nb"), actor=staff(), now=SENT)
    assert keys(caught) == ["unwritable"]
