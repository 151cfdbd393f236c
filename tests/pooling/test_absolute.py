"""Absolute effects: the baseline as a value, what must hold of risks and numbers needed, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import EntryError
from netmeta.pooling import Interval
from netmeta.pooling.baseline_trials import default_baseline
from netmeta.pooling.needed import NumberNeeded
from netmeta.validate.counts import CURVE

POINTS = ((6, 0.7), (12, 0.6), (18, 0.55))
HALF = nm.Baseline(event_free=0.5, time=12)


def effect(hr: float, low: float, high: float, **more) -> nm.RelativeEffect:
    return nm.RelativeEffect.from_hr(hr, low, high, **more)


# ---- the baseline ----------------------------------------------------------------------------


def test_three_ways_to_say_one_exponential_curve():
    median = nm.Baseline(median=12, time=12)
    assert median.share == pytest.approx(0.5)
    assert median.at(24) == pytest.approx(0.25)
    assert HALF.at(24) == pytest.approx(0.25)
    assert HALF.median_under(1) == pytest.approx(12)
    assert HALF.median_under(0.5) == pytest.approx(24)
    assert (median.kind, HALF.kind, nm.Baseline(curve=POINTS).kind) == ("median", "event_free", "curve")


def test_a_given_curve_is_read_between_its_points_and_not_beyond():
    curve = nm.Baseline(curve=POINTS, time=12)
    assert curve.curve[0] == (0.0, 1.0)
    assert curve.share == 0.6
    assert curve.at(9) == pytest.approx((0.7 * 0.6) ** 0.5)
    assert curve.median_under(1) is None
    assert curve.at(curve.median_under(2)) ** 2 == pytest.approx(0.5)
    with pytest.raises(EntryError, match="ends at 18 months, and 24 months lie beyond"):
        curve.at(24)


def test_a_curve_that_ends_in_nothing_has_every_median():
    curve = nm.Baseline(curve=CURVE)
    assert curve.at(18) == 0
    assert curve.at(15) == pytest.approx(0.175)
    assert curve.median_under(0.01) is not None


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({}, "none given"),
        ({"median": 4, "event_free": 0.5}, "event_free and median given"),
        ({"median": 0}, "median is 0"),
        ({"median": float("nan")}, "median is nan"),
        ({"median": 5, "time": -1}, "time is -1"),
        ({"median": 5, "time": "12"}, "time is '12'"),
        ({"event_free": 40}, "did you mean 0.4"),
        ({"event_free": 1}, "event_free is 1"),
        ({"curve": ((6, 0.7), (12, 0.8))}, "from 0.7 at 6 months to 0.8 at 12"),
        ({"curve": ((6, 0.7), (6, 0.6))}, "times must rise"),
        ({"curve": ((6, 70),)}, "share between 0 and 1"),
        ({"curve": (6, 0.7)}, "is \\(months, share\\)"),
        ({"curve": ((0, 1),)}, "a point after its start"),
        ({"curve": None}, "none given"),
        ({"curve": []}, "none given"),
        ({"curve": np.empty((0, 2))}, "none given"),
        ({"curve": 5}, "A curve is a list of points \\(months, share\\), not 5"),
        ({"curve": np.array(5)}, "A curve is a list of points"),
        ({"curve": np.array([6, 0.7])}, "is \\(months, share\\)"),
        ({"curve": [(10**400, 0.7)]}, "is \\(months, share\\)"),
        ({"curve": np.array([[6, 0.7]]), "median": 4}, "median and curve given"),
        ({"event_free": np.array([0.4, 0.5])}, "event_free is array"),
        ({"curve": [(6, 0.7)], "time": 24}, "ends at 6 months, and 24 months lie beyond"),
    ],
)
def test_a_baseline_that_cannot_be_is_refused(given_, said):
    with pytest.raises(EntryError, match=said):
        nm.Baseline(**given_)


def test_a_curve_may_be_an_array_or_lacking():
    points = np.array(POINTS, dtype=float)
    assert nm.Baseline(curve=points) == nm.Baseline(curve=POINTS)
    assert hash(nm.Baseline(curve=points)) == hash(nm.Baseline(curve=POINTS))
    assert nm.Baseline(median=4, curve=None) == nm.Baseline(median=4, curve=[]) == nm.Baseline(median=4)


def test_a_curve_shorter_than_the_default_time_is_read_at_its_end():
    short = nm.Baseline(curve=[(3, 0.9), (6, 0.7)])
    assert (short.time, short.share) == (6, 0.7)
    assert "Without the event at 6 months: 70%." in str(short)
    assert nm.Baseline(curve=POINTS).time == 12
    analysis = nm.Analysis()
    analysis.baseline = short
    found = nm.absolute_effects(analysis.outcome, analysis.baseline_in_use)
    assert found.rows[0].time == 6


def test_it_is_a_value():
    one, other = nm.Baseline(curve=[(6, 0.7)], source="x"), nm.Baseline(curve=((6.0, 0.7),), source="x")
    assert one == other
    assert hash(one) == hash(other)
    assert replace(HALF, time=6) != HALF


def test_the_printed_median_of_a_trial_is_its_baseline():
    analysis = nm.Analysis()
    found = nm.baseline_of(next(trial for trial in analysis.selected if trial.label == "CABINET pNET"))
    assert (found.median, found.time) == (4.4, 12)
    assert found.source == "placebo in CABINET pNET, the printed median of PFS"
    assert "4.4 months in the control arm (placebo in CABINET pNET" in str(found)
    with pytest.raises(EntryError, match="RADIANT-2"):
        nm.baseline_of(nm.Trial(study="RADIANT-2", experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8))


def test_the_default_is_the_middle_printed_median():
    medians = [3.9, 4.4, 4.6, 3.9, 5.5, 18.0, 3.7, 3.8, 7.6]
    found = default_baseline(nm.Analysis().selected)
    assert found.median == sorted(medians)[4]
    assert default_baseline(nm.Evidence(())) is None


def test_an_unverified_median_is_no_baseline():
    trial = nm.Trial(
        study="A", experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8, median_control="4.4",
        unverified="medians",
    )  # fmt: skip
    with pytest.raises(EntryError, match="prints no median"):
        nm.baseline_of(trial)


def test_the_analysis_keeps_it_and_undo_takes_it_back():
    analysis = nm.Analysis()
    assert analysis.baseline is None
    assert analysis.baseline_in_use.source.startswith("placebo in CABINET pNET")
    analysis.baseline = HALF
    assert analysis.baseline_in_use == HALF
    analysis.undo()
    assert analysis.baseline is None
    with pytest.raises(EntryError, match="baseline is int; give Baseline or None"):
        analysis.baseline = 3


# ---- effects ---------------------------------------------------------------------------------

ratios = st.tuples(st.floats(0.05, 3), st.floats(1.01, 3), st.floats(1.01, 3)).map(
    lambda t: (t[0], t[0] / t[1], t[0] * t[2])
)
shares = st.floats(0.02, 0.98)


@given(ratio=ratios, share=shares, time=st.floats(0.5, 120))
@settings(max_examples=100, deadline=None)
def test_what_must_hold_of_risks(ratio, share, time):
    found = nm.absolute_effects(effect(*ratio), nm.Baseline(event_free=share, time=time)).rows[0]
    hr = ratio[0]
    assert found.risk_treated == pytest.approx(1 - (1 - found.risk_control) ** hr)
    assert found.treated in found.treated_ci
    assert found.difference in found.difference_ci
    assert (found.difference < 0) == (found.treated > found.control)
    assert found.needed.through_infinity == (found.treated_ci.low < found.control < found.treated_ci.high)
    assert found.needed.value * (found.treated - found.control) == pytest.approx(1) or found.needed.value == inf


@given(share=shares, time=st.floats(0.5, 120))
@settings(max_examples=30, deadline=None)
def test_no_effect_is_no_difference(share, time):
    found = nm.absolute_effects(effect(1, 0.8, 1.25), nm.Baseline(event_free=share, time=time))
    assert found.rows[0].difference == pytest.approx(0, abs=1e-12)
    assert found.median_treated == pytest.approx(found.median_control)
    assert found.restricted_mean(time)[0] == pytest.approx(found.restricted_mean(time)[1])


@given(hr=st.floats(0.1, 3), share=st.floats(0.1, 0.9))
@settings(max_examples=30, deadline=None)
def test_swapping_the_arms_gives_the_baseline_back(hr, share):
    there = nm.absolute_effects(effect(hr, hr, hr), nm.Baseline(event_free=share, time=12)).rows[0]
    if not 1e-6 < there.treated < 1 - 1e-6:
        return
    back = nm.absolute_effects(effect(1 / hr, 1 / hr, 1 / hr), nm.Baseline(event_free=there.treated, time=12)).rows[
        0
    ]
    assert back.treated == pytest.approx(share)
    assert back.needed.value == pytest.approx(-there.needed.value, rel=1e-6) or there.needed.value == inf


def test_it_takes_a_pool_a_network_effect_a_trial_and_numbers():
    analysis = nm.Analysis()
    pooled = nm.absolute_effects(analysis.outcome, HALF)
    assert pooled.rows[0].treated == pytest.approx(0.5**analysis.outcome.hr)
    assert pooled.effect.arms == ("the therapy", "placebo")
    assert pooled.rows[0].treated_pi is not None
    pair = analysis.network_outcome.effect("cabozantinib", "everolimus")
    compared = nm.absolute_effects(pair, HALF)
    assert compared.effect.arms == ("cabozantinib", "everolimus")
    assert compared.rows[0].treated == pytest.approx(0.5**pair.hr)
    trial = nm.absolute_effects(analysis.evidence[0], HALF)
    assert trial.effect.ci.exp() == Interval(pytest.approx(0.25), pytest.approx(0.59))
    with pytest.raises(EntryError, match="not from 'x'"):
        nm.absolute_effects("x", HALF)
    with pytest.raises(EntryError, match="need a Baseline"):
        nm.absolute_effects(analysis.outcome, 0.5)


def test_a_ratio_outside_its_interval_is_refused():
    with pytest.raises(EntryError, match="no positive ratio inside its interval"):
        effect(0.9, 0.3, 0.8)
    with pytest.raises(EntryError, match="does not hold"):
        nm.RelativeEffect(log_hr=0.38, ci=Interval(-1.4, -0.5))


def test_the_number_needed_in_one_part_and_in_two():
    # Altman 1998, BMJ 317:1309: NNTB 10 to infinity to NNTH 25 where the interval holds no difference.
    assert NumberNeeded(benefit=0.2, ci=Interval(0.1, 0.25)).in_words == "NNTB 5.0 (4.0–10)"
    assert NumberNeeded(benefit=0.03, ci=Interval(-0.04, 0.1)).in_words == "NNTB 34 (NNTB 10 to ∞ to NNTH 25)"
    assert NumberNeeded(benefit=-0.2, ci=Interval(-0.25, -0.1)).in_words == "NNTH 5.0 (4.0–10)"
    assert NumberNeeded(benefit=0, ci=Interval(-0.1, 0.1)).in_words == "no difference (NNTB 10 to ∞ to NNTH 10)"


def test_words_count_patients_and_name_every_assumption():
    found = nm.absolute_effects(
        effect(0.38, 0.25, 0.59, experimental="cabozantinib", control="placebo", endpoint="PFS"),
        nm.Baseline(median=4.4, time=12, source="placebo in CABINET pNET"),
    )
    said = str(found)
    # 0.5 ** (12 / 4.4) = 0.1510; 0.1510 ** 0.38 = 0.4876 (0.3278 to 0.6234).
    assert (
        "151 are alive without progression at 12 months with placebo, and 488 (328–623) with cabozantinib" in said
    )
    assert "That is 337 more; number needed to treat: NNTB 3.0 (2.1–5.7)." in said
    assert "Median: 4.4 months with placebo, 11.6 (7.5 to 17.6) with cabozantinib." in said
    assert "In a new trial" not in said
    assert "(placebo in CABINET pNET)" in said
    assert "Assumed, not estimated" in said


def test_a_median_that_is_not_reached_is_said_so():
    curve = nm.Baseline(curve=((6, 0.7), (12, 0.4)), time=6)
    better = nm.absolute_effects(effect(0.5, 0.3, 0.8), curve)
    assert better.median_treated is None
    assert "with treatment it is not reached before the curve ends" in str(better)
    worse = nm.absolute_effects(effect(2, 1.5, 3), nm.Baseline(curve=POINTS, time=6))
    assert "not reached in the control arm" in str(worse)
    assert "Neither median is reached" in str(nm.absolute_effects(effect(0.9, 0.8, 1.1), nm.Baseline(curve=POINTS)))


def test_several_times_are_a_table():
    found = nm.absolute_effects(effect(0.5, 0.3, 0.8), HALF, times=(6, 12, 24))
    frame = found.to_frame()
    assert list(frame["time_months"]) == [6, 12, 24]
    assert frame.loc[1, "treated_event_free"] == pytest.approx(0.5**0.5)
    assert "Of 1 000" not in repr(found)
    assert str(found).count("patients like these") == 3
    assert "NNTB" in found._repr_html_()
