"""A message of the outbox as the mail that leaves."""

import hashlib

from django.core.mail import EmailMessage

from smup.accounts.files import open_kept
from smup.mailing.models import Message
from smup.mailing.way import Setup


def composed(message: Message, chosen: Setup) -> EmailMessage:
    """The mail of ``message``; sent again it is the same one for whoever receives it.

    Raises FileNotFoundError when a file that goes with it is no longer kept.
    """
    mail = EmailMessage(
        message.subject,
        message.text,
        chosen.sender,
        [message.to],
        headers={
            "Message-ID": message_id(message.key, chosen.domain),
            "Content-Language": message.lang,
            "Auto-Submitted": "auto-generated",  # absence notices are not to answer it
        },
    )
    for one in message.attachments.select_related("file").order_by("pk"):
        mail.attach(one.name, open_kept(one.file.sha256), one.file.media)
    return mail


def message_id(key: str, domain: str) -> str:
    """The same for the same letter, and telling nothing of what it is for."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
