"""What waits for an organiser: each task is a condition, used by its count and by its list."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet

from smup.training.actions.checking import What
from smup.training.models import Registration

CHECKS: tuple[What, ...] = (
    "in_time",
    "number",
)  # before an agreement is signed
_WITH_PLACE = ("qualified", "agreement_sent", "agreement_returned", "in_training")
_AWAITED = ("offered", "to_confirm", "agreement_sent")  # the unit has to answer by a deadline

Cases: TypeAlias = QuerySet[Registration]


def _to_check(cases: Cases, _now: datetime) -> Cases:
    made = Count("checks", filter=Q(checks__what__in=CHECKS))
    return cases.filter(status__in=_WITH_PLACE).alias(made=made).filter(made__lt=len(CHECKS))


TASKS: Mapping[str, Callable[[Cases, datetime], Cases]] = {
    "sprawdzenie": _to_check,
    "umowy": lambda cases, _: cases.filter(status="qualified"),
    "zwrocone": lambda cases, _: cases.filter(status="agreement_returned"),
    "po-terminie": lambda cases, now: cases.filter(status__in=_AWAITED, deadline__lt=now),
}


def waiting_for(task: str, cases: Cases, now: datetime) -> Cases:
    """The cases of a task. Raises KeyError for one that does not exist."""
    return TASKS[task](cases, now)
