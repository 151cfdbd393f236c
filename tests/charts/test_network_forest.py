"""A network as a forest plot: every treatment against the reference."""

from __future__ import annotations

import json
import math

import altair as alt
import pytest

import netmeta as nm
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.frozen import frozen
from netmeta.charts.network_forest_rows import network_forest_rows
from netmeta.charts.theme import DARK, LIGHT

MERGE = nm.Merge("high-dose SSA", into="SSA")


@pytest.fixture(scope="module")
def result():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    return nm.compare(nm.connected_to(trials, "placebo", MERGE), assumptions=MERGE)


def pair(hr=0.5, se=0.2, name="a", **more):
    trials = (
        nm.Trial(study=study, experimental=name, control="placebo", log_hr=math.log(hr) + step, se=se)
        for study, step in (("A", 0.1), ("B", -0.1), ("C", 0.0))
    )
    return nm.compare(nm.Evidence(tuple(trials)), **more)


def lines(result, **more):
    return {row["label"]: row for row in network_forest_rows(result, **more).rows if row["kind"] == "trial"}


def notes(result, **more):
    return [row["label"] for row in network_forest_rows(result, **more).rows if row["kind"] == "note"]


def test_every_treatment_against_the_reference_the_best_p_score_first(result):
    table = network_forest_rows(result)
    assert tuple(lines(result)) == tuple(name for name in result.ranking if name != "placebo")
    assert [row["row"] for row in table.rows] == list(range(len(table.rows)))
    head = table.rows[0]
    assert [head[name] for name in ("label", "n", "effect", "weight")] == [
        "Against placebo", "Trials", "HR (95% CI)", "P-score",
    ]  # fmt: skip


def test_a_line_is_the_effect(result):
    row, found = lines(result)["cabozantinib"], result.effect("cabozantinib")
    ci, pi = found.ci.exp(), found.pi.exp()
    assert (row["hr"], row["low"], row["high"]) == pytest.approx((found.hr, ci.low, ci.high))
    assert (row["pi_low"], row["pi_high"]) == pytest.approx((pi.low, pi.high))
    assert row["effect"] == nm.numerals.estimate(found.hr, ci.low, ci.high)
    assert (row["id"], row["n"]) == ("node:cabozantinib", "2")
    assert row["weight"] == nm.numerals.decimal(result.p_scores["cabozantinib"])
    assert "2 trials compared them directly" in row["tip"]
    assert "prediction interval" in row["tip"]
    assert "Indirect evidence alone" in lines(result)["everolimus + SSA"]["tip"]


def test_squares_are_by_precision(result):
    rows = lines(result)
    ratio = (result.effect("surufatinib").se / result.effect("everolimus").se) ** -2
    assert rows["surufatinib"]["size"] / rows["everolimus"]["size"] == pytest.approx(ratio)


def test_feeds_end_the_tip(result):
    rows = lines(result, feeds={"SSA": "40% direct"})
    assert rows["SSA"]["tip"].endswith("\n40% direct")
    assert "direct\n" not in rows["sunitinib"]["tip"].split("directly")[-1]


def test_a_prediction_interval_beyond_the_axis_ends_in_an_arrow():
    trials = tuple(
        nm.Trial(study=study, experimental="a", control="placebo", log_hr=log_hr, se=0.1)
        for study, log_hr in (("A", -0.9), ("B", 0.1), ("C", 0.9))
    )
    table = network_forest_rows(nm.compare(nm.Evidence(trials)))
    row = table.rows[1]
    assert (row["pi_left"], row["pi_right"]) == (table.axis.low, table.axis.high)
    assert (row["left"], row["right"]) == (None, None)


def test_a_common_effect_predicts_nothing():
    found = pair(model=nm.CommonEffect())
    assert lines(found)["a"]["pi_low"] is None
    assert not any("prediction" in note for note in notes(found))
    assert "τ²" not in notes(found)[2]


def test_the_sides_name_the_reference():
    assert network_forest_rows(pair()).favours == ("← favours the therapy", "favours placebo →")
    assert network_forest_rows(pair(better="higher")).favours == ("← favours placebo", "favours the therapy →")
    assert network_forest_rows(pair(name="Z" * 80, reference="Z" * 80)).favours[1] == f"favours {'Z' * 33}… →"


def test_notes_say_model_spread_and_assumptions(result):
    said = notes(result)
    assert said[0].endswith(f"P-score of placebo: {nm.numerals.decimal(result.p_scores['placebo'])}.")
    assert said[1] == "Network of 17 trials, random effects (REML, Wald interval)"
    assert said[2] == (
        f"Heterogeneity and inconsistency: τ² = {nm.numerals.decimal(result.tau2, 3)}, "
        f"I² = {nm.numerals.percent(result.i2)}, Q = 10.4 on 5 df, P = 0.064"
    )
    assert said[3] == f"Assumed: {MERGE}."


def test_a_network_without_spread_says_so():
    trials = tuple(
        nm.Trial(study=name, experimental=name, control="placebo", log_hr=-0.3, se=0.2) for name in ("a", "b")
    )
    found = nm.compare(nm.Evidence(trials), nm.CommonEffect())
    assert "Heterogeneity: no comparison is made twice and no loop closes" in notes(found)


@pytest.mark.parametrize(("theme", "width"), [("light", 900), ("dark", 420)])
def test_draws_and_shows_itself(result, theme, width):
    chart = nm.network_forest(result, theme=theme, width=width)
    assert isinstance(chart, alt.LayerChart)
    bundle = chart._repr_mimebundle_()
    svg = bundle["image/svg+xml"]
    for said in (
        ">Against placebo<",
        ">P-score<",
        "favours placebo",
        ">177Lu-dotatate + SSA<",
        "predictions_marks",
    ):
        assert said in svg
    assert "NaN" not in svg
    assert bundle["text/plain"].startswith("Forest plot of a network. 13 treatments in 17 trials")
    assert (DARK if theme == "dark" else LIGHT)["mark"] in svg


def test_hostile_names_stay_text():
    svg = nm.network_forest(pair(name="<img src=x onerror=alert(1)>"))._repr_mimebundle_()["image/svg+xml"]
    assert "<img" not in svg
    assert "&lt;img src=x onerror=alert(1)&gt;" in svg


def test_every_signal_is_a_parameter(result):
    known = {param["name"] for param in json.loads(frozen("network_forest"))["params"]}
    assert set(forest_signals(network_forest_rows(result))) | set(LIGHT) <= known


def test_nothing_else_is_drawn(result):
    with pytest.raises(nm.NetworkError, match=r"network_forest\(\) draws what compare\(\) gives; got Evidence"):
        nm.network_forest(result.evidence)
    with pytest.raises(nm.NetworkError, match="no treatment 'SSB'"):
        nm.network_forest(result, feeds={"SSB": "x"})
