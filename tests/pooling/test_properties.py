"""What must hold for any evidence."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import TAU2_METHODS, CommonEffect, RandomEffects, fit, pool
from netmeta.pooling.kernel import fit_many

MODELS = [*(RandomEffects(method) for method in TAU2_METHODS), CommonEffect()]
ANY = settings(max_examples=25, deadline=None)
# tau2 near its boundary is only as exact as the variances beside it.
CLOSE = {"rel": 1e-7, "abs": 1e-9}


@st.composite
def data(draw):
    k = draw(st.integers(2, 10))
    y = draw(st.lists(st.integers(-150, 150), min_size=k, max_size=k))
    se = draw(st.lists(st.integers(5, 90), min_size=k, max_size=k))
    return np.array(y) / 100, (np.array(se) / 100) ** 2


def close(a, b):
    return a == pytest.approx(b, **CLOSE)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(arrays=data(), seed=st.integers(0, 99))
def test_order_changes_only_the_order_of_the_weights(model, arrays, seed):
    y, v = arrays
    order = np.random.default_rng(seed).permutation(len(y))
    a, b = fit(y, v, model), fit(y[order], v[order], model)
    assert close((a.log_hr, a.se, a.tau2, a.q, a.i2), (b.log_hr, b.se, b.tau2, b.q, b.i2))
    assert close(np.array(a.weights)[order], b.weights)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(arrays=data(), shift=st.floats(-5, 5))
def test_a_shift_shifts_the_mean_and_nothing_else(model, arrays, shift):
    y, v = arrays
    a, b = fit(y, v, model), fit(y + shift, v, model)
    assert close(a.log_hr + shift, b.log_hr)
    assert close((a.se, a.tau2, a.q, *a.weights), (b.se, b.tau2, b.q, *b.weights))


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(arrays=data(), factor=st.floats(1e-3, 1e3))
def test_a_change_of_unit_scales_the_mean_and_squares_tau2(model, arrays, factor):
    y, v = arrays
    a, b = fit(y, v, model), fit(y * factor, v * factor**2, model)
    assert close((a.log_hr, a.se), (b.log_hr / factor, b.se / factor))
    assert close((a.tau2, a.i2, a.q), (b.tau2 / factor**2, b.i2, b.q))


@ANY
@given(arrays=data(), which=st.integers(0, 99))
def test_the_same_trial_again_never_widens_the_common_effect_interval(arrays, which):
    y, v = arrays
    i = which % len(y)
    before = fit(y, v, CommonEffect()).ci.width
    after = fit(np.append(y, y[i]), np.append(v, v[i]), CommonEffect()).ci.width
    assert after < before


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(arrays=data())
def test_weights_sum_to_100_and_carry_the_mean(model, arrays):
    y, v = arrays
    found = fit(y, v, model)
    assert sum(found.weights) == pytest.approx(100, rel=1e-12)
    assert min(found.weights) > 0
    assert close(found.log_hr, float(np.average(y, weights=found.weights)))


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(arrays=data())
def test_the_interval_holds_the_mean_and_the_p_value_agrees_with_it(model, arrays):
    y, v = arrays
    found = fit(y, v, model)
    assert found.log_hr in found.ci
    if abs(found.p_value - 0.05) > 1e-9:
        assert (0.0 in found.ci) == (found.p_value > 0.05)


# ---- REML and ML sit at the global optimum, variances from 1e-6 to 1e6 beside each other -------------------

TWO_INSIDE = (np.array([1.23, 0.068, -0.762, 0.095]), np.array([0.2, 0.0001, 0.04, 0.0003]))
TWO_OPTIMA = (
    np.array([0.48, 0.22, -0.2, -0.35, 0.18, 0.1, -0.02, -0.61]),
    np.array([0.21, 0.086, 0.0021, 0.012, 0.13, 0.84, 0.04, 0.22]),
)
# A maximum at 1e9 times every variance.
FAR_APART = (np.array([0.0, 0.02, -0.02, 40.0, -40.0]), np.array([1e-6, 1e-6, 1e-6, 1e-6, 1e-6]))
WIDEST = (np.array([0.3, -0.4, 1e3, -1e3, 0.1]), np.array([1e-6, 1e-6, 1e6, 1e6, 1.0]))
STEPS = 6000


@st.composite
def wide(draw):
    """Effects as far apart as their standard errors, or further; variances 1e12 apart in one draw of three."""
    k = draw(st.integers(2, 8))
    powers = draw(st.lists(st.floats(-6, 6), min_size=k, max_size=k))
    if draw(st.integers(0, 2)) == 0:
        powers[:2] = [-6, 6]
    units = draw(st.lists(st.integers(-300, 300), min_size=k, max_size=k))
    scale = 10.0 ** draw(st.floats(-3, 3))
    loose = np.array(units) / 100 * 10.0 ** (np.array(powers) / 2)
    return np.where(draw(st.booleans()), loose, np.array(units) / 100 * scale), 10.0 ** np.array(powers)


def heights(y, v, grid, method):
    """The log-likelihood of Viechtbauer 2005, twice and up to a constant, from the most precise trial; shape (n,)."""
    w = 1 / (v + grid[:, None])
    total = w.sum(1)
    rest = y - y[np.argmin(v)]
    rest = rest - ((w * rest).sum(1) / total)[:, None]
    return np.log(w).sum(1) - (w * rest**2).sum(1) - (np.log(total) if method == "REML" else 0)


def slope(tau2, y, v, method):
    """Twice its derivative, in rational arithmetic."""
    w = [1 / (Fraction(float(x)) + Fraction(tau2)) for x in v]
    mean = sum(a * Fraction(float(b)) for a, b in zip(w, y, strict=True)) / sum(w)
    squares = sum((a * (Fraction(float(b)) - mean)) ** 2 for a, b in zip(w, y, strict=True))
    return squares - sum(w) + (sum(a * a for a in w) / sum(w) if method == "REML" else 0)


def sits_at_the_global_optimum(tau2, y, v, method):
    top = max(float(np.ptp(y)) ** 2, float(v.min()))
    grid = np.concatenate([[0.0], np.geomspace(float(v.min()) * 1e-4, top * 2, STEPS)])
    found = heights(y, v, grid, method)
    here = heights(y, v, np.array([tau2]), method)[0]
    assert here >= found.max() - 1e-10 * max(1.0, abs(found.max()))
    rise = np.diff(found) > 1e-9 * np.abs(found).max()
    fall = np.diff(found) < -1e-9 * np.abs(found).max()
    event("one maximum" if (np.flatnonzero(rise) < np.argmax(fall)).all() else "several maxima")
    if tau2 > 1e-4 * v.min():
        assert slope(tau2 * (1 - 1e-8), y, v, method) > 0 > slope(tau2 * (1 + 1e-8), y, v, method)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=120, deadline=None)
@given(arrays=wide())
@example(arrays=TWO_INSIDE)
@example(arrays=TWO_OPTIMA)
@example(arrays=FAR_APART)
@example(arrays=WIDEST)
def test_fit_sits_at_the_global_optimum(arrays, method):
    y, v = arrays
    sits_at_the_global_optimum(fit(y, v, RandomEffects(method, "wald", "none")).tau2, y, v, method)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=40, deadline=None)
@given(arrays=wide())
@example(arrays=TWO_INSIDE)
@example(arrays=TWO_OPTIMA)
def test_pool_sits_at_the_global_optimum(arrays, method):
    # No hazard ratio is e to the power of 100: another unit, and the same ratios.
    unit = min(1.0, 50 / max(1.0, float(np.abs(arrays[0]).max())))
    y, se = arrays[0] * unit, np.sqrt(arrays[1]) * unit
    trials = (
        Trial(study=f"{at}", experimental="a", control="b", log_hr=float(effect), se=float(error))
        for at, (effect, error) in enumerate(zip(y, se, strict=True))
    )
    found = pool(Evidence(tuple(trials)), RandomEffects(method, "wald", "none"))
    sits_at_the_global_optimum(found.tau2, y, se**2, method)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=60, deadline=None)
@given(arrays=wide(), seed=st.integers(0, 99))
@example(arrays=TWO_INSIDE, seed=0)
@example(arrays=TWO_OPTIMA, seed=0)
@example(arrays=FAR_APART, seed=0)
@example(arrays=WIDEST, seed=0)
def test_the_kernel_sits_at_the_global_optimum_of_every_subset(arrays, seed, method):
    y, v = arrays
    masks = np.random.default_rng(seed).random((4, len(y))) < 0.7
    masks[0] = True
    masks = masks[masks.sum(1) > 1]
    for mask, tau2 in zip(masks, fit_many(y, v, masks, method).tau2, strict=True):
        sits_at_the_global_optimum(float(tau2), y[mask], v[mask], method)
