"""A new link to a registration, for whoever reads the mail of its contact person."""

from datetime import datetime, timedelta

from django.db import transaction

from smup.accounts import audit
from smup.accounts.actor import VISITOR
from smup.language.dates import moment_in_words
from smup.mailing.models import Message
from smup.training.actions.finding import of_contact
from smup.training.actions.letters import LINK_HOURS, lang_of, subject, write
from smup.training.models import Registration

SENT = "training.contact.link_sent"


def send_links(email: str, *, now: datetime) -> int:
    """Write to the contact person of every registration with this e-mail; how many letters.

    Asked again within the hour it writes none. The caller tells nobody which it was.
    """
    return sum(_send(one, now) for one in of_contact(email))


def _send(registration: Registration, now: datetime) -> bool:
    key = f"contact-link:{registration.pk}:{now:%Y-%m-%dT%H}"
    with transaction.atomic():
        if Message.objects.filter(key=key).exists():
            return False
        audit.record(VISITOR, SENT, subject(registration), edition=registration.edition_id)
        ends = now + timedelta(hours=LINK_HOURS)
        told = {"deadline": moment_in_words(ends, lang_of(registration))}
        write("contact-link", registration, key=key, now=now, told=told)
    return True
