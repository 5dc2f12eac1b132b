"""What happened to a case, from the record of writes, in words."""

from typing import Any

from smup.accounts.actor import SYSTEM
from smup.accounts.models import Event
from smup.language import Lang
from smup.training.models import Registration
from smup.web.accounts.telling import told
from smup.web.people.words import words


def events_of(case: Registration) -> list[Event]:
    """Everything recorded of the case, its agreements and its people, newest first."""
    about = [f"registration:{case.pk}"]
    about += [f"agreement:{key}" for key in case.agreements.values_list("pk", flat=True)]
    about += [f"participant:{key}" for key in case.participants.values_list("pk", flat=True)]
    return list(Event.objects.filter(about__in=about).order_by("-pk"))


def told_event(event: Event, lang: Lang) -> dict[str, Any]:
    """An event as a line: when, who, what and why."""
    row = told(event, lang)
    who = words(lang)["desk_system"] if event.actor == SYSTEM.label else row.actor
    return {"at": row.at, "who": who, "what": row.what, "why": row.why}
