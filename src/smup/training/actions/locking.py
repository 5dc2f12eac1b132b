"""One at a time: whoever takes or frees a place, or gives an arrival number.

The row of the edition is the lock. It is taken once in a transaction, before anything that depends
on what others do is read: what was checked earlier is checked again under it. PostgreSQL queues the
waiting by arrival; SQLite lets one connection write at a time from the beginning of its transaction
(``transaction_mode`` IMMEDIATE), and ours has them queue (``web.config.queued_sqlite``).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from smup.training.models import Edition, Registration


@contextmanager
def alone(edition_id: int) -> Iterator[Edition]:
    """A transaction that holds the edition; its row as it stands now.

    Raises Edition.DoesNotExist.
    """
    with transaction.atomic():
        yield Edition.objects.select_for_update().get(pk=edition_id)


@contextmanager
def case(registration: Registration) -> Iterator[Registration]:
    """The same for one registration: its row as it stands now, whatever the caller last saw."""
    with alone(registration.edition_id) as edition:
        found = Registration.objects.select_related("stage", "organiser").get(pk=registration.pk)
        found.edition = found.stage.edition = edition
        yield found
