"""Lidocaine after a heart attack, 6 trials, risk differences of death.

Hine et al. 1989, Arch Intern Med 149:2694, as in Normand 1999, Stat Med 18:321, table I; metadat, dat.hine1989. The trials
agree better than chance alone would have them.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import TAU2_METHODS, CommonEffect, RandomEffects, fit

BUT_SJ = [method for method in TAU2_METHODS if method != "SJ"]


def test_reml_as_metafor_prints_it(metafor):
    # metadat, ?dat.hine1989: escalc(measure = "RD"), then rma(yi, vi).
    found = fit(*metafor.arrays("hine1989"), RandomEffects("REML", "wald"))
    assert found.k == 6
    assert (found.log_hr, found.se) == pytest.approx((0.0294, 0.0131), abs=5e-5)
    assert (found.ci.low, found.ci.high) == pytest.approx((0.0038, 0.0551), abs=5e-5)
    assert (found.q, found.q_p) == pytest.approx((0.8597, 0.9731), abs=5e-5)


@pytest.mark.parametrize("method", BUT_SJ)
def test_every_estimator_but_sidik_and_jonkmans_is_0_and_gives_the_common_effect(metafor, method):
    data = metafor.arrays("hine1989")
    found = fit(*data, RandomEffects(method, "wald"))
    assert found.tau2 == 0.0
    assert found.log_hr == fit(*data, CommonEffect()).log_hr


def test_the_plain_hartung_knapp_interval_is_narrower_than_walds_and_the_modified_one_is_not(metafor):
    data = metafor.arrays("hine1989")
    wald, plain, modified = (
        fit(*data, RandomEffects("REML", name)).ci.width
        for name in ("wald", "hartung-knapp", "modified-hartung-knapp")
    )
    assert plain < wald < modified


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("hine1989") == []
