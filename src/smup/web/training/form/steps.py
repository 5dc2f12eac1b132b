"""The five steps of the form and what belongs to each."""

from dataclasses import dataclass

from smup.training.rules.refusal import Refusal


@dataclass(frozen=True)
class Step:
    """``fields`` of ``rules.form.Form``; ``word`` is the key of its heading. ``asks_others``:
    more than the form itself decides about it (other registrations, the stage, a consent)."""

    number: int
    word: str
    fields: tuple[str, ...]
    asks_others: bool = True

    def owns(self, refusal: Refusal) -> bool:
        """Is it about something on this step?"""
        return refusal.field.partition(".")[0] in self.fields


STEPS = (
    Step(1, "form_step_unit", ("unit", "nip")),
    Step(2, "form_step_office", ("office_name", "office_address", "headcount"), False),
    Step(3, "form_step_contact", ("contact_name", "contact_phone", "contact_email"), False),
    Step(4, "form_step_people", ("participants",)),
    Step(5, "form_step_send", ("declares_employees", "accepts_rules", "stage")),
)
LAST = STEPS[-1]


def step_of(number: str | int) -> Step:
    """The step of this number; the first for anything else."""
    return next((one for one in STEPS if str(one.number) == str(number)), STEPS[0])


def place_of(refusal: Refusal) -> Step:
    """The step on which it can be put right."""
    return next((one for one in STEPS if one.owns(refusal)), LAST)
