"""Counted events, with a hazard ratio or a P value: the bladder cancer trial that Tierney 2007 takes as its example."""

from __future__ import annotations

import math
from typing import Any

import pytest

from netmeta.errors import EntryError
from netmeta.evidence.routes import (
    EventsPerArm,
    HazardRatioEvents,
    ObservedExpected,
    ObservedMinusExpected,
    PEvents,
    TotalEvents,
    TotalEventsArms,
)

# Lancet 1999;354:533 (abstract): 491 and 485 patients, 485 deaths, log-rank P = .075; Tierney 2007 uses it throughout and
# prints HR 0.85 (0.71 to 1.02). The split of the deaths, 229 and 256, is quoted from memory of that paper; it adds
# up to the 485 of the abstract, and R has the same split.
ARMS, SIZES, TOTAL = EventsPerArm(229, 256), TotalEventsArms(485, 491, 485), TotalEvents(485, 1)


def test_p_and_events_give_back_the_published_hazard_ratio() -> None:
    for events in (ARMS, SIZES, TOTAL):
        route = PEvents(0.075, 2, "experimental", events)
        assert route.ratio == pytest.approx(0.85, abs=0.005)
        # The published interval, 0.71 to 1.02, from the same SE.
        limits = [route.ratio * math.exp(sign * 1.959964 * route.se) for sign in (-1, 1)]
        assert limits == pytest.approx([0.71, 1.02], abs=0.005)


def test_z_of_half_of_p_is_the_corrected_equation_14() -> None:
    # Wang & Zeng 2013 (Trials 14:391) on Tierney's equation 14: P = .075 gives z = 1.78, "z-score for (P-value/2)".
    assert PEvents(0.075, 2, "control", TotalEvents(4, 1)).log_hr == pytest.approx(1.7805, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("events-per-arm", HazardRatioEvents(0.85, ARMS)),
        ("total-events", HazardRatioEvents(0.85, TOTAL)),
        ("total-events 2:1", HazardRatioEvents(0.85, TotalEvents(485, 2))),
        ("total-events-arms", HazardRatioEvents(0.85, SIZES)),
        ("p-events-per-arm", PEvents(0.075, 2, "experimental", ARMS)),
        ("p-total-events", PEvents(0.075, 2, "experimental", TOTAL)),
        ("p-total-events-arms", PEvents(0.075, 2, "experimental", SIZES)),
        ("p-total-events control one-sided", PEvents(0.075, 1, "control", TOTAL)),
        ("logrank", ObservedMinusExpected(-19.5, 121)),
        ("observed-expected", ObservedExpected(229, 248.3, 256, 236.7)),
    ],
)
def test_every_formula_is_that_of_r(reference: Any, name: str, route: Any) -> None:
    assert (route.log_hr, route.se) == pytest.approx(reference.formula(name), rel=1e-12)
    assert name.startswith(route.kind.name)


def test_the_log_rank_numbers_of_simulated_patients_are_near_their_cox_estimate(reference: Any) -> None:
    for row in reference.simulated():
        counted = ObservedMinusExpected(row["observed_e"] - row["expected_e"], row["v"])
        expected = ObservedExpected(row["observed_e"], row["expected_e"], row["observed_c"], row["expected_c"])
        for route in (counted, expected):
            assert route.log_hr == pytest.approx(row["cox_log_hr"], abs=0.15 * row["cox_se"])
            assert route.se == pytest.approx(row["cox_se"], rel=0.03)


def test_a_p_value_of_one_is_no_difference() -> None:
    assert PEvents(1, 2, "experimental", ARMS).log_hr == 0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ObservedMinusExpected(-3, 0), "v is 0; it has to be above 0"),
        (lambda: ObservedMinusExpected(-3000, 4), "log hazard ratio is -750"),
        (lambda: ObservedExpected(10, 0, 5, 5), "expected_experimental is 0"),
        (lambda: EventsPerArm(0, 10), "experimental is 0"),
        (lambda: TotalEventsArms(300, 100, 100), "300 events in 200 patients"),
        (lambda: TotalEvents(100, -1), "allocation is -1"),
        (lambda: HazardRatioEvents(-0.4, ARMS), "hr is -0.4"),
        (lambda: HazardRatioEvents(0.5, 100), "events is 100; give EventsPerArm"),
        (lambda: PEvents(0.05, 2, "", ARMS), "favours is ''; say 'experimental' or 'control'"),
        (lambda: PEvents(0.05, 3, "control", ARMS), "sides is 3"),
        (lambda: PEvents(0.6, 1, "control", ARMS), r"P = 0.6 \(1-sided\) has no z"),
        (lambda: PEvents(0, 2, "control", ARMS), "P = 0 "),
        (lambda: PEvents(None, 2, "control", ARMS), "p is missing"),
    ],
)
def test_what_cannot_be_right_is_refused(make: Any, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        make()
