"""From digitised points to approximate patient data: what is matched, what is refused, and how near it comes."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmeta.errors import EntryError
from netmeta.evidence import curves
from netmeta.evidence.curves import DigitisedCurve, PatientData, reconstruct
from netmeta.evidence.curves.monotone import falling

# By hand: 10 at risk, an event at 1, 2 and 3, two censored at 2.5: S is .9, .8, then .8 * 5/6 or, with 6 at risk, 2/3.
KNOWN = PatientData(times=(1, 2, 2.5, 2.5, 3, 4, 4, 4, 4, 4), events=(1, 1, 0, 0, 1, 0, 0, 0, 0, 0))
STEPS = ((1, 0.9), (2, 0.8), (3, 2 / 3), (4, 2 / 3))


def curve(points=STEPS, **more):
    given = {"numbers_at_risk": ((0, 10), (2.25, 8), (2.75, 6)), "clicks": "steps", **more}
    return DigitisedCurve(points=points, **given)


def deaths(patients):
    return [time for time, event in zip(patients.times, patients.events, strict=True) if event]


def test_exact_steps_and_a_full_risk_table_give_the_very_patients_back():
    found = reconstruct(curve(total_events=3))
    assert found.events == KNOWN.events
    assert found.times == pytest.approx([1, 2, 2.375, 2.625, 3, 4, 4, 4, 4, 4])


def test_the_points_may_be_fractions_or_percentages_as_told_and_never_guessed():
    percent = tuple((time, 100 * value) for time, value in STEPS)
    assert reconstruct(curve(percent, scale="percent")).times == reconstruct(curve()).times
    with pytest.raises(EntryError, match=r'Survival is 90 at point 1 .*For percentages give scale="percent"'):
        curve(percent)


def test_between_points_along_the_curve_events_are_spread():
    found = reconstruct(DigitisedCurve(points=((0, 1), (4, 0.6)), n=10))
    assert deaths(found) == pytest.approx([0.5, 1.5, 2.5, 3.5])
    assert found.times[-6:] == (4,) * 6


def test_two_points_of_one_time_are_a_step_and_a_flat_stretch_has_no_event():
    points = ((0, 1), (2, 1), (2, 0.7), (5, 0.7), (5, 0.5), (9, 0.5))
    assert deaths(reconstruct(DigitisedCurve(points=points, n=10))) == [2, 2, 2, 5, 5]


def test_no_event_on_a_flat_stretch_even_where_rounding_left_something_over():
    points = ((0, 1), (3, 0.84), (6, 0.84), (9, 0.84), (12, 0.4))
    found = reconstruct(DigitisedCurve(points=points, numbers_at_risk=((0, 10), (3, 7), (6, 5), (9, 4))))
    assert not [time for time in deaths(found) if 3 <= time < 9]
    assert [found.at_risk(time) for time in (0, 3, 6, 9)] == [10, 7, 5, 4]


@pytest.mark.parametrize("total", [30, 34, 38])
def test_the_printed_total_of_events_decides_the_censoring_after_the_last_number_at_risk(total):
    points = tuple((t, math.exp(-0.06 * t)) for t in range(1, 31))
    found = reconstruct(DigitisedCurve(points=points, n=60, total_events=total))
    assert found.n_events == total
    assert reconstruct(DigitisedCurve(points=points, n=60)).n_events == round(60 * (1 - math.exp(-1.8)))


def test_a_total_that_the_curve_cannot_hold_is_reported():
    told = reconstruct(curve(total_events=9)).diagnostics
    assert (told.events, told.events_printed) == (3, 9)
    assert told.cautions == ("3 events are reconstructed, 9 are printed.",)


def test_without_a_total_censoring_goes_on_as_in_the_period_before():
    points = tuple((t, math.exp(-0.05 * t)) for t in range(1, 13))
    found = reconstruct(DigitisedCurve(points=points, numbers_at_risk=((0, 100), (6, 60))))
    late = [time for time, event in zip(found.times, found.events, strict=True) if 6 < time < 12 and not event]
    # Early: 40 of 100 leave, on average 80 at risk; survival falls by 26%, so some 21 have the event, and 19 or fewer go.
    # 60 patients with the same two rates lose about 60% of what 100 lost.
    early = [time for time, event in zip(found.times, found.events, strict=True) if time < 6 and not event]
    assert len(late) == pytest.approx(0.6 * len(early), abs=1)


risk = st.lists(st.integers(0, 300), min_size=1, max_size=8).map(lambda ns: sorted(ns, reverse=True))
readings = st.lists(st.tuples(st.floats(0, 40), st.floats(0.01, 1)), min_size=2, max_size=60)


@given(readings, risk, st.floats(0.5, 10), st.none() | st.integers(0, 300), st.sampled_from(["along", "steps"]))
def test_whatever_is_clicked_every_printed_number_at_risk_is_matched(points, ns, every, total, clicks):
    ns = [ns[0] + 1, *ns[1:]]
    points = [*sorted(points), (41, 0.01)]
    told = None if total is None else min(total, ns[0])
    asked = DigitisedCurve(
        points=points,
        numbers_at_risk=[(every * at, n) for at, n in enumerate(ns)],
        total_events=told,
        clicks=clicks,
    )
    found = reconstruct(asked)
    assert [found.at_risk(every * at) for at in range(len(ns))] == ns
    assert found.n == ns[0]
    assert found.diagnostics.risk_error == 0
    assert 0 <= found.times[0] <= found.times[-1] <= asked.end


@given(readings)
def test_events_stand_only_where_the_curve_falls(points):
    points = [(0.0, 1.0), *sorted(points), (41.0, 0.01)]
    levels = falling([value for _, value in points])
    falls = [
        (a[0], b[0]) for (a, b), (high, low) in zip(pairwise(points), pairwise(levels), strict=True) if low < high
    ]
    for time in deaths(reconstruct(DigitisedCurve(points=points, n=200))):
        assert any(start <= time <= end for start, end in falls)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_falling_is_the_nearest_falling_sequence(values):
    found = falling(values)
    assert all(a >= b for a, b in pairwise(found))
    best = min(
        sum(abs(a - b) for a, b in zip(values, other, strict=True))
        for other in product(range(5), repeat=len(values))
        if all(a >= b for a, b in pairwise(other))
    )
    assert sum(abs(a - b) for a, b in zip(values, found, strict=True)) == pytest.approx(best)
    assert falling(found) == found


def test_one_slip_of_the_hand_moves_the_curve_where_it_was_and_not_after():
    points = [(t, 1 - t / 40) for t in range(21)]
    slipped = [*points[:5], (5, 0.4), *points[6:]]
    right, found = (curves.survival(reconstruct(DigitisedCurve(points=p, n=400))) for p in (points, slipped))
    for time in (3, 7, 10, 15, 20):
        assert found.at(time) == pytest.approx(right.at(time), abs=0.03)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"points": ((0, 1),)}, "at least 2 points; there are 1"),
        ({"points": ()}, "at least 2 points; there are 0"),
        ({"points": ((0, 1), (3, 1.2))}, r"Survival is 1.2 at point 2 \(time 3\)"),
        ({"points": ((0, 1), (3, 1.004))}, "a click a little too high is 1"),
        ({"points": ((0, 1), (3, -0.1))}, "Survival is -0.1"),
        ({"points": ((0, 1), (3, 0.8), (2, 0.7))}, "Time goes back from 3 to 2 at point 3; sort"),
        ({"points": ((-1, 1), (3, 0.8))}, "Point 1 is at time -1"),
        ({"points": ((0, 1), (0, 0.8))}, "Every point is at time 0"),
        ({"points": ((0, 1), (3, math.nan))}, "the value of pair 2 of points is nan"),
        ({"points": ((0, 1), (math.inf, 0.5))}, "the time of pair 2 of points is inf"),
        ({"points": ((0, 1), (3, "0,8"))}, "which is text"),
        ({"points": ((0, 1), (3, None))}, "a number is missing"),
        ({"points": ((0, 1), (3, True))}, "is True"),
        ({"points": ((0, 1), (3, 0.8, 5))}, "give two numbers"),
        ({"points": "0 1 3 0.8"}, "give pairs of numbers"),
        ({"points": 7}, "give pairs of numbers"),
        ({"points": [(t, 0.5) for t in range(20_001)]}, "20001 points"),
        ({"numbers_at_risk": ((0, 10), (3, 11))}, "grows from 10 at 0 to 11 at 3"),
        ({"numbers_at_risk": ((0, 10), (0, 9))}, "time goes from 0 to 0"),
        ({"numbers_at_risk": ((0, 10), (3, 4.5))}, "The number at risk at 3 is 4.5"),
        ({"numbers_at_risk": ((0, -10),)}, "The number at risk at 0 is -10"),
        ({"numbers_at_risk": ((-1, 10), (0, 10))}, "at time -1"),
        ({"numbers_at_risk": ((0, 0),)}, "The arm has 0 patients"),
        ({"n": 0}, "The arm has 0 patients"),
        ({"n": 200_000}, "The arm has 200000 patients"),
        ({"n": -3}, "n is -3"),
        ({"n": 20.5}, "n is 20.5"),
        ({"n": None}, "How many patients the arm has is not given"),
        ({"numbers_at_risk": ((3, 10),), "n": None}, "How many patients"),
        ({"numbers_at_risk": ((0, 10),), "n": 12}, "n is 12 and the number at risk at 0 is 10"),
        ({"numbers_at_risk": ((3, 40),)}, "n is 20 and the number at risk at 3 is 40"),
        ({"total_events": 21}, "21 events among 20"),
        ({"total_events": "all"}, "which is text"),
        ({"median": 0}, "median is 0"),
        ({"scale": "percentage"}, "Did you mean 'percent'"),
        ({"clicks": "step"}, "Did you mean 'steps'"),
        ({"points": ((0, 1), (3, 0), (5, 0)), "numbers_at_risk": ((0, 20), (4, 2))}, "2 patients are at risk at 4"),
    ],
)
def test_impossible_input_is_refused_with_the_number_in_it(given, message):
    with pytest.raises(EntryError, match=message):
        DigitisedCurve(**{"points": ((0, 1), (3, 0.8)), "n": 20, **given})


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=12,
)


@given(junk, junk, junk, junk, st.sampled_from(["fraction", "percent"]) | junk)
def test_whatever_is_given_is_reconstructed_or_refused_by_name(points, risk, n, total, scale):
    for more in ({}, {"n": 20, "points": ((0, 1), (3, 0.5))}):
        asked = {"points": points, "numbers_at_risk": risk, "n": n, "total_events": total, "scale": scale, **more}
        try:
            found = reconstruct(DigitisedCurve(**asked))
        except EntryError:
            continue
        assert found.n >= 1


def test_only_a_digitised_curve_is_reconstructed():
    with pytest.raises(EntryError, match=r"takes a DigitisedCurve; got \[\(0, 1\)\]"):
        reconstruct([(0, 1)])


def test_everybody_has_the_event_where_survival_reaches_0():
    found = reconstruct(DigitisedCurve(points=((1, 0.5), (2, 0)), n=10))
    assert found.n_events == 10


def test_numbers_at_risk_beyond_the_curve_extend_it_flat():
    found = reconstruct(
        DigitisedCurve(points=((0, 1), (6, 0.5)), numbers_at_risk=((0, 20), (6, 10), (9, 4), (12, 0)))
    )
    assert found.n_events == 10
    assert [found.at_risk(time) for time in (6, 9, 12)] == [10, 4, 0]


def test_the_same_curve_gives_an_equal_value():
    assert reconstruct(curve()) == reconstruct(curve())
    assert hash(curve()) == hash(curve(tuple(STEPS)))


def test_the_result_is_called_approximate():
    found = reconstruct(curve(label="cabozantinib"))
    assert found.approximate
    assert repr(found) == "PatientData(cabozantinib: approximate patient data, 10 patients, 3 events, months)"
    assert not KNOWN.approximate


def test_diagnostics_compare_with_points_events_and_median():
    points = ((0, 1), (2, 0.9), (4, 0.8), (6, 0.4), (8, 0.3))
    told = reconstruct(DigitisedCurve(points=points, n=10, median=6.9, total_events=7)).diagnostics
    assert told.events == told.events_printed == 7
    # 8 at risk and 4 events between 4 and 6, at 4.25, 4.75, 5.25, 5.75: S is .5 from 5.25 to 5.75.
    assert told.median == pytest.approx(5.5)
    assert told.rmse == pytest.approx(0, abs=1e-12)
    assert told.cautions[0] == "The reconstructed median is 5.5 months; 6.9 is printed."
    assert told.cautions[1].startswith("Without numbers at risk under the figure")
    assert told.lines[1] == "7 events (7 printed); median 5.5 months (6.9 printed)."


def test_a_curve_that_its_numbers_at_risk_contradict_says_where():
    told = reconstruct(DigitisedCurve(points=((0, 1), (6, 0.2)), numbers_at_risk=((0, 20), (6, 15)))).diagnostics
    assert told.largest_error == pytest.approx(0.75 - 0.2)
    assert told.largest_error_at == 6
    assert "up to 0.55 from the points (at 6.0 months)" in told.cautions[0]


def test_diagnostics_need_a_curve():
    with pytest.raises(EntryError, match="do not come from a curve"):
        _ = KNOWN.diagnostics
