"""What must hold for any network."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.network import PATHS, direct_effects, omit_trials
from netmeta.network.contrasts import contrasts
from netmeta.network.families import extended
from netmeta.network.fitting import method_of, network_fit
from netmeta.network.flows import conductances
from netmeta.pooling.door import regressed
from netmeta.pooling.model import INTERVALS, PREDICTIONS, TAU2_METHODS

SPEC = spec_from_file_location("network_made", Path(__file__).with_name("made.py"))
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

REML = nm.RandomEffects("REML", "wald", "t(k-1)")
DL = nm.RandomEffects("DL", "wald", "t(k-1)")
MODELS = [nm.CommonEffect(), REML, DL]
# The first guess of Sidik and Jonkman is the scatter of effects about their mean, and asks for their directions.
ALL = [
    nm.CommonEffect(),
    *(nm.RandomEffects(method, "wald", "t(k-1)") for method in TAU2_METHODS if method != "SJ"),
]
ANY = settings(max_examples=30, deadline=None)
FEW = settings(max_examples=12, deadline=None)
# tau2 near its boundary is only as exact as the variances beside it.
CLOSE = {"rel": 1e-7, "abs": 1e-9}


def close(a, b):
    return a == pytest.approx(b, **CLOSE)


def facts(found, names=None):
    """Everything of a result that no name, order or direction may change, pair by pair."""
    names = names or {name: name for name in found.treatments}
    return {
        (one, other): numbers(found.effect(names[one], names[other]))
        for one in names
        for other in names
        if one != other
    }


def numbers(one):
    pi = one.pi or one.ci
    return one.log_hr, one.se, one.ci.low, one.ci.high, pi.low, pi.high, one.p_value


def whole(found):
    return found.tau2, found.q, found.q_df, found.q_p, found.i2, found.k, found.m, found.designs


def same(one, other, names=None):
    mine, theirs = facts(one), facts(other, names)
    assert mine.keys() == theirs.keys()
    assert whole(one) == pytest.approx(whole(other), **CLOSE)
    for pair, found in mine.items():
        assert found == pytest.approx(theirs[pair], **CLOSE), pair


# ---- names, directions, order, reference -----------------------------------------------------------


@pytest.mark.parametrize("model", ALL, ids=str)
@FEW
@given(studies=made.networks(), order=st.permutations(range(6)))
def test_names_are_names(model, studies, order):
    names = {letter: "uvwxyz"[order[at]] for at, letter in enumerate(made.LETTERS)}
    used = {name: names[name] for name in made.treatments(studies)}
    one = nm.compare(made.evidence(studies), model)
    other = nm.compare(made.evidence(made.related(studies, names)), model)
    same(one, other, used)
    scores = [other.p_scores[used[name]] for name in one.treatments]
    assert close(scores, one.scores)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(), turns=st.lists(st.integers(0, 63), min_size=12, max_size=12))
def test_a_comparison_may_be_written_down_either_way(model, studies, turns):
    one = nm.compare(made.evidence(studies), model)
    other = nm.compare(made.evidence(studies, turns[: len(studies)]), model)
    same(one, other)
    assert close(one.scores, other.scores)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(), seed=st.integers(0, 999))
def test_rows_may_stand_in_any_order(model, studies, seed):
    trials = made.evidence(studies)
    order = np.random.default_rng(seed).permutation(len(trials))
    shuffled = nm.Evidence(tuple(trials[int(at)] for at in order))
    same(nm.compare(trials, model), nm.compare(shuffled, model))


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks())
def test_the_reference_is_only_what_others_are_shown_against(model, studies):
    trials = made.evidence(studies)
    first, *others = made.treatments(studies)
    one = nm.compare(trials, model, first)
    assert [each.control for each in one.effects] == [first] * len(others)
    for name in others:
        other = nm.compare(trials, model, name)
        assert facts(one) == facts(other)
        assert (one.tau2, one.scores, one.q) == (other.tau2, other.scores, other.q)
        assert {each.control for each in other.effects} == {name}


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(least=3))
def test_effects_are_consistent_and_turn_round(model, studies):
    found = nm.compare(made.evidence(studies), model)
    for a, b in ((a, b) for a in found.treatments for b in found.treatments if a != b):
        one, other = found.effect(a, b), found.effect(b, a)
        assert close(
            (one.log_hr, one.se, one.ci.low, one.p_value), (-other.log_hr, other.se, -other.ci.high, other.p_value)
        )
        for c in found.treatments:
            if c not in (a, b):
                assert close(one.log_hr, found.effect(a, c).log_hr + found.effect(c, b).log_hr)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(), shift=st.lists(st.integers(-100, 100), min_size=6, max_size=6))
def test_shifted_arms_shift_their_effects_and_nothing_else(model, studies, shift):
    by = dict(zip(made.LETTERS, np.array(shift) / 100, strict=True))
    moved = [made.Arms(each.name, each.arms, each.y + [by[arm] for arm in each.arms], each.s) for each in studies]
    one, other = nm.compare(made.evidence(studies), model), nm.compare(made.evidence(moved), model)
    assert close((one.tau2, one.q), (other.tau2, other.q))
    for each in one.pairs:
        again = other.effect(each.experimental, each.control)
        assert close(again.log_hr - each.log_hr, by[each.experimental] - by[each.control])
        assert close(again.se, each.se)


@ANY
@given(studies=made.networks(), turns=st.lists(st.integers(0, 63), min_size=12, max_size=12))
def test_asked_again_it_is_the_same_object(studies, turns):
    one = made.evidence(studies, turns[: len(studies)])
    other = made.evidence(studies, turns[: len(studies)])
    assert one is not other
    assert nm.compare(one) is nm.compare(other)


# ---- parts -------------------------------------------------------------------------------------------


@ANY
@given(studies=made.networks())
def test_a_trial_that_nothing_joins_is_refused_with_its_name(studies):
    alone = nm.Trial(study="ALONE", experimental="x", control="y", log_hr=0.1, se=0.2)
    trials = made.evidence(studies).add(alone)
    with pytest.raises(nm.errors.DisconnectedError, match="2 parts") as caught:
        nm.compare(trials, nm.CommonEffect())
    names = tuple(made.treatments(studies))
    assert set(caught.value.parts) == {names, ("x", "y")}
    assert "x, y (ALONE)" in str(caught.value)
    assert ", ".join(names) in str(caught.value)
    assert nm.connected_to(trials, names[0]) == made.evidence(studies)
    assert nm.connected_to(trials, "x") == nm.Evidence((alone,))


# ---- special networks: a star, and two treatments ------------------------------------------------------


@st.composite
def stars(draw):
    """Trials of several treatments against one hub, each treatment with one to three."""
    names = [name for name in "abcde"[: draw(st.integers(2, 5))] for _ in range(draw(st.integers(1, 3)))]
    found = [
        nm.Trial(
            study=f"T{at}", experimental=name, control="hub", log_hr=draw(st.integers(-150, 150)) / 100,
            se=draw(st.integers(5, 60)) / 100,
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    return nm.Evidence(tuple(found))


@ANY
@given(trials=stars())
def test_a_star_is_its_comparisons_one_by_one(trials):
    star = nm.compare(trials, nm.CommonEffect(), "hub")
    for name in star.treatments:
        if name == "hub":
            continue
        own, found = trials.where(experimental=name), star.effect(name)
        assert found.direct == len(own)
        if len(own) == 1:
            assert close((found.log_hr, found.se), (own[0].log_hr, own[0].se))
            continue
        alone = nm.pool(own, nm.CommonEffect())
        assert close(
            (found.log_hr, found.se, found.ci.low, found.ci.high, found.statistic, found.p_value),
            (alone.log_hr, alone.se, alone.ci.low, alone.ci.high, alone.statistic, alone.p_value),
        )


@ANY
@given(trials=stars())
def test_q_of_a_star_is_that_of_its_comparisons(trials):
    star = nm.compare(trials, nm.CommonEffect(), "hub")
    parts = [trials.where(experimental=name) for name in star.treatments if name != "hub"]
    q = sum(nm.pool(own, nm.CommonEffect()).q for own in parts if len(own) > 1)
    assert close(star.q, q)
    assert star.q_df == len(trials) - len(parts)
    found = nm.inconsistency(star)
    assert (found.between.q, found.between.df, found.between.p_value) == (0.0, 0, 1.0)


@st.composite
def pairs(draw, least=3):
    k = draw(st.integers(least, 8))
    y = draw(st.lists(st.integers(-150, 150), min_size=k, max_size=k))
    se = draw(st.lists(st.integers(5, 90), min_size=k, max_size=k))
    return nm.Evidence(
        tuple(
            nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=y[at] / 100, se=se[at] / 100)
            for at in range(k)
        )
    )


def shared(found):
    """What a network of two treatments and a pool both have."""
    one = found.effect("a", "b") if isinstance(found, nm.NetworkResult) else found
    both = (found.tau2_ci, one.pi, one.ci)
    return (
        one.log_hr, one.se, one.statistic, one.p_value, found.tau2, found.q, found.q_df, found.q_p,
        *(bound for each in both if each for bound in (each.low, each.high)),
        [one.df, *(each is None for each in both)],
    )  # fmt: skip


def i2_of(found):
    i2, ci = (found.i2, found.i2_ci) if isinstance(found, nm.NetworkResult) else (found.i2_q, found.i2_q_ci)
    return i2, ci and (ci.low, ci.high)


@pytest.mark.parametrize("method", TAU2_METHODS)
@FEW
@given(trials=pairs(), level=st.sampled_from([0.8, 0.95]))
def test_two_treatments_are_a_pool(method, trials, level):
    for interval, prediction in product(INTERVALS, PREDICTIONS):
        if interval == "wald" and "hartung" in prediction:
            continue
        model = nm.RandomEffects(method, interval, prediction, level)
        try:
            pool = nm.pool(trials, model)
        except nm.errors.PoolingError:
            event("refused")
            with pytest.raises(nm.errors.PoolingError):
                nm.compare(trials, model, "b")
            continue
        network = nm.compare(trials, model, "b")
        *mine, none = shared(network)
        *theirs, pool_none = shared(pool)
        assert none == pool_none
        assert mine == pytest.approx(theirs, **CLOSE), model
        assert i2_of(network)[0] == pytest.approx(i2_of(pool)[0], rel=1e-7, abs=1e-9)
        if i2_of(pool)[1]:
            assert i2_of(network)[1] == pytest.approx(i2_of(pool)[1], rel=1e-7, abs=1e-7)


@ANY
@given(trials=pairs(least=2), level=st.sampled_from([0.8, 0.95]))
def test_two_treatments_with_a_common_effect_are_a_pool(trials, level):
    model = nm.CommonEffect(level)
    *mine, none = shared(nm.compare(trials, model, "b"))
    *theirs, pool_none = shared(nm.pool(trials, model))
    assert none == pool_none
    assert mine == pytest.approx(theirs, **CLOSE)


# ---- where a number comes from -------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks())
def test_contributions_are_shares(model, studies):
    result = nm.compare(made.evidence(studies), model)
    for method in PATHS:
        found = nm.network_contributions(result, method)
        for shares in (found.by_edge, found.by_trial):
            assert np.array(shares).min() >= 0
            assert np.array(shares).sum(1) == pytest.approx(100, rel=1e-9)
        labels = [result.evidence[key] for key in found.keys]
        for row, (edges, trials) in enumerate(zip(found.by_edge, found.by_trial, strict=True)):
            for edge, share in zip(found.edges, edges, strict=True):
                own = [
                    part
                    for part, trial in zip(trials, labels, strict=True)
                    if {trial.experimental, trial.control} == set(edge)
                ]
                assert share == pytest.approx(sum(own), rel=1e-9, abs=1e-9), row


@ANY
@given(trials=stars())
def test_trials_share_a_comparison_by_their_weights(trials):
    assume(nm.compare(trials, nm.CommonEffect()).q_df)
    result = nm.compare(trials, DL, "hub")
    found = nm.network_contributions(result)
    for name in result.treatments:
        if name != "hub":
            own = trials.where(experimental=name)
            weights = np.array([1 / (trial.se**2 + result.tau2) for trial in own])
            shares = found.of(name, "hub")
            assert [shares[key] for key in own.keys] == pytest.approx(100 * weights / weights.sum(), rel=1e-9)


@ANY
@given(studies=made.networks(), order=st.permutations(range(6)))
def test_a_random_walk_knows_no_names(studies, order):
    names = {letter: "uvwxyz"[order[at]] for at, letter in enumerate(made.LETTERS)}
    one = nm.network_contributions(nm.compare(made.evidence(studies), DL), "random-walk")
    moved = nm.compare(made.evidence(made.related(studies, names)), DL)
    other = nm.network_contributions(moved, "random-walk")
    for a, b in one.comparisons:
        mine, theirs = one.of_comparisons(a, b), other.of_comparisons(names[a], names[b])
        theirs = {frozenset(edge): share for edge, share in theirs.items()}
        mine = {frozenset(names[arm] for arm in edge): share for edge, share in mine.items()}
        for edge in mine.keys() | theirs.keys():
            assert mine.get(edge, 0.0) == pytest.approx(theirs.get(edge, 0.0), rel=1e-6, abs=1e-6)


@ANY
@given(trials=stars())
def test_without_loops_the_two_ways_agree_and_every_part_of_a_path_counts_alike(trials):
    result = nm.compare(trials, nm.CommonEffect(), "hub")
    short, walk = (np.array(nm.network_contributions(result, method).by_edge) for method in PATHS)
    assert short == pytest.approx(walk, rel=1e-9, abs=1e-9)
    found = nm.network_contributions(result)
    for (a, b), row in zip(found.comparisons, short, strict=True):
        share = 100.0 if "hub" in (a, b) else 50.0
        assert sorted(row[row > 0]) == pytest.approx([share] * round(100 / share))


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks())
def test_the_hat_matrix_times_direct_estimates_is_the_network(model, studies):
    result = nm.compare(made.evidence(studies), model)
    found = nm.network_contributions(result)
    fit = network_fit(result.evidence, (), result.model)
    edge, weight = conductances(fit.contrasts, fit.tau2).rows
    rows = [row for each in fit.contrasts.studies for row in each.study.rows]
    towards = [row.towards(found.edges[at][0]) for at, row in zip(edge, rows, strict=True)]
    size = len(found.edges)
    direct = np.bincount(edge, weight * towards, size) / np.bincount(edge, weight, size)
    for pair, hat in zip(found.comparisons, found.hat, strict=True):
        assert close(float(np.array(hat) @ direct), result.effect(*pair).log_hr)
        # What flows out of one treatment flows into the other.
        flow = dict.fromkeys(result.treatments, 0.0)
        for (one, other), amount in zip(found.edges, hat, strict=True):
            flow[one] += amount
            flow[other] -= amount
        wanted = {name: (name == pair[0]) - (name == pair[1]) for name in result.treatments}
        assert flow == pytest.approx(wanted, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(arms=2))
def test_of_two_arm_trials_the_direct_estimates_are_those_of_direct_effects(model, studies):
    result = nm.compare(made.evidence(studies), model)
    found = nm.network_contributions(result)
    direct = {frozenset((one.experimental, one.control)): one for one in direct_effects(result)}
    for pair, hat in zip(found.comparisons, found.hat, strict=True):
        total = 0.0
        for edge, weight in zip(found.edges, hat, strict=True):
            one = direct[frozenset(edge)]
            total += weight * (one.log_hr if one.experimental == edge[0] else -one.log_hr)
        assert close(total, result.effect(*pair).log_hr)


# ---- ranks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks())
def test_p_scores_average_a_half_and_turn_with_the_direction(model, studies):
    trials = made.evidence(studies)
    low, high = nm.compare(trials, model), nm.compare(trials, model, better="higher")
    assert float(np.mean(low.scores)) == pytest.approx(0.5, abs=1e-12)
    assert np.array(low.scores) == pytest.approx(1 - np.array(high.scores), abs=1e-12)
    assert low.ranking[0] == min(low.p_scores, key=lambda name: -low.p_scores[name])


@pytest.mark.parametrize("better", ["lower", "higher"])
@ANY
@given(studies=made.networks(), seed=st.integers(0, 99))
def test_sucra_is_the_p_score_but_for_simulation(better, studies, seed):
    result = nm.compare(made.evidence(studies), DL, better=better)
    draws = 4000
    found = nm.rank(result, draws=draws, seed=seed)
    chances = np.array([row.chances for row in found.rows])
    assert chances.sum(0) == pytest.approx(1)
    assert chances.sum(1) == pytest.approx(1)
    n = len(result.treatments)
    for row in found.rows:
        p = result.p_scores[row.treatment]
        # A share in [0, 1] of mean p varies by p (1 - p) at most; a draw and its mirror image may go together.
        error = sqrt(p * (1 - p) / (draws / 2))
        assert abs(row.sucra - p) <= 4 * error + 3 / draws
        assert row.mean_rank == pytest.approx(1 + (n - 1) * (1 - row.sucra))
        assert row.cumulative[-1] == pytest.approx(1)
        assert 1 <= row.low <= row.high <= n
        inside = sum(row.chances[row.low - 1 : row.high])
        assert inside >= 0.95 - 1e-9
        assert sum(row.chances[row.low :]) < 0.975 + 1e-9
        assert sum(row.chances[: row.high - 1]) < 0.975 + 1e-9


# ---- inconsistency, splits, omissions ----------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks())
def test_q_within_and_between_designs_add_up(model, studies):
    result = nm.compare(made.evidence(studies), model)
    found = nm.inconsistency(result)
    assert close(found.within.q + found.between.q, result.q)
    assert found.within.df + found.between.df == result.q_df
    assert close(sum(row.within.q for row in found.rows), found.within.q)
    assert sum(row.within.df for row in found.rows) == found.within.df
    assert sum(row.k for row in found.rows) == result.k
    heat = nm.net_heat(result)
    if not found.tau2:
        assert close(sum(heat.parts), found.between.q)
    for row in found.rows:
        assert row.without.q <= found.between.q + 1e-7
        assert 0 <= row.without.df <= found.between.df


METHODS = ("REML", "ML", "DL", "HE", "PM", "HS", None)


@pytest.mark.parametrize("method", METHODS, ids=str)
@FEW
@given(studies=made.networks(least=3), seed=st.integers(0, 999))
def test_one_further_column_is_the_fit_with_that_column(method, studies, seed):
    found = contrasts(made.evidence(studies), ())
    assume(found.df >= 2)
    trials = found.regression()
    columns = np.random.default_rng(seed).normal(size=(len(found.y), 3))
    columns[:, 0] = np.arange(len(found.y)) == seed % len(found.y)
    rest = columns - trials.x @ (trials.x.T @ columns)
    columns = columns[:, (rest**2).sum(0) > 1e-6]
    family = extended(found, trials, columns, method)
    for at in range(columns.shape[1]):
        alone = found.regression(columns[:, at : at + 1])
        tau2, fit = regressed(alone, method)
        coefficients, covariance = alone.coefficients(fit), alone.covariance(fit)
        assert family.tau2[at] == pytest.approx(tau2 * alone.unit**2, **CLOSE)
        assert family.further[at] == pytest.approx(coefficients[-1], **CLOSE)
        assert family.further_se[at] == pytest.approx(sqrt(covariance[-1, -1]), **CLOSE)
        assert family.estimates[at][1:] == pytest.approx(coefficients[:-1], **CLOSE)
        assert family.covariance[at][1:, 1:] == pytest.approx(covariance[:-1, :-1], **CLOSE)
        assert family.with_further[at][1:] == pytest.approx(covariance[-1, :-1], **CLOSE)
        assert family.squares[at] == pytest.approx(alone.one(0.0).squares.item(), **CLOSE)


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(least=2, further=4))
def test_one_trial_less_is_the_network_of_the_others(model, studies):
    trials = made.evidence(studies)
    result = nm.compare(trials, model, made.treatments(studies)[0])
    for row in omit_trials(result).rows:
        rest = nm.Evidence(tuple(trial for trial in trials if trial.key not in row.keys))
        there = {name for trial in rest for name in (trial.experimental, trial.control)}
        if result.reference not in there:
            assert not row.effects
            assert set(row.lost) == set(result.treatments) - {result.reference}
            continue
        rest = nm.connected_to(rest, result.reference)
        left = nm.compare(rest, nm.CommonEffect())
        assert set(row.lost) == set(result.treatments) - set(left.treatments)
        if not left.q_df and model != nm.CommonEffect():
            event("nothing left to tell tau2")
            assert row.tau2 == result.tau2
            continue
        left = nm.compare(rest, model, result.reference)
        assert close((row.tau2, row.q), (left.tau2, left.q))
        assert row.q_df == left.q_df
        assert dict(row.scores) == pytest.approx(dict(left.p_scores), **CLOSE)
        for one in row.effects:
            again = left.effect(one.treatment)
            assert close(
                (one.log_hr, one.se, one.ci.low, one.ci.high), (again.log_hr, again.se, again.ci.low, again.ci.high)
            )
        assert {one.treatment for one in row.effects} == set(left.treatments) - {result.reference}


@pytest.mark.parametrize("model", MODELS, ids=str)
@ANY
@given(studies=made.networks(least=3, arms=2))
def test_a_split_of_two_arm_trials_is_direct_evidence_against_the_rest(model, studies):
    """Indirect evidence is the network without the direct trials, at the split's own tau2."""
    result = nm.compare(made.evidence(studies), model)
    for method in nm.network.SPLITS:
        for row in nm.node_splits(result, method).split:
            assert close(row.difference.log_hr, row.direct.log_hr - row.indirect.log_hr)
            assert close(row.difference.se**2, row.direct.se**2 + row.indirect.se**2)
            pair = {row.experimental, row.control}
            others = [each for each in studies if set(each.arms) != pair]
            own = [each for each in studies if set(each.arms) == pair]
            weights = [1 / (each.variance(0, 1) + row.tau2) for each in own]
            mean = np.average([each.y[1] - each.y[0] for each in own], weights=weights)
            mean = mean if row.experimental == own[0].arms[1] else -mean
            assert close((row.direct.log_hr, row.direct.se), (mean, sqrt(1 / sum(weights))))
            rest = nm.connected_to(made.evidence(others), row.control)
            fit = contrasts(rest, ())
            trials = fit.regression()
            here = trials.one(row.tau2 / trials.unit**2)
            estimates = dict(zip(fit.treatments, [0.0, *trials.coefficients(here)], strict=True))
            assert close(row.indirect.log_hr, estimates[row.experimental] - estimates[row.control])


@FEW
@given(studies=made.networks(least=3, arms=2))
def test_back_calculation_takes_the_direct_part_out_of_the_network(studies):
    result = nm.compare(made.evidence(studies), DL)
    for row in nm.node_splits(result, "back-calculation").split:
        weights = np.array([1 / row.direct.se**2, 1 / row.indirect.se**2])
        assert close(
            row.network.log_hr, float(np.average([row.direct.log_hr, row.indirect.log_hr], weights=weights))
        )
        assert row.share == pytest.approx(100 * weights[0] / weights.sum(), rel=1e-9)


def test_the_model_of_a_result_names_its_estimator():
    assert method_of(nm.CommonEffect()) is None
    assert method_of(REML) == "REML"
