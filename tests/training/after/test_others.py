"""Free listeners, questions and materials (rules 9 and 13)."""

from datetime import timedelta
from typing import Any

import pytest

from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from tests.training.after.people import DAY, SENT, first_of, recruited, signed, staff, training
from tests.training.after.test_scheduling import keys, letters


def test_free_listeners_only_where_they_are_let_in(database: dict[str, Any]) -> None:
    from smup.training.actions import listening, scheduling

    ours, (unit,) = recruited()
    closed, open_ = training(ours), training(ours, title="Grupa 2", capacity=1, listener_places=1)

    def come(to: Any, email: str, now: Any = SENT) -> Any:
        return listening.register(to, "Gość", email, actor=staff(), now=now)

    guest = come(open_, "Gosc@example.org")
    assert come(open_, "gosc@example.org").pk == guest.pk
    assert letters("free-listener-invitation") == ["gosc@example.org"]
    for to, now in ((closed, SENT), (open_, SENT), (open_, DAY)):
        with pytest.raises(Refused) as caught:
            come(to, "inny@example.org", now)
        assert keys(caught) == ["listeners_none"]
    # A listener takes no place of the programme.
    assert scheduling.enrol(first_of(unit), open_, actor=staff(), now=SENT)
    listening.leave(guest, actor=staff(), now=SENT)
    assert come(open_, "inny@example.org")


def test_a_question_is_a_case(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event, Organisation
    from smup.mailing.models import Message
    from smup.training.actions import asking

    ours, _ = recruited()
    zmp = Organisation.objects.get(pk="zmp")

    def ask(text: str = "Czy zwolni się miejsce?", email: str = "jan@example.org") -> Any:
        return asking.ask(
            ours, zmp, "Jan Pytający", email, text, lang="pl", actor=staff(), now=SENT
        )

    case = ask()
    assert ask().pk == case.pk
    assert ask("Inne pytanie").pk != case.pk
    assert letters("question-received") == ["jan@example.org"] * 2
    for wrong, key in (
        ({"text": " "}, "question_missing"),
        ({"text": "x" * 10_000_000}, "too_long"),
        ({"email": "jan@example.org\nBcc: all@example.org"}, "unwritable"),
    ):
        with pytest.raises(Refused) as caught:
            ask(**wrong)
        assert keys(caught) == [key]
    with pytest.raises(Refused) as caught:
        asking.answer(case, "", actor=staff(), now=SENT)
    assert keys(caught) == ["answer_missing"]
    for _ in range(2):
        asking.answer(case, "Tak,\nw maju.", actor=staff(), now=SENT)
    answered = Message.objects.get(letter="question-answered")
    assert "w maju." in answered.text
    assert "Czy zwolni się miejsce?" in answered.text
    with pytest.raises(NotPossible):
        asking.answer(case, "Jednak nie.", actor=staff(), now=SENT)
    with pytest.raises(NotPossible):
        asking.close(case, why="Spam", actor=staff(), now=SENT)
    assert "jan@" not in str(list(Event.objects.values_list("before", "after")))


def test_materials_are_put_up_once_and_told_of(database: dict[str, Any]) -> None:
    from smup.training.actions import handing_out, scheduling
    from smup.training.models import Document, Material

    ours, (unit,) = recruited()
    made = training(ours)
    scheduling.enrol(first_of(unit), made, actor=staff(), now=SENT)

    def add(content: bytes = signed(), name: str = "prezentacja.pdf", to: Any = made) -> Any:
        return handing_out.add(ours, to, "Prezentacja", content, name, actor=staff(), now=SENT)

    first = add()
    assert add().pk == first.pk
    assert letters("materials-ready") == [unit.contact_email]
    assert add(to=None).training is None
    assert letters("materials-ready") == [unit.contact_email]
    for content, name, key in (
        (b"MZ", "program.exe", "file_type"),
        (b"", "pusty.pptx", "pdf_empty"),
        (b"x" * 25_000_001, "duzy.zip", "file_large"),
        (b"to nie jest PDF", "a.pdf", "pdf_no_pdf"),
    ):
        with pytest.raises(Refused) as caught:
            add(content, name)
        assert keys(caught) == [key]
    assert (Material.objects.count(), Document.objects.filter(kind="material").count()) == (2, 2)
    handing_out.remove(first, actor=staff(), now=SENT)
    handing_out.remove(first, actor=staff(), now=SENT + timedelta(minutes=1))
    assert Material.objects.count() == 1
