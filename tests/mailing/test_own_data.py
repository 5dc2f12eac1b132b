"""What the outbox holds of a person: given out, erased, forgotten in time."""

from datetime import timedelta

import pytest
from django.db import transaction

from smup.accounts.actor import Actor
from tests.mailing.helpers import NOON, Mail, put, states

CLERK = Actor("person", 7, "urzednik@example.pl")


def test_a_person_is_given_all_letters_and_nobody_elses(mail: Mail) -> None:
    put(1, "Anna@Example.pl")
    put(2, "jan@example.pl")
    (found,) = mail.own_data.Outbox().export("anna@example.pl")
    assert found["to"] == "Anna@Example.pl"
    assert "2027/0001" in str(found["text"])


@pytest.mark.parametrize("state", ["sent", "failed", "uncertain", "cancelled"])
def test_what_rests_is_forgotten_after_two_years(mail: Mail, state: str) -> None:
    number = put(1)
    mail.Message.objects.update(state=state)
    outbox = mail.own_data.Outbox()
    assert outbox.anonymise_due(NOON + timedelta(days=731)) == 0
    assert outbox.anonymise_due(NOON + timedelta(days=731, seconds=1)) == 1
    assert outbox.anonymise_due(NOON + timedelta(days=800)) == 0
    kept = mail.Message.objects.get()
    assert (kept.pk, kept.to, kept.subject, kept.text, kept.state) == (number, "", "", "", state)


def test_what_still_waits_is_never_forgotten_by_itself(mail: Mail) -> None:
    put(1)
    assert mail.own_data.Outbox().anonymise_due(NOON + timedelta(days=4_000)) == 0


def test_an_erased_person_is_written_to_no_more(mail: Mail) -> None:
    first, other = put(1, "anna@example.pl"), put(2, "jan@example.pl")
    with transaction.atomic():
        assert mail.own_data.Outbox().erase("anna@example.pl", CLERK, "prośba") == 1
    assert states() == {first: "cancelled", other: "waiting"}
    event = mail.Event.objects.latest("id")
    assert (event.about, event.why, event.after) == (f"message:{first}", "prośba", {})
