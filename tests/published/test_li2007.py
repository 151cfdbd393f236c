"""Magnesium after a heart attack, 22 trials, log odds ratios of early death.

Li, Zhang, Zhang & Egger 2007, Cochrane Database Syst Rev CD002755; metadat, dat.li2007.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import CommonEffect, fit, pool_counts, presets
from netmeta.validate.counts import counts


def test_random_effects_are_those_of_the_cochrane_review(metafor):
    # Abstract: random-effects OR 0.66 (95% CI 0.53 to 0.82), as Review Manager computed it then.
    found = fit(*metafor.arrays("li2007"), presets.cochrane_legacy)
    assert found.k == 22
    assert (found.hr, found.ci.exp().low, found.ci.exp().high) == pytest.approx((0.66, 0.53, 0.82), abs=5e-3)


def test_the_common_effect_is_that_of_the_cochrane_review(metafor):
    # Abstract: fixed-effect OR 0.99 (95% CI 0.94 to 1.04), which is Mantel-Haenszel's; inverse variance reaches 1.05.
    found = fit(*metafor.arrays("li2007"), CommonEffect())
    assert (found.hr, found.ci.exp().low) == pytest.approx((0.99, 0.94), abs=5e-3)


def test_every_number_is_metafors(metafor):
    assert metafor.beyond("li2007") == []


def test_mantel_haenszel_from_the_counts_is_what_the_cochrane_review_prints():
    # Abstract: fixed-effect OR 0.99 (95% CI 0.94 to 1.04).
    found = pool_counts(counts("li2007"), "OR", "mantel-haenszel")
    assert (found.k, found.value) == (22, pytest.approx(0.99, abs=5e-3))
    assert (found.low, found.high) == pytest.approx((0.94, 1.04), abs=5e-3)
