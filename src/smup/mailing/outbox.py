"""The only door into the outbox: putting a letter there, and what a person may do with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import StoredFile
from smup.language import Lang
from smup.mailing.letter import LetterRefused, is_one_line, letter_of
from smup.mailing.models import Attachment, Message
from smup.mailing.states import RESTING, STEPS, State, Step
from smup.mailing.texts import text_of
from smup.mailing.writing import masked, write

_DONE: Mapping[Step, str] = {
    "again": "mail.message.again",
    "cancel": "mail.message.cancelled",
    "delivered": "mail.message.delivered",
}
NO_REASON: Mapping[Lang, str] = {"pl": "Podaj powód.", "en": "Give a reason."}
NOT_NOW: Mapping[Lang, str] = {
    "pl": "Z tą wiadomością nie można teraz tego zrobić: jej stan się zmienił.",
    "en": "This cannot be done with the message now: its state has changed.",
}
KEY_FORGOTTEN: Mapping[Lang, str] = {
    "pl": "Ta wiadomość zawierała odnośnik, którego po wysłaniu nie przechowujemy. "
    "Wyślij nowy odnośnik ze strony, której dotyczy.",
    "en": "This message held a link that is not kept after sending. "
    "Send a new link from the page it is about.",
}


class StepRefused(ValueError):
    """A step that cannot be taken."""

    def __init__(self, sentences: Mapping[Lang, str]) -> None:
        super().__init__(sentences["pl"])
        self._sentences = sentences

    def sentence(self, lang: Lang) -> str:
        return self._sentences[lang]


@dataclass(frozen=True)
class Enclosed:
    """A kept file under the name the reader sees, with its ending (``umowa.pdf``)."""

    name: str
    file: StoredFile


def put(
    letter: str,
    to: str,
    lang: Lang,
    fields: Mapping[str, str],
    *,
    key: str,
    about: str,
    organisation: str = "",
    attachments: Sequence[Enclosed] = (),
    now: datetime | None = None,
) -> None:
    """Write a letter and have it wait, in the transaction of the caller.

    ``key`` says what it is for: where a message has it already, that one stays, whatever it says.
    ``about`` is what it concerns (``registration:12``); people of ``organisation`` (its id) may
    read it besides those who read everything. Raises LetterRefused for fields, names and addresses
    that cannot be taken, OutsideTransaction outside one.
    """
    if not connection.in_atomic_block:
        raise audit.OutsideTransaction(f"list {letter}")
    _check_address(to)
    described = letter_of(letter)
    text = text_of(described, lang)
    written = write(described, lang, fields, text.subject, text.body)
    at = now or timezone.now()
    fresh = Message(
        key=key,
        letter=letter,
        lang=lang,
        to=to,
        subject=written.subject,
        text=written.text,
        open_key=written.open_key,
        about=about,
        organisation=organisation,
        created=at,
        due=at,
    )
    # One statement, and none that fails: forms wait for one another while letters are put here.
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    if attachments:
        _enclose(Message.objects.get(key=key), attachments)


def _enclose(message: Message, attachments: Sequence[Enclosed]) -> None:
    if not message.attachments.exists():
        Attachment.objects.bulk_create(
            Attachment(message=message, name=_file_name(one.name), file=one.file)
            for one in attachments
        )


def take(step: Step, number: int, actor: Actor, why: str) -> Message:
    """What a person decided about a message; taken twice it counts once.

    Raises StepRefused without a reason, from a state that does not allow it, and for sending again
    what held a link no longer kept; Message.DoesNotExist.
    """
    allowed, becomes = STEPS[step]
    if not why.strip():
        raise StepRefused(NO_REASON)
    with transaction.atomic():
        message: Message = Message.objects.select_for_update().get(pk=number)
        if message.state == becomes:
            return message
        if message.state not in allowed:
            raise StepRefused(NOT_NOW)
        if becomes == State.WAITING and not sendable_again(message):
            raise StepRefused(KEY_FORGOTTEN)
        before = message.state
        settle(message, becomes, timezone.now())
        message.save()
        audit.record(
            actor,
            _DONE[step],
            f"message:{number}",
            before={"state": before},
            after={"state": becomes},
            why=why.strip(),
        )
    return message


def sendable_again(message: Message) -> bool:
    """Is the text whole? A link in it is forgotten when the message is over."""
    return bool(message.text) and not (message.open_key and masked(message.text) == message.text)


def settle(message: Message, state: State, at: datetime) -> None:
    """Bring a message to ``state``, without saving it. What is over opens nothing."""
    message.state, message.lease = state, None
    if state != State.UNCERTAIN:  # its sender may come back and tell
        message.claim = ""
    message.ended = at if state in RESTING else None
    if state == State.WAITING:
        message.attempts, message.due, message.answer = 0, at, ""
    if state in (State.SENT, State.CANCELLED):
        message.text = masked(message.text)


def counts(about: str = "") -> dict[State, int]:
    """How many messages are in each state; those of one subject where ``about`` is given."""
    asked = Message.objects.filter(about=about) if about else Message.objects.all()
    found = dict(asked.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in State}


def _check_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise LetterRefused("Niepoprawny adres e-mail.") from error
    if not is_one_line(to) or len(to) > 254:
        raise LetterRefused("Niepoprawny adres e-mail.")


def _file_name(name: str) -> str:
    """Refuses a name that is a path or more than a line. Raises LetterRefused."""
    if not name or len(name) > 120 or not is_one_line(name) or set(name) & set('/\\"'):
        raise LetterRefused("Niepoprawna nazwa załącznika.")
    return name
