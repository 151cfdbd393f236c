"""Net heat and the comparison-adjusted funnel, each beside a computation of its own."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.network import direct_effect, graph
from netmeta.pooling import egger
from netmeta.validate.network_numbers import compared

SPEC = spec_from_file_location("network_made", Path(__file__).with_name("made.py"))
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

DL = nm.RandomEffects("DL", "wald", "t(k-1)")
CLOSE = {"rel": 1e-7, "abs": 1e-8}


def designs_of(studies, tau2):
    """Direct estimate, variance and arms of each design of two arms, by the pair of its arms."""
    found = {}
    for each in studies:
        found.setdefault(each.arms, []).append(((each.y[1] - each.y[0]), each.variance(0, 1) + tau2))
    return {
        arms: (
            float(np.average([y for y, _ in rows], weights=[1 / v for _, v in rows])),
            1 / sum(1 / v for _, v in rows),
        )
        for arms, rows in found.items()
    }


def misfit(designs, names, free):
    """Each design's part of Q between designs when one design has an effect of its own."""
    arms = [pair for pair in designs if pair != free]
    x = np.array([[(pair[1] == name) * 1.0 - (pair[0] == name) for name in names] for pair in arms])
    y = np.array([designs[pair][0] for pair in arms])
    half = 1 / np.sqrt([designs[pair][1] for pair in arms])
    fit = np.linalg.lstsq(half[:, None] * x, half * y, rcond=1e-10)[0]
    rest = dict(zip(arms, (half * (y - x @ fit)) ** 2, strict=True))
    return {pair: rest.get(pair, 0.0) for pair in designs}


@pytest.mark.parametrize("model", [nm.CommonEffect(), DL], ids=str)
@settings(max_examples=20, deadline=None)
@given(studies=made.networks(least=3, arms=2, further=8))
def test_net_heat_is_what_detaching_a_design_does_to_the_misfit_of_another(model, studies):
    result = nm.compare(made.evidence(studies), model)
    found = nm.net_heat(result)
    assert found.tau2 == nm.inconsistency(result).tau2
    designs = designs_of(studies, found.tau2)
    whole = misfit(designs, result.treatments, None)
    assert list(found.parts) == pytest.approx([whole[pair] for pair in found.designs], **CLOSE)
    for column, detached in enumerate(found.designs):
        left = misfit(designs, result.treatments, detached)
        for row, pair in enumerate(found.designs):
            wanted = whole[pair] if row == column else whole[pair] - left[pair]
            assert found.heat[row][column] == pytest.approx(wanted, **CLOSE)


@settings(max_examples=20, deadline=None)
@given(studies=made.networks(least=3, arms=2, further=8))
def test_shares_of_designs_are_the_hat_matrix_where_no_study_has_more_arms(studies):
    result = nm.compare(made.evidence(studies), nm.CommonEffect())
    heat, hat = nm.net_heat(result), nm.network_contributions(result)
    rows = dict(zip(hat.comparisons, hat.hat, strict=True))
    for pair, shares in zip(heat.designs, heat.shares, strict=True):
        by = dict(zip(hat.edges, rows[pair], strict=True))
        assert list(shares) == pytest.approx([100 * abs(by[other]) for other in heat.designs], **CLOSE)


@pytest.mark.parametrize("method", ["common", "DL"])
def test_parts_of_senn_add_up_to_q_between_designs(method):
    found = nm.net_heat(compared("senn2013", method))
    # R's decomp.design, netmeta_designs.csv: Q.decomp, and Q.inc.random at its tau within designs.
    wanted = {"common": 22.53027126974743, "DL": 2.194000132096905}[method]
    assert sum(found.parts) == pytest.approx(wanted, rel=1e-9)
    assert min(found.parts) >= 0
    hot = found.names[int(np.argmax(found.parts))]
    assert hot in str(found)


@settings(max_examples=20, deadline=None)
@given(studies=made.networks(least=2), seed=st.integers(0, 99))
def test_the_funnel_is_centred_at_each_comparison(studies, seed):
    result = nm.compare(made.evidence(studies), DL)
    order = np.random.default_rng(seed).permutation(result.treatments).tolist()
    found = nm.adjusted_funnel_data(result, order)
    assert found.order == tuple(order)
    assert [row.key for row in found.rows] == list(result.evidence.keys)
    for row in found.rows:
        trial = result.evidence[row.key]
        assert order.index(row.newer) < order.index(row.older)
        assert row.log_hr == pytest.approx(trial.log_hr if trial.experimental == row.newer else -trial.log_hr)
        direct = direct_effect(result, row.newer, row.older)
        assert row.alone is (direct.k == 1)
        assert row.centred == pytest.approx(0.0 if row.alone else row.log_hr - direct.log_hr, abs=1e-12)
    for edge in graph(result.evidence).edges:
        rows = [row for row in found.rows if {row.newer, row.older} == set(edge.treatments)]
        weights = [1 / (row.se**2 + result.tau2) for row in rows]
        assert sum(w * row.centred for w, row in zip(weights, rows, strict=True)) == pytest.approx(0, abs=1e-8)


def test_eggers_test_is_over_the_telling_trials():
    found = nm.adjusted_funnel_data(compared("senn2013", "DL"))
    trials = nm.Evidence(
        tuple(
            nm.Trial(study=f"{at}", experimental="new", control="old", log_hr=row.centred, se=row.se)
            for at, row in enumerate(found.rows)
            if not row.alone
        )
    )
    assert 10 <= len(trials) == len(found.telling) < len(found.rows)
    ours, alone = found.egger(), egger(trials)
    assert (ours.slope, ours.p_value) == pytest.approx((alone.slope, alone.p_value))


@pytest.mark.parametrize("seed", range(40))
def test_loops_are_as_many_as_edges_beyond_a_tree_and_each_is_one(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(3, 7))
    found = graph(made.evidence(made.random_studies(rng, size, size + int(rng.integers(1, 8)))))
    loops = found.loops()
    assert len(loops) == len(found.edges) - len(found.treatments) + 1
    for loop in loops:
        assert len(set(loop)) == len(loop) >= 3
        for one, other in zip(loop, (*loop[1:], loop[0]), strict=True):
            assert found.edge(one, other) is not None


@pytest.mark.parametrize(("level", "quantile"), [(0.95, 1.959963984540054), (0.8, 1.2815515655446004)])
def test_the_level_of_the_model_is_that_of_every_interval(level, quantile):
    result = nm.compare(
        compared("senn2013", "DL").evidence, nm.RandomEffects("DL", "wald", "normal", level), "plac"
    )
    splits = [nm.node_splits(result, method).split for method in nm.network.SPLITS]
    effects = [
        *result.pairs,
        *(one for row in nm.omit_trials(result).rows for one in row.effects),
        *nm.network.direct_effects(result),
        *(
            one
            for rows in splits
            for row in rows
            for one in (row.direct, row.indirect, row.network, row.difference)
        ),
    ]
    assert len(effects) > 300
    for one in effects:
        assert (one.ci.low, one.ci.high) == pytest.approx(
            (one.log_hr - quantile * one.se, one.log_hr + quantile * one.se)
        )
    for one in result.pairs:
        assert one.pi.width == pytest.approx(2 * quantile * (one.se**2 + result.tau2) ** 0.5)
    assert f"{100 * level:g}% CI" in str(result)


def test_one_study_of_three_arms_and_one_of_two_can_be_judged():
    trials = [
        nm.Trial(study="A", experimental=one, control=other, log_hr=log_hr, se=0.2)
        for one, other, log_hr in (("x", "y", 0.1), ("z", "y", 0.3), ("x", "z", -0.2))
    ]
    alone = nm.compare(nm.Evidence(trials), nm.CommonEffect())
    assert (alone.k, alone.m, alone.q_df) == (1, 2, 0)
    assert [row.lost for row in nm.omit_trials(alone).rows] == [("y", "z")]
    assert nm.node_splits(alone).split == ()
    more = nm.Evidence((*trials, nm.Trial(study="B", experimental="x", control="y", log_hr=0.5, se=0.1)))
    both = nm.compare(more, nm.CommonEffect())
    # B alone, and the study of three arms: precisions of 100 and 25 on x against y.
    assert both.effect("x", "y").log_hr == pytest.approx((100 * 0.5 + 25 * 0.1) / 125)
    assert both.q == pytest.approx(0.4**2 / (0.01 + 0.04))
    found = nm.inconsistency(both)
    assert (found.between.q, found.between.df) == (pytest.approx(both.q), 1)
    # The only disagreement is between B and the direct comparison within A.
    split = nm.node_splits(both)["x", "y"]
    assert (split.k, split.indirect) == (2, None)


def test_what_a_trial_parts_from_the_reference_is_lost_however_large_it_is():
    chain = ("placebo", "v", "w", "x", "y")
    trials = [
        nm.Trial(study=f"{one}{other}", experimental=other, control=one, log_hr=-0.1 * at, se=0.1 + at / 10)
        for at, (one, other) in enumerate(pairwise(chain), start=1)
    ]
    rows = nm.omit_trials(nm.compare(nm.Evidence(tuple(trials)), nm.CommonEffect())).rows
    assert [row.lost for row in rows] == [("v", "w", "x", "y"), ("w", "x", "y"), ("x", "y"), ("y",)]
    left = rows[1].effect("v")
    assert (left.log_hr, left.se) == pytest.approx((-0.1, 0.2))
    assert [name for name, _score in rows[1].scores] == ["placebo", "v"]
    assert rows[0].effects == ()
