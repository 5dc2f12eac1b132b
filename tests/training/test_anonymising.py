"""Forgetting people: one who asks, and all of an edition when its time is over."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from smup.accounts.actor import SYSTEM
from smup.language.dates import ZONE
from tests.helpers.recruiting import OPENING, edition, form, gminas, nips, send, stage

NOW = OPENING + timedelta(days=1)
ENDED = date(2023, 6, 30)
KEPT = timedelta(days=1827)  # of the settings of 2022-2023


@pytest.fixture
def ours(sqlite: dict[str, Any], settings_of: None) -> Any:
    """An edition of three units; the person of the first has given an e-mail."""
    from smup.training.models import Participant

    made = edition()
    stage(made)
    sent = [send(made, form(code, nip)) for code, nip in zip(gminas(3), nips(), strict=False)]
    Participant.objects.filter(registration=sent[0]).update(email="uczestnik@example.org")
    return made


def erase(email: str) -> dict[str, int]:
    from smup.accounts import personal

    with transaction.atomic():
        done = personal.erase(email, SYSTEM, "wniosek osoby")
    return {name: n for name, n in done.items() if n and name.startswith("training")}


def test_what_is_held_is_given_out(ours: Any) -> None:
    from smup.accounts import personal

    found = personal.export("Uczestnik@example.org")
    (person,) = found["training-participants"]
    assert (person["name"], person["email"]) == ("Anna", "uczestnik@example.org")
    contact = ours.registrations.first().contact_email
    assert "Maria Wzorowa" in str(personal.export(contact)["training-contacts"])


def test_a_participant_is_forgotten_and_still_counted(ours: Any) -> None:
    from smup.accounts import personal
    from smup.accounts.models import Event
    from smup.training.actions.reporting import summary
    from smup.training.models import Participant

    before = summary(ours)
    assert erase("uczestnik@example.org") == {"training-participants": 1}
    assert personal.export("uczestnik@example.org") == {}
    assert Participant.objects.filter(name="", surname="", email="").count() == 1
    assert summary(ours) == before
    event = Event.objects.get(what="training.participant.erased")
    assert (event.why, event.after) == ("wniosek osoby", {"person": "(dane osobowe)"})


def test_a_contact_person_is_forgotten_when_the_case_is_over(ours: Any) -> None:
    from smup.training.actions import deciding

    one = ours.registrations.first()
    assert erase(one.contact_email) == {}
    deciding.withdraw(one, why="rezygnacja", actor=SYSTEM, now=NOW)
    assert erase(one.contact_email) == {"training-contacts": 1}
    one.refresh_from_db()
    assert (one.contact_name, one.contact_phone, one.contact_email) == ("", "", "")


def test_a_draft_is_found_by_what_was_typed(ours: Any) -> None:
    from smup.training.actions import drafting
    from smup.training.models import Draft

    secret = drafting.begin(ours, "pl", NOW)
    drafting.save(secret, {"kontakt": {"e-mail": "Ktos@example.org "}}, 3, NOW)
    drafting.begin(ours, "pl", NOW)
    assert erase("ktos@example.org") == {"training-drafts": 1}
    assert Draft.objects.count() == 1


def test_an_edition_is_anonymised_the_day_after_its_time(ours: Any) -> None:
    from smup.accounts.retention import round_
    from smup.training.actions import setting_up
    from smup.training.actions.reporting import summary
    from smup.training.models import Edition, Participant, Registration

    before = summary(ours)
    setting_up.end(ours, ENDED, actor=SYSTEM, now=NOW)
    last = datetime.combine(ENDED + KEPT, datetime.min.time(), ZONE)
    round_(last + timedelta(hours=12))
    assert Edition.objects.get().state == "ended"
    assert Registration.objects.exclude(contact_email="").count() == 3
    round_(last + timedelta(days=1))
    assert Edition.objects.get().state == "anonymised"
    named = ("contact_name", "contact_phone", "contact_email", "reason")
    assert set(Registration.objects.values_list(*named)) == {("", "", "", "")}
    assert set(Participant.objects.values_list("name", "surname", "email")) == {("", "", "")}
    assert summary(Edition.objects.get()) == before
    assert round_(last + timedelta(days=2)) == 0


def test_papers_are_removed_from_the_disk(ours: Any) -> None:
    from smup.accounts.files import open_kept
    from smup.mailing.models import Attachment
    from smup.training.actions import agreeing, anonymising, setting_up
    from smup.training.models import Document, Edition

    one = ours.registrations.select_related("edition", "organiser").first()
    agreeing.send(one, actor=SYSTEM, now=NOW)
    kept = list(Document.objects.values_list("sha256", flat=True))
    assert all(open_kept(sha256) for sha256 in kept)
    Attachment.objects.all().delete()  # letters are forgotten two years after they were sent
    setting_up.end(ours, ENDED, actor=SYSTEM, now=NOW)
    anonymising.anonymise(Edition.objects.get(), NOW)
    for sha256 in kept:
        with pytest.raises(FileNotFoundError):
            open_kept(sha256)
    assert set(Document.objects.values_list("sha256", "size")) == {("", 0)}


def test_a_running_edition_is_never_anonymised(ours: Any) -> None:
    from smup.training.actions import anonymising
    from smup.training.rules.workflow import NotPossible

    assert anonymising.anonymise_due(NOW + timedelta(days=9999)) == 0
    with pytest.raises(NotPossible):
        anonymising.anonymise(ours, NOW)
