"""How many people a unit sends (rule 6)."""

from dataclasses import dataclass

from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings


@dataclass(frozen=True)
class Consent:
    """The organiser's recorded consent to more people than the rule says: how many at most, why."""

    persons: int
    reason: str


def required(headcount: int, settings: EditionSettings) -> int:
    """People a unit must send whose office employs ``headcount`` persons (not full-time posts)."""
    for step in settings.headcount:
        if step.up_to is None or headcount <= step.up_to:
            return step.people
    raise AssertionError("the last step of the settings has no bound")


def check_number(
    people: int, headcount: int, settings: EditionSettings, consent: Consent | None
) -> Refusal | None:
    """Exactly the number required, or more of them within what was consented to."""
    needed = required(headcount, settings)
    most = consent.persons if consent and consent.reason.strip() else needed
    if people == needed or needed < people <= most:
        return None
    key = "too_few_people" if people < needed else "too_many_people"
    fields = {"headcount": headcount, "required": needed, "given": people}
    return Refusal(6, key, "participants", fields)
