"""School writing and academic achievement, 48 studies, standardised mean differences.

Bangert-Drowns, Hurley & Wilkinson 2004, Rev Educ Res 74:29; metadat, dat.bangertdrowns2004.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


def test_reml_as_metafor_prints_it(metafor):
    # metadat, ?dat.bangertdrowns2004: rma(yi, vi).
    found = fit(*metafor.arrays("bangertdrowns2004"), RandomEffects("REML", "wald"))
    assert found.k == 48
    assert (found.log_hr, found.se, found.tau2) == pytest.approx((0.2219, 0.0460, 0.0499), abs=5e-5)
    assert (found.ci.low, found.ci.high) == pytest.approx((0.1317, 0.3122), abs=5e-5)
    assert (found.i2, found.h2) == pytest.approx((58.37, 2.40), abs=5e-3)
    assert (found.q, found.q_df) == (pytest.approx(107.1061, abs=5e-5), 47)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("bangertdrowns2004") == []
