"""Robust linear regression with its cross-validation and what each unit does to it.

Huber's M-estimator (P. J. Huber, Robust Estimation of a Location Parameter, Annals of Mathematical
Statistics 35, 1964; P. J. Huber, E. M. Ronchetti, Robust Statistics, Wiley 2009) by iteratively
reweighted least squares: a unit within 1.345 scales of the line has weight 1, one farther away a
weight that falls with its distance. The scale is the median absolute residual divided by 0.6745
and found together with the coefficients.

The whole sample and the ten samples of cross-validation are fitted at once: one product of
matrices a step, in the orthonormal basis of the design, where the equations are well conditioned.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smup.panel.panel import Values

TUNING = 1.345  # 95 % efficiency where errors are normal
BISQUARE = 4.685  # the same efficiency for the loss that does not grow
NORMAL_MAD = 0.6744897501960817  # median absolute deviation of the standard normal distribution
FOLDS = 10
STEPS = 200
EXACT = 1e-8  # of the scale: the coefficients that are published
EXACT_FOLDS = 1e-6  # those of cross-validation, of which only the residuals are used
DEPENDENT = 1e-6  # share of a column's length that others do not explain

Folds = NDArray[np.intp]


class NoFit(ValueError):
    """The values do not spread around the line, or the steps did not settle."""


@dataclass(frozen=True)
class Fit:
    """``coefficients`` [1 + p], the intercept first; all other arrays are [unit].

    ``crossed`` is what the fit without the unit's fold says of the unit, ``without`` what the fit
    without the unit itself says (weights kept), ``baseline`` the median without its fold.
    ``leverage`` is how far the place lies from the others (0-1, mean (p + 1) / n), ``cook`` Cook's
    distance in the weighted fit.
    """

    coefficients: Values
    fitted: Values
    weights: Values
    scale: float
    leverage: Values
    cook: Values
    without: Values
    crossed: Values
    baseline: Values


def folds_of(codes: Sequence[str]) -> Folds:
    """The fold of every unit by a hash of its code: the same in every run and in any order."""
    return np.array([_fold(code) for code in codes], np.intp)


@lru_cache(maxsize=8192)
def _fold(code: str) -> int:
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big") % FOLDS


def standardised(matrix: Values) -> tuple[Values, Values, Values]:
    """(z-scores, means, standard deviations) of the columns; a constant column has scores 0."""
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    constant = spread <= 1e-12 * np.maximum(1.0, np.abs(mean))
    spread = np.where(constant, 0.0, spread)
    return (matrix - mean) / np.where(constant, 1.0, spread), mean, spread


def independent(scores: Values) -> list[bool]:
    """For every column of z-scores: is it more than a sum of multiples of those before it?"""
    if np.all(np.abs(np.diag(np.linalg.qr(scores, mode="r"))) > DEPENDENT * np.sqrt(len(scores))):
        return [True] * scores.shape[1]
    kept: list[int] = []
    found = []
    for at in range(scores.shape[1]):
        basis, _ = np.linalg.qr(scores[:, kept])
        rest = scores[:, at] - basis @ (basis.T @ scores[:, at])
        found.append(bool(np.linalg.norm(rest) > DEPENDENT * np.sqrt(len(scores))))
        if found[-1]:
            kept.append(at)
    return found


def huber(scores: Values, y: Values, fold: Folds) -> Fit:
    """Fit ``y`` [unit] on an intercept and the columns of ``scores`` [unit, p], none dependent.

    Raises NoFit where half of the residuals are 0, or when the steps do not settle.
    """
    design = np.column_stack([np.ones(len(y)), scores])
    basis, triangle = np.linalg.qr(design)
    taking = np.vstack([np.ones(len(y), bool), fold != np.arange(FOLDS)[:, None]])
    (turned,), (weights,), (scale,) = _settle(basis, y, taking[:1], EXACT)
    folded, _, _ = _settle(basis, y, taking[1:], EXACT_FOLDS, turned)
    fitted = basis @ turned
    out_of_fold = np.take_along_axis(folded @ basis.T, fold[None], axis=0)[0]
    middles = np.array([_median(y[row]) for row in taking[1:]])
    own = _leverage(basis, weights)
    residual = y - fitted
    moved = weights * (residual / (scale * (1 - own))) ** 2 * own / design.shape[1]
    return Fit(
        coefficients=np.linalg.solve(triangle, turned),
        fitted=fitted,
        weights=weights,
        scale=float(scale),
        leverage=np.sum(basis**2, axis=1),
        cook=moved,
        without=fitted - residual * own / (1 - own),
        crossed=out_of_fold,
        baseline=middles[fold],
    )


def loss(distance: Values) -> float:
    """Tukey's bisquare loss summed over distances in scales: 1 for everything far away."""
    inside = np.minimum(np.abs(distance) / BISQUARE, 1.0)
    return float(np.sum(1 - (1 - inside**2) ** 3))


def _settle(
    basis: Values,
    y: Values,
    taking: NDArray[np.bool_],
    exact: float,
    start: Values | None = None,
) -> tuple[Values, Values, Values]:
    """Coefficients [sample, p], weights [sample, unit] and scales [sample] that agree.

    ``start`` [p] are coefficients near the end, which saves most of the steps.
    """
    size = basis.shape[1]
    above = np.triu_indices(size)
    products = basis[:, above[0]] * basis[:, above[1]]
    taken = [np.flatnonzero(row) for row in taking]
    weights: Values = taking.astype(np.float64)
    now: Values = np.full((len(taking), size), np.inf)
    if start is not None:
        now = np.tile(start, (len(taking), 1))
        weights, _ = _weights(basis, y, taking, taken, now)
    left = np.empty((len(taking), size, size))
    for _ in range(STEPS):
        left[:, above[0], above[1]] = left[:, above[1], above[0]] = weights @ products
        before = now
        try:
            solved = np.linalg.solve(left, ((weights * y) @ basis)[:, :, None])
        except np.linalg.LinAlgError as error:
            raise NoFit("a sample of cross-validation lacks a feature") from error
        now = np.asarray(solved[:, :, 0], np.float64)
        used = weights
        weights, scales = _weights(basis, y, taking, taken, now)
        if np.all(np.abs(now - before) <= exact * scales[:, None]):
            return now, used, scales
    raise NoFit(f"not settled after {STEPS} steps")


def _weights(
    basis: Values, y: Values, taking: NDArray[np.bool_], taken: list[Folds], now: Values
) -> tuple[Values, Values]:
    """Huber's weights [sample, unit] around the lines ``now``, and the scales [sample]."""
    distance = np.abs(y - now @ basis.T)
    scales = np.array([_median(row[at]) for row, at in zip(distance, taken, strict=True)])
    scales /= NORMAL_MAD
    if np.any(scales <= 1e-12 * max(1.0, float(np.abs(y).max()))):
        raise NoFit("half of the units lie on the line")
    return taking * weight(distance, scales[:, None]), scales


def weight(distance: Values | float, scale: Values | float) -> Values:
    """Huber's weight of a unit so far from the line: 1 up to 1.345 scales, then less and less."""
    reach = TUNING * np.asarray(scale)
    return np.asarray(reach / np.maximum(distance, reach), np.float64)


def _median(values: Values) -> float:
    """``np.median`` without its checks, which cost more than the work itself."""
    half = len(values) // 2
    low = half if len(values) % 2 else half - 1
    found = np.partition(values, (low, half))
    return float(found[low] + found[half]) / 2


def _leverage(basis: Values, weights: Values) -> Values:
    """The diagonal of the hat matrix of the weighted fit; below 1."""
    inner = np.linalg.inv((basis * weights[:, None]).T @ basis)
    own: Values = weights * np.einsum("ij,jk,ik->i", basis, inner, basis)
    return np.minimum(own, 1 - 1e-9)
