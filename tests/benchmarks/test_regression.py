"""Meta-regression: one fit, and 10,000 permutations, beside PyMARE looped and metafor's permutest.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_regression.py
"""

from __future__ import annotations

import shutil
import subprocess
import warnings

import numpy as np
import pytest

from netmeta.evidence import Evidence, Trial
from netmeta.pooling import RandomEffects, meta_regression, permutation_test

RNG = np.random.default_rng(1)
K, PART = 16, 200
Y, V = RNG.normal(-0.3, 0.35, K), RNG.uniform(0.08, 0.5, K) ** 2
DOSE, AGE = RNG.normal(size=K), RNG.normal(size=K)
DATA = {"dose": DOSE, "age": AGE}
X = np.column_stack([np.ones(K), DOSE, AGE])
TRIALS = Evidence(
    tuple(
        Trial(study=f"T{at}", experimental="a", control="b", log_hr=float(Y[at]), se=float(V[at]) ** 0.5)
        for at in range(K)
    )
)
METAFOR = """
suppressPackageStartupMessages(library(metafor))
d <- as.data.frame(matrix(scan("stdin", quiet = TRUE), ncol = 4, byrow = TRUE))
fit <- rma(V1, V2, mods = ~ V3 + V4, data = d, method = "{method}", test = "knha")
start <- Sys.time()
invisible(permutest(fit, iter = {n}, progbar = FALSE))
cat(as.numeric(Sys.time() - start, units = "secs"))
"""


def model(method, level=0.95):
    return RandomEffects(method, "hartung-knapp", "none", level)


def estimator(method):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymare import estimators
    if method == "DL":
        return estimators.DerSimonianLaird(small_sample_correction="wald")
    return estimators.VarianceBasedLikelihoodEstimator(method=method, small_sample_correction="wald")


@pytest.mark.benchmark(group=f"one fit, k = {K}, two covariates")
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_one_fit(benchmark, method):
    levels = iter(np.linspace(0.5, 0.9, 200).tolist())
    setup = lambda: ((TRIALS, "~ dose + age", model(method, next(levels))), {"data": DATA})  # noqa: E731
    meta_regression(TRIALS, "~ dose + age", model(method), data=DATA)
    assert benchmark.pedantic(meta_regression, setup=setup, rounds=50).k == K


@pytest.mark.benchmark(group=f"one fit, k = {K}, two covariates")
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_one_fit_of_pymare(benchmark, method):
    benchmark.pedantic(lambda: estimator(method).fit(Y[:, None], V[:, None], X), rounds=50, warmup_rounds=1)


@pytest.mark.benchmark(group="10,000 permutations")
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_permutations(benchmark, method):
    found = meta_regression(TRIALS, "~ dose + age", model(method), data=DATA)
    assert benchmark.pedantic(permutation_test, (found,), rounds=3).n == 10_000


@pytest.mark.benchmark(group=f"{PART} permutations")
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_permutations_of_pymare_looped(benchmark, method):
    orders = [RNG.permutation(K) for _ in range(PART)]
    looped = lambda: [estimator(method).fit(Y[:, None], V[:, None], X[order]) for order in orders]  # noqa: E731
    benchmark.pedantic(looped, rounds=3)


@pytest.mark.benchmark(group=f"{PART} permutations")
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_a_part_of_ours(benchmark, method):
    found = meta_regression(TRIALS, "~ dose + age", model(method), data=DATA)
    assert benchmark.pedantic(permutation_test, (found,), {"most": PART}, rounds=3).n == PART


@pytest.mark.parametrize("method", ["REML", "DL"])
def test_permutations_of_metafor(method, capsys):
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not there")
    sent = "\n".join(f"{y} {v} {dose} {age}" for y, v, dose, age in zip(Y, V, DOSE, AGE, strict=True))
    said = subprocess.run(
        ["Rscript", "-e", METAFOR.format(method=method, n=PART)],
        input=sent,
        capture_output=True,
        text=True,
        check=True,
    )
    with capsys.disabled():
        print(f"\nmetafor, permutest, {method}, {PART} permutations: {float(said.stdout):.3f} s")
