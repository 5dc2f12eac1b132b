"""A database, a mail server and an outbox that may write to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailing.helpers import Mail, rooms
from tests.mailing.post_office import PostOffice


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A mail server of our own, named in the environment."""
    with PostOffice() as office:
        monkeypatch.setenv("SMUP_SMTP", f"smtp://127.0.0.1:{office.port}")
        monkeypatch.setenv("SMUP_MAIL_FROM", "SMUP <smup@example.pl>")
        yield office


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail that is not set up."""
    monkeypatch.delenv("SMUP_SMTP", raising=False)
    monkeypatch.delenv("SMUP_MAIL_FROM", raising=False)


@pytest.fixture
def mail(database: dict[str, Any]) -> Mail:
    """The rooms of mail, on both kinds of database."""
    return rooms()
