"""Hostile numbers and texts into every route and into `Trial`: a typed error or finite numbers, never anything else."""

from __future__ import annotations

import math
from dataclasses import fields
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from netmeta.errors import NetmetaError
from netmeta.evidence import Evidence, Trial, check_entry, routes
from netmeta.evidence.routes import Route, read_curve

CALM = settings(deadline=2000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
numbers = (
    st.floats(allow_nan=True, allow_infinity=True)
    | st.integers()
    | st.floats(1e-6, 10)
    | st.sampled_from([0, -0.0, 1, 0.5, 5e-324, 1e308, -1e308, 1 - 2**-53, 10**400, math.nextafter(1, 2)])
)
things = st.sampled_from(
    [
        None,
        "",
        "0.38",
        "<img>",
        b"\xff",
        [],
        {},
        (),
        True,
        np.nan,
        np.float64(0.5),
        np.array([1.0]),
        Decimal("0.38"),
        1j,
    ]
)
hostile = numbers | things
counts = st.integers(0, 10**6)
EVENTS = (routes.EventsPerArm, routes.TotalEvents, routes.TotalEventsArms)
PLAIN = (
    routes.ObservedMinusExpected,
    routes.ObservedExpected,
    routes.HazardRatioInterval,
    routes.HazardRatioBound,
    routes.HazardRatioP,
    routes.LogHazardRatio,
)


def sound(route: Route) -> None:
    assert math.isfinite(route.log_hr)
    assert abs(route.log_hr) <= 100
    assert 0 < route.se < math.inf
    assert 0 < route.ratio < math.inf


def attempt(make: Any, *values: Any) -> Any:
    try:
        return make(*values)
    except NetmetaError:
        return None


@CALM
@given(st.sampled_from(PLAIN), st.lists(hostile, min_size=4, max_size=4))
@example(routes.HazardRatioInterval, [1, 0.5, 2, 1 - 2**-53])
@example(routes.HazardRatioBound, [1, 0.5, 0.5000000000000001, 0])
@example(routes.ObservedExpected, [1e308, 1e-308, 1e-308, 1e308])
def test_a_plain_route_is_sound_or_refused(kind: type, values: list[Any]) -> None:
    made = attempt(kind, *values[: len(fields(kind))])
    if made is not None:
        sound(made)


@CALM
@given(st.sampled_from(EVENTS), st.lists(hostile, min_size=3, max_size=3), hostile, hostile, hostile)
def test_routes_by_events_are_sound_or_refused(
    kind: type, values: list[Any], hr: Any, sides: Any, side: Any
) -> None:
    events = attempt(kind, *values[: len(fields(kind))])
    favours = side if isinstance(side, str) else "control"
    for counted in (events, side):
        for made in (
            attempt(routes.HazardRatioEvents, hr, counted),
            attempt(routes.PEvents, hr, sides, favours, counted),
            attempt(routes.PEvents, hr, 2, "control", counted),
        ):
            if made is not None:
                sound(made)


@CALM
@given(
    st.text(max_size=80) | st.from_regex(r"([0-9]{1,3} [01]?\.?[0-9]{0,3} [0-9]{1,3}[;\n]){0,6}", fullmatch=True)
)
def test_the_points_of_a_curve_are_read_or_refused(text: str) -> None:
    found = attempt(read_curve, "curve", text, 100)
    if found is not None:
        assert all(0 <= share <= 1 for share in found.survival)
        assert list(found.survival) == sorted(found.survival, reverse=True)
        assert list(found.times) == sorted(set(found.times))


@st.composite
def curves(draw: st.DrawFn) -> str:
    """Draw a curve that may be read: falling, with numbers at risk that may or may not go with it."""
    k = draw(st.integers(1, 6))
    shares = sorted(draw(st.lists(st.floats(0, 1), min_size=k, max_size=k)), reverse=True)
    risk = sorted(draw(st.lists(st.integers(0, 500), min_size=k, max_size=k)), reverse=True)
    steps = zip(range(1, k + 1), shares, risk, strict=True)
    return "0 1 500; " + "; ".join(f"{at} {share:.6f} {number}" for at, share, number in steps)


@CALM
@given(curves(), curves(), st.integers(0, 8), st.integers(0, 12))
def test_published_curves_are_sound_or_refused(one: str, other: str, least: int, most: int) -> None:
    arms = [read_curve("curve", text) for text in (one, other)]
    for made in (attempt(routes.CurvesAtRisk, *arms), attempt(routes.CurvesFollowUp, *arms, least, most)):
        if made is not None:
            sound(made)


ROUTE_FIELDS = (
    *("hr", "ci_low", "ci_high", "level", "sides", "p_value", "p_relation", "p_sides", "favours", "o_minus_e"),
    *("logrank_v", "expected_experimental", "expected_control", "allocation", "printed_log_hr", "printed_se"),
    *("log_hr", "se", "events_experimental", "events_control", "events_total", "n_experimental", "n_control"),
    *("curve_experimental", "curve_control", "followup_min", "followup_max", "route"),
)
likely = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(
            ("hr", "ci_low", "ci_high", "logrank_v", "printed_se", "se", "allocation"), st.floats(1e-3, 50)
        ),
        **dict.fromkeys(("expected_experimental", "expected_control", "followup_max"), st.floats(0.1, 500)),
        **dict.fromkeys(("o_minus_e", "printed_log_hr", "log_hr"), st.floats(-50, 50)),
        **dict.fromkeys(("events_experimental", "events_control", "events_total"), st.integers(0, 300)),
        **dict.fromkeys(("n_experimental", "n_control"), st.integers(0, 500)),
        **dict.fromkeys(("curve_experimental", "curve_control"), curves()),
        "level": st.floats(0.5, 1),
        "sides": st.sampled_from([1, 2]),
        "p_value": st.floats(0, 1),
        "p_sides": st.sampled_from([None, 1, 2]),
        "p_relation": st.sampled_from(["=", "<", ">"]),
        "favours": st.sampled_from(["", "experimental", "control"]),
        "followup_min": st.floats(0, 10),
        "route": st.sampled_from(["", *routes.KINDS]),
    },
)


def check_trial(values: dict[str, Any]) -> None:
    row = attempt(lambda: Trial(**{"study": "A", "experimental": "x", "control": "y", **values}))
    if row is None:
        return
    assert row.poolable == (row.effect is not None)
    assert len(row.ways()) + len(row.closed_ways()) == len(routes.KINDS)
    for way in row.ways():
        assert 0 < way.se < math.inf
        assert abs(way.log_hr) <= 100
    if row.poolable:
        assert sum(way.in_use for way in row.ways()) == 1
        assert (row.log_hr, row.se) == (row.effect.log_hr, row.effect.se)
    assert all(way.why_not for way in row.closed_ways())
    assert Evidence.from_frame(Evidence([row]).to_frame()) == Evidence([row])
    assert eval(repr(row)) == row  # noqa: S307
    assert row._repr_html_()
    for finding in row.findings():
        assert finding.message
        attempt(lambda changes=finding.mend.changes if finding.mend else (): row.change(**dict(changes)))


MEDIANS = dict.fromkeys(
    ("median_experimental", "median_control"), st.sampled_from(["", "NR", ">8", "8.4", "3", "9" * 40])
)


@CALM
@given(likely, st.fixed_dictionaries({}, optional=MEDIANS))
def test_findings_of_likely_numbers_are_words(values: dict[str, Any], medians: dict[str, str]) -> None:
    trial, found = check_entry({"study": "A", "experimental": "x", "control": "y", **values, **medians})
    assert (trial is None) <= (len(found) == 1)
    assert all("nan" not in finding.message for finding in found)
    assert all(math.isfinite(number) for finding in found for _, number in finding.numbers)


@CALM
@given(likely)
@example({"printed_se": 1.0, "se": 1.0, "log_hr": 0.0})
def test_a_trial_of_likely_numbers_is_sound_or_refused(values: dict[str, Any]) -> None:
    check_trial(values)


@CALM
@example({}, {"events_experimental": 9.223372036854776e18})
@given(likely, st.dictionaries(st.sampled_from(ROUTE_FIELDS), hostile | st.text(max_size=20), max_size=3))
def test_a_trial_of_hostile_values_is_sound_or_refused(values: dict[str, Any], bad: dict[str, Any]) -> None:
    check_trial({**values, **bad})


@pytest.mark.parametrize("name", ROUTE_FIELDS)
@pytest.mark.parametrize("value", ["\x00", "9" * 10_000, "; " * 5000, "1 " * 5000, 10**400, -(10**400), math.nan])
def test_each_field_alone_takes_or_refuses_the_worst(name: str, value: Any) -> None:
    check_trial({name: value})
