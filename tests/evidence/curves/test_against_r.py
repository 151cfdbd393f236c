"""Estimates from patient data, each number beside R's survival (tests/fixtures/curves/make.R) at 1e-6 or better."""

from __future__ import annotations

import math
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from netmeta.evidence import curves

REFERENCE = Path(__file__).parents[2] / "fixtures" / "curves" / "reference.py"


def reference():
    if "curves_reference" not in sys.modules:
        spec = spec_from_file_location("curves_reference", REFERENCE)
        sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules["curves_reference"]


R = reference()
each = pytest.mark.parametrize("data", R.DATA)


def same(value):
    return pytest.approx(value, rel=1e-8, abs=1e-11)


@each
@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_cox(data, ties):
    expected, found = R.fits(data), curves.cox(*R.arms(data), ties=ties)
    assert found.log_hr == same(expected[f"log_hr_{ties}"])
    assert found.se == same(expected[f"se_{ties}"])


@each
@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("transform", ["km", "identity", "log"])
def test_proportionality(data, ties, transform):
    expected = R.fits(data)
    found = curves.proportionality(*R.arms(data), ties=ties, transform=transform)
    assert found.chi2 == same(expected[f"zph_{ties}_{transform}_chi2"])
    assert found.p_value == same(expected[f"zph_{ties}_{transform}_p"])


@each
def test_log_rank(data):
    expected, found = R.fits(data), curves.log_rank(*R.arms(data))
    assert found.chi2 == same(expected["logrank_chi2"])
    assert found.p_value == same(expected["logrank_p"])
    assert found.variance == same(expected["variance"])
    assert (found.expected_experimental, found.expected_control) == same(
        (expected["expected_1"], expected["expected_0"])
    )
    assert (found.observed_experimental, found.observed_control) == (expected["observed_1"], expected["observed_0"])


@each
@pytest.mark.parametrize("part", [1, 0.5])
def test_restricted_means(data, part):
    expected, arms = R.fits(data), R.arms(data)
    most = min(arm.times[-1] for arm in arms)
    found = curves.restricted_means(*arms, horizon=part * most)
    wanted = [expected[f"rmst_{kind}{part:g}_{arm}"] for arm in (1, 0) for kind in ("", "se_")]
    assert [found.experimental, found.se_experimental, found.control, found.se_control] == same(wanted)
    assert found.difference == same(wanted[0] - wanted[2])
    assert found.se == same(math.hypot(wanted[1], wanted[3]))


def test_the_common_horizon_is_the_last_time_that_both_arms_reach():
    arms = R.arms("lung")
    assert curves.restricted_means(*arms) == curves.restricted_means(*arms, horizon=965)


@each
@pytest.mark.parametrize("arm", [0, 1])
def test_survival(data, arm):
    rows, found = R.curve(data, arm), curves.survival(R.arms(data)[1 - arm])
    assert list(found.times) == [row["time"] for row in rows]
    assert list(found.at_risk) == [row["at_risk"] for row in rows]
    assert list(found.events) == [row["events"] for row in rows]
    assert found.survival == same([row["survival"] for row in rows])
    inside = [at for at, row in enumerate(rows) if 0 < row["survival"] < 1]
    assert len(inside) > 8
    for name in ("se", "low", "high"):
        assert [getattr(found, name)[at] for at in inside] == same([rows[at][name] for at in inside])


@each
@pytest.mark.parametrize("arm", [0, 1])
def test_medians(data, arm):
    expected, found = R.fits(data), curves.survival(R.arms(data)[1 - arm])
    for ours, name in (
        (found.median, "median"),
        (found.median_low, "median_low"),
        (found.median_high, "median_high"),
    ):
        theirs = expected[f"{name}_{arm}"]
        assert ours is None if math.isnan(theirs) else ours == same(theirs)


@each
def test_lifelines_gives_the_same_cox_model_and_log_rank_test(data):
    lifelines = pytest.importorskip("lifelines")
    from lifelines.statistics import logrank_test

    experimental, control = R.arms(data)
    import pandas as pd

    frame = pd.concat([experimental.to_frame().assign(arm=1), control.to_frame().assign(arm=0)])
    cox = lifelines.CoxPHFitter().fit(frame, "time", "event", fit_options={"precision": 1e-12})
    ours = curves.cox(experimental, control)
    assert [ours.log_hr, ours.se] == pytest.approx([cox.params_["arm"], cox.standard_errors_["arm"]], rel=1e-6)
    test = logrank_test(experimental.times, control.times, experimental.events, control.events)
    assert curves.log_rank(experimental, control).chi2 == pytest.approx(test.test_statistic, rel=1e-8)
