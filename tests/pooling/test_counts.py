"""Pooled counts: what must hold whatever the numbers, what is said, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import PoolingError
from netmeta.evidence.counted import Counts
from netmeta.evidence.outcome_counts import GRADE3, RESPONSE
from netmeta.evidence.twobytwo import TwoByTwo
from netmeta.pooling.count_effects import corrected_cells
from netmeta.validate.counts import counts

METHODS = [
    ("RR", "inverse-variance"), ("OR", "inverse-variance"), ("RD", "inverse-variance"), ("RR", "mantel-haenszel"),
    ("OR", "mantel-haenszel"), ("RD", "mantel-haenszel"), ("OR", "peto"),
]  # fmt: skip


def of(*rows: tuple[int, int, int, int]) -> Counts:
    return Counts(outcome="event", tables=tuple(TwoByTwo.of(f"T{at}", *row) for at, row in enumerate(rows, 1)))


sizes = st.integers(5, 200)
arms = sizes.flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))
rows = st.tuples(arms, arms).map(lambda pair: (*pair[0], *pair[1]))


@pytest.mark.parametrize(("measure", "method"), METHODS)
@given(data=st.lists(rows, min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_changing_the_arms_over_turns_the_effect_round(measure, method, data):
    one, other = of(*data), of(*data).swapped
    if measure == "RR" and method == "inverse-variance":
        assert nm.pool_counts(one, measure, method, nm.CommonEffect()).effect == pytest.approx(
            -nm.pool_counts(other, measure, method, nm.CommonEffect()).effect, abs=1e-9
        )
    found, turned = (nm.pool_counts(each, measure, method, nm.CommonEffect()) for each in (one, other))
    assert found.effect == pytest.approx(-turned.effect, abs=1e-9)
    assert found.se == pytest.approx(turned.se, rel=1e-9)


@given(data=st.lists(rows, min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_an_odds_ratio_of_the_contrary_is_turned_round(data):
    contrary = of(*((n - a, n, m - c, m) for a, n, c, m in data))
    for method in ("mantel-haenszel", "peto", "inverse-variance"):
        found, turned = (nm.pool_counts(each, "OR", method, nm.CommonEffect()) for each in (of(*data), contrary))
        assert found.effect == pytest.approx(-turned.effect, abs=1e-9)


@given(row=rows)
@settings(max_examples=50, deadline=None)
def test_one_trial_pooled_by_mantel_haenszel_is_the_trial(row):
    for measure in ("RR", "OR"):
        found = nm.pool_counts(of(row), measure, "mantel-haenszel")
        assert found.effect == pytest.approx(found.effects[0].effect, abs=1e-12)
        assert found.se == pytest.approx(found.effects[0].se, rel=1e-9)
        assert found.effects[0].weight == pytest.approx(100)
        assert found.q_df == 0
        assert "Between trials" not in str(found)


@pytest.mark.parametrize(("measure", "method"), METHODS)
def test_weights_sum_to_a_hundred(measure, method):
    found = nm.pool_counts(counts("nielweise2007"), measure, method)
    assert sum(one.weight for one in found.effects) == pytest.approx(100)


def test_a_trial_without_events_is_left_out_of_ratios_and_kept_in_differences():
    made = of((0, 20, 0, 20), (3, 30, 1, 28), (5, 25, 2, 25))
    for measure, method in METHODS:
        found = nm.pool_counts(made, measure, method)
        if measure == "RD":
            assert found.k == 3
            assert not found.left_out
        else:
            assert found.k == 2
            assert [one.study for one in found.left_out] == ["T1"]
            assert "Left out: T1 (nobody had the event in both arms, which says nothing about a ratio)." in str(
                found
            )


def test_corrections_are_said_and_only_where_they_were_made():
    made = of((0, 20, 4, 20), (3, 30, 1, 28))
    inverse = nm.pool_counts(made, "RR")
    assert inverse.corrected == ("T1",)
    assert "one half was added to each cell of T1" in str(inverse)
    common = nm.pool_counts(made, "RR", "mantel-haenszel")
    assert "the pooled result takes the counts as they are" in str(common)
    assert "added" not in str(nm.pool_counts(of((3, 30, 1, 28), (4, 30, 2, 28)), "RR"))


def test_the_correction_by_arms_adds_one_to_each_outcome():
    table = TwoByTwo.of("a", 0, 30, 4, 10)
    a, b, c, d = corrected_cells(table, "treatment-arm")
    assert (a, c) == pytest.approx((0.75, 4.25))
    assert (b, d) == pytest.approx((30.75, 6.25))
    assert corrected_cells(TwoByTwo.of("a", 1, 30, 4, 10), "treatment-arm") == (1, 29, 4, 6)


def test_the_odds_ratio_by_hand():
    # 10/100 against 5/100 and 4/50 against 6/50: R = sum(ad/N), S = sum(bc/N).
    found = nm.pool_counts(of((10, 100, 5, 100), (4, 50, 6, 50)), "OR", "mantel-haenszel")
    ratio = (10 * 95 / 200 + 4 * 44 / 100) / (90 * 5 / 200 + 46 * 6 / 100)
    assert found.value == pytest.approx(ratio)


def test_mantel_haenszel_takes_the_level_of_a_model_and_nothing_else():
    wide = nm.pool_counts(counts("bcg"), "RR", "mantel-haenszel", nm.RandomEffects(level=0.9))
    assert isinstance(wide.model, nm.CommonEffect)
    assert wide.model.level == 0.9
    assert wide.ci.high - wide.ci.low == pytest.approx(2 * 1.6448536269514722 * wide.se)
    assert (wide.tau2, wide.tau2_ci, wide.pi) == (0.0, None, None)


def test_random_effects_go_through_the_same_engine_as_hazard_ratios():
    made = counts("bcg")
    ours = nm.pool_counts(made, "RR")
    trials = tuple(
        nm.Trial(study=one.study, experimental="a", control="b", log_hr=one.effect, se=one.se)
        for one in ours.effects
    )
    other = nm.pool(nm.Evidence(trials))
    assert (ours.effect, ours.se, ours.tau2, ours.pi) == (other.log_hr, other.se, other.tau2, other.pi)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "HR"}, "no measure 'HR'"),
        ({"method": "glmm"}, "no method 'glmm'"),
        ({"correction": "1"}, "correction of zero cells"),
        ({"measure": "RR", "method": "peto"}, "Peto's method pools odds ratios"),
    ],
)
def test_what_does_not_exist_is_refused(asked, said):
    with pytest.raises(PoolingError, match=said):
        nm.pool_counts(counts("bcg"), **asked)


def test_too_few_trials_and_ratios_without_a_value():
    with pytest.raises(PoolingError, match=r"at least 2 trials with counts; there is 1 \(T1\)"):
        nm.pool_counts(of((3, 30, 1, 28)))
    with pytest.raises(PoolingError, match="at least 1 trial with counts; there are none"):
        nm.pool_counts(of(), method="mantel-haenszel")
    with pytest.raises(PoolingError, match="Mantel-Haenszel risk ratio has no value"):
        nm.pool_counts(of((3, 30, 0, 28), (2, 20, 0, 20)), "RR", "mantel-haenszel")
    with pytest.raises(PoolingError, match="Mantel-Haenszel odds ratio has no value"):
        nm.pool_counts(of((30, 30, 4, 28), (20, 20, 5, 20)), "OR", "mantel-haenszel")
    with pytest.raises(PoolingError, match="takes Counts"):
        nm.pool_counts(nm.load_trials())


@pytest.mark.parametrize(
    ("measure", "rows", "said"),
    [
        ("RR", [(30, 30, 28, 28), (20, 20, 21, 21)], "risk ratio is 1 with a standard error of 0"),
        ("RR", [(7, 7, 3, 3)], "risk ratio is 1 with a standard error of 0"),
        ("RD", [(20, 20, 0, 20), (15, 15, 0, 18)], "risk difference is 1 with a standard error of 0"),
        ("RD", [(0, 3, 7, 7)], "risk difference is -1 with a standard error of 0"),
        ("RD", [(0, 20, 0, 20), (0, 30, 0, 28)], "risk difference is 0 with a standard error of 0"),
        ("RD", [(20, 20, 20, 20), (0, 30, 0, 28)], "risk difference is 0 with a standard error of 0"),
    ],
)
def test_mantel_haenszel_without_a_standard_error_is_refused_and_the_way_out_works(measure, rows, said):
    with pytest.raises(PoolingError, match=said):
        nm.pool_counts(of(*rows), measure, "mantel-haenszel")
    assert nm.pool_counts(of(*rows, *rows), "RD").se > 0


def test_arms_without_chance_that_differ_between_trials_have_a_standard_error():
    found = nm.pool_counts(of((20, 20, 0, 20), (0, 30, 0, 28)), "RD", "mantel-haenszel")
    assert found.se > 0.05
    assert nm.pool_counts(of((999_999, 1_000_000, 0, 1_000_000)), "RD", "mantel-haenszel").se > 0


def test_trials_named_alike_keep_their_own_numbers():
    made = Counts(outcome="event", tables=(TwoByTwo.of("T", 3, 30, 1, 28), TwoByTwo.of("T", 9, 40, 6, 41)))
    found = nm.pool_counts(made)
    frame = found.to_frame()
    assert frame["events_experimental"].tolist() == [3, 9]
    assert frame["n_control"].tolist() == [28, 41]
    assert "3/30" in str(found)
    assert "9/40" in str(found)


def test_a_trial_that_is_left_out_does_not_make_the_pooled_ones_differ():
    tables = of((3, 30, 1, 28), (4, 30, 2, 28), (0, 20, 0, 20)).tables
    made = [replace(table, control="placebo", definition="grade 3") for table in tables[:2]]
    odd = replace(tables[2], control="surgery", definition="any grade")
    said = str(nm.pool_counts(Counts(outcome="event", tables=(*made, odd))))
    assert "Left out: T3" in said
    assert "control arms differ" not in said
    assert "What counts as an event" not in said
    kept = str(nm.pool_counts(Counts(outcome="event", tables=(*made, odd)), "RD"))
    assert "The control arms differ, and so may what the pool means: placebo and surgery." in kept


def test_equal_questions_are_answered_once():
    made = of((3, 30, 1, 28), (4, 30, 2, 28))
    assert nm.pool_counts(made) is nm.pool_counts(of((3, 30, 1, 28), (4, 30, 2, 28)))


def test_control_arms_and_definitions_that_differ_are_said():
    said = str(nm.pool_counts(nm.counts_of(GRADE3)))
    assert "The control arms differ" in said
    assert "What counts as an event is not the same in all trials" in said
    assert "differ" not in str(nm.pool_counts(counts("bcg")))


def test_differences_are_written_per_hundred():
    found = nm.pool_counts(of((30, 100, 10, 100), (35, 100, 12, 100)), "RD", "mantel-haenszel")
    assert "RD +22 (+" in str(found).splitlines()[0]
    assert "per 100 patients" in str(found)
    assert (found.value, found.low) == (found.effect, found.ci.low)


def test_it_shows_as_words_a_table_and_a_frame():
    found = nm.pool_counts(nm.counts_of(RESPONSE))
    frame = found.to_frame()
    first = found.effects[0]
    assert frame.loc[0, "rr"] == pytest.approx(exp(first.effect))
    assert frame.loc[0, "rr_low"] == pytest.approx(exp(first.effect - 1.959963984540054 * first.se))
    assert frame["weight_percent"].sum() == pytest.approx(100)
    assert "nearest to 21.9%" in str(found)
    assert repr(found).startswith("PooledCounts(response, RR ")


def test_the_effect_of_a_trial_by_hand():
    found = nm.pool_counts(of((12, 40, 6, 50), (4, 30, 2, 28)), "RR")
    assert found.effects[0].effect == pytest.approx(log(12 / 40) - log(6 / 50))
    assert found.effects[0].se == pytest.approx(sqrt(1 / 12 - 1 / 40 + 1 / 6 - 1 / 50))
