"""What the acts of a replay share: the edition, its clock, chance, and who acts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from smup.accounts.actor import Actor, contact
from smup.language.dates import ZONE
from smup.training.models import Edition, Registration, Stage
from smup.training.simulation.clock import Clock

FIRST_DAY = date(2022, 1, 17)  # on which the first stage opens
BETWEEN = 112  # days from stage to stage: sixteen weeks, so that each opens on the same weekday
OPEN = 32  # days
STAGES = 4


@dataclass(frozen=True)
class Act:
    """One stage and all that comes of it, by days from its opening."""

    number: int
    announced: int = -14
    carried: int = -13
    closes: int = OPEN
    areas_told: int = 33
    areas_answered: int = 40
    planned: int = 49  # trainings
    agreements: int = 50
    decided: int = 66  # on those who did not sign
    late_agreements: int = 75
    enrolled: int = 82
    declared: int = 83
    trained: int = 85
    certified: int = 103
    completed: int = 104

    def moment(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """On the ``day`` after the opening, by the clock on the wall."""
        on = FIRST_DAY + timedelta(days=BETWEEN * (self.number - 1) + day)
        return datetime.combine(on, time(hour, minute), ZONE)

    @property
    def quarters(self) -> tuple[str, ...]:
        """Those in which its trainings begin."""
        days = (self.moment(self.trained), self.moment(self.certified))
        return tuple(dict.fromkeys(quarter(day) for day in days))


@dataclass
class Play:
    """One replay."""

    edition: Edition
    chance: Random
    staff: Actor
    clock: Clock = field(default_factory=Clock)

    def happens(self, share: float) -> bool:
        """True in that share of cases."""
        return self.chance.random() < share

    def later(self, now: datetime, first: float, last: float) -> datetime:
        """A moment between so many days from ``now``."""
        return now + timedelta(days=self.chance.uniform(first, last))


def quarter(moment: datetime) -> str:
    """``2022-Q1``."""
    return f"{moment.year}-Q{(moment.month + 2) // 3}"


def case(pk: int) -> Registration:
    """A registration as it stands."""
    found: Registration = Registration.objects.select_related("edition", "stage", "organiser").get(
        pk=pk
    )
    return found


def unit(registration: Registration) -> Actor:
    """Its contact person."""
    return contact(registration.pk)


def stage_of(edition: Edition, act: Act) -> Stage:
    found: Stage = edition.stages.get(number=act.number)
    return found
