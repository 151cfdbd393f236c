"""BCG against tuberculosis with smoothed variances, 13 trials, log risk ratios: Berkey et al. 1995, Stat Med 14:395."""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit


def test_empirical_bayes_is_that_of_page_408(metafor):
    found = fit(*metafor.arrays("berkey1995"), RandomEffects("EB", "wald"))
    assert found.k == 13
    assert found.log_hr == pytest.approx(-0.5429, abs=5e-5)
    assert found.se == pytest.approx(0.1842, abs=5e-5)
    assert found.tau2 == pytest.approx(0.268, abs=5e-4)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("berkey1995") == []
