"""The record of writes: made in the transaction of the write, never changed afterwards."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import connection
from django.utils import timezone

from smup.accounts.actor import Actor
from smup.accounts.models import Event

# Two years: the time for which a programme of one edition may be examined. The triggers in
# migration 0002 refuse to delete younger rows.
KEPT = timedelta(days=731)
PRIVATE = "(dane osobowe)"  # stands for personal data of those who take part
_NOTHING: Mapping[str, object] = MappingProxyType({})


class OutsideTransaction(RuntimeError):
    """Something was to be recorded apart from the write it is about."""


def record(
    actor: Actor,
    what: str,
    about: str,
    *,
    before: Mapping[str, object] = _NOTHING,
    after: Mapping[str, object] = _NOTHING,
    why: str = "",
    edition: int | None = None,
) -> Event:
    """Note one write.

    ``what`` is a verb with its room (``training.registration.qualified``), ``about`` what was
    written (``registration:12``). Personal data of participants and contacts never stand in
    ``before`` and ``after``: put ``PRIVATE``. Raises OutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(what)
    event: Event = Event.objects.create(
        at=timezone.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor=actor.label,
        what=what,
        about=about,
        before=dict(before),
        after=dict(after),
        why=why,
        edition=edition,
    )
    return event


def forget_old(now: datetime) -> int:
    """Remove what was kept long enough; how many rows."""
    removed, _ = Event.objects.filter(at__lt=now - KEPT).delete()
    return int(removed)
