"""Q, I2 and the Q-profile interval of tau2."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import chi2

from netmeta.pooling import CommonEffect, RandomEffects, fit
from netmeta.pooling.arrays import checked, standardise
from netmeta.pooling.heterogeneity import cochran, tau2_interval, typical_variance


def q_at(tau2, y, v):
    w = 1 / (v + tau2)
    return np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2)


# Two trials far more precise than the rest: bounds far below the typical variance.
TWO_PRECISE = ([0.0, 3e-6, 0.4, -0.3], [1e-12, 1e-12, 1.0, 1.0])


@pytest.mark.parametrize("data", ["bcg", "all_sizes", "tiny_variance", "two_trials", "small_scale", TWO_PRECISE])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.999])
def test_each_bound_is_where_q_meets_its_quantile(metafor, data, level):
    y, v = (np.array(x) for x in (metafor.arrays(data) if isinstance(data, str) else data))
    found = tau2_interval(standardise(*checked(y, v)), level)
    quantiles = chi2.isf([(1 - level) / 2, (1 + level) / 2], len(y) - 1)
    assert found.high > 0
    for bound, quantile in zip((found.low, found.high), quantiles, strict=True):
        if bound > 0:
            assert q_at(bound, y, v) == pytest.approx(quantile, rel=1e-8)
        else:
            assert q_at(0.0, y, v) <= quantile


def test_q_profile_on_a_tiny_scale_is_that_of_the_plain_scale_times_the_square(metafor):
    # PyMARE's own has an absolute tolerance: brentq's default of 2e-12 against bounds of 1e-13.
    plain = fit(*metafor.arrays("collins1985b"), RandomEffects()).tau2_ci
    tiny = fit(*metafor.arrays("small_scale"), RandomEffects()).tau2_ci
    assert plain is not None
    assert tiny is not None
    assert (tiny.low, tiny.high) == pytest.approx((plain.low * 1e-12, plain.high * 1e-12), rel=1e-8, abs=0)


def test_an_empty_q_profile_interval_is_0_to_0_as_in_metafor(metafor):
    assert metafor.beyond("too_alike") == []
    for row in metafor.rows("too_alike"):
        assert (row["tau2_lb"], row["tau2_ub"]) == (0.0, 0.0)


def test_moment_estimates_beside_a_dominant_trial_agree_with_metafor(metafor):
    assert metafor.beyond("two_optima") == []


def test_q_beside_one_all_but_exact_trial_is_that_of_rational_arithmetic(metafor):
    y, v = ([Fraction(x) for x in column] for column in metafor.arrays("tiny_variance"))
    mean = sum(a / b for a, b in zip(y, v, strict=True)) / sum(1 / b for b in v)
    expected = sum((a - mean) ** 2 / b for a, b in zip(y, v, strict=True))
    found = cochran(standardise(*checked(*metafor.arrays("tiny_variance"))))
    assert found.q == pytest.approx(float(expected), rel=1e-13)


def test_typical_variance_beside_it_is_too(metafor):
    w = [1 / Fraction(x) for x in metafor.arrays("tiny_variance")[1]]
    expected = 4 * sum(w) / (sum(w) ** 2 - sum(x * x for x in w))
    found = typical_variance(standardise(*checked(*metafor.arrays("tiny_variance"))))
    assert found == pytest.approx(float(expected), rel=1e-13)


def test_identical_trials_have_q_0_and_i2_0():
    found = fit([-0.4] * 3, [0.04, 0.09, 0.2], RandomEffects())
    assert (found.q, found.q_p, found.i2, found.i2_q, found.h2) == (0.0, 1.0, 0.0, 0.0, 1.0)
    # H is 1, its error sqrt((1 - 1/3) / 2) = 0.57735: H2 is at most exp(2 x 1.959964 x 0.57735) = 9.6133.
    assert (found.i2_q_ci.low, found.i2_q_ci.high) == pytest.approx((0.0, 89.598), abs=0.001)


def test_two_trials_that_agree_have_no_interval_of_i2_from_q():
    assert fit([-0.4, -0.3], [0.04, 0.09], RandomEffects()).i2_q_ci is None
    # Q = 0.5 / 0.01 = 50: ln H = ln(50) / 2 = 1.9560, its error 1.9560 / (sqrt(100) - 1) = 0.21733, and
    # H2 = exp(2 (1.9560 -+ 1.959964 x 0.21733)) = 21.33 and 117.2.
    found = fit([0.0, 1.0], [0.01, 0.01], CommonEffect())
    assert (found.i2_q_ci.low, found.i2_q_ci.high) == pytest.approx((95.312, 99.147), abs=0.002)


def test_typical_variance_of_equal_variances_is_that_variance():
    assert typical_variance(standardise(*checked([0.1, 0.5, -0.3], [0.07] * 3))) == pytest.approx(0.07, rel=1e-14)


def test_i2_from_tau2_and_from_q_agree_under_dersimonian_laird(metafor):
    # Higgins & Thompson 2002: tau2 of DL makes both definitions the same number.
    found = fit(*metafor.arrays("bcg"), RandomEffects("DL"))
    assert found.i2 == pytest.approx(found.i2_q, rel=1e-12)
    assert fit(*metafor.arrays("bcg"), RandomEffects("REML")).i2 != pytest.approx(found.i2_q, rel=1e-6)


def test_two_trials_q_by_hand():
    test = cochran(standardise(*checked([-0.9, -0.2], [0.04, 0.09])))
    assert test.q == pytest.approx(0.7**2 / 0.13, rel=1e-14)
    assert test.df == 1
