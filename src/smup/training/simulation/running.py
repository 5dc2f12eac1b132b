"""A whole edition from its settings to its end, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from smup.accounts.actor import person
from smup.accounts.models import Person
from smup.training.actions import setting_up
from smup.training.models import Agreement, Certificate, Edition, Participant, Registration
from smup.training.moments import today
from smup.training.rules.settings import edition_text, parse
from smup.training.rules.settings_text import with_values
from smup.training.simulation import checking, recruiting, signing, teaching
from smup.training.simulation.drawing import applicants, pilot
from smup.training.simulation.play import FIRST_DAY, STAGES, Act, Play
from smup.training.simulation.timeline import HOLDING, WAITING
from smup.training.simulation.violation import Violation

UNITS = 624  # took part in 2022-2023, in about 1,069 people
_PILOT = 30
_AREAS = 4  # on offer in a stage
_STAFF = "koordynator@example.org"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What an edition ended with. ``units`` registered, ``participants`` are their people;
    ``qualified`` units have a place and ``reserve`` wait for one."""

    units: int
    participants: int
    qualified: int
    reserve: int
    stages: int
    agreements: int
    certificates: int
    violations: list[Violation]

    def as_dict(self) -> dict[str, object]:
        return vars(self) | {"violations": [one.as_dict() for one in self.violations]}


def simulate(units: int, seed: int, progress: Progress) -> Outcome:
    """Replay an edition with ``units`` units into the database in use, and check the result.

    Raises ValueError where an edition is there already, or there are not so many units.
    """
    if Edition.objects.exists():
        raise ValueError("W tej bazie jest już edycja szkoleń; symulacja wymaga pustej bazy.")
    play = _begin(units, seed)
    _prepare(play, units, seed)
    last = play.clock.run(lambda: progress("edycja", play.clock.done, play.clock.known))
    setting_up.end(play.edition, today(last), actor=play.staff, now=last)
    return outcome(Edition.objects.get(pk=play.edition.pk))


def outcome(edition: Edition) -> Outcome:
    """What the rows of an edition say, and what is wrong with them."""
    cases = Registration.objects.filter(edition=edition)
    return Outcome(
        units=cases.count(),
        participants=Participant.objects.filter(
            registration__edition=edition, state="active"
        ).count(),
        qualified=cases.filter(status__in=HOLDING).count(),
        reserve=cases.filter(status__in=WAITING).count(),
        stages=edition.stages.count(),
        agreements=Agreement.objects.filter(
            registration__edition=edition, status="checked"
        ).count(),
        certificates=Certificate.objects.filter(enrolment__training__edition=edition).count(),
        violations=checking.violations(edition),
    )


def _begin(units: int, seed: int) -> Play:
    """A published edition; its target is smaller where fewer units take part."""
    text = edition_text("2022-2023")
    target = max(1, parse(text).target_units * min(units, UNITS) // UNITS)
    text = with_values(text, {"target_units": target})
    staff = person(Person.objects.create_user(_STAFF))
    now = Act(1).moment(-20)
    edition = setting_up.create_edition("2022-2023", text, actor=staff, now=now)
    edition = setting_up.publish(edition, actor=staff, now=now)
    setting_up.load_pilot_list(edition, pilot(_PILOT, seed, FIRST_DAY), actor=staff, now=now)
    return Play(edition, Random(seed), staff)


def _prepare(play: Play, units: int, seed: int) -> None:
    areas = [_offered(play.edition, number) for number in range(STAGES)]
    excluded = list(play.edition.pilot_units.values_list("unit", flat=True))
    rules = play.edition.rules
    drawn = applicants(units, seed, FIRST_DAY, rules, areas, excluded)
    for number in range(1, STAGES + 1):
        act = Act(number)
        theirs = [one for one in drawn if one.stage == number]
        recruiting.prepare(play, act, theirs, areas[number - 1])
        signing.prepare(play, act)
        teaching.prepare(play, act)


def _offered(edition: Edition, number: int) -> list[str]:
    """Areas of a stage, so that each is on offer in some; the last one is seldom chosen."""
    every = edition.rules.areas
    return [every[(number * 2 + n) % len(every)] for n in range(_AREAS)]
