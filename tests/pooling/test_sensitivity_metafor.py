"""Leave-one-out, cumulative analysis, influence, Baujat and GOSH as metafor has them, on published data."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from netmeta.pooling.accumulation import cumulative
from netmeta.pooling.contributions import contribution
from netmeta.pooling.influences import influence
from netmeta.pooling.omission import leave_one_out
from netmeta.pooling.subsets import gosh

FILE = Path(__file__).parents[1] / "fixtures" / "sensitivity" / "reference.py"
SPEC = spec_from_file_location("sensitivity_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)

POOLED = {
    "estimate": "log_hr", "se": "se", "pval": "p_value", "ci.lb": "ci.low", "ci.ub": "ci.high",
    "Q": "q", "Qp": "q_p", "tau2": "tau2", "I2": "i2",
}  # fmt: skip
DIAGNOSTICS = {
    "rstudent": "rstudent", "dffits": "dffits", "cook.d": "cook_d", "cov.r": "cov_r", "tau2.del": "tau2_del",
    "QE.del": "q_del", "hat": "hat", "weight": "weight", "dfbetas": "dfbetas", "influential": "influential",
}  # fmt: skip


def column(rows, path):
    head, *rest = path.split(".")
    found = [getattr(row, head) for row in rows]
    return np.array(column(found, *rest) if rest else found, dtype=float)


def agree(rows, theirs, names):
    assert set(names) == set(theirs) - {"at"}
    assert len(rows) == len(theirs["at"])
    for name, path in names.items():
        # In percent, I2 is two digits further from 0 where metafor's search for tau2 stops beside it.
        assert column(rows, path) == pytest.approx(theirs[name], rel=1e-7, abs=1e-8 if name == "I2" else 1e-9), name


@pytest.mark.parametrize(("data", "method", "test"), reference.cases("leave1out"))
def test_leave_one_out(data, method, test):
    found = leave_one_out(reference.evidence(data), reference.model(method, test))
    agree(found.rows, reference.columns("leave1out", data, method, test), POOLED)


@pytest.mark.parametrize(("data", "method", "test"), reference.cases("cumul"))
def test_cumulative(data, method, test):
    evidence = reference.evidence(data)
    found = cumulative(evidence, reference.model(method, test), "precision")
    theirs = reference.columns("cumul", data, method, test)
    rows = found.rows[-len(theirs["at"]) :]
    agree(rows, theirs, POOLED)
    assert [row.label for row in rows] == [evidence.labels[int(at) - 1] for at in theirs["at"]]


@pytest.mark.parametrize(("data", "method", "test"), reference.cases("influence"))
def test_influence(data, method, test):
    found = influence(reference.evidence(data), reference.model(method, test))
    agree(found.rows, reference.columns("influence", data, method, test), DIAGNOSTICS)


def test_why_a_trial_is_influential():
    """The four criteria of metafor's help page (?influence.rma.uni), from metafor's own numbers."""
    seen = set()
    for case in reference.cases("influence"):
        theirs = reference.columns("influence", *case)
        k = len(theirs["at"])
        beyond = {
            "dffits": np.abs(theirs["dffits"]) > 3 * np.sqrt(1 / (k - 1)),
            "cook_d": chi2.cdf(theirs["cook.d"], 1) > 0.5,
            "hat": theirs["hat"] > 3 / k,
            "dfbetas": np.abs(theirs["dfbetas"]) > 1,
        }
        for at, row in enumerate(influence(reference.evidence(case[0]), reference.model(*case[1:])).rows):
            assert row.reasons == tuple(name for name in beyond if beyond[name][at])
            seen |= {*row.reasons, "hat, nearly"} if 2 / k < row.hat < 3 / k else {*row.reasons}
    assert seen == {"dffits", "cook_d", "hat", "dfbetas", "hat, nearly"}


def test_some_trials_are_influential_and_most_are_not():
    flags = [line["influential"] == "1" for line in reference.table("influence")]
    assert 0 < sum(flags) < len(flags) / 2


@pytest.mark.parametrize(("data", "method", "test"), reference.cases("baujat"))
def test_baujat(data, method, test):
    found = contribution(reference.evidence(data), reference.model(method, test))
    agree(found.rows, reference.columns("baujat", data, method, test), {"x": "heterogeneity", "y": "influence"})


@pytest.mark.parametrize(("data", "method", "test"), reference.cases("gosh"))
def test_gosh(data, method, test):
    theirs = reference.columns("gosh", data, method, test)
    evidence = reference.evidence(data, int(theirs["k"].max()))
    found = gosh(evidence, reference.model(method, test))
    several = theirs["k"] > 1
    ours = sum(found.including(key) * 2**at for at, key in enumerate(evidence.keys))
    assert sorted(ours) == sorted(theirs["at"][several])
    place = np.argsort(ours)[np.argsort(np.argsort(theirs["at"][several]))]
    for name, values in (("estimate", found.log_hr), ("tau2", found.tau2), ("I2", found.i2), ("k", found.k)):
        assert values[place] == pytest.approx(theirs[name][several], rel=1e-7, abs=1e-9), name
