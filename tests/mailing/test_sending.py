"""Rounds against a real mail server: sent once, tried again, given up, or left to a person."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from smup.mailing.letter import letter_of, samples
from tests.mailing.helpers import NOON, Mail, put, states
from tests.mailing.post_office import HangUp, PostOffice

# The pauses of the order: minutes after the first, second, … attempt.
PAUSES = [1, 5, 15, 60, 360, 1440]


def test_what_waits_is_sent_once_over_one_connection(mail: Mail, office: PostOffice) -> None:
    numbers = [put(number) for number in range(1, 6)]
    assert mail.round_(NOON) == 5
    assert mail.round_(NOON + timedelta(minutes=1)) == 0
    assert states() == dict.fromkeys(numbers, "sent")
    assert [one["To"] for one in office.letters] == [f"urzad{n}@example.pl" for n in range(1, 6)]
    assert office.sessions == 1
    sent = mail.Message.objects.first()
    assert (sent.attempts, sent.lease, sent.claim) == (1, None, "")
    assert NOON <= sent.ended < NOON + timedelta(minutes=1)


def test_every_sending_is_recorded_without_the_address(mail: Mail, office: PostOffice) -> None:
    number = put()
    mail.round_(NOON)
    event = mail.Event.objects.latest("id")
    assert (event.what, event.about) == ("mail.message.sent", f"message:{number}")
    assert (event.before, event.after) == ({"state": "sending"}, {"state": "sent"})


def test_a_letter_arrives_as_it_was_written(mail: Mail, office: PostOffice) -> None:
    with transaction.atomic():
        kept = mail.files.keep("żółw".encode(), "application/pdf")
        fields = samples(letter_of("agreement-ready"), "pl") | {"unit": "Gmina Łódź–Śródmieście"}
        mail.outbox.put(
            "agreement-ready",
            "sekretariat@bücher.example",
            "pl",
            fields | {"number": "2027/ąę"},
            key="agreement:1",
            about="registration:1",
            attachments=[mail.Enclosed("Umowa – Łódź.pdf", kept)],
            now=NOON,
        )
    mail.round_(NOON)
    (letter,) = office.letters
    message = mail.Message.objects.get()
    assert letter["Subject"].strip() == message.subject  # a folded header begins with a space
    assert "2027/ąę" in letter["Subject"]
    assert letter["To"] == "sekretariat@xn--bcher-kva.example"
    assert letter["From"] == "SMUP <smup@example.pl>"
    assert letter["Message-ID"] == mail.message_id("agreement:1", "example.pl")
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip() == message.text.rstrip()
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "Umowa – Łódź.pdf"
    assert attached.get_content() == "żółw".encode()


def test_a_link_is_sent_whole_and_then_forgotten(mail: Mail, office: PostOffice) -> None:
    put(link="https://smup.example.pl/szkolenia/panel?klucz=SeCreT")
    mail.round_(NOON)
    assert b"klucz=SeCreT" in office.mailbox[0].replace(b"=3D", b"=")
    assert "SeCreT" not in mail.Message.objects.get().text


def test_nothing_is_sent_before_its_time(mail: Mail, office: PostOffice) -> None:
    put(now=NOON)
    assert mail.round_(NOON - timedelta(seconds=10)) == 0
    assert office.sessions == 0


@pytest.mark.parametrize("where", ["urzad1@example.pl", "@DATA"])
def test_refused_for_good_it_fails_with_the_servers_words(
    mail: Mail, office: PostOffice, where: str
) -> None:
    office.refusals[where] = "550 5.1.1 No such user here"
    first, second = put(1), put(2)
    mail.round_(NOON)
    refused = mail.Message.objects.get(pk=first)
    assert (refused.state, refused.attempts) == ("failed", 1)
    assert refused.answer == "550 5.1.1 No such user here"
    assert states()[second] == ("failed" if where == "@DATA" else "sent")
    assert mail.round_(NOON + timedelta(days=3)) == 0


@pytest.mark.parametrize("where", ["urzad1@example.pl", "@DATA", "@MAIL"])
def test_refused_for_now_it_is_tried_by_the_table_and_then_given_up(
    mail: Mail, office: PostOffice, where: str
) -> None:
    office.refusals[where] = "451 4.7.1 Try again later"
    number, now = put(1), NOON
    for attempt, minutes in enumerate(PAUSES, 1):
        mail.round_(now)
        message = mail.Message.objects.get()
        assert (message.state, message.attempts) == ("waiting", attempt)
        waited = (message.due - now).total_seconds()
        assert 60 * minutes <= waited < 60 * minutes + mail.sending.ROUND
        assert mail.round_(message.due - timedelta(seconds=1)) == 0
        now = message.due
    mail.round_(now)
    message = mail.Message.objects.get()
    assert (message.state, message.attempts) == ("failed", 7)
    assert message.answer == "451 4.7.1 Try again later"
    assert (
        mail.Event.objects.filter(about=f"message:{number}", what="mail.message.failed").count()
        == 1
    )
    assert office.mailbox == []


def test_a_sender_the_server_does_not_want_fails_no_letter(mail: Mail, office: PostOffice) -> None:
    office.refusals["@MAIL"] = "550 5.7.1 Sender not allowed"
    put()
    mail.round_(NOON)
    assert states() == {mail.Message.objects.get().pk: "waiting"}
    office.refusals["@MAIL"] = "552 5.3.4 mail.Message too big"
    mail.round_(NOON + timedelta(hours=1))
    assert mail.Message.objects.get().state == "failed"


@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_hung_up_before_the_text_it_is_tried_again(
    mail: Mail, office: PostOffice, stage: HangUp
) -> None:
    office.hang_up_at[stage] = 1
    first, second = put(1), put(2)
    mail.round_(NOON)
    assert states() == {first: "waiting", second: "sent"}
    mail.round_(NOON + timedelta(minutes=2))
    assert states() == {first: "sent", second: "sent"}
    assert len(office.mailbox) == 2


def test_hung_up_after_the_text_nobody_knows_and_nothing_is_sent_twice(
    mail: Mail, office: PostOffice
) -> None:
    office.hang_up_at["text"] = 1
    first, second = put(1), put(2)
    mail.round_(NOON)
    assert states() == {first: "uncertain", second: "sent"}
    assert "zanim potwierdził" in mail.Message.objects.get(pk=first).answer
    for days in range(1, 40, 10):
        assert mail.round_(NOON + timedelta(days=days)) == 0
    assert len(office.mailbox) == 2  # the first one had arrived


def test_a_server_nobody_reaches_costs_no_attempt(
    mail: Mail, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.hang_up_at["greeting"] = 1
    put()
    with monkeypatch.context() as closed:
        closed.setenv("SMUP_SMTP", "smtp://127.0.0.1:1")
        assert mail.round_(NOON) == 0
        mail.round_(NOON + timedelta(hours=1))
    message = mail.Message.objects.get()
    assert (message.state, message.attempts) == ("waiting", 0)
    known = mail.line.state()
    assert known is not None
    assert "refused" in known.trouble
    assert known.since == pytest.approx(NOON, abs=timedelta(seconds=3))
    assert mail.round_(NOON + timedelta(hours=1, seconds=20)) == 0  # not asked again so soon
    assert mail.round_(NOON + timedelta(hours=1, seconds=40)) == 1
    assert mail.line.state().trouble == ""


def test_without_a_setup_messages_wait(mail: Mail, no_office: None) -> None:
    put()
    assert mail.way.setup() is None
    assert mail.round_(NOON) == 0
    assert list(states().values()) == ["waiting"]


def test_into_a_folder(mail: Mail, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from django.test import override_settings

    monkeypatch.setenv("SMUP_SMTP", "file")
    monkeypatch.setenv("SMUP_MAIL_FROM", "smup@example.pl")
    put(1)
    put(2)
    with override_settings(SMUP_OUTBOX=tmp_path / "outbox"):
        assert mail.round_(NOON) == 2
        mail.Message.objects.update(state="waiting")
        assert mail.round_(NOON) == 2  # written again it is the same file
    found = sorted((tmp_path / "outbox").iterdir())
    assert len(found) == 2
    assert {file.stat().st_mode & 0o777 for file in found} == {0o600}
    assert all(b"Subject: " in file.read_bytes() for file in found)


def test_a_file_that_is_gone_fails_its_letter(mail: Mail, office: PostOffice) -> None:
    with transaction.atomic():
        kept = mail.files.keep(b"gone soon", "application/pdf")
        mail.outbox.put(
            "materials-ready",
            "a@example.pl",
            "pl",
            samples(letter_of("materials-ready"), "pl"),
            key="m",
            about="training:1",
            attachments=[mail.Enclosed("m.pdf", kept)],
            now=NOON,
        )
    mail.files._path(kept.sha256).unlink()
    mail.round_(NOON)
    assert mail.Message.objects.get().state == "failed"
    assert "załączniku" in mail.Message.objects.get().answer


def test_a_sender_that_never_came_back_leaves_it_to_a_person(
    mail: Mail, office: PostOffice
) -> None:
    number = put()
    assert mail.sending._claimed(NOON) is not None  # and died
    assert mail.round_(NOON + mail.sending.LEASE - timedelta(seconds=1)) == 0
    assert states() == {number: "sending"}
    assert mail.round_(NOON + mail.sending.LEASE + timedelta(seconds=1)) == 1
    assert states() == {number: "uncertain"}
    assert mail.Event.objects.filter(what="mail.message.uncertain").count() == 1
    assert mail.round_(NOON + timedelta(days=10)) == 0
    assert office.mailbox == []


def test_a_sender_that_came_back_late_tells_what_happened(mail: Mail, office: PostOffice) -> None:
    number = put()
    claimed = mail.sending._claimed(NOON)
    assert claimed is not None
    mail.round_(NOON + timedelta(minutes=11))
    assert states() == {number: "uncertain"}
    mail.sending._note(number, claimed.claim, mail.sending.Outcome(mail.sending.State.SENT), NOON)
    assert states() == {number: "sent"}


def test_a_sender_that_comes_back_after_a_person_decided_changes_nothing(
    mail: Mail,
    office: PostOffice,
) -> None:
    from smup.accounts.actor import SYSTEM

    number = put()
    claimed = mail.sending._claimed(NOON)
    assert claimed is not None
    mail.round_(NOON + timedelta(minutes=11))
    mail.outbox.take("again", number, SYSTEM, "nie dotarło")
    assert not mail.sending._note(
        number, claimed.claim, mail.sending.Outcome(mail.sending.State.SENT), NOON
    )
    assert states() == {number: "waiting"}


@pytest.fixture
def both(office: PostOffice) -> threading.Barrier:
    """Two senders that begin at the same moment."""
    office.slow = 0.01
    return threading.Barrier(2)


def _two_senders(mail: Mail, meet: threading.Barrier) -> None:
    def send() -> None:
        try:
            meet.wait()
            while mail.round_(NOON):
                pass
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()


def test_without_the_claim_two_senders_send_twice(
    mail: Mail, both: threading.Barrier, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the next test can fail."""

    def unclaimed(now: Any) -> Any | None:
        with transaction.atomic():
            found = mail.sending._due(now).first()
        if found is not None:
            found.claim, found.attempts = "x", found.attempts + 1
        return found

    def noted(number: int, *_: Any) -> int:
        return int(mail.Message.objects.filter(pk=number).update(state="sent"))

    monkeypatch.setattr(mail.sending, "_claimed", unclaimed)
    monkeypatch.setattr(mail.sending, "_note", noted)
    for number in range(40):
        put(number)
    _two_senders(mail, both)
    assert len(office.mailbox) > 40


def test_two_senders_at_once_send_nothing_twice(
    mail: Mail, both: threading.Barrier, office: PostOffice
) -> None:
    for number in range(40):
        put(number)
    _two_senders(mail, both)
    assert set(states().values()) == {"sent"}
    received = [one["Message-ID"] for one in office.letters]
    assert len(received) == len(set(received)) == 40
    assert office.sessions >= 2  # both had a part in it
