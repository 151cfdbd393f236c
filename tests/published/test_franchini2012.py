"""Off-time in Parkinson's disease, 7 trials of five treatments: Franchini et al. 2012, Res Synth Methods 3:142.

Fixed effect of NICE DSU technical support document 2 (Dias, Welton, Sutton & Ades 2011), as the R package multinma
holds its own numbers against it (vignettes/example_parkinsons.Rmd, tsd_FE, commit 0e892c2). The document's are
posteriors of vague priors: means and standard deviations agree to 0.01, the ends of intervals, which are simulated, to
0.025.
"""

from __future__ import annotations

import pytest

from netmeta.validate.network_numbers import compared

# Against placebo: mean, standard deviation, 2.5% and 97.5%.
PUBLISHED = {
    "Pramipexole": (-1.81, 0.33, -2.46, -1.16),
    "Ropinirole": (-0.47, 0.49, -1.43, 0.49),
    "Bromocriptine": (-0.52, 0.48, -1.46, 0.43),
    "Cabergoline": (-0.82, 0.52, -1.84, 0.22),
}


@pytest.fixture(scope="module")
def result():
    return compared("franchini2012", "FE")


@pytest.mark.parametrize("treatment", PUBLISHED)
def test_effects_are_those_of_the_document(result, treatment):
    mean, sd, low, high = PUBLISHED[treatment]
    found = result.effect(treatment, "Placebo")
    assert (found.log_hr, found.se) == pytest.approx((mean, sd), abs=0.01)
    assert (found.ci.low, found.ci.high) == pytest.approx((low, high), abs=0.025)


def test_it_has_seven_trials_of_five_treatments(result):
    # One trial has three arms.
    assert (result.k, len(result.treatments), result.m) == (7, 5, 8)
    assert set(result.treatments) == {"Placebo", *PUBLISHED}
