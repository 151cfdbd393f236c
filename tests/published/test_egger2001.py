"""Magnesium after a heart attack, 16 trials to 1995, log odds ratios of death.

Egger, Davey Smith & Altman (eds) 2001, Systematic Reviews in Health Care; metadat, dat.egger2001. The last and largest
trial, ISIS-4, outweighs all others under a common effect: metafor's example of GOSH.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit


def test_the_common_effect_and_the_mean_effect_contradict_each_other(metafor):
    # metadat, ?dat.egger2001: escalc(measure = "OR"), then rma(yi, vi, method = "EE") and with REML.
    data = metafor.arrays("egger2001")
    common, mean = fit(*data, CommonEffect()), fit(*data, RandomEffects("REML", "wald"))
    assert common.k == 16
    assert (common.log_hr, common.ci.low, common.ci.high) == pytest.approx((0.0148, -0.0450, 0.0746), abs=5e-5)
    assert (mean.log_hr, mean.ci.low, mean.ci.high) == pytest.approx((-0.7666, -1.1817, -0.3515), abs=5e-5)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("egger2001") == []
