"""Who was like us about five years ago and is better now.

*Like us* then: a unit of the same kind, among the ``PLACES`` nearest by features of the place
(Euclidean distance of z-scores, as CIPFA's nearest neighbours use it), whose value was within
``LIKE`` of the spread of its kind from ours. *Better now*: it has improved, and its value is now
better than ours by more than that same distance, so that what counted as alike is not called
better. The years never stand on two sides of a break. An indicator without a better direction has
nobody who is better.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.catalogue import Indicator
from smup.compare.breaks import between, defined_breaks
from smup.compare.features import measure
from smup.compare.frame import OUTSIDE, Frame
from smup.compare.question import Question, ask
from smup.compare.regression import NORMAL_MAD, standardised
from smup.compare.score import distance_to_target
from smup.compute.rounding import round_half_away, round_one
from smup.panel import Flag
from smup.panel.panel import Values
from smup.territory import Level

BACK = (5, 6, 4, 7, 3)  # years, in order of preference
LIKE = 0.25  # of the spread (MAD / 0.6745) of values of the kind
PLACES = 100
MOST = 10  # units told

Reason = Literal[
    "neither", "not_comparable", "not_compared", "no_value", "no_earlier_value", "break"
]


@dataclass(frozen=True)
class Improver:
    """One unit with its published values. ``gain`` is positive for the better."""

    unit: str
    then: float
    now: float
    gain: float

    def to_dict(self) -> dict[str, object]:
        return {"unit": self.unit, "then": self.then, "now": self.now, "gain": self.gain}


@dataclass(frozen=True)
class Improvers:
    """``alike`` units were like the unit in ``since``, ``better`` of them are better now, of which
    ``units`` are those that gained most. ``within`` is the difference of values called alike.
    ``features`` is empty where the places could not be compared, only their kind.
    """

    year: int
    reason: Reason | None = None
    since: int | None = None
    then: float | None = None
    now: float | None = None
    within: float | None = None
    features: tuple[str, ...] = ()
    alike: int = 0
    better: int = 0
    units: tuple[Improver, ...] = ()

    def to_dict(self) -> dict[str, object]:
        names = ("year", "since", "then", "now", "within", "alike", "better", "reason")
        return {
            **{name: getattr(self, name) for name in names},
            "features": list(self.features),
            "units": [one.to_dict() for one in self.units],
        }


def improvers(
    frame: Frame,
    unit: str,
    indicator: str,
    year: int | None = None,
    role: Level | None = None,
) -> Improvers:
    """Raises ComparisonError as ``compare_unit`` does."""
    question = ask(frame, unit, indicator, year, role)
    since = _since(question)
    if not isinstance(since, int):
        return Improvers(question.year, since)
    return _found(question, since)


def _since(question: Question) -> int | Reason:
    """The year to look back to, or why there is none."""
    indicator, frame = question.indicator, question.frame
    if indicator.better == "neither":
        return "neither"
    if not indicator.comparable_over_time:
        return "not_comparable"
    if not question.takes_part:
        return "not_compared"
    panel = frame.indicators
    series = panel.values[panel.item_index[indicator.id], :, panel.unit_index[question.unit.code]]
    if np.isnan(series[panel.year_index[question.year]]):
        return "no_value"
    held = [question.year - back for back in BACK if question.year - back in panel.year_index]
    known = [year for year in held if not np.isnan(series[panel.year_index[year]])]
    breaks = defined_breaks(frame, indicator.id)
    whole = [year for year in known if not between(breaks, year, question.year)]
    if whole:
        return whole[0]
    return "break" if known else "no_earlier_value"


def _found(question: Question, since: int) -> Improvers:
    frame, indicator = question.frame, question.indicator
    panel, role = frame.indicators, frame.role(question.role)
    item = panel.item_index[indicator.id]
    then, now = (
        panel.values[item, panel.year_index[year]][role.columns] for year in (since, question.year)
    )
    own = question.place
    kind = np.array([one.kind is question.unit.kind for one in role.units], bool)
    kind &= frame.strata(indicator, question.role) != OUTSIDE
    within = _within(then[kind & ~np.isnan(then)])
    others = kind & ~np.isnan(then) & ~np.isnan(now) & ~_broken(question, since)
    others[own] = False
    near, features = _near(question, since, others)
    alike = others & near & (np.abs(then - then[own]) <= within)
    gain, lead = _better(then, now, indicator), _better(now[own], now, indicator)
    better = np.flatnonzero(alike & (gain > 0) & (lead > within))
    order = sorted(better, key=lambda at: (-gain[at], role.codes[at]))
    return Improvers(
        question.year,
        None,
        since,
        float(then[own]),
        float(now[own]),
        round_one(within, indicator.decimals),
        features,
        int(np.count_nonzero(alike)),
        len(better),
        tuple(
            Improver(str(role.codes[at]), float(then[at]), float(now[at]), float(gain[at]))
            for at in order[:MOST]
        ),
    )


def _within(values: Values) -> float:
    return LIKE * float(np.median(np.abs(values - np.median(values)))) / NORMAL_MAD


def _better(before: Values, after: Values, indicator: Indicator) -> Values:
    """By how much ``after`` is better than ``before``, in the decimals of the indicator."""
    if indicator.target is not None:
        before, decimals = distance_to_target(np.atleast_1d(before), indicator)
        after, _ = distance_to_target(after, indicator)
        return round_half_away(before - after, decimals)
    sign = 1.0 if indicator.better == "higher" else -1.0
    return round_half_away(sign * (after - before), indicator.decimals)


def _broken(question: Question, since: int) -> NDArray[np.bool_]:
    """[unit of the role]: the source marks a break of the unit's own series between the years."""
    panel = question.frame.indicators
    years = [at for year, at in panel.year_index.items() if since < year <= question.year]
    flags = panel.flags[panel.item_index[question.indicator.id], years]
    columns = question.frame.role(question.role).columns
    broken: NDArray[np.bool_] = np.any(flags[:, columns] & np.uint8(Flag.BREAK), axis=0)
    return broken


def _near(
    question: Question, since: int, others: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """The nearest places among ``others`` in the year ``since``, and by which features.

    Everybody, and no features, where those of the unit itself are not known.
    """
    frame, own = question.frame, question.place
    columns = frame.role(question.role).columns
    asked = np.append(np.flatnonzero(others), own)
    features = measure(frame, columns[asked], question.unit.kind, since, question.indicator)
    known = [one for one in features.used if not np.isnan(one.values[-1])]
    if not known:
        return others, ()
    matrix = np.column_stack([one.values for one in known])
    whole = ~np.isnan(matrix).any(axis=1)
    scores, _, _ = standardised(matrix[whole])
    apart = np.linalg.norm(scores - scores[-1], axis=1)[:-1]
    nearest = asked[whole][:-1][np.argsort(apart, kind="stable")[:PLACES]]
    near = np.zeros(len(others), bool)
    near[nearest] = True
    return near, tuple(one.id for one in known)
