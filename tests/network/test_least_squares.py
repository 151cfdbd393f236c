"""The regression of a network is generalised least squares with the full covariance, written out here without it."""

from __future__ import annotations

import sys
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

import netmeta as nm
from netmeta.network.contrasts import contrasts
from netmeta.network.fitting import network_fit

SPEC = spec_from_file_location("network_made", Path(__file__).with_name("made.py"))
sys.modules[SPEC.name] = made = module_from_spec(SPEC)
SPEC.loader.exec_module(made)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pymare import estimators

CLOSE = {"rel": 1e-9, "abs": 1e-11}
SEEDS = range(12)


def studies_of(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 7))
    return made.random_studies(rng, size, size + int(rng.integers(1, 6)))


def dense(studies, tau2, base=0):
    """Estimates against the first treatment, their covariance, and Q, from contrasts to any one arm of each study."""
    names = made.treatments(studies)
    rows, y, blocks = [], [], []
    for each in studies:
        first = base % len(each.arms)
        others = [at for at in range(len(each.arms)) if at != first]
        of_arms = np.zeros((len(others), len(each.arms)))
        of_arms[:, first] = -1
        of_arms[np.arange(len(others)), others] = 1
        place = np.zeros((len(each.arms), len(names)))
        place[np.arange(len(each.arms)), [names.index(arm) for arm in each.arms]] = 1
        rows.append(of_arms @ place)
        y.append(of_arms @ each.y)
        # Between trials the arms vary independently, each with tau2 / 2.
        blocks.append(of_arms @ (each.s + tau2 / 2 * np.eye(len(each.arms))) @ of_arms.T)
    x, y = np.vstack(rows)[:, 1:], np.concatenate(y)
    v, at = np.zeros((len(y), len(y))), 0
    for part in blocks:
        v[at : at + len(part), at : at + len(part)] = part
        at += len(part)
    precision = np.linalg.inv(v)
    covariance = np.linalg.inv(x.T @ precision @ x)
    estimates = covariance @ x.T @ precision @ y
    rest = y - x @ estimates
    return estimates, covariance, float(rest @ precision @ rest)


def by_arms(studies, tau2):
    """The same from arms: an intercept for each study, and arms that vary by half of tau2."""
    names = made.treatments(studies)
    count = sum(len(each.arms) for each in studies)
    x, y, v = np.zeros((count, len(studies) + len(names))), np.zeros(count), np.zeros((count, count))
    at = 0
    for study, each in enumerate(studies):
        here = slice(at, at + len(each.arms))
        x[here, study] = 1
        x[np.arange(here.start, here.stop), [len(studies) + names.index(arm) for arm in each.arms]] = 1
        y[here], v[here, here] = each.y, each.s + tau2 / 2 * np.eye(len(each.arms))
        at = here.stop
    x = np.delete(x, len(studies), axis=1)
    precision = np.linalg.inv(v)
    covariance = np.linalg.inv(x.T @ precision @ x)
    own = len(studies)
    return (covariance @ x.T @ precision @ y)[own:], covariance[own:, own:]


@pytest.mark.parametrize("tau2", [0.0, 0.01, 0.3, 25.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_at_any_tau2_it_is_dense_least_squares_with_the_full_covariance(seed, tau2):
    studies = studies_of(seed)
    found = contrasts(made.evidence(studies), ())
    trials = found.regression()
    fit = trials.one(tau2 / trials.unit**2)
    for base in (0, 1):
        estimates, covariance, q = dense(studies, tau2, base)
        assert trials.coefficients(fit) == pytest.approx(estimates, **CLOSE)
        assert trials.covariance(fit) == pytest.approx(covariance, **CLOSE)
        assert fit.squares.item() == pytest.approx(q, **CLOSE)


@pytest.mark.parametrize("tau2", [0.0, 0.3])
@pytest.mark.parametrize("seed", SEEDS)
def test_all_pairs_of_a_study_say_what_its_arms_say(seed, tau2):
    studies = studies_of(seed)
    found = contrasts(made.evidence(studies), ())
    trials = found.regression()
    fit = trials.one(tau2 / trials.unit**2)
    estimates, covariance = by_arms(studies, tau2)
    assert trials.coefficients(fit) == pytest.approx(estimates, **CLOSE)
    assert trials.covariance(fit) == pytest.approx(covariance, **CLOSE)


def test_studies_of_several_arms_are_among_them():
    sizes = [len(each.arms) for seed in SEEDS for each in studies_of(seed)]
    assert {2, 3, 4} <= set(sizes)
    assert {len(made.treatments(studies_of(seed))) for seed in SEEDS} >= {2, 4, 5, 6}


@pytest.mark.parametrize(
    "model", [nm.CommonEffect(), nm.RandomEffects("REML", "wald"), nm.RandomEffects("DL", "wald")]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_compare_gives_that_fit_at_its_own_tau2(seed, model):
    studies = studies_of(seed)
    found = nm.compare(made.evidence(studies), model)
    estimates, covariance, _q = dense(studies, found.tau2)
    assert found.treatments == tuple(made.treatments(studies))
    assert found.log_hrs[1:] == pytest.approx(estimates, **CLOSE)
    assert np.array(found.covariance)[1:, 1:] == pytest.approx(covariance, **CLOSE)
    assert not any(found.covariance[0])
    assert found.q == pytest.approx(dense(studies, 0.0)[2], **CLOSE)


def restricted(studies, tau2):
    """Twice the restricted log-likelihood of the contrasts, up to a constant."""
    estimates, covariance, q = dense(studies, tau2)
    del estimates
    size = 0.0
    for each in studies:
        of_arms = np.hstack([-np.ones((len(each.arms) - 1, 1)), np.eye(len(each.arms) - 1)])
        size += np.linalg.slogdet(of_arms @ (each.s + tau2 / 2 * np.eye(len(each.arms))) @ of_arms.T)[1]
    return np.linalg.slogdet(covariance)[1] - size - q


@pytest.mark.parametrize("seed", SEEDS)
def test_reml_is_the_highest_point_of_the_dense_likelihood(seed):
    studies = studies_of(seed)
    found = nm.compare(made.evidence(studies)).tau2
    top = restricted(studies, found)
    others = [restricted(studies, x) for x in np.concatenate([[0.0], np.geomspace(1e-5, 1e2, 200)])]
    assert max(others) <= top + 1e-9
    for factor in (0.98, 1.02) if found else ():
        assert restricted(studies, found * factor) < top


# ---- PyMARE, asked directly ----------------------------------------------------------------------


def two_arms(seed):
    """Studies of two arms, and their contrasts as y, v and a design without intercept."""
    rng = np.random.default_rng(100 + seed)
    size = int(rng.integers(3, 7))
    studies = made.random_studies(rng, size, size + 8, most=2)
    names = made.treatments(studies)
    y = np.array([each.y[1] - each.y[0] for each in studies])
    v = np.array([each.variance(0, 1) for each in studies])
    x = np.array(
        [[(each.arms[1] == name) * 1.0 - (each.arms[0] == name) for name in names[1:]] for each in studies]
    )
    return studies, y[:, None], v[:, None], x


@pytest.mark.parametrize("seed", range(6))
def test_a_common_effect_is_pymares_weighted_least_squares(seed):
    studies, y, v, x = two_arms(seed)
    theirs = estimators.WeightedLeastSquares(tau2=0.0, small_sample_correction="wald").fit(y, x, v=v).params_
    found = nm.compare(made.evidence(studies), nm.CommonEffect())
    assert found.log_hrs[1:] == pytest.approx(np.ravel(theirs["fe_params"]), **CLOSE)
    assert np.array(found.covariance)[1:, 1:] == pytest.approx(theirs["inv_cov"].reshape(x.shape[1], -1), **CLOSE)


@pytest.mark.parametrize("method", ["REML", "ML", "DL", "HE"])
@pytest.mark.parametrize("seed", range(6))
def test_random_effects_are_pymares(seed, method):
    studies, y, v, x = two_arms(seed)
    if method in ("REML", "ML"):
        theirs = estimators.VarianceBasedLikelihoodEstimator(method=method, small_sample_correction="wald")
        close = {"rel": 2e-3, "abs": 1e-5}  # where its search stops
    else:
        name = {"DL": "DerSimonianLaird", "HE": "Hedges"}[method]
        theirs, close = getattr(estimators, name)(small_sample_correction="wald"), CLOSE
    params = theirs.fit(y, v, x).params_
    found = nm.compare(made.evidence(studies), nm.RandomEffects(method, "wald"))
    assert found.tau2 == pytest.approx(float(np.ravel(params["tau2"])[0]), **close)
    assert found.log_hrs[1:] == pytest.approx(np.ravel(params["fe_params"]), **close)
    # At our tau2 its weighted least squares gives our numbers.
    again = estimators.WeightedLeastSquares(tau2=found.tau2, small_sample_correction="wald").fit(y, x, v=v).params_
    assert found.log_hrs[1:] == pytest.approx(np.ravel(again["fe_params"]), **CLOSE)


def test_some_of_these_networks_have_a_tau2_above_0():
    taus = [nm.compare(made.evidence(two_arms(seed)[0])).tau2 for seed in range(6)]
    assert sum(tau2 > 0.01 for tau2 in taus) >= 3


def test_a_turn_leaves_every_row_independent():
    for seed in SEEDS:
        found = contrasts(made.evidence(studies_of(seed)), ())
        for each in found.studies:
            size = len(each.block.y)
            for tau2 in (0.0, 0.4):
                whole = each.block.covariance + tau2 * (np.eye(size) + 1) / 2
                turned = each.turn @ whole @ each.turn.T
                assert turned == pytest.approx(np.diag(found.v[each.rows] + tau2), rel=1e-9, abs=1e-12)


def test_a_network_of_a_very_exact_and_a_very_vague_study_keeps_its_digits():
    rng = np.random.default_rng(5)
    studies = made.random_studies(rng, 4, 8)
    scaled = [
        made.Arms(each.name, each.arms, each.y, each.s * factor)
        for each, factor in zip(studies, 10.0 ** np.linspace(-4, 4, 8), strict=True)
    ]
    found = network_fit(made.evidence(scaled), (), nm.CommonEffect())
    estimates, covariance, _q = dense(scaled, 0.0)
    assert found.estimates[1:] == pytest.approx(estimates, rel=1e-7)
    assert found.covariance[1:, 1:] == pytest.approx(covariance, rel=1e-7)
