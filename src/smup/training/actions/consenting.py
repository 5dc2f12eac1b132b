"""An organiser's consent that a unit sends more people than its headcount gives (rule 6)."""

from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.actions.locking import alone
from smup.training.models import Consent, Edition
from smup.training.rules.headcount import Consent as Consented
from smup.training.rules.refusal import Refusal, Refused

GIVEN = "training.consent.given"


def consent(
    edition: Edition, unit: str, persons: int, *, why: str, actor: Actor, now: datetime
) -> Consent:
    """Let ``unit`` send ``persons`` people; a later consent takes the place of an earlier one.

    Raises Refused without a reason, and for fewer than any unit may send anyway.
    """
    refusals = [
        *([] if why.strip() else [Refusal(0, "reason_missing", "why")]),
        *([] if persons > 1 else [Refusal(6, "consent_too_few", "persons")]),
    ]
    if refusals:
        raise Refused(*refusals)
    with alone(edition.pk):
        values = {"persons": persons, "reason": why.strip(), "at": now, "by": actor.label}
        given: Consent
        given, _ = Consent.objects.update_or_create(edition=edition, unit=unit, defaults=values)
        audit.record(
            actor,
            GIVEN,
            f"unit:{unit}",
            after={"persons": persons},
            why=why.strip(),
            edition=edition.pk,
        )
        return given


def consent_of(edition: Edition, unit: str) -> Consented | None:
    """The consent in force, as the rules ask for it."""
    given = Consent.objects.filter(edition=edition, unit=unit).first()
    return None if given is None else Consented(given.persons, given.reason)
