"""Leave-one-out, cumulative analysis, influence, Baujat and GOSH: their rules, and what they refuse."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from netmeta.errors import PoolingError, SelectionError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import (
    INTERVALS,
    ORDERS,
    TAU2_METHODS,
    CommonEffect,
    RandomEffects,
    contribution,
    cumulative,
    gosh,
    influence,
    leave_one_out,
    pool,
)

NUMBERS = [
    ("RADIANT-3", -1.05, 0.13, 2011),
    ("SUNITINIB", -0.87, 0.24, 2011),
    ("PROMID", -1.08, 0.29, 2009),
    ("CLARINET", -0.76, 0.22, 2014),
    ("NETTER-1", -1.56, 0.24, 2017),
    ("RADIANT-4", -0.73, 0.15, 2016),
]
VERBS = [leave_one_out, influence, contribution, gosh]
MODELS = [
    *(RandomEffects(method) for method in TAU2_METHODS),
    *(RandomEffects(interval=interval) for interval in INTERVALS),
    CommonEffect(),
    CommonEffect(level=0.9),
]


def evidence_of(numbers):
    return Evidence(
        tuple(
            Trial(study=study, experimental="a", control="b", log_hr=log_hr, se=se, year=year)
            for study, log_hr, se, year in numbers
        )
    )


EVIDENCE = evidence_of(NUMBERS)
TWO = EVIDENCE[:2]
ALIKE = evidence_of([("A", 0.1, 0.2, 2001), ("B", 0.4, 0.2, 2002), ("C", 0.4, 0.3, 2003)])


def same_as_pool(row, found):
    for field in ("k", "log_hr", "se", "p_value", "tau2", "i2", "q", "q_p", "hr"):
        assert getattr(row, field) == pytest.approx(getattr(found, field), rel=1e-8, abs=1e-10), field
    assert (row.ci.low, row.ci.high) == pytest.approx((found.ci.low, found.ci.high), rel=1e-8)


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_leaving_a_trial_out_is_pooling_the_others(model):
    found = leave_one_out(EVIDENCE, model)
    assert found.overall is pool(EVIDENCE, model)
    assert tuple(row.key for row in found.rows) == EVIDENCE.keys
    assert tuple(row.label for row in found.rows) == EVIDENCE.labels
    for row in found.rows:
        same_as_pool(row, pool(EVIDENCE.without(row.key), model))


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_adding_a_trial_is_pooling_what_is_there(model):
    found = cumulative(EVIDENCE, model, "given")
    assert tuple(row.label for row in found.rows) == EVIDENCE.labels
    for k, row in enumerate(found.rows[1:], start=2):
        same_as_pool(row, pool(EVIDENCE[:k], model))
    first = found.rows[0]
    assert (first.k, first.log_hr, first.tau2, first.q, first.q_p) == (1, pytest.approx(-1.05), 0, 0, 1)
    hr = first.ci.exp()
    assert (hr.low, hr.high) == pytest.approx(EVIDENCE[0].interval(model.level))


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        ("year", ["PROMID", "RADIANT-3", "SUNITINIB", "CLARINET", "RADIANT-4", "NETTER-1"]),
        ("precision", ["RADIANT-3", "RADIANT-4", "CLARINET", "SUNITINIB", "NETTER-1", "PROMID"]),
        ("effect", ["NETTER-1", "PROMID", "RADIANT-3", "SUNITINIB", "CLARINET", "RADIANT-4"]),
        ("given", list(EVIDENCE.labels)),
    ],
)
def test_orders(order, labels):
    assert order in ORDERS
    found = cumulative(EVIDENCE, order=order)
    assert [row.label for row in found.rows] == labels
    assert found.order == order
    assert [row.k for row in found.rows] == [1, 2, 3, 4, 5, 6]


def test_an_order_of_ones_own_by_label_or_key():
    wanted = [EVIDENCE.keys[3], "PROMID", "NETTER-1", "RADIANT-3", "RADIANT-4", "SUNITINIB"]
    found = cumulative(EVIDENCE, order=wanted)
    assert [row.label for row in found.rows] == ["CLARINET", *wanted[1:]]
    assert found.order == "chosen"
    assert found is cumulative(EVIDENCE, order=tuple(wanted))


def test_the_last_row_is_everything_whatever_the_order():
    for order in ORDERS:
        same_as_pool(cumulative(EVIDENCE, order=order).rows[-1], pool(EVIDENCE))


def test_a_trial_far_from_the_others_is_influential_and_says_why():
    far = EVIDENCE.add(Trial(study="FAR", experimental="a", control="b", log_hr=1.5, se=0.1))
    found = influence(far, RandomEffects(interval="wald"))
    flagged = {row.label: row.reasons for row in found.rows if row.influential}
    assert set(flagged) == {"FAR"}
    assert set(flagged["FAR"]) >= {"cook_d", "dfbetas"}
    assert sum(row.weight for row in found.rows) == pytest.approx(100)
    calm = evidence_of([(f"T{at}", (-1) ** at / 10, 0.2, 2000) for at in range(8)])
    assert not any(row.influential for row in influence(calm).rows)


def test_baujat_takes_cochrans_q_apart():
    found = contribution(EVIDENCE)
    assert sum(row.heterogeneity for row in found.rows) == pytest.approx(found.overall.q)
    assert found.overall.model == CommonEffect()


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_gosh_is_pooling_every_subset(model):
    found = gosh(EVIDENCE, model)
    assert found.every
    assert found.seed is None
    assert found.n == len(found.k) == 2**6 - 6 - 1
    assert list(found.k) == sorted(found.k)
    assert len({found.members(row) for row in range(found.n)}) == found.n
    for row in (0, 20, found.n - 1):
        keys = found.members(row)
        one = pool(Evidence(tuple(EVIDENCE[key] for key in keys)), model)
        ours = (found.k[row], found.log_hr[row], found.tau2[row], found.i2[row])
        assert ours == pytest.approx((one.k, one.log_hr, one.tau2, one.i2), rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("seed", [None, 5])
def test_gosh_says_which_subsets_have_a_trial(seed):
    found = gosh(EVIDENCE) if seed is None else gosh(EVIDENCE, most=30, seed=seed)
    for name, key in (
        ("CLARINET", EVIDENCE.keys[3]),
        (EVIDENCE.keys[0], EVIDENCE.keys[0]),
        (EVIDENCE[5], EVIDENCE.keys[5]),
    ):
        assert list(found.including(name)) == [key in found.members(row) for row in range(found.n)]
    with pytest.raises(SelectionError, match="Did you mean 'CLARINET'"):
        found.including("CLARINETT")


def test_gosh_draws_different_subsets_by_its_seed():
    many = evidence_of([(f"T{at}", at / 10, 0.1 + at / 50, 2000 + at) for at in range(20)])
    one, again, other = (gosh(many, most=500, seed=seed) for seed in (3, 3, 4))
    assert (one.n, one.every, one.seed) == (500, False, 3)
    assert len({one.members(row) for row in range(500)}) == 500
    assert one is again
    assert one != other
    assert not np.array_equal(one.log_hr, other.log_hr)
    assert one.k.min() > 1
    assert one.k.mean() == pytest.approx(10, abs=0.5)
    assert all(0.4 < one.including(key).mean() < 0.6 for key in many.keys)


def test_gosh_takes_all_subsets_where_there_are_no_more_than_wanted():
    assert gosh(EVIDENCE, most=57).every
    assert not gosh(EVIDENCE, most=56).every
    assert gosh(EVIDENCE, most=56).n == 56
    assert gosh(EVIDENCE, most=57, seed=9) is gosh(EVIDENCE)


def test_results_are_values():
    for verb in (*VERBS, cumulative):
        found = verb(EVIDENCE)
        assert verb(evidence_of(NUMBERS)) is found
        assert hash(found) == hash(pickle.loads(pickle.dumps(found)))  # noqa: S301
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
        with pytest.raises((FrozenInstanceError, AttributeError)):
            found.overall = None
    with pytest.raises(ValueError, match="read-only"):
        gosh(EVIDENCE).log_hr[0] = 1.0


@pytest.mark.parametrize("verb", VERBS)
def test_two_trials_are_too_few(verb):
    with pytest.raises(PoolingError, match=r"needs at least 3 trials; there are 2 \(RADIANT-3, SUNITINIB\)"):
        verb(TWO)


@pytest.mark.parametrize("verb", [*VERBS, cumulative])
def test_what_cannot_be_pooled_is_refused(verb):
    with pytest.raises(PoolingError, match=r"there is 1 \(RADIANT-3\)"):
        verb(EVIDENCE[:1])
    with pytest.raises(PoolingError, match="takes an Evidence"):
        verb([1, 2, 3])
    with pytest.raises(PoolingError, match="The model is"):
        verb(EVIDENCE, "REML")
    with pytest.raises(PoolingError, match="no log HR with a standard error: EMPTY"):
        verb(EVIDENCE.add(Trial(study="EMPTY", experimental="a", control="b")))


@pytest.mark.parametrize("verb", [leave_one_out, influence])
def test_a_subset_of_equal_effects_has_no_plain_hartung_knapp_interval(verb):
    with pytest.raises(PoolingError, match=r"B, C \(2 of 3 trials\) have the same effect \(log HR 0.4\)"):
        verb(ALIKE, RandomEffects(interval="hartung-knapp"))
    assert verb(ALIKE, RandomEffects(interval="modified-hartung-knapp")).rows[0]
    assert gosh(ALIKE, RandomEffects(interval="hartung-knapp")).n == 4


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("yaer", "There is no order called 'yaer'. Did you mean 'year'"),
        (EVIDENCE.labels[:4], "names 4 of 6 trials; it lacks NETTER-1, RADIANT-4"),
        ((*EVIDENCE.labels, "PROMID"), "names 'PROMID' twice"),
    ],
)
def test_orders_that_are_none(order, says):
    with pytest.raises(PoolingError, match=says):
        cumulative(EVIDENCE, order=order)


def test_an_order_by_year_takes_years():
    undated = EVIDENCE.add(Trial(study="OLD", experimental="a", control="b", log_hr=0.1, se=0.2))
    with pytest.raises(PoolingError, match="1 of 7 trials have no year: OLD"):
        cumulative(undated)
    assert cumulative(undated, order="precision").rows
    with pytest.raises(SelectionError, match="No trial is called 'NEW'"):
        cumulative(EVIDENCE, order=["NEW"])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"most": 0}, "most is a whole number from 1 to 1,000,000, not 0"),
        ({"most": 2.5}, "most is a whole number"),
        ({"most": True}, "most is a whole number"),
        ({"most": 2_000_000}, "most is a whole number"),
        ({"seed": -1}, "seed is a whole number"),
        ({"seed": None}, "seed is a whole number"),
    ],
)
def test_gosh_asks_for_whole_numbers(asked, says):
    with pytest.raises(PoolingError, match=says):
        gosh(EVIDENCE, **asked)
