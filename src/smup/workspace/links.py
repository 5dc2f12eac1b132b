"""Keeping and finding short links."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from smup.workspace.models import Event, Link

LONGEST = 16_384  # characters of an address
_ALPHABET = (
    "0123456789abcdefghjkmnpqrstvwxyz"  # no letters that look like digits or like each other
)
_SHORTEST, _FULL = 10, 26  # characters of a key; 5 bits each
KEPT = "link-kept"


class TooLong(ValueError):
    """The address is longer than any question of the portal."""


def keep(address: str, fixed: bool, now: datetime | None = None) -> str:
    """The key under which ``address`` is kept, the same for the same content.

    A key is as short as it can be without meaning two addresses. Raises TooLong.
    """
    if len(address) > LONGEST:
        raise TooLong(f"Adres ma {len(address)} znaków, najwięcej {LONGEST}.")
    when = now or timezone.now()
    whole = _digest(address, fixed)
    with transaction.atomic():
        for length in range(_SHORTEST, _FULL + 1):
            link, made = Link.objects.get_or_create(
                key=whole[:length],
                defaults={"address": address, "fixed": fixed, "day": timezone.localdate(when)},
            )
            if made:
                Event.objects.create(at=when, what=KEPT, subject=link.key)
            if (link.address, link.fixed) == (address, fixed):
                return str(link.key)
    raise AssertionError("two addresses share a digest of 130 bits")


def find(key: str) -> Link | None:
    """The link of a key; None where there is none."""
    if not _SHORTEST <= len(key) <= _FULL or not set(key) <= set(_ALPHABET):
        return None
    found: Link | None = Link.objects.filter(key=key).first()
    return found


def _digest(address: str, fixed: bool) -> str:
    """130 bits over the content in letters and digits that can be read aloud."""
    content = f"{'fixed' if fixed else 'moving'}\n{address}"
    number = int.from_bytes(hashlib.sha256(content.encode()).digest(), "big")
    letters = []
    for _ in range(_FULL):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)
