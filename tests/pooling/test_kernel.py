"""The kernel: every row is what the door gives for those trials alone."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netmeta.errors import PoolingError
from netmeta.pooling import TAU2_METHODS, CommonEffect, RandomEffects, fit
from netmeta.pooling.kernel import METHODS, Fits, fit_many
from netmeta.pooling.kernel_sums import Scale

MODELS = [*(RandomEffects(method, "wald", "none") for method in TAU2_METHODS), CommonEffect()]
BOTH = {"rel": 1e-8, "abs": 1e-9}


def name(model):
    return "common" if isinstance(model, CommonEffect) else model.tau2_method


def all_subsets(k):
    return np.array(list(product([False, True], repeat=k)))[1:]


@st.composite
def trials(draw):
    k = draw(st.integers(2, 6))
    y = draw(st.lists(st.integers(-150, 150), min_size=k, max_size=k))
    se = draw(st.lists(st.integers(5, 90), min_size=k, max_size=k))
    return np.array(y) / 100, (np.array(se) / 100) ** 2


@st.composite
def wide(draw):
    """Variances from 1e-6 to 1e6 beside each other."""
    k = draw(st.integers(2, 5))
    y = draw(st.lists(st.integers(-300, 300), min_size=k, max_size=k))
    power = draw(st.lists(st.floats(-6, 6), min_size=k, max_size=k))
    return np.array(y) / 100, 10.0 ** np.array(power)


def rows_like_the_door(y, v, masks, model):
    found = fit_many(y, v, masks, name(model))
    for at in np.flatnonzero(found.k > 1):
        inside = masks[at]
        one = fit(y[inside], v[inside], model)
        ours = (found.k[at], found.mean[at], found.se[at], found.tau2[at], found.q[at], found.i2[at])
        assert ours == pytest.approx((one.k, one.log_hr, one.se, one.tau2, one.q, one.i2), **BOTH)
        spread = (((y[inside] - one.log_hr) ** 2) / (v[inside] + one.tau2)).sum()
        assert found.spread[at] == pytest.approx(spread, **BOTH)


@pytest.mark.parametrize("model", MODELS, ids=name)
@settings(max_examples=15, deadline=None)
@given(arrays=trials())
def test_every_subset_is_what_the_door_gives(arrays, model):
    y, v = arrays
    rows_like_the_door(y, v, all_subsets(len(y)), model)


@pytest.mark.parametrize("model", MODELS, ids=name)
@settings(max_examples=15, deadline=None)
@given(arrays=wide())
def test_every_subset_is_what_the_door_gives_over_wide_ratios(arrays, model):
    y, v = arrays
    masks = all_subsets(len(y))
    found = fit_many(y, v, masks, name(model))
    for at in np.flatnonzero(found.k > 1):
        one = fit(y[masks[at]], v[masks[at]], model)
        # A tau2 far below every variance is known to rounding of the variances, and so is all that hangs on it.
        noise = 1e-8 * float(v[masks[at]].min())
        assert found.tau2[at] == pytest.approx(one.tau2, rel=1e-7, abs=noise)
        assert (found.mean[at], found.se[at]) == pytest.approx((one.log_hr, one.se), rel=1e-7, abs=1e-9)
        assert (found.q[at], found.i2[at]) == pytest.approx((one.q, one.i2), rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("data", ["two_optima", "two_inside", "huge_variance", "tiny_variance", "all_sizes"])
def test_the_likelihood_is_climbed_to_its_highest_point(metafor, data, method):
    y, v = map(np.array, metafor.arrays(data))
    found = fit_many(y, v, np.ones((1, len(y)), dtype=bool), method)
    assert found.tau2[0] == pytest.approx(metafor.optimum(data, method), rel=1e-7, abs=0)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=25, deadline=None)
@given(arrays=wide())
@example(arrays=(np.array([1.23, 0.068, -0.762, 0.095]), np.array([0.2, 0.0001, 0.04, 0.0003])))
def test_no_point_of_a_dense_grid_is_higher(arrays, method):
    y, v = arrays
    tau2 = fit_many(y, v, np.ones((1, len(y)), dtype=bool), method).tau2[0]

    def height(t):
        w = 1 / (v + t)
        rest = y - (w * y).sum() / w.sum()
        return (np.log(w).sum() - (w * rest**2).sum() - (np.log(w.sum()) if method == "REML" else 0)) / 2

    grid = [0.0, *np.geomspace(v.min() * 1e-3, max(np.ptp(y) ** 2, v.min()), 3000)]
    heights = [height(t) for t in grid]
    assert height(tau2) >= max(heights) - 1e-9 * max(1, abs(max(heights)))


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_several_blocks_of_many_trials(model):
    rng = np.random.default_rng(4)
    y, v = rng.normal(-0.3, 0.4, 700), rng.uniform(0.05, 0.9, 700) ** 2
    masks = ~np.eye(700, dtype=bool)
    masks[5], masks[300] = rng.random(700) < 0.1, rng.random(700) < 0.5
    found = fit_many(y, v, masks, name(model))
    assert len(found.mean) == 700
    rows_like_the_door(y, v, masks[[0, 5, 300, 699]], model)
    assert found.tau2[300] == pytest.approx(fit(y[masks[300]], v[masks[300]], model).tau2, **BOTH)


@pytest.mark.parametrize("wide_ratio", [False, True])
@pytest.mark.parametrize("method", METHODS)
def test_a_single_trial_is_itself(method, wide_ratio):
    y, v = np.array([0.5, -1.0, 0.25]), np.array([0.04, 0.09, 1e-9 if wide_ratio else 0.25])
    assert Scale.of(y, v).quick is not wide_ratio
    found = fit_many(y, v, np.eye(3, dtype=bool), method)
    assert found.mean == pytest.approx(y, rel=1e-12)
    assert found.se == pytest.approx(np.sqrt(v), rel=1e-12)
    for zero in (found.tau2, found.q, found.i2, found.spread):
        assert list(zero) == [0, 0, 0]


@pytest.mark.parametrize("method", METHODS)
def test_trials_that_agree_have_no_variance_between_them(method):
    found = fit_many([0.3] * 4, [0.04, 0.1, 0.2, 0.5], all_subsets(4), method)
    assert found.tau2 == pytest.approx(np.zeros(15), abs=1e-15)
    assert found.mean == pytest.approx(np.full(15, 0.3))


def test_what_went_in_is_left_alone():
    y, v, masks = np.array([0.5, -1.0, 0.25]), np.array([0.04, 0.09, 0.25]), all_subsets(3)
    copies = y.copy(), v.copy(), masks.copy()
    fit_many(y, v, masks, "REML")
    for now, before in zip((y, v, masks), copies, strict=True):
        assert (now == before).all()


@pytest.mark.parametrize(
    ("masks", "says"),
    [
        (np.ones((2, 4), dtype=bool), r"got 2 x 4"),
        (np.ones((0, 3), dtype=bool), r"got 0 x 3"),
        (np.ones((2, 3)), "array of booleans with 3 columns"),
        ([[True, True, True]], "array of booleans"),
        (np.array([[True] * 3, [False] * 3]), r"Subset 2 of 2 \(index 1\) is empty"),
    ],
)
def test_masks_that_name_no_subsets(masks, says):
    with pytest.raises(PoolingError, match=says):
        fit_many([0.1, 0.2, 0.3], [0.1, 0.1, 0.1], masks)


def test_names_and_numbers_that_cannot_be():
    with pytest.raises(PoolingError, match="Did you mean 'REML'"):
        fit_many([0.1, 0.2], [0.1, 0.1], np.ones((1, 2), dtype=bool), "REM")
    with pytest.raises(PoolingError, match=r"trial 2 \(index 1\) has -0.1"):
        fit_many([0.1, 0.2], [0.1, -0.1], np.ones((1, 2), dtype=bool))


def test_every_estimator_of_the_door_is_here():
    assert set(METHODS) == {*TAU2_METHODS, "common"}
    assert Fits.__slots__ == ("k", "mean", "se", "tau2", "q", "i2", "spread")


def test_the_kernel_is_numpy_alone():
    code = (
        "import sys, numpy as np; from netmeta.pooling.kernel import METHODS, fit_many\n"
        "for method in METHODS: fit_many([.1, .5, -.3], [.01, .02, .03], np.ones((1, 3), dtype=bool), method)\n"
        "print([name for name in ('scipy', 'pymare', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
