"""What the outbox holds of people, and how it is forgotten."""

from datetime import datetime

from django.db import transaction

from smup.accounts import audit
from smup.accounts.actor import SYSTEM, Actor
from smup.accounts.personal import Holder
from smup.mailing.models import Attachment, Message
from smup.mailing.states import RESTING, State

# As long as the record of writes: until then it can be shown that a result was told, and when.
KEPT = audit.KEPT
NOBODY = ""  # the address of a message that was forgotten


class Outbox:
    """Messages to a person; see ``smup.accounts.personal.Holding``."""

    def export(self, email: str) -> list[dict[str, object]]:
        return [
            {
                "letter": message.letter,
                "to": message.to,
                "subject": message.subject,
                "text": message.text,
                "state": message.state,
                "created": message.created.isoformat(),
                "attachments": [one.name for one in message.attachments.all()],
            }
            for message in Message.objects.filter(to__iexact=email)
            .prefetch_related("attachments")
            .order_by("pk")
        ]

    def erase(self, email: str, actor: Actor, why: str) -> int:
        """Also what still waits: nobody is written to after asking to be forgotten."""
        with transaction.atomic():
            numbers = list(Message.objects.filter(to__iexact=email).values_list("pk", flat=True))
            _forget(numbers)
            for number in numbers:
                audit.record(actor, "mail.message.forgotten", f"message:{number}", why=why)
        return len(numbers)

    def anonymise_due(self, now: datetime) -> int:
        with transaction.atomic():
            old = Message.objects.filter(created__lt=now - KEPT, state__in=RESTING)
            numbers = list(old.exclude(to=NOBODY).values_list("pk", flat=True))
            _forget(numbers)
            if numbers:
                after = {"messages": len(numbers)}
                audit.record(SYSTEM, "mail.message.forgotten", "messages", after=after)
        return len(numbers)


def _forget(numbers: list[int]) -> None:
    """The row stays as proof that something was told and when; to whom and what is gone."""
    found = Message.objects.filter(pk__in=numbers)
    found.filter(state=State.WAITING).update(state=State.CANCELLED)
    found.update(to=NOBODY, subject="", text="", answer="")
    Attachment.objects.filter(message__in=numbers).delete()


HOLDER = Holder(
    id="mail",
    what={
        "pl": "adres e-mail, temat i treść listów wysłanych przez portal",
        "en": "e-mail address, subject and text of letters the portal sent",
    },
    purpose={
        "pl": "wysłanie listu i dowód, że informacja dotarła w terminie",
        "en": "sending the letter, and proof that it was told in time",
    },
    retention={"pl": "2 lata od wysłania", "en": "2 years from sending"},
    kept={
        "pl": "sam fakt i czas wysłania listu, bez adresu i treści",
        "en": "the fact and time of sending alone, without address and text",
    },
    holding=Outbox(),
)
