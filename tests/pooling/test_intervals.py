"""Intervals of the mean, prediction intervals, and the probability of an effect in a new trial."""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf, log, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t

from netmeta.errors import PoolingError
from netmeta.pooling import PREDICTIONS, CommonEffect, Interval, RandomEffects, fit

Y, V = [-0.51, 0.12, -0.88, 0.34, -0.20], [0.05, 0.08, 0.06, 0.10, 0.07]
MODEL = RandomEffects()


def test_interval_is_two_numbers():
    interval = Interval(log(0.5), log(0.8))
    assert (interval.exp().low, interval.exp().high) == pytest.approx((0.5, 0.8))
    assert interval.width == pytest.approx(log(1.6))
    assert log(0.6) in interval
    assert 0.0 not in interval


def test_a_bound_beyond_every_float_is_infinite():
    # t with one degree of freedom at this level is 6366: exp of the bound would overflow.
    found = fit([-0.9, 0.2], [0.04, 0.09], RandomEffects(level=0.9999))
    assert found.ci.exp() == Interval(0.0, inf)
    assert Interval(1.0, 2000.0).exp() == Interval(exp(1.0), inf)


def test_two_identical_trials_have_no_plain_hartung_knapp_interval():
    with pytest.raises(PoolingError, match=r"same effect .* no width.*'modified-hartung-knapp' or 'wald'"):
        fit([-0.5, -0.5], [0.04, 0.09], RandomEffects(interval="hartung-knapp"))


def test_trials_identical_up_to_rounding_have_none_either():
    with pytest.raises(PoolingError, match="no width"):
        fit([0.1 + 0.2, 0.3, 0.3], [0.04, 0.09, 0.1], RandomEffects(interval="hartung-knapp"))


@pytest.mark.parametrize("interval", ["modified-hartung-knapp", "wald"])
def test_identical_trials_have_the_other_intervals(interval):
    found = fit([-0.5, -0.5], [0.04, 0.09], RandomEffects(interval=interval))
    quantile = norm.isf(0.025) if interval == "wald" else t.isf(0.025, 1)
    assert found.ci.width == pytest.approx(2 * quantile * (1 / 0.04 + 1 / 0.09) ** -0.5, rel=1e-12)


def test_nearly_identical_trials_keep_their_plain_interval():
    assert fit([-0.5, -0.5001], [0.04, 0.09], RandomEffects(interval="hartung-knapp")).ci.width > 0


@given(data=st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 2)), min_size=3, max_size=8))
@settings(max_examples=40, deadline=None)
def test_modified_hartung_knapp_is_at_least_as_wide_as_plain_and_as_t_wald(data):
    y, v = zip(*data, strict=True)
    if np.ptp(y) < 1e-6:
        y = (*y[:-1], y[-1] + 0.1)
    modified = fit(y, v, MODEL)
    ordinary = sum(1 / (x + modified.tau2) for x in v) ** -0.5
    t_wald = 2 * t.isf(0.025, len(y) - 1) * ordinary
    plain = fit(y, v, replace(MODEL, interval="hartung-knapp")).ci.width
    assert modified.ci.width >= max(t_wald, plain) * (1 - 1e-12)
    assert modified.ci.width == pytest.approx(max(t_wald, plain), rel=1e-9)


def test_two_trials_have_no_prediction_interval():
    for prediction in PREDICTIONS:
        found = fit(Y[:2], V[:2], replace(MODEL, prediction=prediction))
        assert (found.pi, found.pi_convention, found.predictive) == (None, "none", None)


def test_three_trials_have_every_prediction_interval_that_is_asked_for():
    found = {name: fit(Y[:3], V[:3], replace(MODEL, prediction=name)).pi for name in PREDICTIONS}
    assert [name for name, pi in found.items() if pi is None] == ["none"]


def test_the_convention_stands_beside_the_interval():
    found = fit(Y, V, replace(MODEL, prediction="t(k-1)"))
    assert found.pi_convention == "t(k-1)"


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_half_the_rest_lies_below_the_prediction_interval(level):
    found = fit(Y, V, RandomEffects(level=level))
    assert found.pi is not None
    assert found.probability_below(exp(found.pi.low)) == pytest.approx((1 - level) / 2, rel=1e-9)
    assert found.probability_below(exp(found.pi.high)) == pytest.approx((1 + level) / 2, rel=1e-9)
    assert found.probability_below(found.hr) == pytest.approx(0.5, rel=1e-12)


@pytest.mark.parametrize(("prediction", "lost"), [("t(k-2)", 2), ("t(k-1)", 1), ("normal", None)])
def test_probability_below_where_tau2_is_0(prediction, lost):
    y, v = [-0.5, -0.45, -0.55, -0.5], [0.1, 0.1, 0.2, 0.2]
    found = fit(y, v, replace(MODEL, prediction=prediction))
    assert found.tau2 == 0.0
    x = (log(0.8) - found.log_hr) / sqrt(1 / 30)
    expected = norm.cdf(x) if lost is None else t.cdf(x, 4 - lost)
    assert found.probability_below(0.8) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("y", "v", "model"),
    [(Y[:2], V[:2], MODEL), (Y, V, CommonEffect()), (Y, V, RandomEffects(prediction="none"))],
)
def test_no_probability_without_a_predictive_distribution(y, v, model):
    with pytest.raises(PoolingError, match="no predictive distribution"):
        fit(y, v, model).probability_below(1.0)


@pytest.mark.parametrize("hr", [0.0, -1.0, nan, inf])
def test_a_hazard_ratio_that_is_not_positive_has_no_probability(hr):
    with pytest.raises(PoolingError, match="positive number"):
        fit(Y, V, MODEL).probability_below(hr)


def test_an_interval_comes_apart_into_its_bounds():
    low, high = Interval(-1.0, 0.5)
    assert (low, high) == (-1.0, 0.5)
