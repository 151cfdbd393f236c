"""Every way that printed numbers allow, in order, with how far they disagree; and the reader's own choice of one."""

from __future__ import annotations

import io
import math
import pickle
from typing import Any

import pandas as pd
import pytest

from netmeta.errors import EntryError
from netmeta.evidence import Evidence, Trial, load_trials
from netmeta.evidence.recipes import RECIPES
from netmeta.evidence.routes import KINDS

NAMES = {"study": "BA06", "experimental": "CMV", "control": "no CMV", "endpoint": "OS"}
# The bladder cancer trial of Tierney 2007 (Lancet 1999;354:533): see tests/evidence/routes/test_events.py.
BLADDER = {"hr": 0.85, "ci_low": 0.71, "ci_high": 1.02, "p_value": 0.075, "p_sides": 2, "events_total": 485}
SIZES = {"n_experimental": 491, "n_control": 485}
CURVES = {
    "curve_experimental": "0 1 100; 5 0.5 50; 10 0.25 25",
    "curve_control": "0 1 80; 5 0.75 60; 10 0.5625 45",
}


def trial(**values: Any) -> Trial:
    return Trial(**{**NAMES, **values})


EVERYTHING = trial(
    **BLADDER,
    **SIZES,
    **CURVES,
    events_experimental=229,
    events_control=256,
    o_minus_e=-19.5,
    logrank_v=121,
    expected_experimental=248.3,
    expected_control=236.7,
    allocation=1,
    printed_log_hr=-0.1625,
    printed_se=0.0924,
    followup_min=10,
    followup_max=20,
)


def names(row: Trial) -> list[str]:
    return [way.name for way in row.ways()]


def test_the_recipes_are_the_kinds_in_their_order() -> None:
    assert list(RECIPES) == list(KINDS)


def test_the_order_is_log_rank_interval_generic_p_events_curves() -> None:
    assert names(EVERYTHING) == [name for name in KINDS if name != "bound"]
    assert [way.in_use for way in EVERYTHING.ways()] == [True] + [False] * 12


def test_each_way_says_how_far_it_is_from_the_one_in_use() -> None:
    ways = {way.name: way for way in trial(**BLADDER, **SIZES).ways()}
    assert list(ways) == ["interval", "exact-p", "p-total-events-arms", "total-events-arms"]
    assert (ways["interval"].shift, ways["interval"].se_ratio, ways["interval"].in_use) == (0, 1, True)
    # ln(.8507 / .85) and sqrt(976^2 / (485 x 491 x 485)) over (ln 1.02 - ln .71) / 3.919928, by hand.
    by_p = ways["p-total-events-arms"]
    assert by_p.hr == pytest.approx(0.8507, abs=5e-5)
    assert by_p.shift == pytest.approx(math.log(0.8507 / 0.85), abs=1e-4)
    assert by_p.se_ratio == pytest.approx(0.090817 / 0.092423, abs=1e-5)


@pytest.mark.parametrize(
    ("label", "wanted", "se"),
    [
        # The evidence README, traps 1 and 3.
        ({"study": "STARTER-NET", "level": 0.9991}, "interval", 0.280),
        ({"study": "Alliance A021202", "sides": 1}, "bound", 0.206),
        ({"study": "ECOG-ACRIN E2211", "endpoint": "OS"}, "exact-p", 0.246),
    ],
)
def test_the_real_rows(label: dict[str, Any], wanted: str, se: float) -> None:
    (row,) = load_trials().where(**label)
    assert names(row)[0] == wanted
    assert row.se == pytest.approx(se, abs=5e-4)


def test_a_bundled_row_with_an_interval_has_its_effect_from_it() -> None:
    rows = [row for row in load_trials() if row.ci_low is not None and row.ci_high is not None]
    assert len(rows) == 93  # data/README.md
    for row in rows:
        assert names(row)[0] == "interval"
        assert row.log_hr == math.log(row.hr)
        z = {0.95: 1.959963984540054, 0.9991: 3.320054117}[row.level]  # qnorm in R
        assert row.se == pytest.approx((math.log(row.ci_high) - math.log(row.ci_low)) / (2 * z), rel=1e-6)


def test_a_limit_of_another_level_gives_the_same_as_events_of_the_same_row() -> None:
    # A021202 in 2019: 56 and 56 events, so V = 28 and SE = 0.189, against 0.206 by the limit.
    (row,) = load_trials().where(study="Alliance A021202", sides=1)
    ways = {way.name: way for way in row.ways()}
    assert ways["events-per-arm"].se == pytest.approx(1 / math.sqrt(28), rel=1e-12)
    assert ways["events-per-arm"].se_ratio == pytest.approx(0.189 / 0.206, abs=2e-3)


def test_a_bound_of_p_is_never_a_value() -> None:
    row = trial(hr=0.38, p_value=0.001, p_relation="<", p_sides=2, events_total=100, allocation=2)
    assert names(row) == ["total-events"]
    closed = {way.name: way for way in row.closed_ways()}
    assert closed["exact-p"].why_not == "P < 0.001 is a bound, not a value: z is not known"
    assert closed["p-total-events"].why_not.startswith("P < 0.001 is a bound")
    assert closed["exact-p"].begun
    assert not closed["logrank"].begun


@pytest.mark.parametrize(
    ("values", "way", "why"),
    [
        ({}, "logrank", "o_minus_e and logrank_v are not given"),
        ({"logrank_v": 4}, "logrank", "o_minus_e is not given"),
        ({"hr": 0.5, "ci_high": 0.8}, "bound", "the interval is two-sided: its other limit is needed"),
        ({"hr": 0.5, "ci_high": 0.8, "sides": 1}, "interval", "ci_low is not given"),
        ({"hr": 0.5, "p_value": 0.04}, "exact-p", "whether P is one- or two-sided"),
        ({"hr": 1, "p_value": 0.9, "p_sides": 2}, "exact-p", "a hazard ratio of 1 says nothing"),
        ({"hr": 0.9, "p_value": 0.5, "p_sides": 1}, "exact-p", "P = 0.5 has a z of 0"),
        ({"hr": 0.9, "p_value": 0.7, "p_sides": 1}, "exact-p", r"P = 0.7 (1-sided) has no z"),
        (
            {"p_value": 0.04, "p_sides": 2, "events_experimental": 5, "events_control": 9},
            "p-events-per-arm",
            "say which arm does better (favours)",
        ),
        ({"hr": 0.5, "events_experimental": 0, "events_control": 9}, "events-per-arm", "an arm without an event"),
        ({"hr": 0.5, "allocation": 1}, "total-events", "events_total is not given"),
        (
            {"hr": 0.5, "events_total": 9, "n_experimental": 0, "n_control": 9},
            "total-events-arms",
            "an arm without patients",
        ),
        (
            {"hr": 0.5, "events_total": 90, "n_experimental": 5, "n_control": 9},
            "total-events-arms",
            "90 events in 14 patients",
        ),
        (CURVES, "curves-follow-up", "followup_min and followup_max are not given"),
        ({**CURVES, "followup_min": 1, "followup_max": 8}, "curves-follow-up", "beyond the longest follow-up of 8"),
        ({"printed_se": 0.2, "o_minus_e": -2, "logrank_v": 9}, "generic", "there is no hazard ratio for it"),
    ],
)
def test_what_is_not_open_says_why(values: dict[str, Any], way: str, why: str) -> None:
    closed = {found.name: found.why_not for found in trial(**values).closed_ways()}
    assert why in closed[way]


def test_every_way_is_either_open_or_closed() -> None:
    for row in (*load_trials(), EVERYTHING):
        assert sorted([*names(row), *(way.name for way in row.closed_ways())]) == sorted(KINDS)


def test_arm_events_are_added_up_where_no_total_is_printed() -> None:
    row = trial(hr=0.5, events_experimental=30, events_control=50, allocation=1)
    assert [round(1 / way.se**2, 9) for way in row.ways()] == [18.75, 20]  # 30 x 50 / 80 and 80 / 4


def test_the_direction_of_p_is_that_of_the_hazard_ratio_or_as_stated() -> None:
    counted = {"p_value": 0.04, "p_sides": 2, "events_experimental": 40, "events_control": 60}
    assert trial(**counted, favours="experimental").log_hr < 0
    assert trial(**counted, favours="control").log_hr > 0
    by_p = [way for way in trial(**counted, hr=0.7, ci_low=0.5, ci_high=0.98).ways() if "p-" in way.name]
    assert all(way.log_hr < 0 for way in by_p)
    with pytest.raises(EntryError, match=r"0\.7 favours the experimental arm, and favours is 'control'") as caught:
        trial(**counted, hr=0.7, favours="control")
    assert caught.value.mend == {"favours": "experimental"}


def test_the_reader_may_take_another_way_which_is_recorded_and_comes_back() -> None:
    row = EVERYTHING.change(route="exact-p")
    assert row.route == "exact-p"
    assert [way.name for way in row.ways() if way.in_use] == ["exact-p"]
    assert row.se == pytest.approx(abs(math.log(0.85)) / 1.78046, rel=1e-5)
    evidence = Evidence([row])
    text = evidence.to_frame().to_csv(index=False)
    assert Evidence.from_frame(pd.read_csv(io.StringIO(text), float_precision="round_trip")) == evidence
    assert Evidence.from_frame(evidence.to_frame()) == evidence
    assert pickle.loads(pickle.dumps(row)) == eval(repr(row)) == row  # noqa: S301, S307
    assert row.change(route="") == EVERYTHING


def test_the_choice_is_printed_with_the_trial() -> None:
    html = EVERYTHING.change(route="exact-p")._repr_html_()
    assert "hazard ratio with an exact P value (chosen by the reader; the best is O − E and V" in html
    assert "O − E and V of the log-rank test" in EVERYTHING._repr_html_()


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("exact", r"route is 'exact'. Did you mean 'exact-p'\?"),
        ("exact-p", "which is not open: P < 0.001 is a bound"),
        ("curves-at-risk", "not open: curve_experimental and curve_control are not given"),
    ],
)
def test_a_way_that_is_not_open_cannot_be_chosen(route: str, said: str) -> None:
    with pytest.raises(EntryError, match=said):
        trial(hr=0.38, ci_low=0.25, ci_high=0.59, p_value=0.001, p_relation="<", route=route)


def test_an_interval_of_another_way_is_computed_and_not_the_printed_one() -> None:
    row = trial(**BLADDER).change(route="exact-p")
    low, high = row.interval()
    assert (low, high) == pytest.approx((0.85 * math.exp(-1.959964 * row.se), 0.85 * math.exp(1.959964 * row.se)))
    assert low != 0.71


def test_a_standard_error_beside_a_lesser_way_is_a_printed_one() -> None:
    row = trial(hr=0.5, se=0.2, events_experimental=30, events_control=50)
    assert names(row) == ["generic", "events-per-arm"]
    assert (row.se, row.printed_se) == (0.2, 0.2)
    assert row.change(route="events-per-arm").se == pytest.approx(1 / math.sqrt(18.75))
    assert row.change(route="events-per-arm").change(route="") == row


def test_a_printed_effect_that_cannot_be_right_is_not_passed_over() -> None:
    with pytest.raises(EntryError, match="standard error of 0"):
        trial(hr=0.5, ci_high=0.5, sides=1, events_experimental=30, events_control=50)


def test_changing_log_hr_leaves_every_printed_effect_behind() -> None:
    row = EVERYTHING.change(route="exact-p").change(log_hr=-0.5, se=0.1)
    assert (row.log_hr, row.se, row.route, row.hr, row.o_minus_e) == (-0.5, 0.1, "", None, None)
    assert names(row)[0] == "generic"


def test_the_route_of_a_row_that_has_none_is_none() -> None:
    assert trial().ways() == ()
    assert trial().effect is None
