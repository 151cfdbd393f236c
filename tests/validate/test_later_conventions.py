"""Figures of docs/conventions.md on meta-regression, subgroups, small-study effects and Bayes are those of R."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netmeta.pooling import CommonEffect, begg, meta_regression, trim_and_fill
from netmeta.validate import bayesian, regression, small_study
from netmeta.validate.reading import lines

PAGE = (Path(__file__).parents[2] / "docs" / "conventions.md").read_text(encoding="utf-8")
TESTS = {"wald": "z", "hartung-knapp": "knha", "modified-hartung-knapp": "adhoc"}


def one(topic, name, **wanted):
    (found,) = [line for line in lines(topic, name) if all(line[key] == value for key, value in wanted.items())]
    return found


def table(head):
    """Rows of the last table whose heading starts so, as lists of cells."""
    body = PAGE.split(f"| {head}")[-1].split("\n\n")[0].splitlines()[2:]
    assert len(body) > 1
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def test_between_subgroups():
    rows = table("`interval=` | separate")
    assert [row[0].strip('`"') for row in rows] == list(TESTS)
    for interval, *cells in rows:
        asked = {"data": "bcg", "by": "alloc", "method": "REML", "test": TESTS[interval.strip('`"')]}
        for tau2, value, p in (("separate", *cells[:2]), ("common", *cells[2:])):
            theirs = one("regression", "subgroups", **asked, tau2s=tau2, group="random")
            letter, _, number = value.partition(" = ")
            assert float(number) == pytest.approx(float(theirs["QM"]), abs=5.1e-4)
            assert float(p) == pytest.approx(float(theirs["QMp"]), abs=5.1e-4)
            chi2 = regression.grouped("bcg", "alloc", "REML", asked["test"], tau2).between.df_residual is None
            assert letter == ("Q" if chi2 else "F")


def test_r2_of_a_common_effect_is_another_thing():
    theirs = one("regression", "fits", data="bcg", formula="~ ablat", method="EE")
    q = next(float(line["q"]) for line in lines("small_study", "i2") if line["data"] == "bcg")
    adjusted = 1 - (float(theirs["QE"]) / 11) / (q / 12)
    assert float(theirs["R2"]) == pytest.approx(100 * adjusted)
    assert f"on latitude: {float(theirs['R2']):.2f}%" in PAGE
    assert regression.fitted("bcg", "~ ablat", "EE", "z").r2 is None


def test_without_an_intercept_there_is_no_r2():
    assert {line["R2"] for line in lines("regression", "fits") if "- 1" in line["formula"]} == {""}
    assert regression.fitted("bcg", "~ C(alloc) - 1", "REML", "z").r2 is None


def test_the_observed_order_is_counted():
    asked = {"data": "bcg", "first": "5", "formula": "~ ablat", "method": "REML", "test": "z", "at": "2"}
    theirs = one("regression", "permutations", **asked)
    p, n = float(theirs["pval"]), int(theirs["iterations"])
    assert f"P is {round(p * n)} of {n}, {p:.4f}" in PAGE
    assert min(float(line["pval"]) * int(line["iterations"]) for line in lines("regression", "permutations")) > 0.99


def test_degrees_of_freedom_of_a_prediction_interval_follow_the_coefficients():
    """metafor's t with k - p: the bounds of its predict() are those of the convention that says k - 1."""
    assert "k − p in place of k − 1, and k − p − 1 in place of k − 2" in PAGE
    model = regression.model("REML", "knha")
    assert model.prediction == "t(k-1) hartung-knapp"
    place = meta_regression(
        regression.evidence("bcg"), "~ ablat + year", model, data=regression.covariates("bcg")
    ).predict(ablat=0, year=1940)
    theirs = one("regression", "predictions", ablat="0", year="1940", method="REML", test="knha")
    assert place.pi.low == pytest.approx(float(theirs["pi.lb"]), rel=1e-8)


def test_egger_in_both_forms():
    for form, statistic, p, limit in table("`form=`"):
        mixed = "mixed" in form
        interval = re.search(r'"([a-z-]+)"`$', form)[1]
        asked = {"form": "rma", "method": "REML", "test": TESTS[interval]} if mixed else {"form": "lm"}
        theirs = one("small_study", "regression", data="bcg", predictor="sei", **asked)
        letter, _, number = statistic.partition(" = ")
        assert letter == ("t" if theirs["df"] else "z")
        wanted = [float(theirs[name]) for name in ("stat", "p", "limit")]
        assert [float(number), float(p), float(limit)] == pytest.approx(wanted, abs=5.1e-4)


def test_begg_is_exact():
    theirs = one("small_study", "rank", data="bcg", k="13", tied="0")
    assert f"`ranktest` (`bcg`: {float(theirs['p']):.3f})" in PAGE
    assert begg(small_study.evidence("bcg")).exact
    assert not begg(small_study.evidence("bcg", tied=True)).exact


def test_the_side_of_trim_and_fill_depends_on_the_model():
    asked = {"data": "collins1985b", "estimator": "L0", "asked": ""}
    common, reml = (one("small_study", "trimfill", **asked, method=method) for method in ("EE", "REML"))
    assert [(line["side"], line["k0"]) for line in (common, reml)] == [("right", "1"), ("left", "0")]
    trials = small_study.evidence("collins1985b")
    assert trim_and_fill(trials, CommonEffect(), override="to see the side").side == "right"
    assert trim_and_fill(trials, override="to see the side").side == "left"


def test_how_far_from_the_top_metafor_stops():
    everything = [
        (abs(float(line["metafor_estimate"]) / float(line["estimate"]) - 1), line["data"])
        for line in lines("small_study", "selection")
    ]
    largest, data = max(everything)
    assert f"by up to {largest:.1e} of the".replace("e-0", "e-") in PAGE
    assert f"pooled effect (`{data}`)" in PAGE


def test_the_higher_of_two_maxima():
    theirs = one("small_study", "selection", data="egger2001", steps="0.025", method="ML")
    assert float(theirs["tau2"]) == 0
    assert f"tau2 = 0 has {float(theirs['ll']):.2f}" in PAGE
    found = small_study.selected(theirs)
    assert (found.tau2, found.tau2_se) == (0, None)


def test_the_interval_of_i2_from_q():
    (theirs,) = [
        line for line in lines("small_study", "i2") if line["data"] == "bcg" and float(line["level"]) > 0.94
    ]
    assert f"(`bcg`: {float(theirs['low']):.1f}% to {float(theirs['high']):.1f}%)" in PAGE


def test_bayesian_witnesses():
    rows = lines("bayesian", "posteriors")
    assert len({line["prior"] for line in rows}) == len(bayesian.PRIORS) == 8
    assert len({line["mean"] for line in rows}) == len(bayesian.MEANS) == 3
    assert len({(line["data"], line["prior"]) for line in lines("bayesian", "grids")}) == 4
    alone = [x for x in rows if (x["data"], x["mean"], x["quantity"]) == ("one", "flat", "log_marginal")]
    assert len(alone) == 4
    assert [float(line["value"]) for line in alone] == pytest.approx([0] * 4, abs=1e-15)
    assert {x["value"] for x in rows if x["quantity"] == "tau_mode" and x["data"] == "identical"} == {"0"}
