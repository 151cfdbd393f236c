"""Meta-regression, permutation tests and subgroups as metafor has them, on published data."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

FILE = Path(__file__).parents[1] / "fixtures" / "regression" / "reference.py"
SPEC = spec_from_file_location("regression_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)

CLOSE = {"rel": 1e-7, "abs": 1e-9}
FITS = reference.cases("fits", "data", "formula", "method", "test")


fitted = reference.fitted


def theirs(name, case):
    return reference.columns(name, **dict(zip(("data", "formula", "method", "test"), case, strict=True)))


def bounds(intervals):
    low, high = zip(*((each.low, each.high) if each else (np.nan, np.nan) for each in intervals), strict=True)
    return list(low), list(high)


@pytest.mark.parametrize("case", FITS, ids=" ".join)
def test_what_is_left_between_trials(case):
    found, want = fitted(*case), {name: value[0] for name, value in theirs("fits", case).items()}
    ours = {
        "tau2": found.tau2, "I2": found.i2, "H2": found.h2, "QE": found.qe, "QEp": found.qe_p,
        "QM": found.test.statistic, "QMp": found.test.p_value,
    }  # fmt: skip
    if found.r2 is not None:
        ours["R2"] = found.r2
    if not np.isnan(want["tau2.lb"]):
        ours |= {"tau2.lb": found.tau2_ci.low, "tau2.ub": found.tau2_ci.high}
    for name, value in ours.items():
        assert value == pytest.approx(want[name], **CLOSE), name


@pytest.mark.parametrize("case", FITS, ids=" ".join)
def test_coefficients(case):
    found, want = fitted(*case).coefficients, theirs("coefficients", case)
    low, high = bounds(each.ci for each in found)
    ours = {
        "estimate": [each.log_hr for each in found], "se": [each.se for each in found],
        "statistic": [each.statistic for each in found], "pval": [each.p_value for each in found],
        "ci.lb": low, "ci.ub": high,
    }  # fmt: skip
    assert set(ours) == set(want) - {"at"}
    for name, value in ours.items():
        assert value == pytest.approx(want[name], **CLOSE), name


@pytest.mark.parametrize("case", FITS, ids=" ".join)
def test_fitted_values_with_their_intervals(case):
    found, want = fitted(*case), theirs("fitted", case)
    at = found.predictions({each.name: each.values for each in found.design.covariates})
    (low, high), (new_low, new_high) = bounds(each.ci for each in at), bounds(each.pi for each in at)
    ours = {
        "pred": [each.log_hr for each in at], "se": [each.se for each in at], "ci.lb": low, "ci.ub": high,
        "pi.lb": new_low, "pi.ub": new_high, "weight": found.weights,
    }  # fmt: skip
    assert list(found.fitted) == pytest.approx(ours["pred"], rel=1e-12, abs=1e-12)
    for name, value in ours.items():
        assert value == pytest.approx(want[name], **CLOSE, nan_ok=True), name


@pytest.mark.parametrize(
    "line", reference.table("predictions"), ids=lambda line: " ".join(list(line.values())[2:6])
)
def test_predictions_at_new_values(line):
    found = fitted(line["data"], line["formula"], line["method"], line["test"])
    place = found.predict(ablat=float(line["ablat"]), year=float(line["year"]))
    ours = (place.log_hr, place.se, place.ci.low, place.ci.high, place.pi.low, place.pi.high)
    want = [float(line[name]) for name in ("pred", "se", "ci.lb", "ci.ub", "pi.lb", "pi.ub")]
    assert ours == pytest.approx(want, **CLOSE)


@pytest.mark.parametrize(
    "case", reference.cases("permutations", "data", "formula", "method", "test", "first"), ids=" ".join
)
def test_exact_permutation_tests(case):
    *which, first = case
    want = reference.columns(
        "permutations", **dict(zip(("data", "formula", "method", "test", "first"), case, strict=True))
    )
    found = reference.permuted(*which, int(first))
    assert (found.every, found.n) == (True, int(want["iterations"][0]))
    assert found.p_values == pytest.approx(want["pval"], rel=1e-12)
    assert found.test_p == pytest.approx(want["QMp"][0], rel=1e-12)


@pytest.mark.parametrize(
    "case", reference.cases("subgroups", "data", "by", "method", "test", "tau2s"), ids=" ".join
)
def test_subgroups(case):
    found = reference.grouped(*case)
    lines = [
        line
        for line in reference.table("subgroups")
        if (line["data"], line["by"], line["method"], line["test"], line["tau2s"]) == case
    ]
    assert {line["group"] for line in lines} == {each.name for each in found.groups}
    for line in lines:
        each = found[line["group"]]
        ours = {
            "k": each.k, "estimate": each.log_hr, "se": each.se, "ci.lb": each.ci.low, "ci.ub": each.ci.high,
            "pval": each.p_value, "tau2": each.tau2, "QE": each.q, "QM": found.between.statistic, "QMp": found.between.p_value,
        }  # fmt: skip
        if line["I2"]:
            ours["I2"] = each.i2
        for name, value in ours.items():
            assert value == pytest.approx(float(line[name]), **CLOSE), (line["group"], name)
