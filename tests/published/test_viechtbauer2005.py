"""Two worked examples with seven estimators of tau2 each: Viechtbauer 2005, J Educ Behav Stat 30:261."""

from __future__ import annotations

import pytest

from netmeta.pooling import RandomEffects, fit

PAGE_271 = {"HS": 0.228, "HE": 0.148, "DL": 0.277, "ML": 0.197, "REML": 0.223, "EB": 0.192, "SJ": 0.199}
PAGE_272 = {"HS": 0.010, "HE": 0.000, "DL": 0.013, "ML": 0.013, "REML": 0.016, "EB": 0.010, "SJ": 0.025}


@pytest.mark.parametrize(("method", "tau2"), PAGE_271.items())
def test_the_first_example_is_that_of_page_271(metafor, method, tau2):
    found = fit(*metafor.arrays("viechtbauer2005a"), RandomEffects(method))
    assert found.k == 10
    assert found.tau2 == pytest.approx(tau2, abs=5e-4)


@pytest.mark.parametrize(("method", "tau2"), PAGE_272.items())
def test_the_second_example_is_that_of_page_272(metafor, method, tau2):
    found = fit(*metafor.arrays("viechtbauer2005b"), RandomEffects(method))
    assert found.k == 18
    assert found.tau2 == pytest.approx(tau2, abs=5e-4)


@pytest.mark.parametrize("data", ["viechtbauer2005a", "viechtbauer2005b"])
def test_every_number_is_metafors(metafor, data):
    assert metafor.beyond(data) == []
