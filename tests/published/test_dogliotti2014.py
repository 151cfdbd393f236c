"""Strokes in atrial fibrillation, 20 trials of eight treatments: Dogliotti, Paolasso & Giugliano 2014, Heart 100:396.

Their abstract gives one odds ratio, of a Bayesian analysis with random effects: dabigatran 150 mg against placebo or
control, 0.25 (0.15 to 0.43). Ours is another model (normal log odds ratios, REML), so that it comes near: within a
tenth of the log odds ratio's own interval, here 0.1 for the estimate and 0.15 for its ends.
"""

from __future__ import annotations

from math import log

import pytest

from netmeta.validate.network_numbers import compared


@pytest.fixture(scope="module")
def result():
    return compared("dogliotti2014", "REML")


def test_dabigatran_against_control_is_near_the_abstract(result):
    found = result.effect("Dabigatran 150mg", "Placebo/Control")
    assert found.log_hr == pytest.approx(log(0.25), abs=0.1)
    assert (found.ci.low, found.ci.high) == pytest.approx((log(0.15), log(0.43)), abs=0.15)


def test_a_trial_without_a_stroke_says_nothing(result):
    # Of R's 20 trials (metadat, dat.dogliotti2014) WASPO had none.
    assert (result.k, len(result.treatments)) == (19, 8)
    assert not [name for name in result.evidence.labels if "WASPO" in name]
