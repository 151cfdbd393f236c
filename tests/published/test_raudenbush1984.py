"""Teachers' expectations and pupils' IQ, 19 studies, standardised mean differences.

Raudenbush 1984, J Educ Psychol 76:85; the estimates as in metadat, dat.raudenbush1985. metafor's page
"analyses:raudenbush2009" prints the two fits below.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, RandomEffects, fit


def test_reml_as_metafor_prints_it(metafor):
    found = fit(*metafor.arrays("raudenbush1985"), RandomEffects("REML", "wald"))
    assert found.k == 19
    assert (found.log_hr, found.se, found.tau2) == pytest.approx((0.0837, 0.0516, 0.0188), abs=5e-5)
    assert (found.ci.low, found.ci.high) == pytest.approx((-0.0175, 0.1849), abs=5e-5)
    assert (found.statistic, found.p_value) == pytest.approx((1.6208, 0.1051), abs=5e-5)
    # metafor stops 1e-5 from the maximum unless told otherwise, and prints 41.86%: the maximum is at 41.85%.
    assert (found.i2, found.h2) == pytest.approx((41.86, 1.72), abs=2e-2)
    assert (found.q, found.q_df, found.q_p) == (
        pytest.approx(35.8295, abs=5e-5),
        18,
        pytest.approx(0.0074, abs=5e-5),
    )


def test_common_effect_as_metafor_prints_it(metafor):
    found = fit(*metafor.arrays("raudenbush1985"), CommonEffect())
    assert (found.log_hr, found.se, found.statistic) == pytest.approx((0.0604, 0.0365, 1.6553), abs=5e-5)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("raudenbush1985") == []
