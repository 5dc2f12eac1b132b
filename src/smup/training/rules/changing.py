"""What of the settings of an edition stays as it is once units have registered by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from smup.training.rules.refusal import Fields, Refusal
from smup.training.rules.settings import EditionSettings

# They decided which forms were good and in which order places were given: later units are to be
# judged as the earlier ones were. Deadlines, texts, versions and the target may change.
FIXED = ("headcount", "all_in_person_up_to", "max_in_person_per_unit", "keeps_turn")


@dataclass(frozen=True)
class Used:
    """What an edition already rests on: registrations, areas of its stages, organisers."""

    registrations: int
    areas: frozenset[str]
    organisers: frozenset[str]


def check_change(
    before: EditionSettings, after: EditionSettings, used: Used
) -> tuple[Refusal, ...]:
    """Everything that keeps ``after`` from taking the place of ``before``."""
    return (*_fixed(before, after, used), *_gone(after, used))


def _fixed(before: EditionSettings, after: EditionSettings, used: Used) -> Iterator[Refusal]:
    for name in FIXED if used.registrations else ():
        if getattr(before, name) != getattr(after, name):
            fields: Fields = {"name": name, "registrations": used.registrations}
            yield Refusal(0, "setting_fixed", name, fields)


def _gone(after: EditionSettings, used: Used) -> Iterator[Refusal]:
    for area in sorted(used.areas - set(after.areas)):
        yield Refusal(3, "area_in_use", "areas", {"area": area})
    for name in sorted(used.organisers - after.organisers.keys()):
        yield Refusal(2, "organiser_in_use", "organisers", {"organiser": name})
