"""Deadlines of agreements, offers and confirmations (rules 4 and 11)."""

from datetime import date, datetime, timedelta

from smup.training.rules.refusal import Fields, Refusal
from smup.training.rules.settings import EditionSettings


def deadline(
    sent_on: date, first_training: date | None, settings: EditionSettings
) -> date | Refusal:
    """The last day for the signed copy to come back.

    The usual time, or less where the first training would otherwise be out of reach; a Refusal
    where not even the least time is left.
    """
    usual = sent_on + timedelta(days=settings.agreement_days)
    if first_training is None:
        return usual
    latest = first_training - timedelta(days=settings.days_before_training)
    if latest < least_until(sent_on, settings):
        fields: Fields = {
            "training": first_training,
            "latest": latest,
            "least": settings.agreement_least_days,
        }
        return Refusal(11, "agreement_too_late", "deadline", fields)
    return min(usual, latest)


def least_until(asked_on: date, settings: EditionSettings) -> date:
    """The first day that leaves a unit the least time there must be."""
    return asked_on + timedelta(days=settings.agreement_least_days)


def offer_until(offered_on: date, settings: EditionSettings) -> date:
    """The last day for taking a place that was offered."""
    return offered_on + timedelta(days=settings.offer_days)


def confirm_until(asked_on: date, settings: EditionSettings) -> date:
    """The last day for a unit of the reserve list to confirm its registration in the next stage."""
    return asked_on + timedelta(days=settings.confirmation_days)


def remind_on(until: date, settings: EditionSettings) -> date:
    """The day of the reminder of a deadline."""
    return until - timedelta(days=settings.reminder_days)


def check_withdrawal(
    deadline: datetime | None, now: datetime, at_fault: bool
) -> tuple[Refusal, ...]:
    """What keeps a person from taking the place of a unit that has not signed.

    It may be taken once the deadline is over, and only through the unit's fault; otherwise a new
    deadline is set.
    """
    early = deadline is None or now < deadline
    return (
        *((Refusal(11, "not_overdue", "status"),) if early else ()),
        *(() if at_fault else (Refusal(11, "fault_needed", "fault"),)),
    )
