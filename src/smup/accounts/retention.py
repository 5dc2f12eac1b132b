"""The daily round that forgets what was kept long enough."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from smup.accounts import audit, links, personal


def round_(now: datetime) -> int:
    """Forget sessions, links, rows of the record and personal data past their time; how many."""
    done = 0
    for forget in (_sessions, links.forget_old, audit.forget_old, personal.anonymise_due):
        with transaction.atomic():
            done += forget(now)
    return done


def _sessions(now: datetime) -> int:
    removed, _ = Session.objects.filter(expire_date__lt=now).delete()
    return int(removed)
