"""Huber's regression against statsmodels, explicit deletion and loops."""

import hashlib
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.compare.regression import (
    FOLDS,
    TUNING,
    NoFit,
    folds_of,
    huber,
    independent,
    loss,
    standardised,
)


def sample(seed: int, n: int = 90, p: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(n, p)) * [1, 5, 0.1][:p] + [0, 100, 3][:p]
    y = 3 + x @ np.array([1.5, -0.2, 4.0][:p]) + draw.standard_t(2, size=n)
    codes = [f"{at:06d}" for at in range(n)]
    return standardised(x)[0], y, folds_of(codes)


@pytest.mark.parametrize("seed", range(5))
def test_as_statsmodels(seed: int) -> None:
    import statsmodels.api as sm

    scores, y, fold = sample(seed)
    design = sm.add_constant(scores)
    theirs = sm.RLM(y, design, M=sm.robust.norms.HuberT(t=TUNING)).fit(maxiter=500, tol=1e-12)
    ours = huber(scores, y, fold)
    np.testing.assert_allclose(ours.coefficients, theirs.params, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(ours.scale, theirs.scale, rtol=1e-6)
    np.testing.assert_allclose(ours.weights, theirs.weights, rtol=1e-5)
    hat = sm.OLS(y, design).fit().get_influence().hat_matrix_diag
    np.testing.assert_allclose(ours.leverage, hat, rtol=1e-9)


def test_every_fold_is_predicted_by_a_fit_without_it() -> None:
    import statsmodels.api as sm

    scores, y, fold = sample(7)
    ours = huber(scores, y, fold)
    design = sm.add_constant(scores)
    for one in range(FOLDS):
        seen = fold != one
        norm = sm.robust.norms.HuberT(t=TUNING)
        fit = sm.RLM(y[seen], design[seen], M=norm).fit(maxiter=500, tol=1e-12)
        np.testing.assert_allclose(ours.crossed[~seen], design[~seen] @ fit.params, atol=1e-4)
        np.testing.assert_allclose(ours.baseline[~seen], np.median(y[seen]))


def test_without_a_unit_is_the_weighted_fit_with_that_unit_deleted() -> None:
    scores, y, fold = sample(3, n=60)
    ours = huber(scores, y, fold)
    design = np.column_stack([np.ones(60), scores])
    root = np.sqrt(ours.weights)
    for at in range(60):
        rest = np.arange(60) != at
        deleted = np.linalg.lstsq(design[rest] * root[rest, None], y[rest] * root[rest])[0]
        assert math.isclose(ours.without[at], float(design[at] @ deleted), rel_tol=1e-9)
        moved = (ours.coefficients - deleted) @ (design * ours.weights[:, None]).T
        cook = float(moved @ design @ (ours.coefficients - deleted)) / (4 * ours.scale**2)
        assert math.isclose(ours.cook[at], cook, rel_tol=1e-6, abs_tol=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.floats(0.01, 1000),
    st.floats(-1000, 1000),
)
def test_order_and_unit_of_measure_do_not_matter(seed: int, times: float, plus: float) -> None:
    scores, y, fold = sample(seed % 50)
    order = np.random.default_rng(seed).permutation(len(y))
    plain, turned = (
        huber(scores, y, fold),
        huber(scores[order], y[order] * times + plus, fold[order]),
    )
    size = np.abs(y).max() * times + abs(plus)
    np.testing.assert_allclose(
        turned.without, plain.without[order] * times + plus, atol=1e-5 * size
    )
    np.testing.assert_allclose(turned.cook, plain.cook[order], atol=1e-4)


def test_one_wild_value_hardly_moves_the_line() -> None:
    scores, y, fold = sample(1)
    wild = y.copy()
    wild[0] += 1e6
    assert (
        np.abs(huber(scores, wild, fold).coefficients - huber(scores, y, fold).coefficients).max()
        < 1
    )


def test_folds_follow_from_the_code_alone() -> None:
    codes = [f"{at:06d}" for at in range(1000)]
    naive = [int(hashlib.sha256(c.encode()).hexdigest()[:16], 16) % 10 for c in codes]
    assert folds_of(codes).tolist() == naive
    assert np.bincount(folds_of(codes)).min() > 70


def test_dependent_and_constant_columns_are_found() -> None:
    draw = np.random.default_rng(0)
    x = draw.normal(size=(60, 4))
    x[:, 2] = 2 * x[:, 0] - x[:, 1]
    x[:, 3] = 7.0
    scores, mean, spread = standardised(x)
    assert independent(scores) == [True, True, False, False]
    assert mean[3] == 7.0
    assert spread[3] == 0.0


def test_values_on_a_line_have_no_spread_around_it() -> None:
    scores, _, fold = sample(2)
    for y in (np.full(len(fold), 5.0), 1 + 2 * scores[:, 0]):
        with pytest.raises(NoFit):
            huber(scores, y, fold)


def test_loss_is_that_of_tukey() -> None:
    import statsmodels.api as sm

    apart = np.linspace(-6, 6, 101)
    theirs = sm.robust.norms.TukeyBiweight(c=4.685).rho(apart).sum() / (4.685**2 / 6)
    assert math.isclose(loss(apart), float(theirs))
