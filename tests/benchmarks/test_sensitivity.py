"""Families of fits: GOSH over all subsets of 16 trials, leave-one-out of 1,000, beside PyMARE and metafor; multiverse.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_sensitivity.py
"""

from __future__ import annotations

import shutil
import subprocess
import warnings

import numpy as np
import pytest

from netmeta.charts.curve_rows import curve_rows
from netmeta.charts.gosh_rows import gosh_rows
from netmeta.charts.share_rows import share_rows
from netmeta.evidence import Evidence, Selection, Trial, load_trials
from netmeta.pooling import CommonEffect, RandomEffects, fit, gosh, leave_one_out, multiverse, pool
from netmeta.pooling.kernel import fit_many

RNG = np.random.default_rng(1)
Y, V = RNG.normal(-0.3, 0.35, 16), RNG.uniform(0.08, 0.5, 16) ** 2
MASKS = ((np.arange(1, 2**16)[:, None] >> np.arange(16)) & 1).astype(bool)
LONG_Y, LONG_V = RNG.normal(-0.3, 0.35, 1000), RNG.uniform(0.05, 0.9, 1000) ** 2
PART = 200


def evidence(y, v):
    pairs = zip(y, v, strict=True)
    trials = [
        Trial(study=f"T{at}", experimental="a", control="b", log_hr=a, se=b**0.5) for at, (a, b) in enumerate(pairs)
    ]
    return Evidence(tuple(trials))


def estimators():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymare import estimators
    return estimators


def one_estimator(method):
    found = estimators()
    if method == "DL":
        return found.DerSimonianLaird(small_sample_correction="wald")
    return found.VarianceBasedLikelihoodEstimator(method=method, small_sample_correction="wald")


@pytest.mark.benchmark(group="GOSH, k = 16, all 65,535 subsets")
@pytest.mark.parametrize("method", ["common", "DL", "PM", "ML", "REML"])
def test_kernel(benchmark, method):
    found = benchmark(fit_many, Y, V, MASKS, method)
    assert len(found.mean) == 65_535


@pytest.mark.benchmark(group="GOSH, k = 16, all 65,535 subsets")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_gosh(benchmark, method):
    trials = evidence(Y, V)
    levels = iter(np.linspace(0.5, 0.9, 5).tolist())
    setup = lambda: ((trials, RandomEffects(method, "wald", "none", next(levels))), {})  # noqa: E731
    assert benchmark.pedantic(gosh, setup=setup, rounds=5).n == 65_519


@pytest.mark.benchmark(group=f"GOSH, k = 16, {PART} subsets")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_kernel_on_a_part(benchmark, method):
    assert len(benchmark(fit_many, Y, V, MASKS[-PART:], method).mean) == PART


@pytest.mark.benchmark(group=f"GOSH, k = 16, {PART} subsets")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_the_door_looped(benchmark, method):
    model = RandomEffects(method, "wald", "none")
    found = benchmark.pedantic(lambda: [fit(Y[row], V[row], model) for row in MASKS[-PART:]], rounds=3)
    ours = fit_many(Y, V, MASKS[-PART:], method)
    assert [one.tau2 for one in found] == pytest.approx(ours.tau2, rel=1e-8, abs=1e-10)


@pytest.mark.benchmark(group=f"GOSH, k = 16, {PART} subsets")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_pymare_looped(benchmark, method):
    def looped():
        for row in MASKS[-PART:]:
            one_estimator(method).fit(Y[row][:, None], V[row][:, None], np.ones((int(row.sum()), 1)))

    benchmark.pedantic(looped, rounds=3)


@pytest.mark.benchmark(group="5,000 subsets, or 5,000 data sets of k = 12")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_pymare_in_two_dimensions(benchmark, method):
    # PyMARE pools columns of equal length: subsets of unequal sizes it does only one size at a time.
    rng = np.random.default_rng(2)
    y, v = rng.normal(-0.3, 0.35, (12, 5000)), rng.uniform(0.08, 0.5, (12, 5000)) ** 2
    benchmark.pedantic(lambda: one_estimator(method).fit(y, v, np.ones((12, 1))), rounds=3)


@pytest.mark.benchmark(group="5,000 subsets, or 5,000 data sets of k = 12")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_kernel_beside_it(benchmark, method):
    assert len(benchmark(fit_many, Y, V, MASKS[-5000:], method).mean) == 5000


@pytest.mark.benchmark(group="leave-one-out, k = 1,000")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_kernel_leaves_one_out(benchmark, method):
    masks = ~np.eye(1000, dtype=bool)
    assert len(benchmark(fit_many, LONG_Y, LONG_V, masks, method).mean) == 1000


@pytest.mark.benchmark(group="leave-one-out, k = 1,000")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_leave_one_out(benchmark, method):
    trials = evidence(LONG_Y, LONG_V)
    levels = iter(np.linspace(0.5, 0.9, 5).tolist())
    setup = lambda: ((trials, RandomEffects(method, level=next(levels))), {})  # noqa: E731
    assert len(benchmark.pedantic(leave_one_out, setup=setup, rounds=5).rows) == 1000


@pytest.mark.benchmark(group="multiverse, NET trials, PFS against placebo, 594 analyses")
def test_multiverse(benchmark):
    levels = iter(np.linspace(0.5, 0.9, 8).tolist())
    question = Selection("PFS", control="placebo")
    setup = lambda: ((load_trials(), RandomEffects(level=next(levels))), {"selection": question})  # noqa: E731
    assert benchmark.pedantic(multiverse, setup=setup, rounds=8).n == 594


@pytest.mark.benchmark(group="multiverse, NET trials, PFS against placebo, 594 analyses")
def test_multiverse_pooled_one_by_one(benchmark):
    found = multiverse(load_trials(), selection=Selection("PFS", control="placebo"))
    jobs = [(Evidence(tuple(load_trials()[key] for key in row.keys)), row) for row in found.rows]
    levels = iter(np.linspace(0.5, 0.9, 3).tolist())

    def each(level):
        for trials, row in jobs:
            common = row.method == "common"
            pool(trials, CommonEffect(level) if common else RandomEffects(row.method, row.interval, "none", level))

    benchmark.pedantic(each, setup=lambda: ((next(levels),), {}), rounds=3)


@pytest.mark.benchmark(group="rows for a chart, after the pooling")
@pytest.mark.parametrize("rows", [gosh_rows, share_rows], ids=["cloud of 65,519", "shares of a brushed region"])
def test_cloud_rows(benchmark, rows):
    found = gosh(evidence(Y, V))
    assert benchmark(rows, found, **({"region": {"hr": (0.7, 0.8)}} if rows is share_rows else {})).rows


@pytest.mark.benchmark(group="rows for a chart, after the pooling")
def test_curve_rows(benchmark):
    found = multiverse(load_trials(), selection=Selection("PFS", control="placebo"))
    assert benchmark(curve_rows, found).rows


@pytest.mark.skipif(not shutil.which("Rscript"), reason="Rscript is not installed")
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_metafor(method, tmp_path, figures):
    """Seconds inside R, without its start: GOSH of 8 trials, and leave-one-out of 100."""
    np.savetxt(tmp_path / "long.csv", np.column_stack([LONG_Y, LONG_V])[:100], delimiter=",")
    code = f"""
    suppressPackageStartupMessages(library(metafor)); d <- read.csv("{tmp_path}/long.csv", header = FALSE)
    one <- rma(V1, V2, data = d, method = "{method}"); some <- rma(V1, V2, data = d[1:8, ], method = "{method}")
    cat(system.time(leave1out(one))[[3]], system.time(gosh(some, progbar = FALSE))[[3]])
    """
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    left, every = (1000 * float(seconds) for seconds in done.stdout.split())
    figures(f"metafor {method}: leave-one-out, k = 100", [left])
    figures(f"metafor {method}: GOSH, k = 8, 255 subsets", [every])
    assert left > 0
    assert every > 0
