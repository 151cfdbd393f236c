"""Networks: the PFS network of the library, 200 trials of 30 treatments, and growth with both; every cache is cold.

OMP_NUM_THREADS=1 pytest tests/benchmarks/test_network.py
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules

import numpy as np
import pytest

import netmeta as nm
from netmeta.evidence import Evidence, Trial
from netmeta.network import direct_effects
from netmeta.network.contrasts import contrasts

COMMON = nm.CommonEffect()
DL = nm.RandomEffects("DL", "wald", "t(k-1)")
REML = nm.RandomEffects("REML", "wald", "t(k-1)")
MODELS = {"common effect": COMMON, "DL": DL, "REML": REML}
TREATMENTS, TRIALS = 30, 200
PARTS = [part.name for part in iter_modules(nm.network.__path__)]
JUDGES = {
    "node_splits": nm.node_splits,
    "node_splits, back-calculation": lambda result: nm.node_splits(result, "back-calculation"),
    "inconsistency": nm.inconsistency,
    "net_heat": nm.net_heat,
    "network_contributions": nm.network_contributions,
    "network_contributions, random-walk": lambda result: nm.network_contributions(result, "random-walk"),
    "rank": nm.rank,
    "omit_trials": nm.omit_trials,
    "adjusted_funnel_data": nm.adjusted_funnel_data,
    "transitivity": nm.transitivity,
    "direct_effects": direct_effects,
    "pairs": lambda result: result.pairs,
}


def forget():
    """Empty every cache of the package."""
    for part in PARTS:
        module = import_module(f"netmeta.network.{part}")
        for value in vars(module).values():
            if callable(getattr(value, "cache_clear", None)):
                value.cache_clear()


def remember(result):
    """Forget everything but the estimate itself, which every judge finds there."""
    forget()
    again = nm.compare(result.evidence, result.model, result.reference, assumptions=result.assumptions)
    return (again,), {}


@cache
def made(treatments, trials):
    """Trials of two arms, and one of ten of three, of a connected network."""
    rng = np.random.default_rng(treatments * 1000 + trials)
    level = rng.normal(-0.3, 0.3, treatments)
    names = [f"treatment {at:02d}" for at in range(treatments)]
    found = []
    for at in range(trials):
        size = 3 if at % 10 == 0 else 2
        arms = [at, int(rng.integers(at))] if 0 < at < treatments else []
        while len(arms) < size:
            # A few treatments are compared much more often than others.
            one = min(int(rng.exponential(treatments / 4)), treatments - 1)
            arms += [one] if one not in arms else []
        y = level[arms] + rng.normal(0, 0.1, len(arms)) + rng.normal(0, 0.15, len(arms))
        v = rng.uniform(0.1, 0.3, len(arms)) ** 2
        found += [
            Trial(
                study=f"T{at:03d}", experimental=names[arms[i]], control=names[arms[j]],
                log_hr=float(y[i] - y[j]), se=float(v[i] + v[j]) ** 0.5,
            )
            for i, j in combinations(range(len(arms)), 2)
        ]  # fmt: skip
    return Evidence(tuple(found))


@pytest.fixture(scope="module")
def pfs():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    return nm.connected_to(trials, "placebo", nm.Merge("high-dose SSA", into="SSA"))


def cold(benchmark, call, *arguments, rounds=20, **keywords):
    """Time a call that finds nothing remembered."""

    def setup():
        forget()
        return arguments, keywords

    call(*arguments, **keywords)
    return benchmark.pedantic(call, setup=setup, rounds=rounds)


# ---- the network of the library --------------------------------------------------------------------


@pytest.mark.benchmark(group="network of PFS")
@pytest.mark.parametrize("name", MODELS)
def test_pfs_estimate(benchmark, pfs, name):
    found = cold(benchmark, nm.compare, pfs, MODELS[name], assumptions=nm.Merge("high-dose SSA", into="SSA"))
    assert found.k == 17


@pytest.mark.benchmark(group="network of PFS")
def test_pfs_estimate_league_numbers_and_scores(benchmark, pfs):
    def everything(trials):
        result = nm.compare(trials, assumptions=nm.Merge("high-dose SSA", into="SSA"))
        return result.pairs, result.p_scores

    pairs, scores = cold(benchmark, everything, pfs)
    assert len(pairs) == len(scores) * (len(scores) - 1) / 2


@pytest.mark.benchmark(group="network of PFS")
@pytest.mark.parametrize("name", JUDGES)
def test_pfs_judged(benchmark, pfs, name):
    result = nm.compare(pfs, assumptions=nm.Merge("high-dose SSA", into="SSA"))
    assert benchmark.pedantic(JUDGES[name], setup=lambda: remember(result), rounds=20, warmup_rounds=1)


# ---- 30 treatments, 200 trials -------------------------------------------------------------------------


@pytest.mark.benchmark(group=f"network, {TREATMENTS} treatments, {TRIALS} trials")
@pytest.mark.parametrize("name", MODELS)
def test_large_estimate(benchmark, name):
    found = cold(benchmark, nm.compare, made(TREATMENTS, TRIALS), MODELS[name], rounds=10)
    assert (found.k, len(found.treatments)) == (TRIALS, TREATMENTS)


@pytest.mark.benchmark(group=f"network, {TREATMENTS} treatments, {TRIALS} trials")
@pytest.mark.parametrize("model", ["DL", "REML"])
@pytest.mark.parametrize("name", JUDGES)
def test_large_judged(benchmark, name, model):
    result = nm.compare(made(TREATMENTS, TRIALS), MODELS[model])
    assert benchmark.pedantic(JUDGES[name], setup=lambda: remember(result), rounds=5, warmup_rounds=1)


# ---- growth ---------------------------------------------------------------------------------------------


@pytest.mark.benchmark(group="growth with trials, 12 treatments, REML")
@pytest.mark.parametrize("trials", [25, 50, 100, 200, 400, 800])
def test_growth_with_trials(benchmark, trials):
    assert cold(benchmark, nm.compare, made(12, trials), REML, rounds=5).k == trials


@pytest.mark.benchmark(group="growth with treatments, 200 trials, REML")
@pytest.mark.parametrize("treatments", [5, 10, 20, 40, 80])
def test_growth_with_treatments(benchmark, treatments):
    found = cold(benchmark, nm.compare, made(treatments, 200), REML, rounds=5)
    assert len(found.treatments) == treatments


# ---- beside dense least squares with the full covariance ------------------------------------------------------


def dense(found):
    """Generalised least squares at tau2 = 0, with the whole covariance matrix of the contrasts."""
    size = sum(len(each.block.y) for each in found.studies)
    x, y, v, at = np.zeros((size, len(found.treatments))), np.zeros(size), np.zeros((size, size)), 0
    place = {name: where for where, name in enumerate(found.treatments)}
    for each in found.studies:
        base, *others = each.study.arms
        end = at + len(others)
        x[at:end, place[base]] = -1
        x[np.arange(at, end), [place[arm] for arm in others]] = 1
        y[at:end], v[at:end, at:end] = each.block.y, each.block.covariance
        at = end
    x = x[:, 1:]
    precision = np.linalg.inv(v)
    covariance = np.linalg.inv(x.T @ precision @ x)
    return covariance @ x.T @ precision @ y, covariance


@pytest.mark.benchmark(group=f"one fit at tau2 = 0, {TREATMENTS} treatments, {TRIALS} trials, contrasts made")
def test_ours(benchmark):
    found = contrasts(made(TREATMENTS, TRIALS), ())

    def ours():
        trials = found.regression()
        fit = trials.one(0.0)
        return trials.coefficients(fit), trials.covariance(fit)

    estimates, covariance = benchmark.pedantic(ours, rounds=20, warmup_rounds=1)
    plain, its = dense(found)
    assert estimates == pytest.approx(plain, rel=1e-8)
    assert covariance == pytest.approx(its, rel=1e-8)


@pytest.mark.benchmark(group=f"one fit at tau2 = 0, {TREATMENTS} treatments, {TRIALS} trials, contrasts made")
def test_dense_least_squares(benchmark):
    found = contrasts(made(TREATMENTS, TRIALS), ())
    assert len(benchmark.pedantic(dense, (found,), rounds=20, warmup_rounds=1)[0]) == TREATMENTS - 1


R_NETMETA = """
suppressPackageStartupMessages(library(netmeta))
d <- read.csv("{file}")
print(system.time(for (i in 1:5) netmeta(d$effect, d$se, d$treat1, d$treat2, d$study, method.tau = "DL"))[["elapsed"]] / 5)
"""


def test_r_netmeta(tmp_path, capsys):
    """The same estimate by R's netmeta, where it is installed: Debian has no package of it."""
    there = shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "q(status = !requireNamespace('netmeta', quietly = TRUE))"], check=False, capture_output=True
    ).returncode == 0  # fmt: skip
    if not there:
        pytest.skip("R's netmeta is not installed")
    rows = [(t.study, t.experimental, t.control, t.log_hr, t.se) for t in made(TREATMENTS, TRIALS)]
    lines = ["study,treat1,treat2,effect,se", *(",".join(map(str, row)) for row in rows)]
    file = tmp_path / "trials.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    said = subprocess.run(
        ["Rscript", "-e", R_NETMETA.format(file=file)], check=True, capture_output=True, text=True
    )
    with capsys.disabled():
        print(f"\nR's netmeta, DL, {TREATMENTS} treatments, {TRIALS} trials: {said.stdout.split()[-1]} s")
