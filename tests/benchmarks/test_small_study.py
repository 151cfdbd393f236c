"""Small-study effects: each test at 12 and 100 trials that are pooled already, beside metafor in one call of Rscript.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_small_study.py
"""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from netmeta.charts.funnel_rows import funnel_rows
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import CommonEffect, RandomEffects, begg, d_fiv, egger, pool, selection_model, trim_and_fill

SIZES = (12, 100)
WORK = {
    "pool": pool,
    "egger": egger,
    "egger, mixed": lambda trials: egger(trials, form="mixed"),
    "begg": begg,
    "d_fiv": d_fiv,
    "trim_and_fill": trim_and_fill,
    "selection_model": selection_model,
    "funnel_rows": lambda trials: funnel_rows(pool(trials)),
}
METAFOR = """
suppressPackageStartupMessages(library(metafor))
set.seed(1)
for (k in c(12, 100)) {
  s <- runif(k, .1, .6); d <- data.frame(yi = rnorm(k, -.2, sqrt(s^2 + .04)), vi = s^2)
  fit <- rma(yi, vi, data = d, test = "adhoc"); ml <- rma(yi, vi, data = d, method = "ML")
  time <- function(name, f, n) cat(k, name, 1000 * system.time(for (i in 1:n) f())[["elapsed"]] / n, "\\n", sep = ";")
  time("rma", function() rma(yi, vi, data = d), 50)
  time("regtest lm", function() regtest(fit, model = "lm"), 50)
  time("regtest rma", function() regtest(fit, model = "rma"), 50)
  time("ranktest", function() ranktest(fit), 50)
  time("trimfill", function() trimfill(fit), 20)
  time("selmodel", function() suppressWarnings(selmodel(ml, type = "stepfun", steps = .025, alternative = "less")), 3)
}
"""


def fresh(k):
    """Return trials that no cache has seen, with a P value on either side of 0.025."""
    rng = np.random.default_rng()
    while True:
        se = rng.uniform(0.1, 0.6, k)
        y = rng.normal(-0.2, np.hypot(se, 0.2))
        if 1 < (y / se < -1.96).sum() < k - 1:
            yield Evidence(
                tuple(
                    Trial(
                        study=f"T{at}",
                        experimental="a",
                        control="b",
                        log_hr=a,
                        se=b,
                        events_total=int(4 / b**2) + 1,
                    )
                    for at, (a, b) in enumerate(zip(y.tolist(), se.tolist(), strict=True))
                )
            )


@pytest.mark.parametrize("k", SIZES)
@pytest.mark.parametrize("name", WORK)
def test_small_study_effects(benchmark, name, k):
    benchmark.group = f"small-study effects, k = {k}"
    source = fresh(k)
    WORK[name](next(source))

    def pooled():
        trials = next(source)
        if name != "pool":
            pool(trials)
            pool(trials, CommonEffect())
            pool(trials, RandomEffects("ML", interval="wald", prediction="none"))
        return (trials,), {}

    assert benchmark.pedantic(WORK[name], setup=pooled, rounds=25)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not here")
def test_metafor_beside_it(capsys):
    said = subprocess.run(
        ["Rscript", "-e", METAFOR], check=True, capture_output=True, text=True, timeout=300
    ).stdout
    rows = [line.split(";")[:3] for line in said.splitlines()]
    assert len(rows) == 12
    with capsys.disabled():
        print("\n| k | metafor | ms |\n|---|---|---|")
        for k, name, ms in rows:
            print(f"| {k} | {name} | {float(ms):.2f} |")
