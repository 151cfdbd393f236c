"""The multiverse: every specification is a pool, the prespecified one is first, and nothing is counted twice."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmeta.errors import PoolingError, SelectionError
from netmeta.evidence import Evidence, Selection, Trial, load_trials, select
from netmeta.pooling import (
    INTERVALS,
    TAU2_METHODS,
    CommonEffect,
    MultiverseAxes,
    RandomEffects,
    TrialFilter,
    gosh,
    gosh_steps,
    multiverse,
    multiverse_steps,
    pool,
)
from netmeta.pooling.inclusions import family

PFS = Selection("PFS", control="placebo")
NET = load_trials()


def trial(study, log_hr, se, **more):
    return Trial(study=study, experimental=more.pop("experimental", "a"), control="b", log_hr=log_hr, se=se, **more)


FIVE = Evidence(tuple(trial(f"T{at}", -0.5 + at / 5, 0.1 + at / 20) for at in range(5)))


def model_of(row, level=0.95):
    return CommonEffect(level) if row.method == "common" else RandomEffects(row.method, row.interval, "none", level)


def same_as_pool(row, evidence, level=0.95):
    found = pool(evidence, model_of(row, level))
    for field in ("k", "log_hr", "se", "p_value", "tau2", "i2", "hr"):
        assert getattr(row, field) == pytest.approx(getattr(found, field), rel=1e-7, abs=1e-10), field
    assert (row.ci.low, row.ci.high) == pytest.approx((found.ci.low, found.ci.high), rel=1e-7, abs=1e-10)


@pytest.mark.parametrize(
    ("model", "selection"),
    [
        (RandomEffects(), PFS),
        (RandomEffects("DL", "wald", level=0.9), replace(PFS, assessor="central")),
        (CommonEffect(), Selection("OS")),
    ],
)
def test_every_specification_is_the_pool_of_its_rows(model, selection):
    found = multiverse(NET, model, selection=selection)
    assert found.n > 100
    for row in found.rows:
        same_as_pool(row, Evidence(tuple(NET[key] for key in row.keys)), model.level)


@given(
    st.lists(st.tuples(st.integers(-2000, 2000), st.floats(-3, 1)), min_size=3, max_size=6),
    st.sampled_from(TAU2_METHODS),
    st.sampled_from(INTERVALS),
)
@settings(max_examples=40, deadline=None)
def test_random_evidence_gives_what_pool_gives(numbers, method, interval):
    evidence = Evidence(tuple(trial(f"T{at}", y / 1000, 10**s) for at, (y, s) in enumerate(numbers)))
    axes = MultiverseAxes(tau2_methods=(method,), intervals=(interval,))
    found = multiverse(evidence, CommonEffect(), axes=axes)
    for row in found.rows:
        same_as_pool(row, Evidence(tuple(evidence[key] for key in row.keys)))


def test_every_combination_is_there_once():
    found = multiverse(NET, selection=PFS)
    distinct = {(row.keys, row.method, row.interval) for row in found.rows}
    assert len(distinct) == found.n
    combinations = {
        (assessor, inclusion, row.method, row.interval)
        for row in found.rows
        for assessor, inclusion in ((row.assessor, row.inclusion), *row.also)
    }
    models = 7 * 3 + 1
    trials = [
        len(select(NET, replace(PFS, assessor=reader)).evidence)
        for reader in ("primary", "central", "investigator")
    ]
    assert trials == [9, 8, 4]
    assert len(combinations) == models * sum(k + 4 for k in trials)
    assert not found.skipped


def test_an_inclusion_is_what_it_says():
    found = multiverse(NET, selection=replace(PFS, assessor="central"), axes=MultiverseAxes(assessors=("central",)))
    rows = {name: row for row in found.rows for _, name in ((row.assessor, row.inclusion), *row.also)}
    labels = {name: {NET[key].label for key in row.keys} for name, row in rows.items()}
    every = set(select(NET, replace(PFS, assessor="central")).evidence.labels)
    assert labels["all"] == labels["verified"] == every
    assert labels["primary"] == every - {"RADIANT-3", "SUN-1111", "SANET-ep"}
    assert labels["one class"] == every - {"RADIANT-3", "RADIANT-4", "CLARINET"}
    assert labels["without CLARINET"] == every - {"CLARINET"}
    assert len(labels) == 4 + len(every)


def test_what_the_reader_entered_is_not_verified():
    verified = [trial(f"V{at}", at / 10, 0.2, verification="verified") for at in range(3)]
    found = multiverse(Evidence((*verified, trial("E", 0.5, 0.2))), axes=MultiverseAxes(inclusions=("verified",)))
    assert {row.inclusion: row.k for row in found.rows} == {"all": 4, "verified": 3}


def test_the_prespecified_analysis_is_marked_and_first():
    model = RandomEffects("EB", "wald", "none", 0.9)
    found = multiverse(
        NET, model, selection=replace(PFS, assessor="central"), axes=MultiverseAxes(assessors="primary")
    )
    own = found.rows[0]
    assert [row.prespecified for row in found.rows] == [True] + [False] * (found.n - 1)
    assert found.prespecified is own
    assert (own.method, own.interval, own.assessor, own.inclusion) == ("EB", "wald", "central", "all")
    assert own.log_hr == pytest.approx(found.overall.log_hr, rel=1e-9)
    assert found.overall == pool(select(NET, replace(PFS, assessor="central")).evidence, model)
    assert multiverse(NET, RandomEffects(), selection=PFS).rows[0].inclusion == "all"


def test_the_summary_counts_the_rows():
    found = multiverse(FIVE)
    ratios = sorted(row.hr for row in found.rows)
    assert found.hr_range == (ratios[0], ratios[-1])
    below = [row for row in found.rows if row.ci.exp().high < 1]
    above = [row for row in found.rows if row.ci.exp().low > 1]
    assert 0 < len(below) < found.n
    assert found.below_one == pytest.approx(len(below) / found.n)
    assert found.above_one == pytest.approx(len(above) / found.n)
    assert ratios[found.rank - 1] == found.prespecified.hr


def test_filters_by_name():
    phase = TrialFilter("phase 3 only", {"phase": "3"})
    both = TrialFilter(
        "double-blind everolimus or SSA", {"blinding": "double-blind", "experimental": ["everolimus", "SSA"]}
    )
    found = multiverse(NET, selection=PFS, axes=MultiverseAxes(filters=(phase, both), inclusions="all"))
    names = {name for row in found.rows for _, name in ((row.assessor, row.inclusion), *row.also)}
    assert names == {"all", "phase 3 only", "double-blind everolimus or SSA"}
    labels = {NET[key].label for row in found.rows if row.inclusion == both.name for key in row.keys}
    assert labels == {"RADIANT-3", "RADIANT-4", "CLARINET"}
    assert [(one.assessor, one.inclusion, one.reason) for one in found.skipped] == [
        ("investigator", "double-blind everolimus or SSA", "only 1 trial")
    ]
    assert hash(both) == hash(TrialFilter(both.name, both.conditions))
    with pytest.raises(SelectionError, match="No trial has phase='4'"):
        multiverse(NET, selection=PFS, axes=MultiverseAxes(filters=(TrialFilter("phase 4", {"phase": "4"}),)))
    with pytest.raises(SelectionError, match="Did you mean 'phase'"):
        multiverse(FIVE, axes=MultiverseAxes(filters=(TrialFilter("x", {"phse": "4"}),)))


def test_a_filter_has_no_name_of_another_choice():
    taken = TrialFilter("without CLARINET", {"phase": "3"})
    with pytest.raises(PoolingError, match="has the name of a choice that is there already"):
        multiverse(NET, selection=PFS, axes=MultiverseAxes(filters=(taken,)))
    assert multiverse(NET, selection=PFS, axes=MultiverseAxes(filters=(taken,), inclusions="all")).n == 5 * 22


def test_what_cannot_be_pooled_is_named_and_the_rest_is_there():
    alike = Evidence((trial("A", 0.1, 0.2), trial("B", 0.4, 0.2), trial("C", 0.4, 0.3)))
    found = multiverse(alike)
    flat = [one for one in found.skipped if "no width" in one.reason]
    assert {one.inclusion for one in flat} == {"without A"}
    assert len(flat) == 7
    assert all("Hartung-Knapp" in one.model for one in flat)
    assert found.n == 4 * 22 - 7
    with pytest.raises(PoolingError, match="no width"):
        multiverse(alike.without("A"), RandomEffects(interval="hartung-knapp"))


def test_effects_that_differ_less_than_any_paper_prints_are_the_same():
    near = Evidence((trial("A", 1.0, 1.0), trial("B", 0.0, 1.0), trial("C", 2e-218, 1.0)))
    assert {one.inclusion for one in multiverse(near).skipped if "no width" in one.reason} == {"without A"}
    with pytest.raises(PoolingError, match="no width"):
        pool(near.without("A"), RandomEffects(interval="hartung-knapp"))


def test_two_trials_are_a_small_multiverse_and_one_is_none():
    found = multiverse(FIVE[:2])
    assert found.n == 22
    assert [one.reason for one in found.skipped] == ["only 1 trial"] * 2 + ["no trial"]
    with pytest.raises(PoolingError, match="there is 1"):
        multiverse(FIVE[:1])
    with pytest.raises(PoolingError, match="there are none"):
        multiverse(NET, selection=Selection("PFS", control="chalk"))


def test_the_class_of_a_therapy():
    assert family("sunitinib") == family("cabozantinib") == "TKI"
    assert family("everolimus") == "mTOR inhibitor"
    assert family("mine") == "mine"
    tied = Evidence(tuple(trial(f"T{at}", at / 9, 0.2, experimental="ab"[at % 2] * 2) for at in range(4)))
    assert [one.inclusion for one in multiverse(tied).skipped] == ["verified", "one class"]


def test_too_many_are_refused_by_number():
    with pytest.raises(PoolingError, match=r"has 594 analyses or more, and the limit is 500"):
        multiverse(NET, selection=PFS, most=500)
    multiverse(NET, selection=PFS)
    with pytest.raises(PoolingError, match=r"has 594 analyses"):
        multiverse(NET, selection=PFS, most=593)
    many = Evidence(tuple(trial(f"T{at}", at / 1e3, 0.2) for at in range(1000)))
    with pytest.raises(PoolingError, match=r"has 22,000 analyses or more, and the limit is 10,000"):
        multiverse(many)


def test_a_multiverse_is_a_value():
    found = multiverse(FIVE)
    assert multiverse(Evidence(FIVE.trials)) is found
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))  # noqa: S301


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"tau2_methods": ("REML", "RMEL")}, "no estimator of tau2 called 'RMEL'. Did you mean 'REML'"),
        ({"intervals": "wlad"}, "Did you mean 'wald'"),
        ({"assessors": ("me",)}, "no reader called 'me'"),
        ({"inclusions": ("everything",)}, "no choice of trials called 'everything'"),
        ({"inclusions": 3}, "are names such as 'all', not 3"),
        ({"tau2_methods": (), "common": False}, "There is no model to go through"),
        ({"filters": ("phase 3",)}, "A filter is TrialFilter"),
        (
            {"filters": (TrialFilter("x", {"phase": "3"}), TrialFilter("x", {"phase": "2"}))},
            "Two filters are called 'x'",
        ),
    ],
)
def test_axes_that_are_none(asked, says):
    with pytest.raises(PoolingError, match=says):
        MultiverseAxes(**asked)


@pytest.mark.parametrize(
    ("name", "conditions", "says"),
    [
        ("", {"phase": "3"}, "has a name of its own, not ''"),
        ("all", {"phase": "3"}, "has a name of its own, not 'all'"),
        (3, {"phase": "3"}, "has a name of its own, not 3"),
        ("x", {}, "has no conditions that can be read"),
        ("x", "phase 3", "has no conditions that can be read"),
        ("x", {"phase": [["3"]]}, "has no conditions that can be read"),
    ],
)
def test_filters_that_are_none(name, conditions, says):
    with pytest.raises(PoolingError, match=says):
        TrialFilter(name, conditions)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"evidence": [1]}, "takes an Evidence as evidence"),
        ({"selection": "PFS"}, "takes a Selection or None as selection, not 'PFS'"),
        ({"axes": {"common": True}}, "as axes"),
        ({"most": 0}, "most is a whole number, 1 or more, not 0"),
        ({"most": True}, "most is a whole number"),
        ({"model": "REML"}, "The model is"),
    ],
)
def test_wrong_types_are_refused(asked, says):
    with pytest.raises(PoolingError, match=says):
        multiverse(**{"evidence": FIVE, **asked})


@pytest.mark.parametrize(
    ("verb", "steps"),
    [
        (lambda e: gosh(e, most=3000, seed=2), lambda e: gosh_steps(e, most=3000, seed=2)),
        (multiverse, multiverse_steps),
    ],
)
def test_steps_say_how_far_they_are_and_can_be_left(verb, steps):
    many = Evidence(tuple(trial(f"T{at}", at / 40, 0.1 + at / 300) for at in range(40)))
    walked = steps(many)
    first = next(walked)
    assert 0 <= first <= 1
    walked.close()
    said, walked = [], steps(many)
    while True:
        try:
            said.append(next(walked))
        except StopIteration as end:
            found = end.value
            break
    assert said == sorted(said)
    assert all(0 <= done <= 1 for done in said)
    assert verb(many) is found
    with pytest.raises(StopIteration):
        next(steps(many))
