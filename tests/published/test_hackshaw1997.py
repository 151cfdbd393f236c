"""Lung cancer in non-smokers who live with a smoker, 37 studies, log odds ratios.

Hackshaw, Law & Wald 1997, BMJ 315:980; the estimates as in metadat, dat.hackshaw1998.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit


def test_dersimonian_laird_is_the_relative_risk_of_the_paper(metafor):
    # Page 980, abstract: excess risk 24% (95% CI 13% to 36%).
    found = fit(*metafor.arrays("hackshaw1998"), RandomEffects("DL", "wald"))
    assert found.k == 37
    assert found.hr == pytest.approx(1.24, abs=5e-3)
    assert (found.ci.exp().low, found.ci.exp().high) == pytest.approx((1.13, 1.36), abs=5e-3)


def test_hedges_finds_no_variance_between_studies_and_equals_the_common_effect(metafor):
    data = metafor.arrays("hackshaw1998")
    found = fit(*data, RandomEffects("HE", "wald"))
    assert found.tau2 == 0.0
    assert found.log_hr == fit(*data, CommonEffect()).log_hr
    # metafor, confint: the lower bound is 0, since Q = 47.5 on 36 df is below the upper quantile.
    assert found.tau2_ci is not None
    assert found.tau2_ci.low == 0.0


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("hackshaw1998") == []
