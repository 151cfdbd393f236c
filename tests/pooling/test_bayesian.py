from __future__ import annotations

from itertools import pairwise
from math import erf, exp, inf, isnan, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from netmeta.errors import PoolingError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import (
    CommonEffect,
    Flat,
    HalfCauchy,
    HalfNormal,
    Normal,
    OwnDensity,
    Uniform,
    bayesian,
    compare_priors,
    pool,
)

Y, SE = (-0.9, -0.4, -0.2, 0.1, -1.3), (0.2, 0.3, 0.15, 0.4, 0.5)


def made(y=Y, se=SE):
    pairs = zip(y, se, strict=True)
    return Evidence(
        tuple(
            Trial(study=f"T{at}", experimental="a", control="b", log_hr=float(a), se=float(b))
            for at, (a, b) in enumerate(pairs)
        )
    )


def known(tau):
    """Return a prior that all but knows tau."""
    return OwnDensity(lambda t: 1 + 0 * t, lower=tau * (1 - 1e-8), upper=tau * (1 + 1e-8))


# ---- closed forms --------------------------------------------------------------------------------


def test_with_tau_known_all_is_normal():
    tau, y, v = 0.3, np.array(Y), np.array(SE) ** 2
    found, w = bayesian(made(), known(tau)), 1 / (v + tau**2)
    mean, var = (w @ y) / w.sum(), 1 / w.sum()
    z = stats.norm.ppf(0.975)
    near = lambda x: pytest.approx(x, rel=1e-7)  # noqa: E731
    assert (found.pooled.mean, found.pooled.sd, found.log_hr) == (near(mean), near(sqrt(var)), near(mean))
    assert (found.ci.low, found.ci.high) == (near(mean - z * sqrt(var)), near(mean + z * sqrt(var)))
    assert found.pi.high == near(mean + z * sqrt(var + tau**2))
    assert found.pooled.probability_below(0.8) == near(stats.norm.cdf((log(0.8) - mean) / sqrt(var)))
    b = v / (v + tau**2)
    assert [t.effect.mean for t in found.trials] == [near(x) for x in b * mean + (1 - b) * y]
    assert [t.effect.sd for t in found.trials] == [near(sqrt(x)) for x in b * tau**2 + b**2 * var]
    assert [t.pull for t in found.trials] == [near(x) for x in b]
    cov = np.diag(v + tau**2) + 1e8
    flat = stats.multivariate_normal(np.zeros(5), cov).logpdf(y) + log(1e4 * sqrt(2 * np.pi))
    assert found.log_marginal == pytest.approx(flat, abs=1e-5)


def test_a_prior_at_zero_gives_the_common_effect():
    found, common = bayesian(made(), HalfNormal(1e-9)), pool(made(), CommonEffect())
    assert found.log_hr == pytest.approx(common.log_hr, rel=1e-12)
    assert (found.ci.low, found.ci.high) == (
        pytest.approx(common.ci.low, rel=1e-10),
        pytest.approx(common.ci.high, rel=1e-10),
    )
    assert found.tau.median == pytest.approx(1e-9 * stats.halfnorm.median(), rel=1e-9)
    assert all(t.effect.mean == pytest.approx(common.log_hr, rel=1e-10) for t in found.trials)


def test_the_marginal_likelihood_is_that_of_a_multivariate_normal():
    found = bayesian(made(), known(0.3), mean_prior=Normal(-0.2, 0.7))
    cov = np.diag(np.array(SE) ** 2 + 0.09) + 0.49
    want = stats.multivariate_normal(np.full(5, -0.2), cov)
    assert found.log_marginal == pytest.approx(want.logpdf(Y), abs=1e-7)
    assert found.pooled.sd == pytest.approx(1 / sqrt((1 / (np.array(SE) ** 2 + 0.09)).sum() + 1 / 0.49), rel=1e-7)


@pytest.mark.parametrize("prior", [HalfNormal(0.5), HalfCauchy(0.5), Uniform(4)])
def test_one_trial_leaves_the_prior_of_tau_as_it_is(prior):
    found = bayesian(made(Y[:1], SE[:1]), prior)
    for tau in (1e-7, 0.01, 0.3, 1.0, 3.0):
        assert found.tau.below(tau) == pytest.approx(prior.below(tau), rel=1e-9)
        assert found.tau.density(np.array([tau])) == pytest.approx(prior.density(tau), rel=1e-9)
    assert found.log_marginal == pytest.approx(0, abs=1e-12)
    (trial,) = found.trials
    assert (trial.effect.mean, trial.effect.sd) == (pytest.approx(Y[0]), pytest.approx(SE[0]))
    assert found.log_hr == pytest.approx(Y[0])


def test_one_trial_under_a_half_normal_prior_has_the_known_spread():
    found = bayesian(made(Y[:1], SE[:1]), HalfNormal(0.7))
    assert found.pooled.sd == pytest.approx(sqrt(SE[0] ** 2 + 0.49), rel=1e-10)
    assert found.new_trial.sd == pytest.approx(sqrt(SE[0] ** 2 + 2 * 0.49), rel=1e-10)
    below = stats.norm.expect(lambda t: stats.norm.cdf((log(0.8) - Y[0]) / np.hypot(SE[0], t)), scale=0.7)
    assert found.pooled.probability_below(0.8) == pytest.approx(below, rel=1e-7)


def test_moments_that_do_not_exist_are_not_made_up():
    one, two, three = (bayesian(made(Y[:k], SE[:k]), HalfCauchy(0.5)) for k in (1, 2, 3))
    assert isnan(one.pooled.mean)
    assert one == bayesian(made(Y[:1], SE[:1]), HalfCauchy(0.5))
    assert (one.tau.mean, one.tau.sd, one.pooled.sd) == (inf, inf, inf)
    assert two.tau.mean < two.tau.sd == two.pooled.sd == inf
    assert max(three.tau.sd, three.pooled.sd, three.new_trial.sd) < inf
    narrow = bayesian(made(Y[:1], SE[:1]), HalfCauchy(0.5), mean_prior=Normal(0, 1))
    assert narrow.pooled.sd < 1
    assert narrow.new_trial.sd == inf


def test_the_shortest_interval_is_the_one_with_equal_densities_at_its_ends():
    found = bayesian(made(), HalfNormal(0.5))
    for one in (found.pooled, found.new_trial, found.trials[0].effect):
        got = one.shortest(0.9)
        assert one.below(got.high) - one.below(got.low) == pytest.approx(0.9, abs=1e-10)
        low, high = one.density(np.array([got.low, got.high]))
        assert low == pytest.approx(high, rel=1e-4)
        assert got.width <= one.interval(0.9).width
    tau = found.tau.shortest(0.9)
    low, high = found.tau.density(np.array([tau.low, tau.high]))
    assert low == pytest.approx(high, rel=1e-4)
    assert bayesian(made([0.1, 0.1, 0.1], [0.3] * 3)).tau.shortest(0.9).low == 0


def test_densities_hold_a_mass_of_1_and_their_mode_is_their_top():
    found = bayesian(made(), HalfNormal(0.5))
    x = np.linspace(-40, 40, 16001)
    for one in (found.pooled, found.new_trial, *(t.effect for t in found.trials)):
        assert one.density(x).sum() * (x[1] - x[0]) == pytest.approx(1, abs=1e-9)
    tau = np.linspace(1e-6, 5, 40001)
    assert tau[np.argmax(found.tau.density(tau))] == pytest.approx(found.tau.mode, abs=2e-4)


# ---- properties ----------------------------------------------------------------------------------

LOG_HR = st.floats(-3, 3)
TRIALS = st.lists(st.tuples(LOG_HR, st.floats(-3, 3).map(lambda x: 10**x)), min_size=1, max_size=7)
PRIORS = st.sampled_from([HalfNormal(0.5), HalfCauchy(0.5), Uniform(4), HalfNormal(1e6)])


def sides(found):
    return [found.pooled, found.new_trial, *(t.effect for t in found.trials)]


@settings(deadline=None, max_examples=60)
@given(TRIALS, PRIORS, st.floats(-2, 2))
def test_shifting_every_effect_shifts_every_posterior(trials, prior, by):
    y, se = zip(*trials, strict=True)
    here, there = bayesian(made(y, se), prior), bayesian(made([a + by for a in y], se), prior)
    for one, other in zip(sides(here), sides(there), strict=True):
        near = 1e-9 * (1 + one.ci.width)
        assert other.median - by == pytest.approx(one.median, abs=near)
        assert other.ci.width == pytest.approx(one.ci.width, rel=1e-8)
    assert there.tau.ci.high == pytest.approx(here.tau.ci.high, rel=1e-8)
    assert there.log_marginal == pytest.approx(here.log_marginal, abs=1e-8)


@settings(deadline=None, max_examples=60)
@given(TRIALS, st.floats(-2, 1).map(lambda x: 10**x))
def test_another_unit_changes_nothing_but_the_unit(trials, factor):
    y, se = zip(*trials, strict=True)
    here = bayesian(made(y, se), HalfCauchy(0.5))
    there = bayesian(made([a * factor for a in y], [b * factor for b in se]), HalfCauchy(0.5 * factor))
    for one, other in zip(sides(here), sides(there), strict=True):
        assert other.median / factor == pytest.approx(one.median, abs=1e-9 * (1 + one.ci.width))
        assert other.ci.width / factor == pytest.approx(one.ci.width, rel=1e-8)
    for name in ("median", "mode", "mean"):
        assert getattr(there.tau, name) / factor == pytest.approx(getattr(here.tau, name), rel=1e-6, abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(TRIALS, PRIORS)
def test_intervals_hold_what_they_say(trials, prior):
    found = bayesian(made(*zip(*trials, strict=True)), prior, level=0.9)
    for one in [*sides(found), found.tau]:
        at = (one.ci.low, one.median, one.ci.high)
        assert [one.below(x) for x in at] == [pytest.approx(p, abs=1e-8) for p in (0.05, 0.5, 0.95)]


@settings(deadline=None, max_examples=60)
@given(TRIALS, st.sampled_from([HalfNormal(0.5), Uniform(4)]))
def test_a_trial_is_drawn_towards_the_others_and_a_new_one_is_less_certain(trials, prior):
    found = bayesian(made(*zip(*trials, strict=True)), prior)
    assert found.new_trial.sd >= found.pooled.sd
    for trial in found.trials:
        assert 0 < trial.pull <= 1 + 1e-12
        assert trial.effect.ci.width <= 2 * 1.96 * trial.se * (1 + 1e-4) * (1 + abs(trial.log_hr - found.log_hr))
    if len(trials) == 2:
        low, high = sorted(t.log_hr for t in found.trials)
        assert all(low - 1e-9 <= t.effect.mean <= high + 1e-9 for t in found.trials)


def test_order_does_not_matter_and_equal_questions_give_the_same_object():
    here, there = bayesian(made()), bayesian(made(Y[::-1], SE[::-1]))
    assert there.log_hr == pytest.approx(here.log_hr, rel=1e-12)
    assert there.trials[0].effect.median == pytest.approx(here.trials[-1].effect.median, rel=1e-12)
    assert bayesian(made(), HalfNormal(0.5), mean_prior=Flat(), level=0.95) is bayesian(made())
    assert not here.pooled.weights.flags.writeable


def test_the_same_prior_written_out_gives_the_same_numbers():
    own = OwnDensity(lambda t: 7 * np.exp(-2 * t**2))
    here, there = bayesian(made()), bayesian(made(), own)
    assert there.log_marginal == pytest.approx(here.log_marginal, abs=1e-10)
    assert [x.ci.low for x in sides(there)] == [pytest.approx(x.ci.low, rel=1e-9) for x in sides(here)]
    assert there.tau.mode == pytest.approx(here.tau.mode, rel=1e-8)


def test_a_jump_in_a_density_costs_no_digits():
    step = OwnDensity(lambda t: np.where(t < 1 / 3, 2.0, 0.5), upper=4)
    found, (a, b) = bayesian(made(), step), (bayesian(made(), Uniform(end)) for end in (1 / 3, 4))
    parts = np.array([1.5 * exp(a.log_marginal) / 3, 0.5 * exp(b.log_marginal) * 4])
    want = parts / parts.sum() @ [a.pooled.below(-0.5), b.pooled.below(-0.5)]
    assert found.pooled.below(-0.5) == pytest.approx(want, rel=1e-8)


@pytest.mark.parametrize("scale", [1e-5, 1e-3, 0.5])
@pytest.mark.parametrize("away", [0.5, 7.3, 31.7, 63.0, 88.1])
def test_however_one_trial_and_the_priors_disagree(away, scale):
    """The estimate is normal with variance se^2 + sd^2 + tau^2: one integral, by SciPy's quad around its peak."""
    found = bayesian(made([away], [0.002]), HalfNormal(scale), mean_prior=Normal(0, 0.001))

    def log_f(x):
        tau = np.exp(x)
        variance = 0.002**2 + 0.001**2 + tau**2
        data = -(away**2) / variance / 2 - np.log(2 * np.pi * variance) / 2
        return log(sqrt(2 / np.pi) / scale) - (tau / scale) ** 2 / 2 + data + x

    x = np.linspace(-30, 5, 200_001)
    top = float(x[np.argmax(log_f(x))])
    edges = sorted({-40.0, *(top + side * 2.0**-j for j in range(-2, 18) for side in (-1, 1)), top})
    parts = [
        integrate.quad(lambda x: np.exp(log_f(x) - log_f(top)), a, b, epsabs=0, epsrel=1e-7)[0]
        for a, b in pairwise(edges)
    ]
    assert found.log_marginal == pytest.approx(log_f(top) + log(sum(parts)), rel=1e-12, abs=1e-6)
    below = sum(parts[: edges.index(top)]) / sum(parts)
    # A density whose logarithm is -1e8 has eight digits.
    assert found.tau.below(exp(top)) == pytest.approx(below, abs=1e-6)


def test_says_itself_in_words():
    said = str(bayesian(made()))
    assert said.startswith("HR 0.")
    assert "5 trials, Bayesian random effects, prior of τ half-normal(0.5), of the mean flat." in said
    own = OwnDensity(lambda t: 1 + 0 * t, upper=1, name="<b>mine</b>")
    assert "&lt;b&gt;mine" in bayesian(made(), own)._repr_html_()


# ---- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: bayesian(Evidence()), "needs at least 1 trial; there are none"),
        (lambda: bayesian([0.1]), "takes an Evidence, not a list"),
        (lambda: bayesian(made(), 0.5), "The prior of tau is HalfNormal.* not 0.5"),
        (lambda: bayesian(made(), HalfNormal), "The prior of tau is HalfNormal"),
        (lambda: bayesian(made(), Normal(0, 1)), "The prior of tau is HalfNormal"),
        (lambda: bayesian(made(), mean_prior=HalfNormal(1)), "The prior of the mean log HR is Flat"),
        (lambda: bayesian(made(), level=95), "did you mean 0.95"),
        (lambda: bayesian(made(Y[:2], SE[:2]), Uniform(inf)), "at least 3 trials; there are 2. Give it an end"),
        (
            lambda: bayesian(made(Y[:1], SE[:1]), Uniform(inf), mean_prior=Normal(0, 1)),
            "at least 2 trials; there is 1",
        ),
        (
            lambda: bayesian(Evidence((Trial(study="A", experimental="a", control="b"),))),
            "1 of 1 trials have no .*: A",
        ),
        (lambda: compare_priors(made(), ()), "one or more"),
        (lambda: bayesian(made()).pooled.probability_below(0), "A hazard ratio is a positive number, not 0"),
        (lambda: bayesian(made()).pooled.probability_below("1"), "not '1'"),
    ],
)
def test_what_cannot_be_answered_is_refused(ask, message):
    with pytest.raises(PoolingError, match=message):
        ask()


def test_an_improper_uniform_prior_serves_from_three_trials_on():
    assert bayesian(made(Y[:3], SE[:3]), Uniform(inf)).tau.mean == inf
    wide = bayesian(made(), Uniform(1e4))
    assert bayesian(made(), Uniform(inf)).ci.low == pytest.approx(wide.ci.low, rel=1e-6)
    assert bayesian(made(Y[:2], SE[:2]), Uniform(inf), mean_prior=Normal(0, 1)).tau.median < inf


def test_priors_side_by_side():
    found = compare_priors(made())
    assert [str(row.prior) for row in found.rows] == [
        "half-normal(0.5)", "half-normal(1)", "half-Cauchy(0.5)", "uniform(0, 4)",
    ]  # fmt: skip
    assert found.rows[0] is bayesian(made())


def test_the_normal_distribution_of_the_tests_is_right():
    assert stats.norm.cdf(1) == pytest.approx((1 + erf(1 / sqrt(2))) / 2)
