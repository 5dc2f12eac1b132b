"""Letters to put, and what became of them."""

from datetime import UTC, datetime
from types import SimpleNamespace

from smup.mailing.letter import letter_of, samples

Mail = SimpleNamespace
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def put(number: int = 1, to: str = "", now: datetime = NOON, **changes: str) -> int:
    """A result in the outbox, in a transaction of its own; its number there."""
    from django.db import transaction

    from smup.mailing import outbox
    from smup.mailing.models import Message

    fields = samples(letter_of("result-reserve"), "pl") | {"number": f"2027/{number:04}"} | changes
    with transaction.atomic():
        outbox.put(
            "result-reserve",
            to or f"urzad{number}@example.pl",
            "pl",
            fields,
            key=f"result:{number}",
            about=f"registration:{number}",
            now=now,
        )
    return int(Message.objects.get(key=f"result:{number}").pk)


def states() -> dict[int, str]:
    """State of every message by number."""
    from smup.mailing.models import Message

    return dict(Message.objects.order_by("pk").values_list("pk", "state"))


def rooms() -> Mail:
    """The rooms of mail, which can be loaded only when Django was made ready."""
    from smup.accounts import audit, files
    from smup.accounts.models import Event
    from smup.mailing import composing, line, models, outbox, own_data, sending, texts, way

    return Mail(
        Attachment=models.Attachment,
        Enclosed=outbox.Enclosed,
        Event=Event,
        Message=models.Message,
        OutsideTransaction=audit.OutsideTransaction,
        StepRefused=outbox.StepRefused,
        files=files,
        line=line,
        message_id=composing.message_id,
        outbox=outbox,
        own_data=own_data,
        round_=sending.round_,
        sending=sending,
        take=outbox.take,
        texts=texts,
        way=way,
    )
