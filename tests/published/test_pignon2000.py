"""Chemotherapy added to local treatment in head and neck cancer, 65 trials, O - E and V of the log-rank test.

Pignon et al. 2000, Lancet 355:949: log hazard ratio (O - E) / V with variance 1 / V.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit


def test_common_effect_is_the_hazard_ratio_of_the_paper(metafor):
    # Page 949, summary: hazard ratio of death 0.90 (95% CI 0.85 to 0.94).
    found = fit(*metafor.arrays("pignon2000"), CommonEffect())
    assert found.k == 65
    assert found.log_hr == pytest.approx(-0.110798, abs=5e-7)
    assert found.hr == pytest.approx(0.90, abs=5e-3)
    assert (found.ci.exp().low, found.ci.exp().high) == pytest.approx((0.85, 0.94), abs=5e-3)


def test_common_effect_is_the_sum_of_o_minus_e_over_the_sum_of_v(metafor):
    y, v = metafor.arrays("pignon2000")
    events = [effect / variance for effect, variance in zip(y, v, strict=True)]
    expected = sum(events) / sum(1 / variance for variance in v)
    assert fit(y, v, CommonEffect()).log_hr == pytest.approx(expected, rel=1e-12)


def test_dersimonian_laird(metafor):
    found = fit(*metafor.arrays("pignon2000"), RandomEffects("DL"))
    assert found.tau2 == pytest.approx(0.034630, abs=5e-7)


def test_paule_mandel(metafor):
    found = fit(*metafor.arrays("pignon2000"), RandomEffects("PM"))
    assert found.tau2 == pytest.approx(0.057823, abs=5e-7)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("pignon2000") == []
