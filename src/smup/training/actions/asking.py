"""Questions to an organiser: each is a case until somebody has answered it (rule 9)."""

from datetime import datetime, timedelta

from django.db import transaction

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Organisation, normalised
from smup.language import Lang
from smup.mailing.outbox import put
from smup.training.actions.advancing import advance
from smup.training.actions.letters import of_organiser
from smup.training.actions.locking import alone
from smup.training.models import Edition, Question, Registration
from smup.training.rules.refusal import Refused
from smup.training.rules.typed import LONG, check_email, check_text

_LONGEST = 120
_AGAIN = timedelta(hours=1)  # the same words within it are the same question, sent twice


def ask(
    edition: Edition,
    organiser: Organisation,
    name: str,
    email: str,
    text: str,
    *,
    lang: Lang,
    registration: Registration | None = None,
    actor: Actor,
    now: datetime,
) -> Question:
    """Take a question in and confirm it by e-mail. Raises Refused."""
    found = (
        check_text(name, "name", _LONGEST, "contact_name_missing"),
        check_email(email),
        check_text(text, "text", LONG, "question_missing", lines=True),
    )
    if wrong := [one for one in found if one is not None]:
        raise Refused(*wrong)
    asked = {"organiser": organiser, "email": normalised(email), "text": text.strip()}
    with alone(edition.pk):
        same = Question.objects.filter(edition=edition, asked_at__gt=now - _AGAIN, **asked)
        known: Question | None = same.first()
        if known is not None:
            return known
        made = Question(
            edition=edition,
            registration=registration,
            name=name.strip(),
            lang=lang,
            asked_at=now,
            **asked,
        )
        noted = {"organiser": organiser.pk, "person": audit.PRIVATE}
        advance(made, "ask", actor=actor, edition=edition.pk, noted=noted)
        _write("question-received", made, now)
        return made


def answer(question: Question, text: str, *, actor: Actor, now: datetime) -> Question:
    """Answer a question by e-mail. The same answer twice is one; raises NotPossible for a question
    that was answered otherwise or closed, Refused for an empty answer."""
    if wrong := check_text(text, "answer", LONG, "answer_missing", lines=True):
        raise Refused(wrong)
    with transaction.atomic():
        one = _held(question)
        if one.state == "answered" and one.answer == text.strip():
            return one
        changes = {"answer": text.strip(), "answered_at": now}
        edition = one.edition_id
        advance(one, "answer", actor=actor, edition=edition, changes=changes, noted={})
        _write("question-answered", one, now)
        return one


def close(question: Question, *, why: str, actor: Actor, now: datetime) -> Question:
    """Close a question that needs no answer, as one sent by mistake. Raises NotPossible, Refused
    without a reason."""
    with transaction.atomic():
        one = _held(question)
        if one.state != "closed":
            advance(one, "close", actor=actor, edition=one.edition_id, why=why)
        return one


def number_of(question: Question) -> str:
    """The number of a case as people read it."""
    return f"{question.edition.slug}/P/{question.pk}"


def _held(question: Question) -> Question:
    rows = Question.objects.select_related("edition", "organiser")
    found: Question = rows.select_for_update(of=("self",)).get(pk=question.pk)
    return found


def _write(letter: str, question: Question, now: datetime) -> None:
    lang: Lang = "en" if question.lang == "en" else "pl"
    told = {"number": number_of(question), "question": question.text}
    if question.answer:
        told["answer"] = question.answer
    put(
        letter,
        question.email,
        lang,
        {**of_organiser(question.edition.rules, question.organiser, lang), **told},
        key=f"question:{question.pk}:{letter}",
        about=f"question:{question.pk}",
        organisation=question.organiser_id,
        now=now,
    )
