"""What can be expected of a place like this: a robust regression on features of the place only.

For one indicator, year and kind of unit: Huber's regression (``regression``) on standardised
features of the place (``features``), never on the service, its cost or its outcome. The expected
value of a unit comes from the fit without that unit, so it is not compared with itself. How far
units usually lie from it is measured out of sample: the residuals of ten-fold cross-validation, by
their median absolute value. R² is out of sample too (M. Stone, Cross-Validatory Choice and
Assessment of Statistical Predictions, JRSS B 36, 1974); below ``LEAST_R2`` the features explain too
little and no expectation is given. Influence: R. D. Cook, Detection of Influential Observation in
Linear Regression, Technometrics 19, 1977; D. C. Hoaglin, R. E. Welsch, The Hat Matrix in
Regression and ANOVA, The American Statistician 32, 1978.

Everything follows from the release: the same release gives the same coefficients.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from smup.catalogue import Indicator
from smup.compare.features import Features, LeftOut, measure
from smup.compare.frame import OUTSIDE, Frame
from smup.compare.question import ask
from smup.compare.regression import (
    NORMAL_MAD,
    Fit,
    NoFit,
    folds_of,
    huber,
    independent,
    loss,
    standardised,
)
from smup.compute.rounding import round_one
from smup.panel.panel import Values
from smup.territory import Kind, Level

FEWEST = 50  # units with a value and all features
LEAST_R2 = 0.2  # out of sample
NORMAL_95 = 1.959963984540054
FAR = 3  # times the mean leverage: the place is unlike those the rule was found on
MOST_KEPT = 256  # rules in memory, some 100 kB each
MOVES = 1.0  # Cook's distance from which one unit moves the whole rule

Reason = Literal[
    "no_service",  # the indicator describes the place itself
    "count",  # a plain count grows with the place
    "not_compared",
    "no_value",
    "few_units",
    "no_features",
    "feature_missing",
    "no_spread",  # half of the units have one value
    "no_fit",  # the steps of the regression did not settle
    "low_fit",
]


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer; ``number`` is the count or the R² that decided it, if any."""

    reason: Reason
    number: float | None = None


@dataclass(frozen=True)
class Term:
    """A feature in the rule: ``coefficient`` is the change of the indicator for one standard
    deviation ``spread`` of the feature around ``mean``, both on the feature's scale."""

    feature: str
    year: int
    mean: float
    spread: float
    coefficient: float


@dataclass(frozen=True)
class Model:
    """The rule for units of one kind. ``codes`` are the units it was found on."""

    indicator: Indicator
    year: int
    kind: Kind
    codes: tuple[str, ...]
    values: Values
    fit: Fit
    terms: tuple[Term, ...]
    left_out: dict[str, LeftOut]

    @property
    def intercept(self) -> float:
        return float(self.fit.coefficients[0])

    @cached_property
    def place(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}

    @cached_property
    def r2(self) -> float:
        """Robust R², out of sample: 1 at most; below 0 one value for all would have done better."""
        fit = self.fit
        missed = loss((self.values - fit.crossed) / fit.scale)
        return 1 - missed / loss((self.values - fit.baseline) / fit.scale)

    @cached_property
    def half_width(self) -> float:
        """Of the 95 % interval around an expected value, in the unit of the indicator."""
        missed = np.abs(self.values - self.fit.crossed)
        return NORMAL_95 * float(np.median(missed)) / NORMAL_MAD

    @cached_property
    def coverage(self) -> float:
        """Share of the units (0-1) that did lie within the interval, out of sample."""
        return float(np.mean(np.abs(self.values - self.fit.crossed) <= self.half_width))

    @cached_property
    def influential(self) -> tuple[str, ...]:
        """Units whose absence would move the whole rule."""
        return tuple(self.codes[at] for at in np.flatnonzero(self.fit.cook > MOVES))

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "units": len(self.codes),
            "r2": self.r2,
            "half_width": self.half_width,
            "coverage": self.coverage,
            "intercept": self.intercept,
            "terms": [
                {
                    "feature": one.feature,
                    "year": one.year,
                    "mean": one.mean,
                    "sd": one.spread,
                    "coefficient": one.coefficient,
                }
                for one in self.terms
            ],
            "left_out": dict(self.left_out),
            "influential": list(self.influential),
        }


@dataclass(frozen=True)
class Expected:
    """What may be expected of one unit. The numbers are None exactly where ``refusal`` is set.

    ``extrapolated``: the place lies far from those the rule was found on. ``influential``: the rule
    would be another without this unit.
    """

    year: int
    value: float | None
    model: Model | None
    refusal: Refusal | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    residual: float | None = None
    extrapolated: bool = False
    influential: bool = False

    @property
    def beyond(self) -> int:
        """-1 below the interval, 1 above it, 0 within it or without one."""
        if self.value is None or self.low is None or self.high is None:
            return 0
        return int(self.value > self.high) - int(self.value < self.low)

    def to_dict(self) -> dict[str, object]:
        return {
            "year": self.year,
            "expected": self.expected,
            "low": self.low,
            "high": self.high,
            "residual": self.residual,
            "beyond": self.beyond,
            "extrapolated": self.extrapolated,
            "influential": self.influential,
            "reason": self.refusal.reason if self.refusal else None,
            "model": self.model.to_dict() if self.model else None,
        }


def expected_value(
    frame: Frame,
    unit: str,
    indicator: str,
    year: int | None = None,
    role: Level | None = None,
) -> Expected:
    """The expected value of the unit, or why there is none. Raises ComparisonError as
    ``compare_unit`` does."""
    question = ask(frame, unit, indicator, year, role)
    value, _, _ = frame.indicators.cell(indicator, question.year, question.unit.code)
    if not question.takes_part:
        return Expected(question.year, value, None, Refusal("not_compared"))
    if value is None:
        return Expected(question.year, None, None, Refusal("no_value"))
    kind = question.unit.kind
    found = model_of(frame, question.indicator, question.year, kind, question.role)
    if isinstance(found, Refusal):
        return Expected(question.year, value, None, found)
    if found.r2 < LEAST_R2:
        return Expected(question.year, value, found, Refusal("low_fit", found.r2))
    if question.unit.code not in found.place:
        return Expected(question.year, value, found, Refusal("feature_missing"))
    return _of_unit(found, found.place[question.unit.code], value)


def model_of(
    frame: Frame, indicator: Indicator, year: int, kind: Kind, role: Level
) -> Model | Refusal:
    """The rule for the units of ``kind`` compared at ``role``, or why there is none; remembered.

    A rule is returned also where it explains too little (``Model.r2``), so that it can be shown.
    """
    key = indicator.id, year, kind, role
    found = frame.models.get(key)
    if found is None:
        if len(frame.models) >= MOST_KEPT:
            frame.models.clear()
        found = frame.models[key] = _model_of(frame, indicator, year, kind, role)
    return found


def _model_of(
    frame: Frame, indicator: Indicator, year: int, kind: Kind, role: Level
) -> Model | Refusal:
    if indicator.service is None:
        return Refusal("no_service")
    if indicator.aggregate == "sum":
        return Refusal("count")
    units = frame.role(role)
    alike = frame.strata(indicator, role) != OUTSIDE
    alike &= np.array([one.kind is kind for one in units.units], bool)
    panel = frame.indicators
    values = panel.values[panel.item_index[indicator.id], panel.year_index[year]][units.columns]
    chosen = np.flatnonzero(alike & ~np.isnan(values))
    if chosen.size < FEWEST:
        return Refusal("few_units", chosen.size)
    features = measure(frame, units.columns[chosen], kind, year, indicator)
    return _fitted(indicator, year, kind, units.codes[chosen].tolist(), values[chosen], features)


def _fitted(
    indicator: Indicator,
    year: int,
    kind: Kind,
    codes: list[str],
    values: Values,
    features: Features,
) -> Model | Refusal:
    if not features.used:
        return Refusal("no_features")
    whole = ~np.any(np.isnan(features.matrix), axis=1)
    if np.count_nonzero(whole) < FEWEST:
        return Refusal("few_units", int(np.count_nonzero(whole)))
    scores, mean, spread = standardised(features.matrix[whole])
    kept = independent(scores)
    left_out = features.left_out | {
        one.id: "dependent" if wide else "constant"
        for one, keep, wide in zip(features.used, kept, (spread > 0).tolist(), strict=True)
        if not keep
    }
    if not any(kept):
        return Refusal("no_features")
    if float(np.median(np.abs(values[whole] - np.median(values[whole])))) == 0:
        return Refusal("no_spread")
    names = [code for code, has_all in zip(codes, whole, strict=True) if has_all]
    try:
        fit = huber(scores[:, kept], values[whole], folds_of(names))
    except NoFit:
        return Refusal("no_fit")
    used = [one for one, keep in zip(features.used, kept, strict=True) if keep]
    terms = tuple(
        Term(one.id, one.year, float(m), float(s), float(c))
        for one, m, s, c in zip(used, mean[kept], spread[kept], fit.coefficients[1:], strict=True)
    )
    return Model(indicator, year, kind, tuple(names), values[whole], fit, terms, left_out)


def _of_unit(model: Model, at: int, value: float) -> Expected:
    """Rounded as the indicator is published; no bound leaves the range the measure allows."""
    lowest = 0.0 if model.values.min() >= 0 else -np.inf
    highest = 100.0 if model.indicator.unit == "procent" and model.values.max() <= 100 else np.inf
    decimals = model.indicator.decimals

    def published(number: float) -> float:
        return round_one(min(max(number, lowest), highest), decimals)

    middle = float(model.fit.without[at])
    expected = published(middle)
    size = len(model.terms) + 1
    return Expected(
        model.year,
        value,
        model,
        None,
        expected,
        published(middle - model.half_width),
        published(middle + model.half_width),
        round_one(value - expected, decimals),
        bool(model.fit.leverage[at] > FAR * size / len(model.codes)),
        bool(model.fit.cook[at] > MOVES),
    )
