"""Posterior curves and shrinkage: rows first, then the charts over them."""

from __future__ import annotations

import json
from math import exp, log

import numpy as np
import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.posterior_rows import posterior_rows
from netmeta.charts.shrinkage_rows import shrinkage_rows


def made(*pairs):
    return nm.Evidence(
        tuple(
            nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=y, se=se)
            for at, (y, se) in enumerate(pairs)
        )
    )


@pytest.fixture(scope="module")
def result():
    return nm.bayesian(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))


def test_areas_under_the_curves_are_probabilities(result):
    found = posterior_rows(result, below=0.5)
    for kind, one in (("pooled", result.pooled), ("new", result.new_trial)):
        curve = [row for row in found.curves if row["kind"] == kind]
        x, height = (np.array([row[name] for row in curve]) for name in ("hr", "height"))
        assert max(height) == 1
        part = x <= 0.5 * (1 + 1e-9)
        area = np.trapezoid(height[part], np.log(x[part])) / np.trapezoid(height, np.log(x))
        # The axis ends where hardly anything is left.
        assert area == pytest.approx(one.probability_below(0.5), abs=0.01)
        assert 0.5 in np.round(x, 12)


def test_the_lines_say_estimate_interval_and_chance(result):
    head, pooled, new = posterior_rows(result, below=0.5).rows
    assert (head["effect"], head["chance"]) == ("HR (95% interval)", "Chance of HR < 0.50")
    ci = result.ci.exp()
    assert pooled["effect"] == f"{result.hr:.2f} ({ci.low:.2f}–{ci.high:.2f})"
    assert (pooled["hr"], pooled["low"]) == (pytest.approx(result.hr), pytest.approx(ci.low))
    assert new["chance"] == f"{100 * result.new_trial.probability_below(0.5):.0f}%"


def test_each_trial_has_its_own_and_its_shrunken_estimate(result):
    found = shrinkage_rows(result)
    lines = [row for row in found.rows if row["kind"] == "trial"]
    assert [row["id"] for row in lines] == list(result.evidence.keys)
    for row, trial, one in zip(lines, result.evidence, result.trials, strict=True):
        assert row["own_hr"] == pytest.approx(exp(trial.log_hr))
        assert row["hr"] == pytest.approx(one.effect.hr)
        assert row["weight"] == f"{100 * one.pull:.0f}%"
        assert abs(log(row["hr"]) - result.log_hr) < abs(trial.log_hr - result.log_hr) + 0.02
        assert "Given the others" in row["tip"]
    kinds = [row["kind"] for row in found.rows]
    assert kinds == ["head", *["trial"] * 9, "pooled", "prediction", "note", "note"]
    assert "half-normal(0.5)" in found.rows[-1]["label"]


@pytest.mark.parametrize("prior", [nm.HalfNormal(0.5), nm.HalfCauchy(0.5), nm.HalfNormal(1e6), nm.Uniform(4)])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_whatever_is_believed_can_be_sent_to_a_page(prior, k):
    wide = nm.bayesian(made(*[(-0.5, 0.2), (3.0, 0.01), (-4.0, 2.0)][:k]), prior)
    posterior, shrunken = posterior_rows(wide, below=0.01), shrinkage_rows(wide)
    json.dumps([posterior.curves, posterior.rows, shrunken.rows], allow_nan=False)
    assert all(posterior.axis.low <= row["hr"] <= posterior.axis.high * (1 + 1e-12) for row in posterior.curves)


def test_very_many_trials_are_cut_and_counted():
    many = nm.bayesian(made(*[(at / 1000, 0.2) for at in range(160)]))
    found = shrinkage_rows(many)
    assert (found.hidden, sum(row["kind"] == "trial" for row in found.rows)) == (10, 150)


def test_the_pictures_hold_what_the_rows_say(result, tmp_path):
    nm.posterior(result, below=0.8).save(tmp_path / "posterior.svg")
    nm.shrinkage(result, theme="dark").save(tmp_path / "shrinkage.svg")
    posterior, shrinkage = ((tmp_path / f"{name}.svg").read_text() for name in ("posterior", "shrinkage"))
    for text in ("A new trial", "Chance of HR &lt; 0.80", "favours placebo"):
        assert text in posterior
    for trial in result.evidence:
        assert f">{trial.label}<" in shrinkage


@pytest.mark.parametrize("name", ["posterior", "shrinkage"])
def test_the_frozen_specification_is_what_altair_builds(name):
    assert frozen.built(name) == (frozen.files("netmeta.charts") / f"{name}.vl.json").read_text(encoding="utf-8")


def test_only_a_bayesian_result_is_drawn(result):
    with pytest.raises(nm.PoolingError, match="draws what bayesian"):
        nm.posterior(nm.pool(result.evidence))
    with pytest.raises(nm.PoolingError, match="draws what bayesian"):
        nm.shrinkage(3)
    with pytest.raises(nm.PoolingError, match="A hazard ratio is a positive number, not 0"):
        nm.posterior(result, below=0)
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        nm.posterior(result, theme="darc")
