"""Diuretics in pregnancy and pre-eclampsia, 9 trials, log odds ratios: Collins et al. 1985, BMJ 290:17.

Viechtbauer 2007, Stat Med 26:37, table II on page 44 compares intervals of tau2 on these data.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


@pytest.mark.parametrize(("method", "tau2"), [("DL", 0.230), ("ML", 0.239), ("REML", 0.301)])
def test_tau2_is_that_of_table_2(metafor, method, tau2):
    assert fit(*metafor.arrays("collins1985b"), RandomEffects(method)).tau2 == pytest.approx(tau2, abs=5e-4)


@pytest.mark.parametrize("method", ["DL", "ML", "REML"])
def test_q_profile_interval_is_that_of_table_2_whatever_the_estimator(metafor, method):
    found = fit(*metafor.arrays("collins1985b"), RandomEffects(method))
    assert found.tau2_ci is not None
    assert (found.tau2_ci.low, found.tau2_ci.high) == pytest.approx((0.072, 2.203), abs=5e-4)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("collins1985b") == []
