"""Published curves, interval by interval: R's equations, the patients behind the curves, and curves that cannot be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from netmeta.errors import EntryError
from netmeta.evidence.routes import Curve, CurvesAtRisk, CurvesFollowUp, read_curve

HALF = Curve((0, 5, 10), (1, 0.5, 0.25), (100, 50, 25))
KEPT = Curve((0, 5, 10), (1, 0.75, 0.5625), (80, 60, 45))


def curve(points: list[tuple[float, float, float]], *, risk: bool = True) -> Curve:
    times, survival, at_risk = zip(*points, strict=True)
    return Curve(times, survival, at_risk if risk else at_risk[:1])


def test_both_curve_routes_are_those_of_r(reference: Any) -> None:
    for row in reference.simulated():
        arms = [reference.points(row["id"], arm) for arm in ("experimental", "control")]
        risk = CurvesAtRisk(*(curve(points) for points in arms))
        follow = CurvesFollowUp(*(curve(points, risk=False) for points in arms), 12, 42)
        assert (risk.log_hr, risk.se) == pytest.approx((row["risk_log_hr"], row["risk_se"]), rel=1e-9)
        assert (follow.log_hr, follow.se) == pytest.approx((row["follow_log_hr"], row["follow_se"]), rel=1e-9)


def test_the_curves_are_near_the_cox_estimate_of_the_patients_behind_them(reference: Any) -> None:
    for row in reference.simulated():
        arms = [reference.points(row["id"], arm) for arm in ("experimental", "control")]
        risk = CurvesAtRisk(*(curve(points) for points in arms))
        follow = CurvesFollowUp(*(curve(points, risk=False) for points in arms), 12, 42)
        for route in (risk, follow):
            assert abs(route.log_hr - row["cox_log_hr"]) < 0.35 * row["cox_se"]
            assert route.se == pytest.approx(row["cox_se"], rel=0.1)


def test_without_censoring_each_interval_is_a_table_of_deaths() -> None:
    # 100 -> 50 -> 25 and 80 -> 60 -> 45: risks 1/2 and 1/4 in both intervals, so ln 2;
    # variances 1/50 - 1/100 + 1/20 - 1/80 = .0475 and 1/25 - 1/50 + 1/15 - 1/60 = .07, by hand.
    route = CurvesAtRisk(HALF, KEPT)
    assert route.log_hr == pytest.approx(math.log(2), rel=1e-12)
    assert route.se == pytest.approx(1 / math.sqrt(1 / 0.0475 + 1 / 0.07), rel=1e-12)
    later = CurvesFollowUp(HALF, KEPT, 10, 20)
    assert (later.log_hr, later.se) == pytest.approx((route.log_hr, route.se), rel=1e-12)


def test_an_interval_without_events_in_one_arm_is_left_out() -> None:
    flat = Curve((0, 5, 10), (1, 0.75, 0.75), (80, 60, 60))
    assert CurvesAtRisk(HALF, flat).log_hr == pytest.approx(math.log(2), rel=1e-12)
    assert CurvesAtRisk(HALF, flat).se == pytest.approx(math.sqrt(0.0475), rel=1e-12)


def test_swapping_the_arms_changes_the_sign() -> None:
    assert CurvesAtRisk(KEPT, HALF).log_hr == -CurvesAtRisk(HALF, KEPT).log_hr


@pytest.mark.parametrize(
    "text", ["0 1 100; 5 0.5 50; 10 0.25 25", "0 100% 100\n5 50% 50\n10 25% 25\n", "5 0,5 50; 10 ,25 25"]
)
def test_points_are_read_as_people_write_them(text: str) -> None:
    assert read_curve("curve_control", text, 100) == HALF


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 1 100; 5 abc 50", "Point 2 of x has 'abc'"),
        ("0 1 100; 5 nan 50", "Point 2 of x has 'nan'"),
        ("0 1 100; 5 -0.5 50", "Point 2 of x has '-0.5'"),
        ("0 1 100; 5", "Point 2 of x is '5'; write time, survival"),
        ("0 1 100; 5 0.5 50 3", "Point 2 of x"),
        ("0 1 100", "1 times"),
        ("0 1 100; 5 82 50", "Survival is 82 at time 5.*Did you mean 0.82"),
        ("0 1 100; 5 0.5 50; 4 0.4 40", "Time 4 follows time 5"),
        ("0 1 100; 5 0.5 50; 9 0.6 40", "rises from 0.5 to 0.6 at time 9"),
        ("0 1 100; 5 0.5 120", "120 are at risk at time 5 and 100 before it"),
        ("0 1 100; 5 0.5 50; 9 0.4", "no number at risk at time 9"),
        ("0 0.9 100; 5 0.5 50", "begins at time 0 with survival 0.9"),
        ("; ".join(f"{at} 1 9" for at in range(1001)), "1001 points"),
        ("0 1 0; 5 0.5 0", "0 patients are at risk"),
    ],
)
def test_a_curve_that_no_trial_can_have_is_refused_by_its_point(text: str, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        read_curve("x", text)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: CurvesAtRisk(HALF, Curve((0, 6), (1, 0.5), (80, 40))), r"different times \(5 in one"),
        (lambda: CurvesAtRisk(HALF, Curve((0, 5, 10), (1, 0.5, 0.2), (80,))), "no number at risk for every time"),
        (lambda: CurvesAtRisk(HALF, Curve((0, 5, 10), (1, 0.5, 0.2), (80, 78, 77))), "only from 80 to 78"),
        (lambda: CurvesAtRisk(HALF, Curve((0, 5, 10), (1, 1, 1), (80, 70, 60))), "no interval in which both"),
        (lambda: CurvesFollowUp(HALF, KEPT, 5, 8), "run to 10, beyond the longest follow-up of 8"),
        (lambda: CurvesFollowUp(HALF, KEPT, 9, 8), "runs from 9 to 8"),
        (lambda: CurvesFollowUp(HALF, Curve((0, 5, 10), (1, 0.5, 0.2), ()), 5, 10), "number of patients"),
        (lambda: CurvesAtRisk(*[Curve((0, 5), (1, 0), (80, 0))] * 2), "Both curves fall to 0"),
        (lambda: CurvesAtRisk("a", HALF), "A curve is 'a'"),
        (lambda: Curve((0, 5), (1, 0.5), 80), "at_risk is 80; give a tuple"),
    ],
)
def test_curves_that_do_not_go_together_are_refused(make: Any, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        make()
