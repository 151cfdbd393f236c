"""The guard behind REML and ML, against the likelihood written out in the plainest way."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.pooling.arrays import Standard, checked, standardise
from netmeta.pooling.door import random_effects
from netmeta.pooling.likelihood import Likelihood, highest


def plain(tau2, y, v, method):
    """Both log-likelihoods of Viechtbauer 2005, up to a constant; one tau2 at a time."""
    w = 1 / (v + tau2)
    mean = np.sum(w * y) / np.sum(w)
    restricted = np.log(np.sum(w)) if method == "REML" else 0.0
    return 0.5 * (np.sum(np.log(w)) - restricted - np.sum(w * (y - mean) ** 2))


@st.composite
def trials(draw, decades=8):
    k = draw(st.integers(2, 9))
    y = draw(st.lists(st.integers(-200, 200), min_size=k, max_size=k))
    v = draw(st.lists(st.floats(-decades / 2, decades / 2), min_size=k, max_size=k))
    return np.array(y) / 100, 10.0 ** np.array(v)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=60, deadline=None)
@given(data=trials())
def test_nothing_on_a_dense_grid_is_higher(method, data):
    y, v = data
    tau2 = random_effects(y, v, method).tau2
    grid = np.concatenate([[0.0], np.geomspace(v.min() * 1e-4, max(np.ptp(y) ** 2, v.max()) * 10, 3000)])
    heights = np.array([plain(t, y, v, method) for t in grid])
    here = plain(tau2, y, v, method)
    assert here >= heights.max() - 1e-11 * max(1.0, abs(here))


@pytest.mark.parametrize("restricted", [True, False])
def test_slope_is_the_derivative_of_the_value(restricted):
    data = standardise(*checked([0.3, -0.4, 0.1, 0.6], [0.1, 0.02, 3.0, 0.4]))
    likelihood = Likelihood(data, restricted)
    for tau2 in (0.01, 0.5, 4.0):
        step = 1e-5 * tau2
        low, high = likelihood.value(np.array([tau2 - step, tau2 + step]))
        slope = float(likelihood.slope(np.array(tau2)))
        assert slope == pytest.approx((high - low) / (2 * step), rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("tau2", [2.0**-40, 2.0**-20, 1.0])
def test_slope_beside_one_dominant_trial_is_that_of_rational_arithmetic(restricted, tau2):
    # The most precise trial has effect 0, so that standardising moves nothing.
    y, v = [0.75, -0.5, 0.125, 0.0], [2.0, 1.0, 0.5, 2.0**-44]
    w = [1 / (Fraction(x) + Fraction(tau2)) for x in v]
    total = sum(w)
    mean = sum(a * Fraction(b) for a, b in zip(w, y, strict=True)) / total
    squares = sum((a * (Fraction(b) - mean)) ** 2 for a, b in zip(w, y, strict=True))
    expected = squares - total + (sum(a * a for a in w) / total if restricted else 0)
    data = Standard(np.array(y), np.array(v), 0.0, 1.0)
    found = 2 * float(Likelihood(data, restricted).slope(np.array(tau2)))
    assert found == pytest.approx(float(expected), rel=1e-12)


def test_two_maxima_inside_the_further_one_may_win(metafor):
    y, v = (np.array(x) for x in metafor.arrays("two_inside"))
    far = metafor.optimum("two_inside", "REML")
    between = [plain(t, y, v, "REML") for t in np.geomspace(1e-5, far, 200)]
    tops = [b for a, b, c in zip(between, between[1:], between[2:], strict=False) if a < b > c]
    assert len(tops) == 1
    assert plain(far, y, v, "REML") > tops[0] > plain(0.0, y, v, "REML")
    assert random_effects(y, v).tau2 == pytest.approx(metafor.optimum("two_inside", "REML"), rel=1e-8)


@pytest.mark.parametrize("start", [0.0, 5.0, 1e9, float("nan"), float("inf"), -1.0])
def test_the_start_does_not_decide(metafor, start):
    data = standardise(*checked(*metafor.arrays("bcg")))
    found = highest(Likelihood(data, restricted=True), start) * data.unit**2
    assert found == pytest.approx(metafor.optimum("bcg", "REML"), rel=1e-10)


def test_two_maxima_the_higher_one_wins(metafor):
    y, v = (np.array(x) for x in metafor.arrays("two_optima"))
    inside = metafor.optimum("two_optima", "REML")
    assert plain(0.0, y, v, "REML") > plain(inside / 20, y, v, "REML")
    assert plain(inside, y, v, "REML") > plain(0.0, y, v, "REML")
    assert random_effects(y, v, "REML").tau2 == pytest.approx(inside, rel=1e-8)


@pytest.mark.parametrize("exponent", [-400, -60, 60, 400])
def test_scaling_by_a_power_of_two_is_exact(metafor, exponent):
    y, v = (np.array(x) for x in metafor.arrays("collins1985b"))
    unit = 2.0**exponent
    once, scaled = random_effects(y, v), random_effects(y * unit, v * unit**2)
    assert (scaled.mean, scaled.se, scaled.tau2) == (once.mean * unit, once.se * unit, once.tau2 * unit**2)
