"""What a unit leaves behind when it gives up its place: its agreement and its seats in trainings.

No letters: the one about the registration says it all.
"""

from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.training.models import Enrolment, Registration
from smup.training.moments import last_day
from smup.training.rules.workflow import workflow

_AGREEMENT, _ENROLMENT = workflow("agreement"), workflow("enrolment")


def leave(
    registration: Registration, *, actor: Actor, why: str = "", agreement: str = "cancel"
) -> None:
    """Take the unit's people off all trainings and end its open agreement by an action of the
    table of agreements, in the transaction of the caller."""
    edition = registration.edition_id
    for paper in registration.agreements.all():
        ways = {one.action: one for one in _AGREEMENT.actions(paper.status)}
        if agreement in ways:
            before, paper.status = paper.status, ways[agreement].to
            paper.save(update_fields=("status",))
            audit.record(
                actor,
                ways[agreement].verb,
                f"agreement:{paper.pk}",
                before={"status": before},
                after={"status": paper.status},
                why=why,
                edition=edition,
            )
    resign = _ENROLMENT.may("enrolled", "resign")
    seats = Enrolment.objects.filter(participant__registration=registration, state="enrolled")
    for seat in seats:
        seat.state = resign.to
        seat.save(update_fields=("state",))
        about = f"enrolment:{seat.pk}"
        audit.record(actor, resign.verb, about, after={"state": resign.to}, edition=edition)


def extend(registration: Registration, deadline: datetime, *, actor: Actor, why: str) -> None:
    """Give the open agreement a new last day."""
    paper = registration.agreements.filter(status__in=("sent", "overdue")).order_by("-pk").first()
    if paper is None:
        return
    way = _AGREEMENT.may(paper.status, "extend")
    before = {"status": paper.status, "deadline": paper.deadline}
    paper.status, paper.deadline = way.to, last_day(deadline)
    paper.save(update_fields=("status", "deadline"))
    audit.record(
        actor,
        way.verb,
        f"agreement:{paper.pk}",
        before=before,
        after={"status": paper.status, "deadline": paper.deadline},
        why=why,
        edition=registration.edition_id,
    )
