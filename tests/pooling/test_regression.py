"""Meta-regression: where it stands, what it refuses, and what holds for any trials."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import PoolingError, SelectionError
from netmeta.evidence import Evidence, Trial
from netmeta.pooling import CommonEffect, RandomEffects, meta_regression, pool
from netmeta.pooling.covariates import Covariate
from netmeta.pooling.door import regressed
from netmeta.pooling.leastsquares import moderated
from netmeta.pooling.moderators import ESTIMATORS, ModeratedLikelihood

WALD = RandomEffects("REML", "wald", "normal")


def evidence(y, v, **fields):
    return Evidence(
        tuple(
            Trial(study=f"T{at}", experimental="a", control="b", log_hr=float(effect), se=float(variance) ** 0.5)
            .change(**{name: values[at] for name, values in fields.items()})
            for at, (effect, variance) in enumerate(zip(y, v, strict=True))
        )
    )  # fmt: skip


SIX = evidence(
    [-0.9, -0.7, -0.5, -0.2, 0.1, 0.0],
    [0.04, 0.05, 0.1, 0.03, 0.2, 0.06],
    year=[2001, 2004, 2008, 2012, 2015, 2020],
)
DOSE = {"dose": [1.0, 2.0, 3.0, 4.0, 5.0, 7.0], "kind": ["b", "a", "b", "a", "c", "c"]}


def dense(trials, tau2):
    """-2 log-likelihoods (REML, ML) at a value of tau2, from whole matrices."""
    sigma = np.diag(trials.v + tau2)
    inverse = np.linalg.inv(sigma)
    information = trials.x.T @ inverse @ trials.x
    hat = inverse - inverse @ trials.x @ np.linalg.solve(information, trials.x.T @ inverse)
    ml = np.linalg.slogdet(sigma)[1] + trials.y @ hat @ trials.y
    return ml + np.linalg.slogdet(information)[1], ml


@pytest.mark.parametrize("tau2", [0.0, 0.3, 4.0])
def test_least_squares_against_whole_matrices(tau2):
    rng = np.random.default_rng(4)
    trials = moderated(
        rng.normal(size=9),
        rng.uniform(0.1, 3, 9),
        np.column_stack([np.ones(9), rng.normal(size=(9, 2))]),
        centred=True,
    )
    fit = trials.one(tau2)
    w = np.diag(1 / (trials.v + tau2))
    p = w - w @ trials.x @ np.linalg.solve(trials.x.T @ w @ trials.x, trials.x.T @ w)
    assert fit.squares.item() == pytest.approx(trials.y @ p @ trials.y)
    assert fit.steep.item() == pytest.approx(trials.y @ p @ p @ trials.y)
    assert fit.trace.item() == pytest.approx(np.trace(p))
    assert fit.log_determinant.item() == pytest.approx(np.linalg.slogdet(trials.x.T @ w @ trials.x)[1])


ratios = st.floats(-6, 6).map(lambda power: 10.0**power)


@st.composite
def any_trials(draw):
    k = draw(st.integers(5, 12))
    p = draw(st.integers(2, min(4, k - 2)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    v = np.array(draw(st.lists(ratios, min_size=k, max_size=k)))
    y = rng.normal(size=k) * np.sqrt(v + draw(st.sampled_from([0.0, 0.1, 10.0])))
    columns = (
        rng.normal(size=(k, p - 1))
        if draw(st.booleans())
        else rng.integers(0, 3, (k, p - 1)) + rng.normal(size=(k, p - 1)) * 1e-3
    )
    return moderated(y, v, np.column_stack([np.ones(k), columns]), centred=True)


@pytest.mark.parametrize("method", ["REML", "ML"])
@settings(max_examples=150, deadline=None)
@given(trials=any_trials())
def test_the_likelihood_is_at_its_global_maximum_whatever_the_variances(method, trials):
    tau2, _ = regressed(trials, method)
    likelihood = ModeratedLikelihood(trials, restricted=method == "REML")
    smallest = float(trials.v.min())
    grid = np.concatenate(
        [[0.0], np.geomspace(1e-4 * smallest, 1e4 * float(trials.v.max() + (trials.y**2).max()), 4000)]
    )
    heights = likelihood.value(grid)
    top = likelihood.value(np.array([tau2])).item()
    assert top >= heights.max() - 1e-9 * max(1.0, abs(top))
    if tau2 > 0:
        near = likelihood.value(tau2 * (1 + np.array([-1e-4, 1e-4])))
        assert top >= near.max() - 1e-12 * max(1.0, abs(top))


@settings(max_examples=60, deadline=None)
@given(trials=any_trials())
def test_the_likelihood_is_that_of_whole_matrices(trials):
    if trials.v.max() / trials.v.min() > 1e6:
        return
    points = np.array([0.0, 0.01, 1.0, 30.0])
    for restricted, at in ((True, 0), (False, 1)):
        ours = ModeratedLikelihood(trials, restricted=restricted).value(points)
        theirs = np.array([-dense(trials, tau2)[at] / 2 for tau2 in points])
        assert np.diff(ours) == pytest.approx(np.diff(theirs), rel=1e-6, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(trials=any_trials())
def test_every_estimator_is_a_variance_and_solves_its_equation(trials):
    for method in ESTIMATORS:
        tau2, _ = regressed(trials, method)
        assert np.isfinite(tau2)
        assert tau2 >= 0
    root, _ = regressed(trials, "PM")
    if root > 1e-6 * trials.v.min():
        assert trials.one(root).squares.item() == pytest.approx(trials.df, rel=1e-8)


def test_what_the_covariate_explains_is_measured_against_the_pool():
    found, pooled = meta_regression(SIX, "~ center(year)", WALD), pool(SIX, WALD)
    assert found.qe < pooled.q
    assert found.r2 == pytest.approx(100 * max(0.0, 1 - found.tau2 / pooled.tau2))


def test_units_do_not_matter():
    one = meta_regression(SIX, "~ dose", WALD, data=DOSE)
    other = meta_regression(SIX, "~ dose", WALD, data={"dose": [1e9 * dose - 3e12 for dose in DOSE["dose"]]})
    assert other["dose"].statistic == pytest.approx(one["dose"].statistic, rel=1e-9)
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-9)
    assert other.fitted == pytest.approx(one.fitted, rel=1e-9)


def test_the_reference_category_changes_the_words_and_not_the_fit():
    first, other = (meta_regression(SIX, f"~ {text}", WALD, data=DOSE) for text in ("kind", 'C(kind, "b")'))
    assert [each.name for each in first.coefficients] == ["intercept", "kind[b]", "kind[c]"]
    assert [each.name for each in other.coefficients] == ["intercept", "kind[a]", "kind[c]"]
    assert other["kind[a]"].log_hr == pytest.approx(-first["kind[b]"].log_hr)
    assert (other.tau2, other.qe, other.test.statistic) == pytest.approx(
        (first.tau2, first.qe, first.test.statistic)
    )


def test_a_year_as_category():
    found = meta_regression(SIX, "~ C(kind_of_year)", WALD, data={"kind_of_year": [1, 1, 2, 2, 3, 3]})
    assert [each.name for each in found.coefficients] == ["intercept", "kind_of_year[2]", "kind_of_year[3]"]


def test_what_is_predicted():
    found = meta_regression(SIX, "~ log(dose) + kind", RandomEffects(), data=DOSE)
    place = found.predict(dose=2, kind="b")
    slope, step = found["log(dose)"].log_hr, found["kind[b]"].log_hr
    assert place.log_hr == pytest.approx(found["intercept"].log_hr + slope * log(2) + step)
    assert place.hr == pytest.approx(exp(place.log_hr))
    assert place.ci.low < place.log_hr < place.ci.high
    assert place.pi is None or place.pi.width > place.ci.width
    assert found.predict({"dose": 2, "kind": "b"}) == place


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ({"dose": 2}, "value of kind"),
        ({"dose": 2, "kind": "b", "year": 3}, "no covariate 'year'"),
        ({"dose": 2, "kind": "d"}, "No trial has kind 'd'"),
        ({"dose": -2, "kind": "b"}, "logarithm"),
        ({"dose": "two", "kind": "b"}, "number"),
        ({"dose": float("nan"), "kind": "b"}, "finite"),
        ({"dose": None, "kind": "b"}, "finite"),
    ],
)
def test_a_prediction_that_cannot_be_made_says_why(at, said):
    found = meta_regression(SIX, "~ log(dose) + kind", data=DOSE)
    with pytest.raises((SelectionError, PoolingError), match=said):
        found.predict(at)


def test_trials_without_a_value_are_left_out_and_named():
    found = meta_regression(
        SIX, "~ dose", data={"dose": {"T0": 1, "T1": 2, "T3": 5, "T4": None, "T5": float("nan")}, "x": {}}
    )
    assert found.evidence.labels == ("T0", "T1", "T3")
    assert [(out.trial.label, out.reason) for out in found.left_out] == [
        (f"T{at}", "dose not known") for at in (2, 4, 5)
    ]
    assert any("Left out: T2 (dose not known)" in line for line in found.cautions)


@pytest.mark.parametrize(
    "data",
    [
        pd.DataFrame({"dose": [7, 2, 1]}, index=["T5", "T1", "T0"]),
        pd.DataFrame({"label": ["T5", "T1", "T0", "elsewhere"], "dose": [7, 2, 1, 9]}),
        {"label": ["T5", "T1", "T0"], "dose": [7, 2, 1]},
        {"dose": {"T5": 7, "T1": 2, SIX[0].key: 1}},
        {"dose": [1, 2, None, None, None, 7]},
        {"dose": np.array([1, 2, np.nan, np.nan, np.nan, 7])},
    ],
)
def test_covariates_may_come_in_any_form(data):
    found = meta_regression(SIX, ["dose"], data=data)
    (dose,) = found.design.covariates
    assert dose == Covariate("dose", (1.0, 2.0, 7.0))


@pytest.mark.parametrize(
    ("formula", "data", "error", "said"),
    [
        ("~ yaer", None, SelectionError, "Did you mean 'year'"),
        ("~ log_hr", None, SelectionError, "the effect itself"),
        ("~ dose", {"dose": [1, 1, 1, 1, 1, 1]}, PoolingError, "dose is 1.0 in all 6 trials"),
        ("~ dose", {"dose": [1, "high", 1, 1, 1, 1]}, PoolingError, r"words \(T1\) and numbers \(T0"),
        ("~ dose", {"dose": [1, float("inf"), 1, 1, 1, 1]}, PoolingError, "dose of T1 is inf"),
        ("~ dose", {"dose": [1, [2], 1, 1, 1, 1]}, PoolingError, "number or a word"),
        ("~ dose", {"dose": [1, 2]}, SelectionError, "2 values for 6 trials"),
        ("~ dose", {"dose": {"X9": 3}}, SelectionError, "no trial here"),
        ("~ dose", {"label": ["T1", "T1"], "dose": [1, 2]}, SelectionError, "given twice"),
        ("~ dose", 7, SelectionError, "table or a mapping"),
        ("~ dose", {"dose": "high"}, SelectionError, "one value for each trial"),
        ("~ dose", {"dose": {"T0": 1, "T1": 2}}, PoolingError, "needs 3 trials or more with dose; there are 2"),
        (
            "~ a + b",
            {"a": [1, 2, 3, 4, 5, 6], "b": [2, 4, 6, 8, 10, 12]},
            PoolingError,
            "b is already said by .*intercept, a",
        ),
        ("~ a + b", {"a": [1, 2, 3, 4, 5, 6], "b": ["x", "x", "y", "y", "z", "z"]}, None, ""),
        (
            "~ a*b",
            {"a": [1, 2, 3, 4, 5, 6], "b": ["x", "x", "y", "y", "z", "z"]},
            PoolingError,
            "6 coefficients .* 6 trials",
        ),
        ("~ log(a)", {"a": [0, 1, 2, 3, 4, 5]}, PoolingError, "logarithm"),
        ("~ log(b)", {"b": ["x", "x", "y", "y", "z", "z"]}, PoolingError, "needs a number"),
        ('~ C(b, "w")', {"b": ["x", "x", "y", "y", "z", "z"]}, SelectionError, "No trial has b 'w'"),
        (3, None, SelectionError, "Give a formula"),
    ],
)
def test_what_cannot_be_regressed_says_why(formula, data, error, said):
    if error is None:
        assert meta_regression(SIX, formula, data=data).k == 6
        return
    with pytest.raises(error, match=said):
        meta_regression(SIX, formula, data=data)


def test_too_few_trials_and_no_evidence():
    with pytest.raises(PoolingError, match="at least 2 trials"):
        meta_regression(SIX[:1], "~ year")
    with pytest.raises(PoolingError, match="3 trials or more"):
        meta_regression(SIX[:2], "~ year")
    with pytest.raises(PoolingError, match="takes an Evidence"):
        meta_regression([1, 2], "~ year")


def test_a_perfect_line_has_no_plain_hartung_knapp_interval():
    exact = evidence([0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.1, 0.2], year=[2001, 2002, 2003, 2004])
    with pytest.raises(PoolingError, match="modified-hartung-knapp"):
        meta_regression(exact, "~ year", RandomEffects("REML", "hartung-knapp"))
    assert meta_regression(exact, "~ year")["year"].log_hr == pytest.approx(0.1)


def test_no_prediction_interval_where_no_degrees_of_freedom_are_left():
    three = meta_regression(SIX[:3], "~ year")
    assert three.predict(year=2010).pi is None
    assert meta_regression(SIX[:4], "~ year").predict(year=2010).pi is not None
    assert meta_regression(SIX, "~ year", CommonEffect()).predict(year=2010).pi is None


def test_ten_trials_for_each_covariate():
    net = nm.select(nm.load_trials(), nm.Selection()).evidence
    few = meta_regression(net, "~ year + assessor")
    assert any("fewer than 10 trials for each" in line for line in few.cautions)
    assert not any("fewer than 10" in line for line in meta_regression(net, "~ year").cautions)
    assert "randomised" in few.cautions[-1]


def test_the_words():
    found = meta_regression(
        nm.select(nm.load_trials(), nm.Selection()).evidence, '~ year + C(assessor, "investigator")'
    )
    text = str(found)
    assert "year, one more: ratio of hazard ratios 0.9" in text
    assert "assessor central against investigator: ratio of hazard ratios" in text
    assert "Hazard ratio at the reference" not in text
    assert "All covariates together: F = " in text
    assert found._repr_html_().count("<br>") >= 4


def test_equal_questions_have_one_answer():
    assert meta_regression(SIX, "~ year") is meta_regression(SIX, "~ year")
    assert meta_regression(SIX, "~ year") is not meta_regression(SIX, "~ year", CommonEffect())
