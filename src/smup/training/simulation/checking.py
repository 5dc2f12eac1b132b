"""What is wrong with an edition, found from its rows alone.

Written from the rules of participation and sharing no rule with the actions, so that a mistake made
there does not hide itself here.
"""

from collections.abc import Callable, Iterator

from smup.training.models import Edition
from smup.training.simulation import recruited, reported, timeline, trained
from smup.training.simulation.violation import Violation

_CHECKS: tuple[Callable[[Edition], Iterator[Violation]], ...] = (
    timeline.violations,
    recruited.stages,
    recruited.arrivals,
    recruited.units,
    recruited.people,
    recruited.letters,
    recruited.deadlines,
    trained.agreements,
    trained.trainings,
    trained.attendance,
    trained.certificates,
    reported.violations,
)


def violations(edition: Edition) -> list[Violation]:
    """Everything that breaks a rule, by check and row; empty when nothing does."""
    found = [one for check in _CHECKS for one in check(edition)]
    return sorted(set(found), key=lambda one: (one.check, one.about, one.told))
