"""What must hold for any evidence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.pooling import TAU2_METHODS, CommonEffect, RandomEffects, fit

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
