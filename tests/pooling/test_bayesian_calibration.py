"""Simulation-based calibration (Talts et al 2018, arXiv:1804.06788): truths drawn from the priors stand anywhere
in their posteriors, with equal chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import HalfCauchy, HalfNormal, Normal, Uniform, bayesian

DRAWS, K = 500, 5
PRIORS = {
    "half-normal": (HalfNormal(0.5), lambda rng: abs(rng.normal(0, 0.5))),
    "half-Cauchy": (HalfCauchy(0.3), lambda rng: abs(0.3 * np.tan(np.pi * (rng.random() - 0.5)))),
    "uniform": (Uniform(2), lambda rng: rng.uniform(0, 2)),
}


def places(prior, draw, rng):
    """Return where a truth and its data put the mean, tau, a new trial and the first trial: four probabilities."""
    mu, tau = rng.normal(-0.2, 0.6), min(draw(rng), 40)
    theta, se = rng.normal(mu, tau, K), rng.uniform(0.1, 0.6, K)
    y = rng.normal(theta, se).clip(-100, 100)
    trials = [
        Trial(study=f"T{at}", experimental="a", control="b", log_hr=a, se=b)
        for at, (a, b) in enumerate(zip(y.tolist(), se.tolist(), strict=True))
    ]
    found = bayesian(Evidence(tuple(trials)), prior, mean_prior=Normal(-0.2, 0.6))
    first = found.trials[0].effect
    new = rng.normal(mu, tau)
    return found.pooled.below(mu), found.tau.below(tau), found.new_trial.below(new), first.below(theta[0])


@pytest.mark.parametrize("name", PRIORS)
def test_truths_stand_anywhere_in_their_posteriors(name):
    rng = np.random.default_rng(20)
    found = np.array([places(*PRIORS[name], rng) for _ in range(DRAWS)])
    # As normal scores, their squares add to chi-squared: 15% too narrow is six standard errors off.
    spread = stats.chi2.cdf((stats.norm.ppf(found) ** 2).sum(0), DRAWS)
    assert (np.minimum(spread, 1 - spread) > 1e-3).all()
    for column in found.T:
        counts = np.histogram(column, bins=20, range=(0, 1))[0]
        assert stats.chisquare(counts).pvalue > 1e-3
        assert stats.kstest(column, "uniform").pvalue > 1e-3
