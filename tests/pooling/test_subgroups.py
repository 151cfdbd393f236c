"""Subgroups: how trials are grouped, what a group of one is, and what cannot be grouped."""

from __future__ import annotations

import pytest
from scipy.stats import norm

import netmeta as nm
from netmeta.errors import PoolingError, SelectionError
from netmeta.pooling import CommonEffect, RandomEffects, meta_regression, pool, subgroups

NET = nm.select(nm.load_trials(), nm.Selection()).evidence
WALD = RandomEffects("DL", "wald", "none")


@pytest.mark.parametrize("tau2", ["separate", "common"])
def test_fixed_weights_split_q_into_within_and_between(tau2):
    found = subgroups(NET, "assessor", CommonEffect(), tau2=tau2)
    assert found.q_within + found.between.statistic == pytest.approx(found.overall.q)
    assert found.q_within_df + found.between.df == found.overall.q_df


def test_each_group_is_pooled_alone():
    found = subgroups(NET, "assessor")
    for group in found.groups:
        alone = pool(NET.where(assessor=group.name))
        assert (group.log_hr, group.ci, group.tau2, group.pi) == (alone.log_hr, alone.ci, alone.tau2, alone.pi)
    assert sum(group.weight for group in found.groups) == pytest.approx(100)


def test_one_variance_for_all_is_the_meta_regression():
    found, model = subgroups(NET, "assessor", tau2="common"), meta_regression(NET, "~ assessor")
    assert {group.tau2 for group in found.groups} == {model.tau2}
    assert found.between == model.test
    assert found["central"].log_hr == pytest.approx(model["intercept"].log_hr)


def test_a_group_of_one_is_the_trial_itself():
    found = subgroups(NET, "population")
    midgut = found["midgut"]
    trial = midgut.evidence[0]
    assert (midgut.k, midgut.log_hr, midgut.se, midgut.q_df, midgut.tau2) == (1, trial.log_hr, trial.se, 0, 0.0)
    assert midgut.ci.width == pytest.approx(2 * norm.ppf(0.975) * trial.se)
    assert "A single trial makes up GEP high grade, lung and GI, midgut" in found.cautions[0]


def test_groups_by_mapping_and_by_function():
    later = subgroups(NET, lambda trial: "to 2015" if trial.year <= 2015 else "later")
    same = subgroups(NET, {trial.label: "to 2015" if trial.year <= 2015 else "later" for trial in NET})
    assert [group.name for group in later.groups] == ["later", "to 2015"]
    assert later == same
    assert later.by == "group"
    assert subgroups(NET, lambda trial: trial.year > 2015).groups[0].name == "no"


def test_trials_without_a_group_are_left_out_and_named():
    groups = {trial.key: trial.assessor for trial in NET[1:]}
    found = subgroups(NET, groups)
    assert [(out.trial.label, out.reason) for out in found.left_out] == [(NET[0].label, "group not known")]
    assert found.overall == pool(NET[1:])
    assert any(f"Left out: {NET[0].label} (group not known)" in line for line in found.cautions)


@pytest.mark.parametrize(
    ("by", "error", "said"),
    [
        ("asessor", SelectionError, "Did you mean 'assessor'"),
        ("log_hr", SelectionError, "no field 'log_hr' to group by"),
        ("year", SelectionError, "year is a number: use meta_regression"),
        ("n", SelectionError, "n is a number"),
        ("key", PoolingError, "of its own"),
        ("endpoint", PoolingError, "all 19 trials have 'PFS'"),
        ("notes", PoolingError, "of its own|two groups"),
        ({}, SelectionError, "names no trial"),
        ({"nobody": "a"}, SelectionError, "names no trial"),
        (lambda _trial: None, PoolingError, "no trial has one"),
        (lambda _trial: [1], SelectionError, "a group is a word"),
        (lambda _trial: float("nan"), PoolingError, "no trial has one"),
        (7, SelectionError, "a field, a mapping or a function"),
    ],
)
def test_what_cannot_be_grouped_says_why(by, error, said):
    with pytest.raises(error, match=said):
        subgroups(NET, by)


def test_a_word_for_tau2_that_does_not_exist():
    with pytest.raises(PoolingError, match="Did you mean 'common'"):
        subgroups(NET, "assessor", tau2="comon")


def test_the_words():
    text = str(subgroups(NET, "assessor", WALD))
    assert "Test for differences between groups: Q = " in text
    assert "on 1 df, P" in text
    assert "central: HR 0." in text
    assert "F = " in str(subgroups(NET, "assessor", tau2="common"))
    with pytest.raises(SelectionError, match="Did you mean 'central'"):
        subgroups(NET, "assessor")["centrl"]


def test_equal_questions_have_one_answer():
    assert subgroups(NET, "assessor") is subgroups(NET, "assessor")
