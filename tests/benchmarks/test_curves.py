"""One reconstruction, and everything that two arms say, beside lifelines.

pytest tests/benchmarks/test_curves.py
"""

from __future__ import annotations

import math

import pytest

from netmeta.evidence import curves
from netmeta.evidence.curves import DigitisedCurve, reconstruct
from netmeta.evidence.curves.risk_table import arm_table


def digitised(points: int, n: int, rate: float = 0.07) -> DigitisedCurve:
    times = [36 * (at + 1) / points for at in range(points)]
    return DigitisedCurve(
        points=[(time, math.exp(-rate * time)) for time in times],
        numbers_at_risk=[(3 * at, round(n * math.exp(-(rate + 0.02) * 3 * at))) for at in range(12)],
        total_events=round(0.75 * n),
    )


@pytest.mark.benchmark(group="one arm: digitised curve to approximate patient data")
@pytest.mark.parametrize(("points", "n"), [(40, 150), (40, 600), (400, 600), (4000, 5000)])
def test_reconstruction(benchmark, points, n):
    curve = digitised(points, n)
    assert benchmark(reconstruct, curve).n == n


@pytest.mark.benchmark(group="two arms of 300: Cox, log-rank, proportionality, medians, restricted means")
def test_compare_arms(benchmark):
    arms = [reconstruct(digitised(40, 300, rate)) for rate in (0.05, 0.08)]

    def everything():
        arm_table.cache_clear()
        return curves.compare_arms(*arms)

    assert benchmark(everything).cox.hr < 1


@pytest.mark.benchmark(group="two arms of 300: Cox, log-rank, proportionality, medians, restricted means")
def test_lifelines_on_the_same(benchmark):
    lifelines = pytest.importorskip("lifelines")
    import pandas as pd
    from lifelines.statistics import logrank_test, proportional_hazard_test

    one, other = (reconstruct(digitised(40, 300, rate)) for rate in (0.05, 0.08))
    frame = pd.concat([one.to_frame().assign(arm=1), other.to_frame().assign(arm=0)], ignore_index=True)

    def everything():
        fit = lifelines.CoxPHFitter().fit(frame, "time", "event")
        proportional_hazard_test(fit, frame, time_transform="km")
        logrank_test(one.times, other.times, one.events, other.events)
        for arm in (one, other):
            lifelines.KaplanMeierFitter().fit(arm.times, arm.events)
        return fit

    assert benchmark(everything).params_["arm"] < 0
