"""Accounts on both databases: inviting, roles, the last administrator, personal data."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.helpers.people import PASSWORD, person

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_person_is_one_whatever_the_case_of_the_e_mail(database: dict[str, Any]) -> None:
    from django.db import IntegrityError, transaction

    from smup.accounts import people
    from smup.accounts.actor import SYSTEM
    from smup.accounts.models import Person

    first, _ = people.invite("Anna@Example.org", "trainer", None, SYSTEM)
    again, _ = people.invite(" anna@example.ORG ", "auditor", None, SYSTEM)
    assert first == again
    assert sorted(m.role for m in again.memberships.all()) == ["auditor", "trainer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="ANNA@example.org")


def test_a_role_everywhere_is_given_once(database: dict[str, Any]) -> None:
    from smup.accounts import people
    from smup.accounts.actor import SYSTEM
    from smup.accounts.models import Event, Membership

    for _ in range(2):
        people.invite("anna@example.org", "trainer", None, SYSTEM)
    assert Membership.objects.count() == 1
    assert Event.objects.filter(what="accounts.role.given").count() == 1


def test_a_new_link_ends_the_one_before(database: dict[str, Any]) -> None:
    from smup.accounts import links, people
    from smup.accounts.actor import SYSTEM

    who, first = people.invite("anna@example.org", "trainer", None, SYSTEM, now=NOW)
    second = people.fresh_link(who, SYSTEM, now=NOW)
    with pytest.raises(links.LinkRefused):
        people.set_password(first, PASSWORD, now=NOW)
    last = NOW + timedelta(hours=24)
    with pytest.raises(links.LinkRefused):
        people.set_password(second, PASSWORD, now=last)
    people.set_password(second, PASSWORD, now=last - timedelta(seconds=1))
    who.refresh_from_db()
    assert who.check_password(PASSWORD)
    assert who.password.startswith("argon2")


def test_links_of_somebody_switched_off_open_nothing(database: dict[str, Any]) -> None:
    from smup.accounts import links, people
    from smup.accounts.actor import SYSTEM

    who, token = people.invite("anna@example.org", "trainer", None, SYSTEM)
    people.switch_off(who, SYSTEM, "pomyłka")
    with pytest.raises(links.LinkRefused):
        people.of_link(token)
    with pytest.raises(people.Refused):
        people.fresh_link(who, SYSTEM)
    assert people.reset_link("anna@example.org") is None


def test_two_administrators_cannot_end_each_other_at_once(database: dict[str, Any]) -> None:
    from django.db import connections

    from smup.accounts import people
    from smup.accounts.actor import Actor
    from smup.accounts.models import Membership

    one, two = person("admin", email="a@example.org"), person("admin", email="b@example.org")

    def end(pair: tuple[Any, Any]) -> bool:
        who, by = pair
        try:
            people.take_role(who.memberships.get(), Actor("person", by.pk, by.email), "spór")
        except people.Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(end, [(one, two), (two, one)]))
    assert sorted(ended) == [False, True]
    assert Membership.objects.filter(role="admin").count() == 1


def test_nothing_is_stored_when_an_invitation_is_refused(database: dict[str, Any]) -> None:
    from smup.accounts import people
    from smup.accounts.actor import SYSTEM
    from smup.accounts.models import Event, Person

    for email, role, where in (
        ("anna", "trainer", None),
        ("anna@example.org", "king", None),
        ("anna@example.org", "organiser", "nie-ma"),
    ):
        with pytest.raises(people.Refused):
            people.invite(email, role, where, SYSTEM)
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_erasing_takes_the_account_and_leaves_the_record(database: dict[str, Any]) -> None:
    from django.db import transaction

    from smup.accounts import audit, personal
    from smup.accounts.actor import SYSTEM, Actor
    from smup.accounts.models import Person

    who = person("trainer", email="jan@example.org", name="Jan Nowak")
    with transaction.atomic():
        audit.record(Actor("person", who.pk, who.email), "x.y.z", "thing:1")
    held = personal.export(" JAN@example.org")
    assert set(held) == {"accounts", "audit"}
    with transaction.atomic():
        counts = personal.erase("jan@example.org", SYSTEM, "prośba")
    assert (counts["accounts"], counts["audit"]) == (1, 0)
    assert not Person.objects.exists()
    assert set(personal.export("jan@example.org")) == {"audit"}


def test_every_purpose_is_told_in_both_languages(settings_of: None) -> None:
    from smup.accounts.personal import holders

    for holder in holders():
        for texts in (holder.what, holder.purpose, holder.retention):
            assert texts["pl"]
            assert texts["en"]
            assert texts["pl"] != texts["en"]


def test_the_daily_round_forgets_old_links(database: dict[str, Any]) -> None:
    from smup.accounts import links, retention
    from smup.accounts.models import OneTimeLink

    links.issue("x", "a", 1, once=True, now=NOW - timedelta(hours=2))
    fresh = links.issue("x", "b", 3, once=True, now=NOW)
    assert retention.round_(NOW) >= 1
    assert links.peek(fresh, "x", NOW) == "b"
    assert OneTimeLink.objects.count() == 1
