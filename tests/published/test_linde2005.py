"""St John's wort against depression, 24 placebo-controlled trials, log risk ratios of response.

Linde, Berner, Egger & Mulrow 2005, Br J Psychiatry 186:99; metadat, dat.linde2005, in which 2 of 26 trials give no responses.
"""

from __future__ import annotations

import pytest

from netmeta.pooling import TAU2_METHODS, RandomEffects, fit


def test_every_number_is_metafors(metafor):
    assert len(metafor.arrays("linde2005")[0]) == 24
    assert metafor.beyond("linde2005") == []


def test_the_estimators_differ_by_more_than_a_factor_of_two(metafor):
    found = {method: fit(*metafor.arrays("linde2005"), RandomEffects(method)).tau2 for method in TAU2_METHODS}
    theirs = {
        row.method: row["tau2"] for row in metafor.rows("linde2005", test="z", level=0.95) if row.method != "EE"
    }
    assert found == pytest.approx(theirs, rel=1e-8)
    assert max(found.values()) > 2 * min(found.values())
