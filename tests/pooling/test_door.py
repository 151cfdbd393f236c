"""The traps of PyMARE 0.0.13, each with the right answer or a typed error behind the door."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from netmeta.errors import PoolingError
from netmeta.pooling import TAU2_METHODS, CommonEffect, RandomEffects, fit
from netmeta.pooling.door import TAU2, Estimate, common_effect, random_effects

Y, V = [-0.51, 0.12, -0.88, 0.34, -0.20], [0.05, 0.08, 0.06, 0.10, 0.07]


def pymare_reml(y, v):
    """What PyMARE says when nobody guards it."""
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    estimator = VarianceBasedLikelihoodEstimator(method="REML", small_sample_correction="wald")
    return float(np.ravel(estimator.fit(np.array(y), np.array(v), np.ones((len(y), 1))).params_["tau2"])[0])


@pytest.mark.parametrize("data", ["huge_variance", "two_optima"])
def test_pymare_reml_stops_at_the_wrong_optimum(metafor, data):
    # Should a later PyMARE find these, the guard may be looked at again.
    assert pymare_reml(*metafor.arrays(data)) == pytest.approx(0, abs=1e-6)
    assert metafor.optimum(data, "REML") > 0.005


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize(
    "data",
    [
        "huge_variance",
        "tiny_variance",
        "two_optima",
        "two_inside",
        "all_sizes",
        "small_scale",
        "large_scale",
        "two_trials",
    ],
)
def test_the_door_finds_the_highest_likelihood(metafor, data, method):
    found = random_effects(*metafor.arrays(data), method)
    assert found.tau2 == pytest.approx(metafor.optimum(data, method), rel=1e-8, abs=0)


def test_one_variance_1e8_times_another_agrees_with_metafor(metafor):
    assert metafor.beyond("huge_variance") == []


@pytest.mark.parametrize("data", ["small_scale", "large_scale", "two_trials"])
def test_other_scales_agree_with_metafor(metafor, data):
    assert metafor.beyond(data) == []


@pytest.mark.parametrize("ratio", [1e2, 1e8, 1e12, 1e16])
def test_dersimonian_laird_beside_one_dominant_trial_is_exact(ratio):
    # Reference: the formula of DerSimonian & Laird 1986 in rational arithmetic.
    v = [0.05, 0.08, 0.06, 0.05 / ratio, 0.07]
    w = [1 / Fraction(x) for x in v]
    mean = sum(a * Fraction(b) for a, b in zip(w, Y, strict=True)) / sum(w)
    q = sum(a * (Fraction(b) - mean) ** 2 for a, b in zip(w, Y, strict=True))
    expected = (q - 4) / (sum(w) - sum(a * a for a in w) / sum(w))
    assert random_effects(Y, v, "DL").tau2 == pytest.approx(float(expected), rel=1e-8)


@pytest.mark.parametrize("bad", [0.0, -0.04, float("nan"), float("inf"), 1e-300])
def test_a_variance_that_is_not_positive_and_finite_is_refused(bad):
    with pytest.raises(PoolingError, match=r"variance must be positive.*trial 3 \(index 2\) has"):
        random_effects(Y, [0.05, 0.08, bad, 0.1, 0.07])


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_an_effect_that_is_not_finite_is_refused(bad):
    with pytest.raises(PoolingError, match=r"effect must be a finite number; trial 2 \(index 1\) has"):
        common_effect([-0.5, bad, -0.8, 0.3, -0.2], V)


@pytest.mark.parametrize(("y", "v", "there"), [([], [], "there are none"), ([-0.5], [0.04], "there is 1")])
@pytest.mark.parametrize("pool", [random_effects, common_effect])
def test_empty_and_k1_are_refused(pool, y, v, there):
    with pytest.raises(PoolingError, match=f"at least 2 trials; {there}"):
        pool(y, v)


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        (Y, V[:-1], "5 effects, 4 variances"),
        ([Y], [V], r"Effects must be one number for each trial; its shape is \(1, 5\)"),
        (0.3, 0.1, "Effects must be one number"),
        (["a", "b"], [0.1, 0.1], "Effects must be numbers"),
        ([0.1, None], [0.1, 0.1], "trial 2"),
        (Y, [0.05, 0.08, 0.06, 1e-70, 0.07], "Trial 4 .* other units"),
        ([1e200, *Y[1:]], V, "other units"),
    ],
)
def test_arrays_that_cannot_be_pooled_are_refused(y, v, message):
    with pytest.raises(PoolingError, match=message):
        random_effects(y, v)


def test_an_estimator_that_does_not_exist_is_refused_with_a_hint():
    with pytest.raises(PoolingError, match="Did you mean 'REML'"):
        random_effects(Y, V, "RELM")


def test_every_named_method_is_in_the_table():
    assert tuple(TAU2) == TAU2_METHODS


@pytest.mark.parametrize("method", TAU2_METHODS)
def test_tau2_is_a_plain_float_whatever_its_shape_in_pymare(method):
    found = random_effects(Y, V, method)
    assert [type(x) for x in (found.mean, found.se, found.tau2)] == [float, float, float]


def test_the_common_effect_is_not_a_random_effects_fit_with_tau2_0():
    weights = 1 / np.array(V)
    found = fit(Y, V, CommonEffect())
    assert found.tau2 == 0.0
    assert found.se == pytest.approx(weights.sum() ** -0.5, rel=1e-14)
    assert found.log_hr == pytest.approx(np.average(Y, weights=weights), rel=1e-13)
    assert (found.df, found.pi, found.tau2_ci) == (None, None, None)


def test_the_statistic_is_estimate_over_se_under_hartung_knapp():
    found = fit(Y, V, RandomEffects(interval="hartung-knapp"))
    assert found.statistic == found.log_hr / found.se


def test_a_second_fit_leaves_the_first_as_it_was():
    first = random_effects(Y, V)
    kept = Estimate(first.mean, first.se, first.tau2)
    random_effects([0.4, 0.5, 0.1], [0.2, 0.1, 0.3])
    assert first == kept == random_effects(Y, V)


def test_results_share_nothing_with_the_arrays_that_went_in():
    y, v = np.array(Y), np.array(V)
    first = fit(y, v, RandomEffects())
    assert (y.tolist(), v.tolist()) == (Y, V)
    y[:], v[:] = 9.0, 9.0
    assert first == fit(Y, V, RandomEffects())


@pytest.mark.parametrize("method", TAU2_METHODS)
def test_identical_trials_have_no_variance_between_them(method):
    found = random_effects([-0.4] * 4, [0.09] * 4, method)
    assert (found.mean, found.tau2) == (-0.4, 0.0)
    assert found.se == pytest.approx(0.15, rel=1e-14)


def test_importing_pymare_is_silent_even_where_warnings_are_errors():
    code = "from netmeta.pooling import fit, RandomEffects; fit([.1, .2, .4], [.1, .1, .1], RandomEffects())"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_netmeta_pooling_loads_nothing_heavy():
    code = (
        "import sys, netmeta.pooling; "
        "print(sorted({'pymare', 'scipy', 'pandas', 'altair'} & set(sys.modules)), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]"
