"""Putting letters into the outbox, and what people do with them there."""

from typing import Any

import pytest
from django.db import transaction

from smup.accounts.actor import Actor
from smup.language import Lang
from smup.mailing.letter import LetterRefused, letter_of, samples
from smup.mailing.states import STEPS, State, Step
from tests.mailing.helpers import NOON, Mail, put

CLERK = Actor("person", 7, "urzednik@example.pl")


def _put(mail: Mail, key: str = "k", to: str = "urzad@example.pl", **changes: Any) -> Any:
    fields = samples(letter_of("contact-link"), "pl")
    given: dict[str, Any] = {"fields": fields, "key": key, "about": "registration:1"} | changes
    with transaction.atomic():
        mail.outbox.put("contact-link", to, "pl", **given)
    return mail.Message.objects.get(key=given["key"])


def test_a_letter_waits_as_it_was_written(mail: Mail) -> None:
    found = mail.Message.objects.get(pk=put(3))
    assert (found.state, found.lang, found.letter) == ("waiting", "pl", "result-reserve")
    assert found.subject == "Zgłoszenie 2027/0003: lista rezerwowa, miejsce 7"
    assert "Numer zgłoszenia: 2027/0003\n" in found.text
    assert (found.created, found.due, found.attempts) == (NOON, NOON, 0)


def test_outside_a_transaction_nothing_is_put(mail: Mail) -> None:
    with pytest.raises(mail.OutsideTransaction):
        mail.outbox.put("contact-link", "a@example.pl", "pl", {}, key="k", about="x")
    assert mail.Message.objects.count() == 0


def test_the_same_key_is_told_once(mail: Mail) -> None:
    first, second = _put(mail), _put(mail, to="ktos-inny@example.pl")
    assert first.pk == second.pk
    assert mail.Message.objects.get().to == "urzad@example.pl"


def test_what_the_caller_undoes_is_not_sent(mail: Mail) -> None:
    with transaction.atomic():
        _put(mail)
        transaction.set_rollback(True)
    assert mail.Message.objects.count() == 0


@pytest.mark.parametrize(
    "to",
    [
        "",
        "urzad",
        "a@example.pl\nBcc: b@example.pl",
        "a@example.pl\r\n",
        "a@example.pl, b@example.pl",
        "A <a@example.pl>",
        "a" * 250 + "@example.pl",
    ],
)
def test_an_address_is_one_address(mail: Mail, to: str) -> None:
    with pytest.raises(LetterRefused, match="adres"):
        _put(mail, to=to)
    assert mail.Message.objects.count() == 0


def test_kept_files_go_along_by_name(mail: Mail) -> None:
    with transaction.atomic():
        kept = mail.files.keep(b"%PDF-1.7 umowa", "application/pdf")
    message = _put(mail, attachments=[mail.Enclosed("Umowa gminy Łódź.pdf", kept)])
    (one,) = mail.Attachment.objects.filter(message=message)
    assert (one.name, one.file_id) == ("Umowa gminy Łódź.pdf", kept.sha256)
    assert mail.Attachment.objects.count() == len(
        [_put(mail, attachments=[mail.Enclosed("x.pdf", kept)])]
    )


@pytest.mark.parametrize("name", ["", "../x.pdf", "a\\b.pdf", 'a"b.pdf', "a\nb.pdf", "x" * 121])
def test_a_name_of_a_file_is_a_name(mail: Mail, name: str) -> None:
    with transaction.atomic():
        kept = mail.files.keep(b"x", "text/plain")
    with pytest.raises(LetterRefused, match="nazwa załącznika"):
        _put(mail, attachments=[mail.Enclosed(name, kept)])
    assert mail.Message.objects.count() == 0


# What a person may do: written from the sentences of the order, apart from the table.
ALLOWED = {
    ("again", "failed"),
    ("again", "uncertain"),
    ("again", "cancelled"),
    ("again", "sent"),
    ("cancel", "waiting"),
    ("cancel", "failed"),
    ("delivered", "uncertain"),
}
BECOMES = {"again": "waiting", "cancel": "cancelled", "delivered": "sent"}


@pytest.mark.parametrize("state", [state.value for state in State])
@pytest.mark.parametrize("step", list(STEPS))
def test_steps_of_a_person(mail: Mail, step: Step, state: str) -> None:
    number = put()
    mail.Message.objects.update(state=state, attempts=3, answer="450 later")
    events = mail.Event.objects.count()
    if (step, state) in ALLOWED:
        mail.take(step, number, CLERK, " Telefon z urzędu. ")
        event = mail.Event.objects.latest("id")
        assert (event.actor, event.about, event.why) == (
            "urzednik@example.pl",
            f"message:{number}",
            "Telefon z urzędu.",
        )
        assert (event.before, event.after) == ({"state": state}, {"state": BECOMES[step]})
        assert mail.Event.objects.count() == events + 1
        assert mail.Message.objects.get().state == BECOMES[step]
        mail.take(step, number, CLERK, "drugie kliknięcie")
        assert mail.Event.objects.count() == events + 1
    elif state == BECOMES[step]:
        mail.take(step, number, CLERK, "drugie kliknięcie")
        assert mail.Event.objects.count() == events
    else:
        with pytest.raises(mail.StepRefused, match="stan się zmienił"):
            mail.take(step, number, CLERK, "bo tak")
        assert (mail.Message.objects.get().state, mail.Event.objects.count()) == (state, events)


@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_needs_a_reason(mail: Mail, step: Step) -> None:
    number = put()
    with pytest.raises(mail.StepRefused, match="Podaj powód"):
        mail.take(step, number, CLERK, "  ")
    assert mail.Message.objects.get().state == "waiting"


def test_sent_again_it_starts_anew(mail: Mail) -> None:
    number = put()
    mail.Message.objects.update(state="failed", attempts=7, answer="550 no such user")
    message = mail.take("again", number, CLERK, "poprawiona skrzynka")
    assert (message.attempts, message.answer, message.ended) == (0, "", None)


def test_a_link_is_forgotten_when_a_message_is_over(mail: Mail) -> None:
    link = "https://smup.example.pl/szkolenia/panel?klucz=SeCreT"
    message = _put(mail, fields=samples(letter_of("contact-link"), "pl") | {"link": link})
    assert message.open_key
    mail.take("cancel", message.pk, CLERK, "pomyłka")
    kept = mail.Message.objects.get()
    assert "SeCreT" not in kept.text
    assert "klucz=…" in kept.text
    with pytest.raises(mail.StepRefused, match="odnośnik, którego po wysłaniu nie przechowujemy"):
        mail.take("again", message.pk, CLERK, "jednak")


def test_a_link_is_kept_while_it_may_still_be_sent(mail: Mail) -> None:
    link = "https://smup.example.pl/szkolenia/panel?klucz=SeCreT"
    message = _put(mail, fields=samples(letter_of("contact-link"), "pl") | {"link": link})
    mail.Message.objects.update(state="uncertain")
    mail.take("again", message.pk, CLERK, "nie dotarło")
    assert "klucz=SeCreT" in mail.Message.objects.get().text


def test_counts_are_of_all_or_of_one_subject(mail: Mail) -> None:
    put(1)
    put(2)
    mail.Message.objects.filter(about="registration:2").update(state="uncertain")
    assert mail.outbox.counts()[State.UNCERTAIN] == 1
    assert mail.outbox.counts()[State.WAITING] == 1
    assert mail.outbox.counts("registration:1")[State.UNCERTAIN] == 0
    assert set(mail.outbox.counts()) == set(State)


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_a_changed_text_is_written_with_and_the_former_is_recorded(mail: Mail, lang: Lang) -> None:
    former = mail.texts.text_of(letter_of("question-received"), lang)
    mail.texts.change(
        "question-received", lang, "Nr {number}", "Pytanie:\r\n\r\n  {question}", CLERK, "krócej"
    )
    fields = samples(letter_of("question-received"), lang)
    with transaction.atomic():
        mail.outbox.put(
            "question-received", "a@example.pl", lang, fields, key="q", about="question:1"
        )
    message = mail.Message.objects.get()
    assert message.subject == f"Nr {fields['number']}"
    assert message.text.startswith(f"Pytanie:\n\n  {fields['question']}\n\n-- \n")
    event = mail.Event.objects.latest("id")
    assert event.before == {"subject": former.subject, "body": former.body}
    assert event.after == {"subject": "Nr {number}", "body": "Pytanie:\n\n  {question}"}
    assert (event.about, event.why) == (f"letter:question-received-{lang}", "krócej")
    other: Lang = "en" if lang == "pl" else "pl"
    assert not mail.texts.text_of(letter_of("question-received"), other).own


def test_a_changed_text_can_be_given_up(mail: Mail) -> None:
    letter = letter_of("question-received")
    shipped = mail.texts.text_of(letter, "pl")
    mail.texts.change(letter.name, "pl", "Nr {number}", "{question}", CLERK, "")
    mail.texts.restore(letter.name, "pl", CLERK, "")
    assert mail.texts.text_of(letter, "pl") == shipped
    events = mail.Event.objects.count()
    mail.texts.restore(letter.name, "pl", CLERK, "")
    mail.texts.change(letter.name, "pl", shipped.subject, shipped.body, CLERK, "")
    assert mail.Event.objects.count() == events


def test_a_bad_text_changes_nothing(mail: Mail) -> None:
    letter = letter_of("question-received")
    with pytest.raises(LetterRefused):
        mail.texts.change(letter.name, "pl", "Nr {number}", "bez pytania", CLERK, "")
    assert not mail.texts.text_of(letter, "pl").own
    assert mail.Event.objects.count() == 0
