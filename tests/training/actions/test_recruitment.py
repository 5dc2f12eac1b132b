"""What happens to registrations after the form: decisions, offers, the next stage, deadlines."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from smup.training.models import Edition, Registration

LATER = OPENING + timedelta(days=2)
WHO: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def who(settings_of: None) -> None:
    from smup.accounts.actor import Actor

    WHO.update(actor=Actor("person", 1, "anna@example.org"), now=LATER)


def sent(to: "Edition", *asked: list[tuple[str, str]]) -> "list[Registration]":
    numbers = nips()
    return [
        send(to, form(unit, next(numbers), people))
        for unit, people in zip(gminas(len(asked)), asked, strict=True)
    ]


def states(*registrations: "Registration") -> list[str]:
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def letters() -> list[str]:
    from smup.mailing.models import Message

    return list(Message.objects.order_by("pk").values_list("letter", flat=True))


def keys(caught: "pytest.ExceptionInfo[Any]") -> list[str]:
    return [one.key for one in caught.value.refusals]


def test_a_refused_unit_frees_its_place_for_an_offer_by_a_person(database: dict[str, Any]) -> None:
    from smup.training.actions import deciding, offering
    from smup.training.rules.refusal import Refused

    ours = edition()
    one = stage(ours, places={("online", ""): 2})
    a, b, c, d = sent(ours, [ONLINE], [ONLINE], [ONLINE] * 2, [ONLINE])
    assert offering.offer_next(one, **WHO) is None
    deciding.refuse(a, "6", why="Za mało osób.", **WHO)
    assert states(a, b, c, d) == ["refused", "qualified", "reserve", "reserve"]
    with pytest.raises(Refused) as caught:  # c is before it on the list, but does not fit
        offering.offer(c, **WHO)
    assert keys(caught) == ["not_first"]
    assert offering.offer_next(one, **WHO) == d
    assert offering.offer_next(one, **WHO) is None  # the offer holds the place
    d.refresh_from_db()
    assert d.deadline == OPENING.replace(hour=0) + timedelta(days=2 + 7 + 1)
    offering.accept(d, **WHO)
    offering.accept(d, **WHO)  # a double click
    assert states(d) == ["qualified"]
    assert letters()[4:] == ["result-refused", "place-offered", "result-qualified"]


def test_an_offer_lapses_at_its_deadline_and_not_before(database: dict[str, Any]) -> None:
    from smup.training.actions import deadlines, deciding, offering
    from smup.training.rules.refusal import Refused

    ours = edition()
    one = stage(ours, places={("online", ""): 1})
    a, b, c = sent(ours, [ONLINE], [ONLINE], [ONLINE])
    deciding.withdraw(a, why="", **WHO)
    b = offering.offer(b, **WHO)
    deadlines.round_(b.deadline - timedelta(microseconds=1))
    assert states(b) == ["offered"]
    with pytest.raises(Refused) as caught:
        offering.accept(b, actor=WHO["actor"], now=b.deadline)
    assert keys(caught) == ["too_late_to_answer"]
    deadlines.round_(b.deadline)
    deadlines.round_(b.deadline)
    assert states(b, c) == ["lapsed", "reserve"]  # nothing is given by itself
    assert offering.offer_next(one, **WHO) == c
    assert letters()[3:] == [
        "registration-withdrawn",
        "place-offered",
        "offer-lapsed",
        "place-offered",
    ]


def test_two_who_decide_at_once_offer_once(database: dict[str, Any]) -> None:
    from smup.training.actions import deciding, offering
    from smup.training.rules.workflow import NotPossible

    ours = edition()
    stage(ours, places={("online", ""): 1})
    a, b = sent(ours, [ONLINE], [ONLINE])
    deciding.withdraw(a, why="", **WHO)
    offering.offer(b, **WHO)
    other = WHO["actor"].__class__("person", 2, "jan@example.org")
    with pytest.raises(NotPossible):
        offering.offer(b, actor=other, now=LATER)
    assert letters().count("place-offered") == 1


def test_the_reserve_list_confirms_before_newcomers(database: dict[str, Any]) -> None:
    """Four wait; the new stage has two places. A newcomer gets none of them before the deadline."""
    from smup.training.actions import deadlines, staging

    ours = edition(keeps_turn=False)
    first = stage(ours, places={("online", ""): 1})
    a, b, c, d = sent(ours, [ONLINE], [ONLINE], [ONLINE], [ONLINE])
    second = stage(ours, 2, {("online", ""): 2}, opens=first.closes)
    now = second.opens + timedelta(hours=1)
    told = {"actor": WHO["actor"], "now": now}
    carried = staging.carry_reserve(second, **told)
    assert [one.number for one in carried] == [2, 3, 4]
    assert staging.carry_reserve(second, **told) == []
    newcomer = send(ours, form(gminas(9)[8], "5261040828"), now)
    assert states(newcomer) == ["reserve"]
    staging.confirm(d, **told)  # the last of them answers first: b and c are still before it
    staging.confirm(b, **told)
    assert states(a, b, c, d) == ["qualified", "qualified", "to_confirm", "reserve"]
    b.refresh_from_db()
    assert (b.number, b.stage_id) == (2, second.pk)
    c.refresh_from_db()
    deadlines.round_(c.deadline)
    assert states(c) == ["lapsed"]


def test_what_was_asked_to_be_confirmed_is_offered_to_nobody(database: dict[str, Any]) -> None:
    from smup.training.actions import deciding, offering, staging

    ours = edition(keeps_turn=False)
    first = stage(ours, places={("online", ""): 1})
    _, b, c = sent(ours, [ONLINE], [ONLINE] * 2, [ONLINE])
    second = stage(ours, 2, {("online", ""): 2}, opens=first.closes)
    told = {"actor": WHO["actor"], "now": second.opens}
    staging.carry_reserve(second, **told)
    staging.confirm(c, **told)
    assert states(b, c) == ["to_confirm", "reserve"]
    assert offering.offer_next(second, **told) is None
    deciding.withdraw(b, why="", **told)
    assert offering.offer_next(second, **told) == c


def test_reopening_gives_a_new_number_behind_those_who_wait(database: dict[str, Any]) -> None:
    from smup.training.actions import deciding

    ours = edition()
    stage(ours, places={("online", ""): 1})
    a, _ = sent(ours, [ONLINE], [ONLINE])
    deciding.withdraw(a, why="pomyłka", **WHO)
    a = deciding.reopen(a, why="wycofano przez pomyłkę", **WHO)
    assert (a.number, a.status) == (3, "reserve")  # the other was first, though nobody asked it yet
    assert deciding.reopen(a, why="wycofano przez pomyłkę", **WHO).number == 3
    assert ours.registrations.count() == 2
    assert letters()[2:] == ["registration-withdrawn", "registration-reopened"]


def test_reasons_are_asked_for(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import checking, deciding
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    (a,) = sent(ours, [ONLINE])
    with pytest.raises(Refused) as caught:
        deciding.refuse(a, "6", why="  ", **WHO)
    assert keys(caught) == ["reason_missing"]
    with pytest.raises(Refused):
        checking.note(a, "number", False, "", **WHO)
    assert states(a) == ["qualified"]


@pytest.mark.parametrize(
    ("days", "fault", "expected"),
    [
        (1, True, ["not_overdue"]),
        (0, False, ["fault_needed"]),
        (0, True, []),
    ],
)
def test_an_unsigned_agreement_costs_the_place_only_by_fault(
    sqlite: dict[str, Any], days: int, fault: bool, expected: list[str]
) -> None:
    from smup.training.actions import deciding
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    (a,) = sent(ours, [ONLINE])
    midnight = LATER.replace(hour=0)
    a.status, a.deadline = "agreement_sent", midnight + timedelta(days=days)
    a.save()
    try:
        deciding.withdraw_place(a, why="Brak podpisu.", fault=fault, **WHO)
        found = []
    except Refused as error:
        found = [one.key for one in error.refusals]
    assert found == expected
    assert states(a) == ["agreement_sent" if expected else "withdrawn_by_organiser"]
    assert a.fault is (None if expected else True)


def test_a_new_deadline_is_told_once(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import deciding

    ours = edition()
    stage(ours)
    (a,) = sent(ours, [ONLINE])
    a.status, a.deadline = "agreement_sent", LATER
    a.save()
    later = LATER + timedelta(days=7)
    for _ in range(2):
        deciding.new_deadline(a, later, why="Nieobecność wójta.", **WHO)
    a.refresh_from_db()
    assert (a.status, a.deadline) == ("agreement_sent", later)
    assert letters()[1:] == ["agreement-reminder"]


def test_moving_keeps_number_and_deadline(sqlite: dict[str, Any]) -> None:
    from smup.accounts.models import Organisation
    from smup.training.actions import moving

    ours = edition()
    stage(ours)
    (a,) = sent(ours, [ONLINE])
    assert a.organiser_id == "zmp"
    zpp = Organisation.objects.get(pk="zpp")
    for _ in range(2):
        moving.move(a, zpp, why="Prośba jednostki.", **WHO)
    a.refresh_from_db()
    assert (a.organiser_id, a.number, a.status) == ("zpp", 1, "qualified")
    assert letters()[1:] == ["moved-organiser"]


@pytest.mark.parametrize(("units", "told"), [(4, 4), (5, 0)])
def test_an_area_below_five_units_is_told(sqlite: dict[str, Any], units: int, told: int) -> None:
    from smup.training.actions import staging

    ours = edition()
    one = stage(ours, places={("online", ""): 1, ("in_person", "edukacja"): 3})
    sent(ours, *[[IN_PERSON]] * units)  # those on the reserve list applied, too
    assert len(staging.tell_short_areas(one, **WHO)) == told
    assert staging.tell_short_areas(one, **WHO) == []
    assert letters().count("area-below-five") == told


def test_online_instead_takes_places_only_where_there_are(database: dict[str, Any]) -> None:
    from smup.training.actions import staging
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours, places={("online", ""): 1, ("in_person", "edukacja"): 3})
    a, b, c = sent(ours, [IN_PERSON], [IN_PERSON], [IN_PERSON])
    staging.answer_area(a, "wait", **WHO)
    staging.answer_area(b, "online", **WHO)
    staging.answer_area(b, "online", **WHO)
    with pytest.raises(Refused) as caught:
        staging.answer_area(c, "online", **WHO)
    assert keys(caught) == ["no_online_places"]
    kinds = [one.participants.get().kind for one in (a, b, c)]
    assert kinds == ["in_person", "online", "in_person"]


def test_stages_open_and_close_by_the_clock(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import deadlines, staging
    from smup.training.rules.refusal import Refused

    ours = edition()
    one = stage(ours)
    with pytest.raises(Refused):
        staging.close(one, **WHO)
    for now, state in (
        (one.opens - timedelta(seconds=1), "announced"),
        (one.opens, "open"),
        (one.closes - timedelta(seconds=1), "open"),
        (one.closes, "closed"),
    ):
        deadlines.round_(now)
        one.refresh_from_db()
        assert one.state == state


def test_a_stage_is_announced_once_it_is_sound(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import staging
    from smup.training.models import Capacity
    from smup.training.rules.refusal import Refused

    ours = edition()
    one = stage(ours, days=29)
    one.state, one.announced_at = "planned", None
    one.save()
    before = OPENING - timedelta(days=20)
    with pytest.raises(Refused) as caught:
        staging.announce(one, actor=WHO["actor"], now=before)
    assert keys(caught) == ["stage_too_short"]
    one.closes = one.opens + timedelta(days=30)
    one.save()
    for _ in range(2):
        staging.announce(one, actor=WHO["actor"], now=before)
    one.refresh_from_db()
    assert (one.state, one.announced_at) == ("announced", before)
    assert Capacity.objects.filter(stage=one).count() == 3


def test_a_list_takes_few_questions_however_long(sqlite: dict[str, Any]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from smup.training.actions import finding

    ours = edition()
    stage(ours)
    sent(ours, *[[ONLINE]] * 8)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = finding.listed(ours, organisers=["zmp"], text="urząd")
        shown = [(one.stage.number, one.organiser.short, len(one.active)) for one in found]
    assert (len(shown), len(asked)) == (8, 2)
