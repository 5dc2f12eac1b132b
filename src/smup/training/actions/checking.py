"""The formal check: three recorded results (rule 6)."""

from datetime import datetime
from typing import Literal

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.letters import subject
from smup.training.actions.locking import case
from smup.training.models import FormalCheck, Registration
from smup.training.rules.refusal import Refusal, Refused

What = Literal["in_time", "number", "agreement"]
NOTED = "training.check.noted"


def note(
    registration: Registration, what: What, passed: bool, note: str, *, actor: Actor, now: datetime
) -> FormalCheck:
    """Record one result; a later one takes the place of an earlier one, which the record keeps.

    Raises Refused for a failed check without a note that says why.
    """
    if not passed and not note.strip():
        raise Refused(Refusal(0, "reason_missing", "note"))
    with case(registration) as one:
        before: FormalCheck | None = one.checks.filter(what=what).first()
        if before is not None and (before.passed, before.note) == (passed, note.strip()):
            return before
        values = {"passed": passed, "note": note.strip(), "at": now, "by": actor.label}
        noted: FormalCheck
        noted, _ = FormalCheck.objects.update_or_create(
            registration=one, what=what, defaults=values
        )
        audit.record(
            actor,
            NOTED,
            subject(one),
            before={} if before is None else {what: before.passed},
            after={what: passed},
            why=note.strip(),
            edition=one.edition_id,
        )
        return noted
