"""Tests of small-study effects, trim and fill and the selection model as metafor and base R have them."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from netmeta.pooling import CommonEffect, fit, pool

FILE = Path(__file__).parents[1] / "fixtures" / "small_study" / "reference.py"
SPEC = spec_from_file_location("small_study_reference", FILE)
sys.modules[SPEC.name] = reference = module_from_spec(SPEC)
SPEC.loader.exec_module(reference)


def named(line: dict[str, str], *names: str) -> str:
    return " ".join(line[name] for name in names if line[name])


def close(ours, text: str, tolerance: float = 1e-8, *, floor: float = 1e-12) -> None:
    if text in {"", "NA"}:
        assert ours is None
    else:
        assert ours == pytest.approx(float(text), rel=tolerance, abs=floor)


def check_line(found, line, tolerance=1e-8, floor=1e-12) -> None:
    ours = {
        "slope": found.slope, "slope_se": found.slope_se, "stat": found.statistic, "df": found.df,
        "p": found.p_value, "limit": found.limit,
        "low": None if found.limit_ci is None else found.limit_ci.low,
        "high": None if found.limit_ci is None else found.limit_ci.high,
    }  # fmt: skip
    for name, value in ours.items():
        close(value, line[name], tolerance, floor=floor)
    close(
        found.dispersion if found.form == "multiplicative" else found.tau2, line["spread"], tolerance, floor=floor
    )


@pytest.mark.parametrize(
    "line", reference.table("regression"), ids=lambda x: named(x, "data", "form", "predictor", "method", "test")
)
def test_egger(line):
    check_line(reference.regressed(line), line)


@pytest.mark.parametrize("line", reference.table("dfiv"), ids=lambda x: x["data"])
def test_d_fiv(line):
    check_line(reference.regressed(line), line)


@pytest.mark.parametrize("line", reference.table("rank"), ids=lambda x: named(x, "data", "k", "tied"))
def test_begg(line):
    evidence = reference.evidence(line["data"], int(line["k"]), tied=line["tied"] == "1")
    found = reference.ranked(line)
    close(found.tau, line["tau"])
    close(found.p_value, line["p"])
    assert found.exact == (len({trial.se for trial in evidence}) == len(evidence))


@pytest.mark.parametrize(
    "line", reference.table("trimfill"), ids=lambda x: named(x, "data", "method", "estimator", "asked")
)
def test_trim_and_fill(line):
    found = reference.trimmed(line)
    assert (found.side, found.missing, found.side_given) == (line["side"], int(line["k0"]), bool(line["asked"]))
    close(found.missing_se, line["k0_se"])
    close(found.p_value, line["p"])
    adjusted = found.adjusted
    ours = {"estimate": adjusted.log_hr, "se": adjusted.se, "ci.lb": adjusted.ci.low, "ci.ub": adjusted.ci.high}
    for name, value in {**ours, "tau2": adjusted.tau2}.items():
        close(value, line[name])
    names = ("data", "method", "estimator", "asked")
    theirs = [row for row in reference.table("filled") if all(row[name] == line[name] for name in names)]
    assert [trial.log_hr for trial in found.filled] == pytest.approx([float(row["yi"]) for row in theirs])
    assert [trial.se**2 for trial in found.filled] == pytest.approx([float(row["vi"]) for row in theirs])


@pytest.mark.parametrize("line", reference.table("selection"), ids=lambda x: named(x, "data", "steps", "method"))
def test_selection_model(line):
    found, evidence = reference.selected(line), reference.evidence(line["data"])
    close(found.log_likelihood, line["ll"])
    # Second derivatives are numerical in R.
    for value, name in (
        (found.log_hr, "estimate"), (found.se, "se"), (found.tau2, "tau2"), (found.tau2_se, "tau2_se"),
        (found.lrt, "lrt"), (found.lrt_p, "lrt_p"),
    ):  # fmt: skip
        close(value, line[name], 1e-6)
    for name, values in (
        ("delta", [one.weight for one in found.weights]), ("delta_se", [one.se for one in found.weights]),
    ):  # fmt: skip
        assert values[1:] == pytest.approx([float(text) for text in line[name].split()], rel=1e-6)
    assert found.log_hr == pytest.approx(float(line["metafor_estimate"]), abs=2e-5)
    ml = fit(*zip(*((one.log_hr, one.se**2) for one in evidence), strict=True), found.unadjusted.model)
    assert found.unadjusted.log_hr == ml.log_hr


@pytest.mark.parametrize("line", reference.table("i2"), ids=lambda x: named(x, "data", "level"))
def test_the_interval_of_i2_from_q(line):
    found = pool(reference.evidence(line["data"]), CommonEffect(float(line["level"])))
    assert found.q == pytest.approx(float(line["q"]))
    assert (found.i2_q_ci.low, found.i2_q_ci.high) == pytest.approx((float(line["low"]), float(line["high"])))
    assert found.i2_q_ci.low <= found.i2_q <= found.i2_q_ci.high
