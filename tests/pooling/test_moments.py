"""PM, SJ, EB and HS against their equations, in rational arithmetic and in R without metafor."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.pooling import RandomEffects, fit
from netmeta.pooling.door import TAU2, random_effects

NEW = ("PM", "SJ", "EB", "HS")
EVERY = (
    "bcg", "riley2003", "pignon2000", "collins1985b", "hackshaw1998", "berkey1995", "viechtbauer2005a",
    "viechtbauer2005b", "huge_variance", "tiny_variance", "two_optima", "two_inside", "all_sizes", "small_scale",
    "large_scale", "too_alike", "two_trials",
)  # fmt: skip
ANY = settings(max_examples=60, deadline=None)


def q_at(tau2, y, v):
    """The generalised Q in rational arithmetic."""
    w = [1 / (Fraction(x) + Fraction(tau2)) for x in v]
    mean = sum(a * Fraction(b) for a, b in zip(w, y, strict=True)) / sum(w)
    return sum(a * (Fraction(b) - mean) ** 2 for a, b in zip(w, y, strict=True))


@st.composite
def trials(draw, decades=16):
    k = draw(st.integers(2, 7))
    y = draw(st.lists(st.integers(-200, 200), min_size=k, max_size=k))
    v = draw(st.lists(st.floats(-decades / 2, decades / 2), min_size=k, max_size=k))
    return [x / 100 for x in y], [10.0**x for x in v]


@pytest.mark.parametrize("data", EVERY)
def test_every_data_set_gives_what_the_equations_give_in_r(metafor, data):
    for method, tau2 in metafor.moments(data).items():
        assert random_effects(*metafor.arrays(data), method).tau2 == pytest.approx(tau2, rel=1e-12, abs=0), method


def test_one_variance_of_1e_minus_9_leaves_metafor_nine_digits_and_us_all(metafor):
    # Which is why there is no row of metafor's for it: 44.02737864 in metafor, 44.02737867 in truth.
    y, v = metafor.arrays("tiny_variance")
    expected = (q_at(0, y, v) - 5) / sum(1 / Fraction(x) for x in v)
    assert random_effects(y, v, "HS").tau2 == pytest.approx(float(expected), rel=1e-12, abs=0)


def test_moment_estimates_where_variances_differ_2000_fold_agree_with_metafor(metafor):
    assert metafor.beyond("two_inside") == []


@ANY
@given(data=trials())
def test_pm_is_where_q_meets_its_expectation_or_0_where_it_starts_below(data):
    y, v = data
    tau2, expected = random_effects(y, v, "PM").tau2, len(y) - 1
    if tau2 == 0:
        assert q_at(0, y, v) <= expected * (1 + Fraction(1, 10**13))
    else:
        assert float(q_at(tau2, y, v)) == pytest.approx(expected, rel=1e-12)


@ANY
@given(data=trials())
def test_pm_is_the_root_to_1e_12_wherever_it_is_not_far_below_every_variance(data):
    y, v = data
    tau2, expected = random_effects(y, v, "PM").tau2, len(y) - 1
    if tau2 > 1e-2 * max(v):
        assert q_at(tau2 * (1 - 1e-12), y, v) > expected > q_at(tau2 * (1 + 1e-12), y, v)


@pytest.mark.parametrize("excess", [1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("ratio", [1.0, 1e-8, 1e8])
def test_a_root_just_above_0_is_found_not_called_0(excess, ratio):
    # Two trials: Q = d^2 / (v1 + v2 + 2 tau2), so that the root is (d^2 - v1 - v2) / 2.
    v = [0.05, 0.05 * ratio]
    y = [0.0, float(np.sqrt((v[0] + v[1]) * (1 + excess)))]
    expected = (Fraction(y[1]) ** 2 - Fraction(v[0]) - Fraction(v[1])) / 2
    close = {"rel": 1e-12, "abs": 1e-15 * sum(v)}
    for method in ("PM", "EB"):
        found = random_effects(y, v, method).tau2
        assert found > 0
        assert found == pytest.approx(float(expected), **close)


def test_pm_is_exactly_0_at_and_below_the_boundary():
    for spread in (0.0, 0.25, 0.5):
        # Q = 0.5^2 / (2 * 0.125) = 1 = k - 1 at the widest.
        assert random_effects([0.0, spread], [0.125, 0.125], "PM").tau2 == 0.0
    assert random_effects([0.0, 0.5 + 2**-20], [0.125, 0.125], "PM").tau2 > 0


@ANY
@given(data=trials())
def test_eb_is_pm(data):
    assert random_effects(*data, "EB") == random_effects(*data, "PM")


@ANY
@given(data=trials())
def test_sj_and_hs_are_their_formulas(data):
    y, v = data
    k, mean = len(y), sum(Fraction(x) for x in y) / len(y)
    rough = sum((Fraction(x) - mean) ** 2 for x in y) / k
    sidik_jonkman = rough * q_at(rough, y, v) / (k - 1)
    q = q_at(0, y, v)
    assert random_effects(y, v, "SJ").tau2 == pytest.approx(float(sidik_jonkman), rel=1e-12, abs=0)
    hunter_schmidt = max(Fraction(0), q - k) / sum(1 / Fraction(x) for x in v)
    close = pytest.approx(float(hunter_schmidt), rel=1e-12, abs=float(1e-13 * k / sum(1 / x for x in v)))
    assert random_effects(y, v, "HS").tau2 == close


@pytest.mark.parametrize("method", NEW)
@pytest.mark.parametrize("exponent", [-400, -60, 60, 400])
def test_scaling_by_a_power_of_two_is_exact(metafor, method, exponent):
    y, v = (np.array(x) for x in metafor.arrays("collins1985b"))
    unit = 2.0**exponent
    once, scaled = random_effects(y, v, method), random_effects(y * unit, v * unit**2, method)
    assert (scaled.mean, scaled.se, scaled.tau2) == (once.mean * unit, once.se * unit, once.tau2 * unit**2)


@pytest.mark.parametrize("method", NEW)
def test_equal_variances_make_them_functions_of_the_sample_variance(method):
    # With v the same for all: PM = HE = s^2 - v, SJ = s^2 r / (v + r) with r = (k - 1) s^2 / k, HS = r - v.
    y, v = [-0.9, 0.1, 0.4, 1.2, -0.3], 0.07
    s2 = float(np.var(y, ddof=1))
    r = s2 * 4 / 5
    expected = {"PM": s2 - v, "EB": s2 - v, "SJ": s2 * r / (v + r), "HS": r - v}[method]
    assert random_effects(y, [v] * 5, method).tau2 == pytest.approx(expected, rel=1e-12)


def test_each_estimator_is_its_own_but_for_eb(metafor):
    data = metafor.arrays("bcg")
    found = {method: fit(*data, RandomEffects(method)).tau2 for method in TAU2}
    assert found["EB"] == found["PM"]
    assert len(set(found.values())) == len(TAU2) - 1
