"""A real mail server in a thread, which can refuse, be slow, or hang up at any stage."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HangUp = Literal["greeting", "recipient", "data", "text"]


class _Server(SMTP):
    """Hangs up where the office says so."""

    office: "PostOffice"

    def hang_up(self) -> None:
        assert self.transport is not None
        self.transport.abort()

    async def smtp_EHLO(self, hostname: str) -> None:
        if self.office.hangs_up("greeting"):
            return self.hang_up()
        return await super().smtp_EHLO(hostname)

    async def smtp_RCPT(self, arg: str) -> None:
        if self.office.hangs_up("recipient"):
            return self.hang_up()
        return await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.office.hangs_up("data"):
            return self.hang_up()
        return await super().smtp_DATA(arg)


class PostOffice:
    """``mailbox`` holds what was taken, in order. ``refusals`` are answers by recipient or
    ``@MAIL``/``@DATA``; ``hang_up_at`` maps a stage to how often it is to happen; ``slow`` seconds
    pass before a message is acknowledged; ``on_stage`` is told before each answer."""

    def __init__(self) -> None:
        self.mailbox: list[bytes] = []
        self.refusals: dict[str, str] = {}
        self.hang_up_at: dict[HangUp, int] = {}
        self.slow = 0.0
        self.on_stage: Callable[[str], None] = lambda stage: None
        self.sessions = 0
        self._controller = _Office(self)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        server = self._controller.server
        assert isinstance(server, asyncio.Server)
        return int(server.sockets[0].getsockname()[1])

    @property
    def letters(self) -> list[EmailMessage]:
        """What was taken, as mail programs read it."""
        read = [message_from_bytes(one, policy=policy.default) for one in self.mailbox]
        return [one for one in read if isinstance(one, EmailMessage)]

    def hangs_up(self, stage: HangUp) -> bool:
        left = self.hang_up_at.get(stage, 0)
        self.hang_up_at[stage] = max(0, left - 1)
        return left > 0

    async def handle_EHLO(
        self, server: _Server, session: Session, envelope: Envelope, host: str, answers: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = host
        return answers

    async def handle_MAIL(
        self, server: _Server, session: Session, envelope: Envelope, sender: str, options: Any
    ) -> str:
        self.on_stage("sender")
        envelope.mail_from = sender
        return self.refusals.get("@MAIL", "250 OK")

    async def handle_RCPT(
        self, server: _Server, session: Session, envelope: Envelope, to: str, options: Any
    ) -> str:
        self.on_stage("recipient")
        envelope.rcpt_tos.append(to)
        return self.refusals.get(to, "250 OK")

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:
        if "@DATA" in self.refusals:
            return self.refusals["@DATA"]
        assert isinstance(envelope.content, bytes)
        self.on_stage("text")
        self.mailbox.append(envelope.content)
        self.on_stage("taken")
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.hangs_up("text"):
            server.hang_up()
        return "250 taken"


class _Office(Controller):
    def __init__(self, office: PostOffice) -> None:
        self.office = office
        super().__init__(office, hostname="127.0.0.1", port=0)

    def factory(self) -> _Server:
        server = _Server(self.office, hostname="office.example.pl", enable_SMTPUTF8=True)
        server.office = self.office
        return server

    def _trigger_server(self) -> None:
        """The controller greets its own port, which the system has chosen by now."""
        self.port = self.office.port
        super()._trigger_server()
