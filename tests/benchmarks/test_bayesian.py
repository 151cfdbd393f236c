"""The Bayesian analysis, everything of a result, by number of trials.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_bayesian.py
"""

from __future__ import annotations

import numpy as np
import pytest

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import HalfCauchy, HalfNormal, OwnDensity, Uniform, bayesian
from netmeta.pooling.bayes import _remembered

forget = _remembered.cache_clear

PRIORS = {
    "half-normal": HalfNormal(0.5),
    "half-Cauchy": HalfCauchy(0.5),
    "uniform": Uniform(4.0),
    "own": OwnDensity(lambda tau: tau * np.exp(-3 * tau), name="gamma"),
}


def evidence(k):
    rng = np.random.default_rng(k)
    pairs = zip(rng.normal(-0.3, 0.35, k), rng.uniform(0.08, 0.5, k), strict=True)
    trials = [
        Trial(study=f"T{at}", experimental="a", control="b", log_hr=float(a), se=float(b))
        for at, (a, b) in enumerate(pairs)
    ]
    return Evidence(tuple(trials))


def timed(benchmark, k, prior):
    trials = evidence(k)

    def setup():
        forget()
        return (trials, prior), {}

    assert benchmark.pedantic(bayesian, setup=setup, rounds=20, warmup_rounds=1).k == k


@pytest.mark.benchmark(group="Bayesian, half-normal(0.5)")
@pytest.mark.parametrize("k", [3, 12, 50, 200])
def test_by_number_of_trials(benchmark, k):
    timed(benchmark, k, PRIORS["half-normal"])


@pytest.mark.benchmark(group="Bayesian, 12 trials")
@pytest.mark.parametrize("name", PRIORS)
def test_by_prior(benchmark, name):
    timed(benchmark, 12, PRIORS[name])
