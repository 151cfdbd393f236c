"""Conscientiousness and taking one's medicine, 16 studies, Fisher's z of correlations.

Molloy, O'Carroll & Ferguson 2014, Ann Behav Med 47:92; the worked example of Quintana 2015 (Front Psychol 6:1549), who
goes through leave-one-out, influence and a Baujat plot with metafor.
"""

from __future__ import annotations

from math import tanh

import pytest

from netmeta.pooling import RandomEffects, fit


def test_the_correlation_is_that_of_the_paper(metafor):
    # Abstract: r = 0.15 (95% CI 0.09 to 0.21).
    found = fit(*metafor.arrays("molloy2014"), RandomEffects("REML", "wald"))
    assert found.k == 16
    assert [tanh(x) for x in (found.log_hr, found.ci.low, found.ci.high)] == pytest.approx(
        [0.15, 0.09, 0.21], abs=5e-3
    )


def test_reml_as_metafor_prints_it(metafor):
    # metadat, ?dat.molloy2014: rma(yi, vi).
    found = fit(*metafor.arrays("molloy2014"), RandomEffects("REML", "wald", "normal"))
    assert (found.log_hr, found.se, found.tau2) == pytest.approx((0.1499, 0.0316, 0.0081), abs=5e-5)
    assert (found.i2, found.h2) == pytest.approx((61.73, 2.61), abs=5e-3)
    assert (found.q, found.q_df) == (pytest.approx(38.1595, abs=5e-5), 15)
    assert found.pi is not None
    # The correlation in a new study; metafor stops 1e-5 from the maximum unless told otherwise.
    assert (tanh(found.pi.low), tanh(found.pi.high)) == pytest.approx((-0.0371, 0.3248), abs=1e-4)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("molloy2014") == []
