"""Whether an answer of a unit is in time."""

from datetime import datetime

from smup.training.models import Registration
from smup.training.moments import last_day
from smup.training.rules.refusal import Refusal, Refused


def check_in_time(registration: Registration, now: datetime) -> None:
    """Raises Refused when the deadline of the step has passed, whether or not that was noted."""
    deadline = registration.deadline
    if registration.status in ("offered", "to_confirm") and deadline and now >= deadline:
        fields = {"day": last_day(deadline)}
        raise Refused(Refusal(4, "too_late_to_answer", "status", fields))
