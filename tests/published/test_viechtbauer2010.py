"""Viechtbauer 2010, J Stat Softw 36(3), section 3: BCG vaccine, log risk ratio on absolute latitude and year.

The paper prints what Fisher scoring has when tau2 moves by less than 1e-5, metafor's default: that is good for four
figures of what follows from tau2. At the optimum itself QM is 12.2045 and not 12.2043, as metafor says too with a
smaller ``threshold`` (``tests/fixtures/regression``).

The same output stands in metafor's help page ``?dat.bcg`` and at metafor-project.org (Colditz 1994; Berkey 1995).
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from netmeta.pooling import RandomEffects, meta_regression

FILE = Path(__file__).parents[1] / "fixtures" / "regression" / "reference.py"
SPEC = spec_from_file_location("regression_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)


@pytest.fixture(scope="module")
def found():
    model = RandomEffects("REML", "wald", "normal")
    return meta_regression(reference.evidence("bcg"), "~ ablat + year", model, data=reference.covariates("bcg"))


def test_coefficients(found):
    printed = {"intercept": (-3.5455, 29.0959), "ablat": (-0.0280, 0.0102), "year": (0.0019, 0.0147)}
    for name, (estimate, se) in printed.items():
        assert (found[name].log_hr, found[name].se) == pytest.approx((estimate, se), rel=5e-5, abs=5e-5)


def test_heterogeneity_that_is_left(found):
    assert round(found.tau2, 4) == 0.1108
    assert round(found.i2, 2) == 71.98
    assert round(found.r2, 2) == 64.63
    assert (round(found.qe, 4), found.qe_df, round(found.qe_p, 4)) == (28.3251, 10, 0.0016)


def test_the_moderators_together(found):
    assert (found.test.statistic, found.test.df) == (pytest.approx(12.2043, rel=2e-5), 2)
    assert round(found.test.p_value, 4) == 0.0022
