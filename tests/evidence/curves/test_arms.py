"""What two arms say, what is refused, and the trial that they become."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import EntryError
from netmeta.evidence import curves
from netmeta.evidence.curves import DigitisedCurve, PatientData, reconstruct

EARLY = PatientData(times=(1, 2, 3, 4, 9), events=(1, 1, 1, 0, 0))
LATE = PatientData(times=(2, 4, 5, 7, 8), events=(1, 0, 1, 1, 0))


def test_patients_are_kept_in_order_of_time_events_first():
    found = PatientData(times=(3, 1, 3), events=(False, True, True))
    assert (found.times, found.events) == ((1, 3, 3), (True, True, False))
    assert (found.n, found.n_events, found.at_risk(3), found.at_risk(3.1)) == (3, 2, 2, 0)


@pytest.mark.parametrize(
    ("times", "events", "message"),
    [
        ((), (), "0 times and 0 events"),
        ((1, 2), (1,), "2 times and 1 events"),
        ((1, -2), (1, 0), "time of patient 2 is -2"),
        ((1, math.nan), (1, 0), "time of patient 2 is nan"),
        ((1, None), (1, 0), "time of patient 2 is None"),
        ((1, 2), (1, 2), "event of patient 2 is 2"),
        ((1, 2), (1, "0"), "event of patient 2 is '0'"),
        ("12", (1, 0), "times is '12'"),
        ((1, 2), 1, "events is 1"),
    ],
)
def test_impossible_patients_are_refused(times, events, message):
    with pytest.raises(EntryError, match=message):
        PatientData(times=times, events=events)


def test_a_frame_has_the_columns_that_other_packages_take():
    frame = EARLY.to_frame()
    assert list(frame) == ["time", "event", "arm"]
    assert frame["event"].tolist() == [1, 1, 1, 0, 0]


def test_swapping_the_arms_inverts_the_hazard_ratio():
    one, other = curves.cox(LATE, EARLY), curves.cox(EARLY, LATE)
    assert one.log_hr == pytest.approx(-other.log_hr, rel=1e-9)
    assert one.se == pytest.approx(other.se, rel=1e-9)
    assert one.p_value == pytest.approx(other.p_value)
    assert one.interval()[0] == pytest.approx(1 / other.interval()[1])


arm = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=2, max_size=40).map(
    lambda rows: PatientData(times=[time for time, _ in rows], events=[event for _, event in rows])
)


@given(arm, arm, st.sampled_from(["efron", "breslow"]))
def test_the_score_is_zero_at_the_estimate_or_there_is_a_refusal(one, other, ties):
    try:
        found = curves.cox(one, other, ties=ties)
    except EntryError as refused:
        assert "no event" in str(refused) or "overlap" in str(refused)  # noqa: PT017
        return
    assert math.isfinite(found.log_hr)
    assert 0 < found.se < math.inf
    best = _log_likelihood(one, other, found.log_hr, ties)
    for step in (-0.02, 0.02):
        assert _log_likelihood(one, other, found.log_hr + step, ties) <= best + 1e-9


def _log_likelihood(one, other, log_hr, ties):
    """Write the partial likelihood down as the textbook has it, patient by patient."""
    rows = [(t, e, log_hr) for t, e in zip(one.times, one.events, strict=True)]
    rows += [(t, e, 0.0) for t, e in zip(other.times, other.events, strict=True)]
    total = 0.0
    for time in {t for t, e, _ in rows if e}:
        dead = [x for t, e, x in rows if e and t == time]
        at_risk, tied = (sum(math.exp(x) for x in xs) for xs in ([x for t, _, x in rows if t >= time], dead))
        share = [at / len(dead) if ties == "efron" else 0 for at in range(len(dead))]
        total += sum(dead) - sum(math.log(at_risk - part * tied) for part in share)
    return total


@given(arm, arm)
def test_the_log_rank_test_is_symmetric_and_counts_every_event(one, other):
    try:
        found, swapped = curves.log_rank(one, other), curves.log_rank(other, one)
    except EntryError:
        assume(False)
    assert found.chi2 == pytest.approx(swapped.chi2, abs=1e-9)
    assert found.expected_experimental + found.expected_control == pytest.approx(one.n_events + other.n_events)


NOBODY = PatientData(times=(3, 4, 5), events=(0, 0, 0))
BEFORE, AFTER = PatientData(times=(1, 2), events=(0, 0)), PatientData(times=(5, 6), events=(1, 1))


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (NOBODY, NOBODY, "no events in either arm"),
        (EARLY, NOBODY, "control arm has no event"),
        (NOBODY, EARLY, "experimental arm has no event"),
        (BEFORE, AFTER, "do not overlap"),
        (EARLY, "placebo", "control is 'placebo'"),
        (None, EARLY, "experimental is None"),
    ],
)
def test_arms_without_a_hazard_ratio_are_refused(one, other, message):
    with pytest.raises(EntryError, match=message):
        curves.cox(one, other)


def test_options_that_do_not_exist_are_refused_with_a_hint():
    with pytest.raises(EntryError, match="Did you mean 'efron'"):
        curves.cox(EARLY, LATE, ties="Efron")
    with pytest.raises(EntryError, match="Choose from"):
        curves.proportionality(EARLY, LATE, transform="square")
    with pytest.raises(EntryError, match=r"level is 95.*0.95"):
        curves.survival(EARLY, level=95)


@pytest.mark.parametrize(
    ("horizon", "message"),
    [(8.5, "followed up to 8"), (0, "above 0"), (-1, "above 0"), ("6", "text"), (math.nan, "nan")],
)
def test_a_horizon_that_both_arms_do_not_reach_is_refused(horizon, message):
    with pytest.raises(EntryError, match=message):
        curves.restricted_means(EARLY, LATE, horizon=horizon)


def test_arms_in_different_units_are_refused():
    years = PatientData(times=(1, 2), events=(1, 1), unit="years")
    with pytest.raises(EntryError, match="one unit"):
        curves.restricted_means(EARLY, years)


def test_restricted_means_by_hand():
    found = curves.restricted_means(EARLY, LATE, horizon=4)
    # Early arm: 1 + .8 + .6 + .4 to time 4; the areas beyond 1, 2, 3 are 1.8, 1.0, 0.4.
    assert found.experimental == pytest.approx(2.8)
    assert found.se_experimental**2 == pytest.approx(1.8**2 / 20 + 1.0**2 / 12 + 0.4**2 / 6)
    assert found.control == pytest.approx(2 + 0.8 * 2)


@pytest.mark.parametrize("horizon", [3, 7])
def test_where_everybody_has_the_event_survival_is_known_for_ever(horizon):
    all_dead = PatientData(times=(1, 2, 3), events=(1, 1, 1))
    found = curves.restricted_means(all_dead, all_dead, horizon=horizon)
    # Survival 1, 2/3, 1/3: the area beyond 1 is 1, beyond 2 it is 1/3.
    assert (found.control, found.difference) == pytest.approx((2, 0))
    assert found.se_control**2 == pytest.approx(1 / 6 + (1 / 3) ** 2 / 2)


def test_one_event_time_leaves_nothing_to_test_proportionality_with():
    one = PatientData(times=(3, 3, 5), events=(1, 1, 0))
    with pytest.raises(EntryError, match="stand at one time"):
        curves.proportionality(one, one)
    assert curves.compare_arms(one, one).proportional is None


def arms(**more):
    points = {"a": (0.06, 20), "b": (0.12, 16)}
    return [
        reconstruct(
            DigitisedCurve(points=[(t, math.exp(-rate * t)) for t in range(1, end + 1)], n=150, label=name, **more)
        )
        for name, (rate, end) in points.items()
    ]


def test_two_arms_become_a_trial_that_says_where_its_numbers_come_from():
    experimental, control = arms()
    made = curves.trial(experimental, control, study="X", treatments=("a", "b"), endpoint="OS", source="Fig. 2")
    fit = curves.cox(experimental, control)
    assert (made.log_hr, made.se) == (fit.log_hr, fit.se)
    assert math.exp(made.log_hr) == pytest.approx(0.5, rel=0.02)
    assert (made.n_experimental, made.events_control, made.endpoint) == (150, control.n_events, "OS")
    assert made.source == "Fig. 2; approximate patient data from digitised curves (Guyot 2012)"
    assert made.notes == "Cox model with Efron ties on approximate patient data"
    assert float(made.median_control) == pytest.approx(math.log(2) / 0.12, abs=0.1)
    assert nm.Evidence((made,))[0].poolable


def test_a_trial_of_own_patient_data_is_not_called_approximate():
    made = curves.trial(LATE, EARLY, study="X", treatments=("a", "b"))
    assert made.source == "patient data"


@pytest.mark.parametrize("treatments", ["ab", ("a",), ("a", "b", "c")])
def test_a_trial_has_two_treatments(treatments):
    with pytest.raises(EntryError, match="two names"):
        curves.trial(LATE, EARLY, study="X", treatments=treatments)


def test_the_comparison_in_words():
    found = curves.compare_arms(*arms())
    assert found.kind == "approximate patient data"
    assert found.lines[0].startswith("From approximate patient data: HR 0.50 (0.3")
    assert "Median months: experimental 11.5" in found.lines[1]
    assert found.lines[2].startswith("Mean gain without the event in the first 16.0 months: ")
    assert found.cautions == ()


def test_crossing_curves_are_warned_of():
    one = PatientData(times=range(1, 101), events=[1] * 100)
    other = PatientData(times=[*[1 + t / 10 for t in range(50)], *[90 + t for t in range(50)]], events=[1] * 100)
    said = curves.compare_arms(one, other).cautions
    assert said == (
        "The hazard ratio changes over time (P < 0.001), so that one number says less than the curves do.",
    )


def test_the_published_hazard_ratio_stands_beside_and_exchanged_curves_are_noticed():
    one, other = arms()
    near, far = (curves.compare_arms(*pair, published_hr=0.51) for pair in ((one, other), (other, one)))
    assert near.published_gap == pytest.approx((near.cox.log_hr - math.log(0.51)) / near.cox.se)
    assert near.lines[-1] == "Published HR 0.51."
    assert near.cautions == ()
    assert "the curves may be exchanged" in far.cautions[0]
    assert curves.compare_arms(one, other).published_gap is None


@pytest.mark.parametrize("published", [0, -0.5, "0.5", math.nan])
def test_a_published_hazard_ratio_is_a_number_above_zero(published):
    with pytest.raises(EntryError, match="published_hr"):
        curves.compare_arms(LATE, EARLY, published_hr=published)
