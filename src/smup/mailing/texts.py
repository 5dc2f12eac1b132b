"""Which text a letter has now: that of its file, or the one put in its place."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.language import Lang
from smup.mailing.letter import Letter, check, letter_of
from smup.mailing.models import LetterText
from smup.mailing.writing import paragraphs

CHANGED, RESTORED = "mail.letter.changed", "mail.letter.restored"


@dataclass(frozen=True)
class Text:
    """``own`` is False where it is the text of the letter's file."""

    subject: str
    body: str
    own: bool
    changed: datetime | None = None


def text_of(letter: Letter, lang: Lang) -> Text:
    """The text that letters are written with now."""
    row = LetterText.objects.filter(letter=letter.name, lang=lang).first()
    return shipped(letter, lang) if row is None else Text(row.subject, row.body, True, row.changed)


def shipped(letter: Letter, lang: Lang) -> Text:
    """The text of the letter's file."""
    return Text(letter.subject[lang], paragraphs(letter.body[lang]), own=False)


def change(name: str, lang: Lang, subject: str, body: str, actor: Actor, why: str) -> None:
    """Put a text in place of the present one; the record keeps both. Raises LetterRefused."""
    letter = letter_of(name)
    subject, body = subject.strip(), "\n".join(body.strip().splitlines())
    check(letter, subject, body)
    with transaction.atomic():
        before = text_of(letter, lang)
        if (before.subject, before.body) == (subject, body):
            return
        LetterText.objects.update_or_create(
            letter=name,
            lang=lang,
            defaults={"subject": subject, "body": body, "changed": timezone.now()},
        )
        _record(actor, CHANGED, name, lang, before, Text(subject, body, True), why)


def restore(name: str, lang: Lang, actor: Actor, why: str) -> None:
    """Go back to the text of the letter's file. Raises LetterRefused."""
    letter = letter_of(name)
    with transaction.atomic():
        before = text_of(letter, lang)
        if before.own:
            LetterText.objects.filter(letter=name, lang=lang).delete()
            _record(actor, RESTORED, name, lang, before, shipped(letter, lang), why)


def _record(
    actor: Actor, what: str, name: str, lang: Lang, before: Text, after: Text, why: str
) -> None:
    audit.record(
        actor,
        what,
        f"letter:{name}-{lang}",
        before={"subject": before.subject, "body": before.body},
        after={"subject": after.subject, "body": after.body},
        why=why,
    )
