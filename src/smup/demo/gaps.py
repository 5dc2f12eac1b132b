"""Which of the invented figures are told, and the reason where one is not.

Every reason that real publications give is there, each where it is met in life: secrets hide the
smallest figures, unions run services of gminas, the newest year is not out yet.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from smup.catalogue import Variable
from smup.demo.country import YEARS, Country
from smup.demo.profiles import Profile
from smup.panel import Flag, Status
from smup.panel.grouping import Mask
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.territory import GMINA_KINDS

EVERY = {
    "rok": 1,
    "rok-szkolny": 1,
    "co-2-lata": 2,
    "co-4-lata": 4,
    "wybory": 4,
    "spis": 10,
}  # years between two editions
LATE = 10  # month of the following year from which a figure counts as not out yet


@dataclass
class Told:
    """Arrays [year, unit] of one variable while reasons are put in; NaN comes last."""

    values: Values
    status: Codes
    flags: Codes

    @property
    def known(self) -> Mask:
        return np.asarray(self.status < FIRST_GAP)

    def hide(self, where: Mask, reason: Status) -> None:
        """Give the reason where a value would stand; the first reason given stays."""
        self.status[where & self.known] = reason

    def flag(self, where: Mask, flag: Flag) -> None:
        self.flags[where & self.known] |= np.uint8(flag)


def editions(profile: Profile, variable: Variable) -> Mask:
    """[year] is there an edition of the source for the year?"""
    years = np.array(YEARS)
    first = YEARS[0] if variable.since is None else variable.since
    if variable.cadence == "jednorazowo" and profile.every is None:
        return np.asarray(years == first)
    every = profile.every or EVERY[variable.cadence]
    start = 2011 if variable.cadence == "spis" and variable.since is None else first
    last = YEARS[-1] if variable.until is None else variable.until
    return np.asarray((years >= first) & (years <= last) & ((years - start) % every == 0))


def tell(
    profile: Profile,
    variable: Variable,
    country: Country,
    values: Values,
    rng: np.random.Generator | None,
) -> Told:
    """``values`` with statuses and flags. Without ``rng`` nothing is hidden but what was never
    collected: the sizes that other figures are divided by are always known."""
    status = np.where(values == 0, np.uint8(Status.ZERO), np.uint8(Status.OBSERVED))
    told = Told(values.copy(), status, np.zeros(country.shape, np.uint8))
    collected = editions(profile, variable)
    told.hide(np.broadcast_to(~collected[:, None], country.shape), Status.NOT_COLLECTED)
    if rng is not None:
        for habit, share in _HABITS:
            draw, own = rng.random(), rng.spawn(1)[0]  # a habit draws apart from the others
            if draw < share:
                habit(told, variable, country, own)
    told.values[~told.known] = np.nan
    told.flags[~told.known] = 0
    return told


def _late(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    """The newest year is not out yet, or only as a first estimate."""
    if told.known[:-1].any():
        regular = variable.published_month is not None and variable.published_month < LATE
        newest = _in_newest(country)
        if regular or rng.random() < 0.3:
            told.flag(newest, Flag.PROVISIONAL)
        else:
            told.hide(newest, Status.NOT_YET)


def _secret(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    told.hide(_smallest(told, 0.02), Status.CONFIDENTIAL)


def _few(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    """Figures about a handful of persons; sums of money are of no person."""
    if variable.additive and not variable.unit.startswith("zl"):
        told.hide(_smallest(told, 0.03), Status.SUPPRESSED_SMALL)


def _tiny(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    told.hide(_smallest(told, 0.004), Status.BELOW_FORMAT)


def _run_by_unions(
    told: Told, variable: Variable, country: Country, rng: np.random.Generator
) -> None:
    """Some gminas have handed a task over, for good, in one of the years."""
    if variable.scope == "body":
        since = rng.choice(YEARS, len(country.units))
        handed = (rng.random(len(since)) < 0.05) & country.of_kind(*GMINA_KINDS)
        years = np.array(YEARS)[:, None]
        told.hide(handed & (years >= since), Status.DELEGATED)


def _meaningless(
    told: Told, variable: Variable, country: Country, rng: np.random.Generator
) -> None:
    """A mean has no meaning where the thing itself is not; a count would be zero there."""
    if not variable.additive:
        without = rng.random(len(country.units)) < 0.03
        told.hide(np.broadcast_to(without, country.shape), Status.NOT_APPLICABLE)


def _new_units(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    """Figures over a year cannot be carried over to a unit made in it."""
    if variable.reference_day == "rok":
        told.hide(country.exists & ~_a_year_before(country), Status.NOT_BRIDGEABLE)


def _forgotten(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    """Single reports that never came, mostly from the same units."""
    careless = rng.random(len(country.units)) < 0.04
    chance = np.where(careless, 0.25, 0.002)
    told.hide(rng.random(country.shape) < chance, Status.MISSING)


def _estimated(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    told.flag(rng.random(country.shape) < 0.03, Flag.ESTIMATED)


def _imprecise(told: Told, variable: Variable, country: Country, rng: np.random.Generator) -> None:
    """Small units in a survey."""
    told.flag(_smallest(told, 0.1), Flag.LOW_PRECISION)


Habit = Callable[[Told, Variable, Country, np.random.Generator], None]

# How a source behaves, and the share of variables for which it does. In this order: a figure keeps
# the first reason, so what is not out yet is not also secret. New habits come last, or the draws
# of those after them would change.
_HABITS: tuple[tuple[Habit, float], ...] = (
    (_late, 0.4),
    (_run_by_unions, 0.25),
    (_meaningless, 0.5),
    (_new_units, 0.2),
    (_secret, 0.12),
    (_few, 0.15),
    (_tiny, 0.12),
    (_forgotten, 0.45),
    (_estimated, 0.15),
    (_imprecise, 0.1),
)


def _in_newest(country: Country) -> Mask:
    newest = np.zeros(country.shape, bool)
    newest[-1] = True
    return newest


def _a_year_before(country: Country) -> Mask:
    """Did the unit exist a year earlier; units of the first year count as older."""
    return np.vstack([country.exists[:1], country.exists[:-1]])


def _smallest(told: Told, share: float) -> Mask:
    """At most this share of the positive figures of units that exist, the smallest ones.

    Of many equal smallest figures none is taken: hiding them all would hide the variable.
    """
    positive = told.known & (told.values > 0)
    if not positive.any():
        return positive
    return np.asarray(positive & (told.values < np.quantile(told.values[positive], share)))
