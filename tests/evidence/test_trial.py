"""A trial: what it derives, what it refuses, and that a change is a new value."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
from typing import Any

import pytest

from netmeta.errors import EntryError, SelectionError
from netmeta.evidence import Trial, load_trials, routes

NAMES = {"study": "CABINET", "experimental": "cabozantinib", "control": "placebo"}


def trial(**values: Any) -> Trial:
    return Trial(**{**NAMES, **values})


EPNET = trial(hr=0.38, ci_low=0.25, ci_high=0.59, cohort="epNET", n_experimental=134, n_control=69)
GENERIC = trial(log_hr=-0.7, se=0.2)


def test_log_hr_and_se_are_derived_from_the_printed_interval() -> None:
    # ln 0.38 and (ln 0.59 - ln 0.25) / (2 x 1.959964), by hand.
    assert (EPNET.log_hr, EPNET.se) == pytest.approx((-0.967584, 0.219050), abs=1e-6)


def test_names_and_numbers_that_follow() -> None:
    assert EPNET.label == "CABINET epNET"
    assert EPNET.comparison == "cabozantinib vs placebo"
    assert EPNET.n == 203  # the evidence README
    assert EPNET.key == "CABINET epNET | cabozantinib | placebo | PFS"
    assert trial(subgroup="G1").label == "CABINET G1 subgroup"
    assert trial(n_control=69).n is None


@pytest.mark.parametrize(
    ("printed", "route"),
    [
        ({"hr": 0.5, "ci_low": 0.4, "ci_high": 0.6, "p_value": 0.01, "p_sides": 2}, routes.HazardRatioInterval),
        ({"hr": 0.5, "ci_high": 0.6, "sides": 1}, routes.HazardRatioBound),
        ({"hr": 0.5, "p_value": 0.01, "p_sides": 2}, routes.HazardRatioP),
        ({"hr": 0.5, "se": 0.2}, routes.LogHazardRatio),
        ({"log_hr": -0.7, "se": 0.2}, routes.LogHazardRatio),
    ],
)
def test_the_best_route_that_the_printed_numbers_allow(printed: dict[str, float], route: type) -> None:
    assert type(trial(**printed).effect) is route
    assert trial(**printed).poolable


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ({}, "no hazard ratio reported"),
        ({"use_note": "the trial is ongoing"}, "the trial is ongoing"),
        ({"hr": 0.5}, "hazard ratio 0.5 without an interval"),
        ({"hr": 0.5, "ci_high": 0.6}, "hazard ratio 0.5 without an interval"),  # one limit of a two-sided interval
        ({"hr": 0.5, "p_value": 0.001, "p_sides": 2, "p_relation": "<"}, "without an interval, an exact P value"),
        ({"hr": 0.5, "p_value": 0.01}, "of stated sides"),
    ],
)
def test_what_cannot_be_pooled_says_why(printed: dict[str, Any], why: str) -> None:
    row = trial(**printed)
    assert not row.poolable
    assert why in row.why_not_poolable
    with pytest.raises(EntryError, match="CABINET has no interval"):
        row.interval()


def test_what_can_be_pooled_has_no_reason_not_to_be() -> None:
    assert EPNET.why_not_poolable == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"study": " "}, "study is empty"),
        ({"control": "cabozantinib"}, "'cabozantinib' is compared with itself"),
        ({"hr": 0}, "hr is 0; it has to be above 0"),
        ({"hr": -0.7}, "hr is -0.7.*log hazard ratio: give log_hr and se"),
        ({"hr": math.nan}, "hr is nan"),
        ({"hr": math.inf}, "hr is inf"),
        ({"hr": "0.38"}, "hr is '0.38', which is text"),
        ({"hr": 1e300, "se": 1}, "log hazard ratio is 690.776: no hazard ratio"),
        ({"log_hr": 240, "se": 1}, "log hazard ratio is 240: no hazard ratio"),
        ({"log_hr": -1, "se": 0}, "se is 0"),
        ({"log_hr": -1}, "log_hr without se"),
        ({"se": 0.2}, "se without log_hr"),
        ({"hr": 0.5, "ci_low": 0.6, "ci_high": 0.4}, "runs from 0.6 to 0.4.*Swap them"),
        ({"hr": 0.5, "ci_low": 0.5, "ci_high": 0.5}, "runs from 0.5 to 0.5"),
        ({"hr": 0.9, "ci_low": 0.4, "ci_high": 0.6}, r"0.9 lies outside its interval \(0.4 to 0.6\)"),
        ({"hr": 0.5, "ci_high": 0.4, "sides": 1}, r"0.5 lies outside its interval \(not given to 0.4\)"),
        ({"hr": 0.5, "ci_high": 0.5, "sides": 1}, "standard error of 0"),
        ({"hr": 0.5, "ci_low": 0.4, "ci_high": 0.6, "sides": 1}, "has one limit, and there are two"),
        ({"hr": 1e40, "ci_low": 1e40, "ci_high": math.nextafter(1e40, 1e41)}, "standard error of 0"),
        ({"ci_low": 0.4, "ci_high": 0.6}, "interval without a hazard ratio"),
        ({"level": 95}, "level is 95.*Did you mean 0.95"),
        ({"sides": 3}, "sides is 3"),
        ({"p_sides": 0}, "p_sides 0"),
        ({"p_value": 1.2}, "p_value is 1.2"),
        ({"n_control": 10.5}, "n_control is 10.5"),
        ({"events_total": -1}, "events_total is -1"),
        ({"use": "primry"}, "use is 'primry'. Did you mean 'primary'"),
        ({"verification": "yes"}, "verification is 'yes'. Choose from"),
        ({"assessor": "BICR"}, "assessor is 'BICR'. Choose from: '', 'central'"),
        ({"p_relation": "~"}, "p_relation is '~'"),
        ({"direction": "control/experimental"}, "direction is 'control/experimental'. Did you mean"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name_and_value(values: dict[str, Any], said: str) -> None:
    with pytest.raises(EntryError, match=said):
        trial(**values)


@pytest.mark.parametrize("given", [{"log_hr": -0.9}, {"se": 0.3}, {"log_hr": -0.967584, "se": 0.2190}])
def test_given_and_printed_numbers_that_disagree_are_an_error(given: dict[str, float]) -> None:
    with pytest.raises(EntryError, match="and the printed numbers give"):
        trial(hr=0.38, ci_low=0.25, ci_high=0.59, **given)


def test_a_log_hr_beside_an_hr_without_interval_has_to_be_its_logarithm() -> None:
    with pytest.raises(EntryError, match=r"log_hr is 5, and the printed numbers give -0\.69"):
        trial(hr=0.5, log_hr=5, se=0.1)
    with pytest.raises(EntryError, match="log_hr is 5"):
        trial(hr=0.5, log_hr=5)


def test_the_interval_of_the_printed_level_is_the_printed_one() -> None:
    assert EPNET.interval() == (0.25, 0.59)
    assert trial(hr=0.38, ci_low=0.15, ci_high=0.96, level=0.9991).interval(0.9991) == (0.15, 0.96)


def test_an_interval_of_another_level_is_computed() -> None:
    # 0.38 x exp(-+1.644854 x 0.219050) = 0.38 x exp(-+0.360305).
    assert EPNET.interval(0.90) == pytest.approx((0.26504, 0.54483), abs=1e-5)
    # STARTER-NET interim: SE 0.2802 (0.280 in the evidence README), 0.38 x exp(-+1.959964 x 0.2795).
    low, high = trial(hr=0.38, ci_low=0.15, ci_high=0.96, level=0.9991).interval()
    assert (low, high) == pytest.approx((0.38 / math.exp(1.96 * 0.280), 0.38 * math.exp(1.96 * 0.280)), rel=2e-3)


def test_a_one_sided_limit_gives_a_two_sided_interval() -> None:
    # Alliance A021202 in 2019: SE 0.206 (the evidence README), so 0.53 x exp(-+1.96 x 0.206).
    row = trial(hr=0.53, ci_high=0.69, level=0.90, sides=1)
    assert row.interval() == pytest.approx((0.354, 0.794), abs=1e-3)
    assert row.interval(0.90)[1] > 0.69  # the two-sided 90% interval is wider than the one-sided limit


def test_a_level_that_is_none_has_no_interval() -> None:
    with pytest.raises(EntryError, match="level is 1; give a fraction"):
        GENERIC.interval(1)


def test_an_interval_beyond_floats_is_infinite() -> None:
    assert trial(log_hr=0, se=1000).interval() == (0, math.inf)


def test_changing_a_printed_number_derives_anew() -> None:
    changed = EPNET.change(hr=0.23, ci_low=0.12, ci_high=0.42)
    assert changed == trial(hr=0.23, ci_low=0.12, ci_high=0.42, cohort="epNET", n_experimental=134, n_control=69)
    assert changed.log_hr == pytest.approx(math.log(0.23))


def test_changing_something_else_keeps_the_numbers() -> None:
    assert GENERIC.change(study="X", level=0.9).se == 0.2
    assert trial(hr=0.5, se=0.2).change(hr=0.6).log_hr == pytest.approx(math.log(0.6))
    assert trial(hr=0.5, se=0.2).change(ci_low=0.4, ci_high=0.6).se != 0.2


def test_changing_log_hr_leaves_the_printed_numbers_behind() -> None:
    changed = EPNET.change(log_hr=-0.5)
    assert (changed.hr, changed.ci_low, changed.log_hr, changed.se) == (None, None, -0.5, EPNET.se)


def test_taking_the_hazard_ratio_away_leaves_nothing_to_pool() -> None:
    assert not EPNET.change(hr=None, ci_low=None, ci_high=None).poolable


def test_changing_an_unknown_field_is_suggested() -> None:
    with pytest.raises(SelectionError, match=r"no field 'endpont'. Did you mean 'endpoint'\?"):
        EPNET.change(endpont="OS")


def test_dataclasses_replace_works_and_cannot_make_numbers_disagree() -> None:
    assert dataclasses.replace(EPNET, study="X").se == EPNET.se
    with pytest.raises(EntryError, match=r"use trial.change\(...\)"):
        dataclasses.replace(EPNET, hr=0.5)


@pytest.mark.parametrize("row", [EPNET, GENERIC, trial()])
def test_copies_pickles_and_reprs_are_equal(row: Trial) -> None:
    again = (pickle.loads(pickle.dumps(row)), copy.copy(row), copy.deepcopy(row), eval(repr(row)))  # noqa: S301, S307
    assert set(again) == {row}


def test_the_repr_of_every_bundled_row_makes_it_again() -> None:
    assert all(eval(repr(row)) == row for row in load_trials())  # noqa: S307


def test_a_trial_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        EPNET.hr = 0.5  # type: ignore[misc]
