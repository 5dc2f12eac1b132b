"""Forms that are being filled in: kept under a secret only their writer knows.

A draft is a writer's own scratch paper: it takes no place and decides nothing, so that the record
of writes holds only that a link to it was sent.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from smup.accounts import audit
from smup.accounts.actor import VISITOR
from smup.accounts.models import Organisation
from smup.language import Lang
from smup.language.dates import day_in_words
from smup.mailing.outbox import put
from smup.training import addresses
from smup.training.actions.letters import of_organiser
from smup.training.models import Draft, Edition
from smup.training.moments import today
from smup.training.rules.refusal import Refusal, Refused

LONGEST = 60_000  # characters of all that was typed; a whole form has some thousand
_BYTES = 24  # of chance in a secret
_LONGEST_SECRET = 200


class DraftGone(LookupError):
    """There is no such draft, or no longer: it was too old, or was sent."""


def digest(secret: str) -> str:
    """How a secret is kept; it also makes sending a form safe to repeat."""
    return hashlib.sha256(secret[:_LONGEST_SECRET].encode()).hexdigest()


def begin(edition: Edition, lang: Lang, now: datetime) -> str:
    """An empty draft; its secret, which nobody can read again from the database."""
    secret = secrets.token_urlsafe(_BYTES)
    Draft.objects.create(
        key=digest(secret),
        edition=edition,
        lang=lang,
        changed_at=now,
        expires_at=now + timedelta(days=edition.rules.draft_days),
    )
    return secret


def save(secret: str, data: Mapping[str, object], step: int, now: datetime) -> None:
    """Keep what was typed, as typed. Raises DraftGone, and Refused for a book."""
    given = len(json.dumps(data, ensure_ascii=False))
    if given > LONGEST:
        raise Refused(Refusal(0, "too_long", "stage", {"most": LONGEST, "given": given}))
    draft = find(secret, now)
    draft.data, draft.step, draft.changed_at = dict(data), step, now
    draft.expires_at = now + timedelta(days=draft.edition.rules.draft_days)
    draft.save(update_fields=("data", "step", "changed_at", "expires_at"))


def find(secret: str, now: datetime) -> Draft:
    """The draft of a secret. Raises DraftGone."""
    kept = Draft.objects.select_related("edition").filter(key=digest(secret), expires_at__gt=now)
    draft: Draft | None = kept.first()
    if draft is None:
        raise DraftGone
    return draft


def send_link(secret: str, email: str, now: datetime) -> None:
    """Send the writer a link to go on later; asked twice within a day, sent once to an address.

    Raises DraftGone, and mailing's LetterRefused for what is no address.
    """
    with transaction.atomic():
        draft = find(secret, now)
        lang: Lang = "en" if draft.lang == "en" else "pl"
        organiser = Organisation.objects.get(pk=next(iter(draft.edition.rules.organisers)))
        fields = of_organiser(draft.edition.rules, organiser, lang) | {
            "link": addresses.page("zgloszenie", lang, szkic=secret),
            "deadline": day_in_words(today(draft.expires_at), lang),
        }
        about = f"draft:{draft.pk}"
        key = f"draft-link:{draft.pk}:{digest(email.strip().lower())[:16]}:{today(now)}"
        audit.record(VISITOR, "training.draft.link_sent", about, edition=draft.edition.pk)
        put("draft-link", email, lang, fields, key=key, about=about, now=now)


def forget_old(now: datetime) -> int:
    """Remove drafts whose time is over; how many."""
    removed, _ = Draft.objects.filter(expires_at__lte=now).delete()
    return int(removed)
