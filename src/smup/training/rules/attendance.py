"""Who may come, when attendance may be confirmed and a certificate given (rules 9, 12, 13)."""

from collections.abc import Mapping
from datetime import date

from smup.training.rules.refusal import Fields, Refusal
from smup.training.rules.settings import EditionSettings


def may_confirm(
    declarations: Mapping[str, date], first_day: date, settings: EditionSettings
) -> Refusal | None:
    """None when every declaration came at the latest on the first training day.

    ``declarations``: id -> the day it was delivered, for those that were.
    """
    names = {one.id: one.name for one in settings.documents.declarations}
    missing = [name for one, name in names.items() if one not in declarations]
    if missing:
        return Refusal(12, "declarations_missing", "declarations", {"missing": missing})
    late = [name for one, name in names.items() if declarations[one] > first_day]
    if late:
        fields: Fields = {"late": late, "first_day": first_day}
        return Refusal(12, "declarations_late", "declarations", fields)
    return None


def may_replace(today: date, first_day: date | None) -> Refusal | None:
    """May another person come instead? Until the first day, and on it; None: no day is set yet."""
    if first_day is None or today <= first_day:
        return None
    return Refusal(9, "replaced_too_late", "participant", {"first_day": first_day})


def may_certify(attended: int, of: int, settings: EditionSettings) -> bool:
    """Was the person there on enough of the ``of`` days? Nobody was at a training of no days."""
    return 0 < attended <= of and attended / of >= settings.min_attendance
