"""How mail leaves: the server or folder named in the environment, and one open way to it.

``SMUP_SMTP`` is ``smtp://user:password@host:port``, ``smtps://…`` or ``file``; nothing is sent
where it is not set. ``SMUP_MAIL_FROM`` is the address letters come from.
"""

import os
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from smup.mailing.letter import is_one_line
from smup.store.files import write_whole

if TYPE_CHECKING:
    from typing_extensions import Buffer

TIMEOUT = 20.0  # seconds the server may be silent
_FILE = "file"
_PORTS = {"smtp": 587, "smtps": 465}
_LOCAL = ("localhost", "127.0.0.1", "::1")
_UNCLEAR = (
    "SMUP_SMTP: podaj smtp://użytkownik:hasło@host:port, smtps://użytkownik:hasło@host:port "
    "albo file."
)
_NO_FROM = "SMUP_MAIL_FROM: podaj adres nadawcy, np. SMUP <smup@example.pl>."


@dataclass(frozen=True)
class Setup:
    """What the environment says; ``server`` is None where mail goes into a folder."""

    sender: str
    server: SplitResult | None = field(repr=False)  # it may hold a password

    @property
    def domain(self) -> str:
        return parseaddr(self.sender)[1].rpartition("@")[2]


def setup() -> Setup | None:
    """How this copy sends mail; None where it does not.

    Raises ValueError for an address that is not understood, or where nobody is named as sender.
    """
    told = os.environ.get("SMUP_SMTP", "").strip()
    if not told:
        return None
    server = None if told == _FILE else _server(told)
    sender = os.environ.get("SMUP_MAIL_FROM", "").strip()
    try:
        validate_email(parseaddr(sender)[1])
    except ValidationError as error:
        raise ValueError(_NO_FROM) from error
    if not is_one_line(sender):
        raise ValueError(_NO_FROM)
    return Setup(sender, server)


def _server(told: str) -> SplitResult:
    try:
        parts = urlsplit(told)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise ValueError(_UNCLEAR) from error
    if not known or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(_UNCLEAR)
    return parts


class Way(Protocol):
    """Open until closed. ``handed_over`` says whether the last message may have been taken by the
    other side although it did not say so."""

    @property
    def handed_over(self) -> bool: ...

    def open(self) -> object: ...

    def close(self) -> None: ...

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int: ...


def way(chosen: Setup) -> Way:
    """A way that is not open yet; opening raises OSError where nobody answers."""
    if chosen.server is None:
        return Folder(settings.SMUP_OUTBOX)
    server = chosen.server
    host = str(server.hostname)
    return Server(
        host=host,
        port=server.port or _PORTS[server.scheme],
        username=unquote(server.username or ""),
        password=unquote(server.password or ""),
        use_ssl=server.scheme == "smtps",
        # names and texts of people go over the network: in the clear only within this machine
        use_tls=server.scheme == "smtp" and host not in _LOCAL,
        timeout=TIMEOUT,
    )


class _Plain(smtplib.SMTP):
    """Notes when a message begins to leave: commands are ``str``, its text ``bytes``."""

    handed_over = False

    def send(self, s: "Buffer | str") -> None:
        if not isinstance(s, str):
            self.handed_over = True
        super().send(s)


class _Tls(_Plain, smtplib.SMTP_SSL):
    pass


class Server(EmailBackend):
    """Django's way over SMTP, which knows how far it came."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Tls if self.use_ssl else _Plain

    @property
    def handed_over(self) -> bool:
        return bool(self.connection and self.connection.handed_over)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if self.connection:
            self.connection.handed_over = False
        return int(super().send_messages(email_messages))


class Folder(BaseEmailBackend):
    """Messages as files that mail programs open, for demonstrations."""

    handed_over = False

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            file = self.folder / f"{name}.eml"
            write_whole(file, message.message().as_bytes())
            file.chmod(0o600)
        return len(email_messages)
