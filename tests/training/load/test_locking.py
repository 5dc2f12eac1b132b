"""Many forms at once: first proof that without the lock it goes wrong, then that with it all is
well. If the first test passes no more, the others prove nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.recruiting import ONLINE, OPENING, edition, form, gminas, nips, stage

if TYPE_CHECKING:
    from smup.training.models import Edition

UNITS, PLACES = 12, 5


def rush(ours: "Edition", go: Callable[[], object]) -> list[object]:
    """UNITS forms sent at the same time by as many threads; registrations and errors."""
    from django.db import connection

    from smup.accounts.actor import VISITOR
    from smup.training.actions import drafting, submitting

    secrets = [drafting.begin(ours, "pl", OPENING) for _ in range(UNITS)]
    forms = [form(*pair, [ONLINE]) for pair in zip(gminas(UNITS), nips(), strict=False)]

    def one(number: int) -> object:
        try:
            go()
            return submitting.submit(
                secrets[number], forms[number], lang="pl", actor=VISITOR, now=OPENING
            )
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(UNITS) as pool:
        return list(pool.map(one, range(UNITS)))


def problems(results: list[object]) -> list[str]:
    """What is wrong after a rush; empty when it went by the rules."""
    from smup.mailing.models import Message
    from smup.training.models import Registration

    kept = list(Registration.objects.order_by("number").values_list("number", "status"))
    qualified = [number for number, status in kept if status == "qualified"]
    found = {
        "a form got an error": any(isinstance(one, Exception) for one in results),
        "oversold": len(qualified) > PLACES,
        "a place is left": len(qualified) < PLACES,
        "numbers": [number for number, _ in kept] != list(range(1, UNITS + 1)),
        "overtaken": qualified != list(range(1, len(qualified) + 1)),
        "letters": Message.objects.count() != UNITS,
    }
    return [name for name, wrong in found.items() if wrong]


@contextmanager
def no_lock(edition_id: int) -> "Iterator[Edition]":
    """The edition without its lock."""
    from django.db import transaction

    from smup.training.models import Edition

    with transaction.atomic():
        yield Edition.objects.get(pk=edition_id)


def test_without_the_lock_it_goes_wrong(
    database: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection
    from django.db.models.signals import pre_save

    from smup.training.actions import submitting
    from smup.training.models import Registration

    ours = edition()
    stage(ours, places={("online", ""): PLACES})
    monkeypatch.setattr(submitting, "alone", no_lock)
    # Numbers of a sequence, as they would be had without a lock; taken from the table, two would
    # be the same and refused.
    numbers = count(1)
    monkeypatch.setattr(submitting, "arrive", lambda _, now: (next(numbers), now))
    if connection.vendor == "sqlite":
        monkeypatch.setitem(database, "ENGINE", "django.db.backends.sqlite3")  # no queue either
        monkeypatch.setitem(database["OPTIONS"], "transaction_mode", "DEFERRED")
    everybody_has_looked = threading.Barrier(UNITS)

    def wait(**_: object) -> None:
        everybody_has_looked.wait(timeout=60)

    pre_save.connect(wait, sender=Registration)
    try:
        found = problems(rush(ours, lambda: None))
    finally:
        pre_save.disconnect(wait, sender=Registration)
    # PostgreSQL gives the last places to everybody; SQLite notices and leaves units with an error.
    assert ("oversold" if connection.vendor == "postgresql" else "a form got an error") in found


def test_with_the_lock_it_goes_by_the_rules(database: dict[str, Any]) -> None:
    ours = edition()
    stage(ours, places={("online", ""): PLACES})
    assert problems(rush(ours, threading.Barrier(UNITS).wait)) == []


def test_a_double_click_at_the_same_moment_is_one_form(database: dict[str, Any]) -> None:
    from django.db import connection

    from smup.accounts.actor import VISITOR
    from smup.mailing.models import Message
    from smup.training.actions import drafting, submitting
    from smup.training.models import Registration

    ours = edition()
    stage(ours)
    secret, given = drafting.begin(ours, "pl", OPENING), form(gminas(1)[0], next(nips()))
    together = threading.Barrier(4)

    def click(_: int) -> int:
        try:
            together.wait(timeout=60)
            sent = submitting.submit(secret, given, lang="pl", actor=VISITOR, now=OPENING)
            return int(sent.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)


def test_two_forms_of_one_unit_at_the_same_moment_are_one_case(database: dict[str, Any]) -> None:
    from django.db import connection

    from smup.accounts.actor import VISITOR
    from smup.training.actions import drafting, submitting
    from smup.training.models import Registration
    from smup.training.rules.refusal import Refused

    ours = edition()
    stage(ours)
    secrets = [drafting.begin(ours, "pl", OPENING) for _ in range(4)]
    given, together = form(gminas(1)[0], next(nips())), threading.Barrier(4)

    def send(secret: str) -> list[str]:
        try:
            together.wait(timeout=60)
            submitting.submit(secret, given, lang="pl", actor=VISITOR, now=OPENING)
            return []
        except Refused as refused:
            return [one.key for one in refused.refusals]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, secrets))
    assert answers == [[], ["unit_already"], ["unit_already"], ["unit_already"]]
    assert Registration.objects.count() == 1


def test_two_organisers_offer_the_last_place_once(database: dict[str, Any]) -> None:
    from django.db import connection

    from smup.accounts.actor import VISITOR, Actor
    from smup.mailing.models import Message
    from smup.training.actions import deciding, drafting, offering, submitting

    ours = edition()
    one = stage(ours, places={("online", ""): 1})
    sent = [
        submitting.submit(
            drafting.begin(ours, "pl", OPENING),
            form(*pair, [ONLINE]),
            lang="pl",
            actor=VISITOR,
            now=OPENING,
        )
        for pair in zip(gminas(4), nips(), strict=False)
    ]
    deciding.withdraw(sent[0], why="", actor=VISITOR, now=OPENING)
    together = threading.Barrier(3)

    def offer(number: int) -> object:
        try:
            together.wait(timeout=60)
            who = Actor("person", number, f"{number}@example.org")
            return offering.offer_next(one, actor=who, now=OPENING)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        offered = [found for found in pool.map(offer, range(3)) if found is not None]
    assert offered == [sent[1]]
    assert Message.objects.filter(letter="place-offered").count() == 1
