"""Faults that were found once in networks, each by the smallest example."""

from __future__ import annotations

from math import exp

import pytest

import netmeta as nm
from netmeta import Evidence, Merge, Trial


def trial(study, one, other, y, se=0.2, **more):
    return Trial(study=study, experimental=one, control=other, log_hr=y, se=se, **more)


def loop(a, b, c):
    return Evidence(
        (
            trial("1", b, a, 0.5),
            trial("2", b, a, 0.3),
            trial("3", c, a, 0.6),
            trial("4", c, b, 0.1),
            trial("5", c, b, 0.4),
        )
    )


def test_sidik_jonkman_knows_no_names():
    sj = nm.RandomEffects("SJ", "wald")
    taus = [nm.compare(loop(*names), sj).tau2 for names in ("abc", "bac", "cab")]
    assert taus[1:] == pytest.approx(taus[:1] * 2)


def test_two_merges_of_one_name_are_refused():
    trials = loop(*"abc").add(trial("6", "d", "b", 0.1))
    with pytest.raises(nm.NetworkError, match="Two assumptions take 'd'"):
        nm.compare(trials, assumptions=[Merge("d", into="a"), Merge("d", into="c")])


def test_reconcile_takes_a_merge_as_compare_does():
    nm.reconcile(loop(*"abc"), Merge("a", into="x"))


def test_any_iterable_of_merges_will_do():
    nm.compare(loop(*"abc"), assumptions=iter([Merge("a", into="x")]))


def test_two_trials_predict_nothing_as_in_a_pool():
    two = Evidence((trial("1", "a", "b", 0.5), trial("2", "a", "b", -0.3)))
    for rule in ("t(k-1)", "normal"):
        model = nm.RandomEffects("REML", "wald", rule)
        assert nm.compare(two, model, "b").effect("a", "b").pi == nm.pool(two, model).pi


def test_reconciled_values_round_to_what_is_printed():
    def p(one, other, hr, low, high):
        return Trial(study="A", experimental=one, control=other, hr=hr, ci_low=low, ci_high=high)

    trials = Evidence((p("x", "y", 1.14, 0.86, 1.52), p("z", "y", 1.16, 0.87, 1.55), p("x", "z", 0.97, 0.73, 1.29)))
    for before, after in zip(trials, nm.reconcile(trials), strict=True):
        assert round(exp(after.log_hr), 2) == before.hr


def test_a_merge_that_was_taken_to_find_the_part_may_be_repeated():
    trials = Evidence((trial("A", "x", "placebo", 0.1), trial("B", "high y", "z", 0.3), trial("C", "y", "q", 0.1)))
    merges = [Merge("high y", into="y")]
    part = nm.connected_to(trials, "placebo", merges)
    nm.compare(part, nm.CommonEffect(), assumptions=merges)


def test_merges_may_go_by_a_name_that_no_trial_has():
    nm.compare(loop(*"abc"), assumptions=[Merge("a", into="x"), Merge("x", into="w")])


def test_names_in_messages_are_cut_and_on_one_line():
    long = "<img>\n" + "long " * 60
    with pytest.raises(nm.DisconnectedError) as caught:
        nm.compare(
            Evidence((trial("A", "x", "placebo", 0.1), trial("B", long + "1", long + "2", 0.3))), nm.CommonEffect()
        )
    assert "\n" not in str(caught.value)


def test_one_study_of_three_arms_closes_a_loop_or_does_not():
    three = Evidence((trial("A", "x", "y", 0.1), trial("A", "z", "y", 0.3), trial("A", "x", "z", -0.2)))
    said = str(nm.compare(three, nm.CommonEffect()))
    assert not ("1 closed loop" in said and "no loop closes" in said)


def test_a_subgroup_of_one_cohort_is_no_part_of_another():
    trials = Evidence(
        (trial("A", "x", "y", 0.1, cohort="one"), trial("A", "x", "y", 0.3, cohort="two", subgroup="old"))
    )
    assert nm.compare(trials, nm.CommonEffect()).k == 2
