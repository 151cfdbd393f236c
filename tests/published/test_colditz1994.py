"""BCG against tuberculosis, 13 trials, log risk ratios: Colditz et al. 1994, JAMA 271:698.

The random-effects REML fit is the first example of metafor's own paper: Viechtbauer 2010, J Stat Softw 36(3).
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit


def test_reml_is_that_of_the_metafor_paper(metafor):
    found = fit(*metafor.arrays("bcg"), RandomEffects("REML", "wald"))
    assert found.k == 13
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.log_hr == pytest.approx(-0.7145, abs=5e-5)
    assert found.se == pytest.approx(0.1798, abs=5e-5)
    assert found.i2 == pytest.approx(92.22, abs=5e-3)
    assert found.h2 == pytest.approx(12.86, abs=5e-3)
    assert (found.q, found.q_df) == (pytest.approx(152.233, abs=5e-4), 12)
    assert found.statistic == pytest.approx(-3.9744, abs=5e-5)
    assert (found.ci.low, found.ci.high) == pytest.approx((-1.0669, -0.3622), abs=5e-5)


def test_q_profile_interval(metafor):
    found = fit(*metafor.arrays("bcg"), RandomEffects("REML"))
    assert found.tau2_ci is not None
    assert (found.tau2_ci.low, found.tau2_ci.high) == pytest.approx((0.1197, 1.1115), abs=5e-5)


def test_predict_and_confint_as_metafor_prints_them(metafor):
    # metafor, ?predict.rma: predict(res, transf = exp); ?confint.rma: confint(res).
    found = fit(*metafor.arrays("bcg"), RandomEffects("REML", "wald", "normal"))
    assert found.pi is not None
    assert found.i2_ci is not None
    ratios = (found.hr, found.ci.exp().low, found.ci.exp().high, found.pi.exp().low, found.pi.exp().high)
    assert ratios == pytest.approx((0.4894, 0.3441, 0.6962, 0.1546, 1.5490), abs=5e-5)
    # confint looks for the lower bound to four decimals of tau2 unless told otherwise, and prints 81.9177.
    assert (found.i2_ci.low, found.i2_ci.high) == pytest.approx((81.9177, 97.6781), abs=5e-3)


def test_the_common_effect_has_no_tau2_and_i2_from_q(metafor):
    found = fit(*metafor.arrays("bcg"), CommonEffect())
    assert (found.tau2, found.tau2_ci, found.pi) == (0.0, None, None)
    assert found.i2 == found.i2_q == pytest.approx(100 * (152.233 - 12) / 152.233, abs=1e-4)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("bcg") == []
