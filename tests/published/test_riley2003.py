"""MYC-N and overall survival in neuroblastoma, 56 studies, log hazard ratios.

Riley et al. 2003, Br J Cancer 88:1191; the estimates as in metadat, dat.riley2003.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


def test_reml_with_the_hartung_knapp_interval(metafor):
    found = fit(*metafor.arrays("riley2003"), RandomEffects("REML", "hartung-knapp"))
    assert found.k == 56
    assert found.tau2 == pytest.approx(0.372703, abs=5e-7)
    assert (found.ci.low, found.ci.high) == pytest.approx((1.38211, 1.87492), abs=1e-5)


def test_q_profile_interval(metafor):
    found = fit(*metafor.arrays("riley2003"), RandomEffects("REML"))
    assert found.tau2_ci is not None
    assert (found.tau2_ci.low, found.tau2_ci.high) == pytest.approx((0.1946, 0.9787), abs=5e-5)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("riley2003") == []
