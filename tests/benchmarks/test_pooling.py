"""One REML fit beside PyMARE's own, and ten thousand rows."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import netmeta as nm
from netmeta.evidence import select
from netmeta.evidence.selection import opening
from netmeta.pooling import fit

PUBLISHED = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")
Y = np.array([trial.log_hr for trial in PUBLISHED])
V = np.array([trial.se for trial in PUBLISHED]) ** 2


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    names = [f"T{at}" for at in range(10_000)]
    numbers = {"log_hr": rng.normal(-0.3, 0.2, 10_000), "se": rng.uniform(0.05, 0.6, 10_000)}
    return pd.DataFrame({"study": names, "experimental": "a", "control": "b", **numbers})


@pytest.mark.benchmark(group="one fit, k = 9")
@pytest.mark.parametrize("method", nm.pooling.TAU2_METHODS)
def test_fit(benchmark, method):
    found = benchmark(fit, Y, V, nm.RandomEffects(method))
    assert found.k == 9


@pytest.mark.benchmark(group="one fit, k = 9")
def test_pymares_own_reml(benchmark):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymare.estimators import VarianceBasedLikelihoodEstimator

    def alone():
        estimator = VarianceBasedLikelihoodEstimator(
            method="REML", small_sample_correction="knapp-hartung-conservative"
        )
        return estimator.fit(Y[:, None], V[:, None], np.ones((len(Y), 1))).summary()

    alone()
    assert float(np.squeeze(benchmark(alone).tau2)) == pytest.approx(fit(Y, V, nm.RandomEffects()).tau2, abs=1e-4)


@pytest.mark.benchmark(group="10 000 rows")
def test_from_frame(benchmark, frame):
    assert len(benchmark.pedantic(nm.Evidence.from_frame, (frame,), rounds=3)) == 10_000


@pytest.mark.benchmark(group="10 000 rows")
def test_select(benchmark, frame):
    evidence = nm.Evidence.from_frame(frame)
    asked = opening(evidence)
    assert len(benchmark.pedantic(select.__wrapped__, (evidence, asked), rounds=3).evidence) == 10_000


@pytest.mark.benchmark(group="10 000 rows")
def test_pool(benchmark, frame):
    evidence = nm.Evidence.from_frame(frame)
    # A result is remembered: each round asks for another level.
    levels = iter([0.95, 0.9, 0.8])
    found = benchmark.pedantic(
        nm.pool, setup=lambda: ((evidence, nm.RandomEffects(level=next(levels))), {}), rounds=3
    )
    assert found.k == 10_000
