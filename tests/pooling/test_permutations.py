"""Permutation tests: every order once, the kernel equal to one fit at a time, and the progress of long work."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.errors import PoolingError, SelectionError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import (
    TAU2_METHODS,
    CommonEffect,
    RandomEffects,
    meta_regression,
    permutation_steps,
    permutation_test,
)
from netmeta.pooling.permutations import _arrangements, _Trial


def evidence(y, v):
    return Evidence(
        tuple(
            Trial(study=f"T{at}", experimental="a", control="b", log_hr=float(effect), se=float(variance) ** 0.5)
            for at, (effect, variance) in enumerate(zip(y, v, strict=True))
        )
    )


@pytest.mark.parametrize("interval", ["wald", "hartung-knapp", "modified-hartung-knapp"])
@pytest.mark.parametrize("method", [*TAU2_METHODS, None])
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32), spread=st.sampled_from([0.0, 1.0, 3.0]))
def test_the_kernel_is_one_fit_at_a_time(interval, method, seed, spread):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(5, 9))
    v = 10.0 ** rng.uniform(-spread, spread, k) * 0.1
    trials, dose = evidence(rng.normal(size=k) * np.sqrt(v + 0.1), v), rng.normal(size=k)
    model = CommonEffect() if method is None else RandomEffects(method, interval, "none")
    orders = np.array([rng.permutation(k) for _ in range(4)])
    seen = _Trial.of(meta_regression(trials, "~ dose", model, data={"dose": dose})).statistics(orders)
    for order, statistics in zip(orders, seen, strict=True):
        # Trial order[j] meets the j-th row of the design.
        fit = meta_regression(trials, "~ dose", model, data={"dose": dose[np.argsort(order)]})
        expected = (*(abs(each.statistic) for each in fit.coefficients), fit.test.statistic)
        assert statistics == pytest.approx(expected, rel=1e-6)


@given(kinds=st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_every_order_stands_once(kinds):
    assert sorted(_arrangements(tuple(kinds))) == sorted(set(permutations(kinds)))


RNG = np.random.default_rng(7)
TEN = evidence(RNG.normal(size=10), RNG.uniform(0.05, 0.3, 10))
DOSE = {"dose": RNG.normal(size=10), "arm": list("aaabbbbbbb")}


def test_equal_rows_of_the_design_are_the_same():
    found = permutation_test(meta_regression(TEN, "~ arm", data=DOSE))
    assert (found.every, found.n, found.seed) == (True, 120, None)
    assert found["arm[b]"] == found.test_p


def test_a_sample_is_near_the_t_test_and_follows_its_seed():
    fit = meta_regression(TEN, "~ dose", RandomEffects("DL", "hartung-knapp", "none"), data=DOSE)
    one, same, other = (permutation_test(fit, most=4000, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert not one.every
    assert one.seed == 1
    assert one["dose"] == pytest.approx(fit["dose"].p_value, abs=0.05)
    assert min(one.p_values) >= 1 / 4000


def test_a_strong_covariate_is_found():
    dose = np.arange(10.0)
    strong = evidence(dose, np.full(10, 0.1))
    found = permutation_test(meta_regression(strong, "~ dose", data={"dose": dose}), most=999)
    assert found["dose"] <= 3 / 999


def test_progress_rises_to_one():
    steps = list(permutation_steps(meta_regression(TEN, "~ dose", data=DOSE), most=5000))
    assert len(steps) > 5
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


def test_what_cannot_be_tested_says_why():
    fit = meta_regression(TEN, "~ dose", data=DOSE)
    with pytest.raises(PoolingError, match="takes what meta_regression"):
        permutation_test(TEN)
    for most in (0, 1.5, True, "many", 10**9):
        with pytest.raises(PoolingError, match="most is a whole number"):
            permutation_test(fit, most=most)
    with pytest.raises(PoolingError, match="seed is a whole number"):
        permutation_test(fit, seed=-1)
    with pytest.raises(SelectionError, match=r"no coefficient 'doze'.* 'dose'"):
        permutation_test(fit)["doze"]
    far = meta_regression(evidence([1, 2, 0, 1], [1e-6, 1e6, 1, 1]), "~ dose", data={"dose": [1, 2, 3, 5]})
    with pytest.raises(PoolingError, match="too far apart"):
        permutation_test(far)
