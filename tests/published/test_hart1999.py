"""Warfarin against stroke in atrial fibrillation, 6 trials, log incidence rate ratios.

Hart et al. 1999, Ann Intern Med 131:492; metadat, dat.hart1999.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


def test_rate_ratio_as_metafor_prints_it(metafor):
    # metadat, ?dat.hart1999: escalc(measure = "IRR"), rma(yi, vi), predict(res, transf = exp).
    found = fit(*metafor.arrays("hart1999"), RandomEffects("REML", "wald"))
    assert (found.k, found.tau2) == (6, 0.0)
    assert (found.hr, found.ci.exp().low, found.ci.exp().high) == pytest.approx((0.3617, 0.2626, 0.4984), abs=5e-5)


def test_a_tau2_of_0_has_an_interval_that_reaches_far_above_it(metafor):
    found = fit(*metafor.arrays("hart1999"), RandomEffects("REML"))
    assert found.tau2_ci is not None
    assert (found.tau2_ci.low, found.tau2_ci.high) == (0.0, pytest.approx(0.6802, abs=5e-5))


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("hart1999") == []
