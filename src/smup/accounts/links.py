"""Links that stand for a right: given to one holder, valid for some hours, kept only as digests."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from smup.accounts.models import OneTimeLink
from smup.language import Lang

_BYTES = 32  # of chance in a token
_LONGEST = 200  # characters of what may be a token at all
_REFUSED: dict[Lang, str] = {
    "pl": "Ten odnośnik nie jest ważny: minął jego czas albo był już użyty. Poproś o nowy.",
    "en": "This link is not valid: its time has passed or it was used already. Ask for a new one.",
}


class LinkRefused(ValueError):
    """The link cannot be used; which of the reasons it is would help only a stranger."""

    def __init__(self) -> None:
        super().__init__(_REFUSED["pl"])

    def sentence(self, lang: Lang) -> str:
        return _REFUSED[lang]


def issue(purpose: str, about: str, hours: int, *, once: bool, now: datetime | None = None) -> str:
    """A new token for ``?klucz=``; nobody can read it again from the database."""
    token = secrets.token_urlsafe(_BYTES)
    at = now or timezone.now()
    OneTimeLink.objects.create(
        digest=_digest(token),
        purpose=purpose,
        about=about,
        once=once,
        made=at,
        ends=at + timedelta(hours=hours),
    )
    return token


def peek(token: str, purpose: str, now: datetime | None = None) -> str:
    """What a link is about, without using it: mail programs open links before people do.

    Raises LinkRefused.
    """
    found = _valid(token, purpose, now or timezone.now()).values_list("about", flat=True).first()
    if found is None:
        raise LinkRefused
    return str(found)


def redeem(token: str, purpose: str, now: datetime | None = None) -> str:
    """What a link is about; one that works once is used up. Raises LinkRefused.

    Of two that come at the same time with one link, one is refused.
    """
    at = now or timezone.now()
    valid = _valid(token, purpose, at)
    link = valid.first()
    if link is None or (link.once and not valid.update(used=at)):
        raise LinkRefused
    return str(link.about)


def withdraw(purpose: str, about: str) -> None:
    """Links given out before for the same end stop working."""
    OneTimeLink.objects.filter(purpose=purpose, about=about).delete()


def forget_old(now: datetime) -> int:
    """Remove what can no longer be used; how many."""
    over = OneTimeLink.objects.filter(Q(ends__lt=now) | Q(used__isnull=False))
    removed, _ = over.delete()
    return int(removed)


def _valid(token: str, purpose: str, now: datetime) -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(
        digest=_digest(token), purpose=purpose, ends__gt=now, used__isnull=True
    )


def _digest(token: str) -> str:
    """Tokens are chance alone, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token[:_LONGEST].encode()).hexdigest()
