"""The round that sends: one message at a time, claimed before it leaves, so that none goes twice.

A message is claimed in a transaction that ends before anything is sent. Whoever dies between
sending and noting leaves it claimed; when the lease is over it becomes ``uncertain`` and waits for
a person.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import QuerySet

from smup.accounts import audit
from smup.accounts.actor import SYSTEM
from smup.mailing import line
from smup.mailing.composing import composed
from smup.mailing.models import Message
from smup.mailing.outbox import settle
from smup.mailing.retries import pause_after
from smup.mailing.states import State
from smup.mailing.way import Setup, Way, setup, way

ROUND = 3.0  # seconds after which a round begins no further message: a worker has more to do
# Longer than the server can be silent at all the steps of one message together.
LEASE = timedelta(minutes=10)
_LONGEST_ANSWER = 500
_WITHOUT_NOTE = "Przerwano w trakcie wysyłania; nie wiadomo, czy list wyszedł."
_WITHOUT_ANSWER = "Serwer przerwał połączenie, zanim potwierdził przyjęcie listu."
_FILE_GONE = "Brakuje pliku, który miał być w załączniku."
_TOO_LARGE = 552  # the one refusal of a sender that is about the message
_HANGS_UP = 421
_NOTINGS = 3
log = logging.getLogger("smup.mailing")

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt. WAITING stands for another attempt later; ``broken``: the way
    has to be opened anew."""

    state: State
    answer: str = ""
    broken: bool = False


def round_(now: datetime) -> int:
    """Send what is due for some seconds; how many messages left or were settled otherwise."""
    chosen = setup()
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    line.note_round(now)
    done = give_up_lapsed(now)
    if chosen is None or not line.ready(now):
        return done
    if not _due(now).exists():
        return done
    return done + _send_due(chosen, clock, lambda: time.monotonic() - began < ROUND)


def give_up_lapsed(now: datetime) -> int:
    """Messages whose sender did not come back become uncertain; how many."""
    lapsed = Message.objects.filter(state=State.SENDING, lease__lt=now).values_list("pk", "claim")
    return sum(
        _note(number, claim, Outcome(State.UNCERTAIN, _WITHOUT_NOTE), now)
        for number, claim in lapsed
    )


def _send_due(chosen: Setup, clock: Clock, go_on: Callable[[], bool]) -> int:
    done = 0
    opened: Way | None = None
    try:
        while go_on():
            opened = opened or _opened(chosen, clock())
            message = _claimed(clock()) if opened else None
            if opened is None or message is None:
                break
            outcome = _attempt(opened, message, chosen)
            _note(message.pk, message.claim, outcome, clock())
            done += 1
            if outcome.broken:
                _close(opened)
                opened = None
    finally:
        if opened is not None:
            _close(opened)
    return done


def _opened(chosen: Setup, now: datetime) -> Way | None:
    """An open way, before anything is claimed; None and a note where nobody answers."""
    found = way(chosen)
    try:
        found.open()
    except (OSError, smtplib.SMTPException) as error:
        _close(found)
        line.note_trouble(_said(error), now)
        return None
    line.note_works(now)
    return found


def _close(opened: Way) -> None:
    with suppress(OSError, smtplib.SMTPException):
        opened.close()


def _due(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(state=State.WAITING, due__lte=now).order_by("due", "pk")


def _claimed(now: datetime) -> Message | None:
    """The next message that is due, ours alone from now on; None where there is none."""
    with transaction.atomic():  # SQLite lets one writer in at a time, PostgreSQL skips locked rows
        message: Message | None = _due(now).select_for_update(skip_locked=True).first()
        if message is not None:
            message.state, message.claim = State.SENDING, uuid.uuid4().hex
            message.lease, message.attempts = now + LEASE, message.attempts + 1
            message.save(update_fields=["state", "claim", "lease", "attempts"])
    return message


def _attempt(opened: Way, message: Message, chosen: Setup) -> Outcome:
    try:
        mail = composed(message, chosen)
    except FileNotFoundError:
        return Outcome(State.FAILED, _FILE_GONE)
    try:
        opened.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        (refusal,) = error.recipients.values()
        return _refused(*refusal)
    except smtplib.SMTPSenderRefused as error:
        return _refused(error.smtp_code, error.smtp_error, for_good=error.smtp_code == _TOO_LARGE)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        if opened.handed_over:
            return Outcome(State.UNCERTAIN, _WITHOUT_ANSWER, broken=True)
        return Outcome(State.WAITING, _said(error), broken=True)
    return Outcome(State.SENT)


def _refused(code: int, words: bytes | str, for_good: bool | None = None) -> Outcome:
    """5xx is for good, 4xx for now; after 421 the server hangs up."""
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    failed = code >= 500 if for_good is None else for_good
    state = State.FAILED if failed else State.WAITING
    return Outcome(state, f"{code} {told}", broken=code == _HANGS_UP)


def _said(error: Exception) -> str:
    """The words of an error, those of a server among them."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error.smtp_code, error.smtp_error).answer
    return str(error) or type(error).__name__


def _note(number: int, claim: str, outcome: Outcome, now: datetime) -> int:
    """Write down what became of a claimed message, unless somebody else did; 1 if so.

    Tried again where the database is busy: what went out and is not noted would be uncertain.
    """
    for attempt in range(_NOTINGS):
        try:
            with transaction.atomic():
                return _noted(number, claim, outcome, now)
        except OperationalError:
            if attempt + 1 == _NOTINGS:
                raise
            log.warning("mail: message %s could not be noted yet", number)
    raise AssertionError("unreachable")


def _noted(number: int, claim: str, outcome: Outcome, now: datetime) -> int:
    own = Message.objects.filter(pk=number, claim=claim)
    own = own.filter(state__in=(State.SENDING, State.UNCERTAIN))
    message: Message | None = own.select_for_update().first()
    if message is None or message.state == outcome.state:
        return 0
    state, pause = outcome.state, pause_after(message.attempts)
    if state == State.WAITING and pause is not None:
        message.state, message.claim, message.lease = state, "", None
        message.due = now + pause
    else:
        settle(message, State.FAILED if state == State.WAITING else state, now)
        audit.record(
            SYSTEM,
            f"mail.message.{message.state}",
            f"message:{number}",
            before={"state": State.SENDING},
            after={"state": message.state},
        )
    message.answer = outcome.answer[:_LONGEST_ANSWER]
    message.save()
    return 1
