"""What the environment says of mail, and what is refused."""

import pytest

from smup.mailing.retries import PAUSES, pause_after
from smup.mailing.way import setup


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, settings_of: None) -> pytest.MonkeyPatch:
    monkeypatch.setenv("SMUP_MAIL_FROM", "SMUP <smup@example.pl>")
    return monkeypatch


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.pl",
        "http://mail.example.pl",
        "smtp://",
        "smtp://host:x",
        "smtp://host/path",
        "smtp://h?a=b",
        "File",
    ],
)
def test_an_address_that_is_not_understood_is_refused(
    told: pytest.MonkeyPatch, address: str
) -> None:
    told.setenv("SMUP_SMTP", address)
    with pytest.raises(ValueError, match="SMUP_SMTP: podaj"):
        setup()


@pytest.mark.parametrize("sender", ["", "SMUP", "a@example.pl\nBcc: b@example.pl"])
def test_a_sender_is_an_address(told: pytest.MonkeyPatch, sender: str) -> None:
    told.setenv("SMUP_SMTP", "file")
    told.setenv("SMUP_MAIL_FROM", sender)
    with pytest.raises(ValueError, match="SMUP_MAIL_FROM: podaj"):
        setup()


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.pl", "mail.example.pl", 587, False, True),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, False, False),
        ("smtps://mail.example.pl", "mail.example.pl", 465, True, False),
    ],
)
def test_mail_leaves_the_machine_only_encrypted(
    told: pytest.MonkeyPatch, address: str, host: str, port: int, ssl: bool, tls: bool
) -> None:
    from smup.mailing.way import Server, way

    told.setenv("SMUP_SMTP", address)
    chosen = setup()
    assert chosen is not None
    found = way(chosen)
    assert isinstance(found, Server)
    assert (found.host, found.port, found.use_ssl, found.use_tls) == (host, port, ssl, tls)


def test_a_password_is_read_whole_and_never_shown(told: pytest.MonkeyPatch) -> None:
    from smup.mailing.way import Server, way

    told.setenv("SMUP_SMTP", "smtps://smup%40example.pl:p%2Fa%3Ass@mail.example.pl")
    chosen = setup()
    assert chosen is not None
    found = way(chosen)
    assert isinstance(found, Server)
    assert (found.username, found.password) == ("smup@example.pl", "p/a:ss")
    assert "ss@" not in repr(chosen)
    assert chosen.domain == "example.pl"


def test_the_table_of_attempts() -> None:
    assert [pause.total_seconds() / 60 for pause in PAUSES] == [1, 5, 15, 60, 360, 1440]
    assert pause_after(6) == PAUSES[-1]
    assert pause_after(7) is None
