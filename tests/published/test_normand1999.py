"""Length of stay after stroke in special and in routine care, 9 studies, mean differences in days.

Normand 1999, Stat Med 18:321; metadat, dat.normand1999. Variances within studies differ 129-fold, and that between
them outdoes them all.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


def test_reml_as_metafor_prints_it(metafor):
    # metadat, ?dat.normand1999: escalc(measure = "MD"), then rma(yi, vi).
    found = fit(*metafor.arrays("normand1999"), RandomEffects("REML", "wald"))
    assert found.k == 9
    assert (found.log_hr, found.se, found.tau2) == pytest.approx((-15.1060, 8.9466, 684.6462), abs=5e-5)
    assert (found.q, found.q_df) == (pytest.approx(238.9158, abs=5e-5), 8)


def test_dersimonian_laird_lies_outside_of_the_q_profile_interval_of_its_own_data(metafor):
    # As in metafor: the interval does not start from the estimate (docs/conventions.md).
    found = fit(*metafor.arrays("normand1999"), RandomEffects("DL", "wald"))
    assert found.tau2 == pytest.approx(205.4094, abs=5e-5)
    assert found.tau2_ci is not None
    assert found.tau2_ci.low == pytest.approx(292.9181, abs=5e-5)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("normand1999") == []
