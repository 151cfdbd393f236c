"""Benefit beside harm: a line a trial, each plot its own axis, and words where there are no counts."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.benefit_harm_rows import beside_rows, beside_signals
from netmeta.charts.effect_axis import difference_axis, log_axis
from netmeta.evidence.outcome_counts import GRADE3, RESPONSE, TRUSTED
from netmeta.pooling.beside import CountQuestion, beside, of_result

PARTLY = (*TRUSTED, "partly verified")
HARM = CountQuestion(GRADE3, verification=PARTLY)


@pytest.fixture(scope="module")
def result():
    return nm.Analysis().outcome


def at(table, kind, plot=None):
    return [row for row in table.rows if row["kind"] == kind and plot in (None, row.get("plot"))]


def test_a_line_a_trial_and_a_mark_in_each_plot(result):
    found = of_result(result, (HARM,))
    table = beside_rows(found)
    assert [row["label"] for row in at(table, "line")] == [trial.label for trial in result.evidence]
    assert len(at(table, "effect", 0)) == result.k
    assert len(at(table, "effect", 1)) == 3
    assert len(at(table, "none", 1)) == result.k - 3
    assert table.lines == result.k + 1
    assert table.plots == 2


def test_numbers_are_those_of_the_pools(result):
    found = of_result(result, (HARM,))
    table = beside_rows(found)
    hr, harm = (at(table, "pooled", plot)[0]["value"] for plot in (0, 1))
    ci = result.ci.exp()
    assert hr == nm.numerals.estimate(result.hr, ci.low, ci.high)
    pooled = nm.pool_counts(nm.counts_of(GRADE3, result.evidence, verification=PARTLY))
    assert harm == nm.numerals.estimate(pooled.value, pooled.low, pooled.high)
    assert at(table, "effect", 0)[0]["value"] == "0.38 (0.25–0.59)"


def test_a_trial_without_counts_is_said_and_why(result):
    table = beside_rows(of_result(result, (CountQuestion(GRADE3), CountQuestion(RESPONSE))))
    said = {(row["plot"], row["row"]): row["text"] for row in at(table, "none")}
    labels = [trial.label for trial in result.evidence]
    assert said[1, labels.index("CABINET pNET")] == "only partly verified"
    assert said[1, labels.index("RADIANT-3")] == "not in the library"
    assert said[2, labels.index("RADIANT-4")] == "not verified"
    tip = next(row["tip"] for row in at(table, "line") if row["label"] == "RADIANT-4")
    assert "Response: unverified: response" in tip


def test_reconstructed_counts_have_a_shape_of_their_own_and_a_note(result):
    table = beside_rows(of_result(result, (HARM, CountQuestion(RESPONSE, verification=PARTLY))))
    shapes = {(row["plot"], row["row"]): row["shape"] for row in at(table, "effect")}
    labels = [trial.label for trial in result.evidence]
    assert shapes[1, labels.index("CABINET epNET")] == "circle"
    assert shapes[2, labels.index("SUN-1111")] == "square"
    assert {row["shape"] for row in at(table, "effect", 0)} == {"square"}
    assert any("Round marks" in row["label"] for row in at(table, "note"))


def test_a_trial_taken_out_is_grey_and_not_pooled(result):
    first = result.evidence[0]
    out = frozenset({first.key})
    found = beside(tuple(result.evidence), None, (HARM,), result.model, out)
    table = beside_rows(found)
    assert at(table, "out")[0]["label"] == first.label
    assert [row["out"] for row in at(table, "effect", 1)] == [True, False, False]
    assert found.outcomes[0].pooled.k == 2
    assert at(table, "pooled", 0) == []


def test_differences_stand_on_a_plain_axis(result):
    table = beside_rows(of_result(result, (CountQuestion(GRADE3, "RD", verification=PARTLY),)))
    assert at(table, "title", 1)[0]["text"] == "Grade ≥ 3 events, RD per 100"
    assert at(table, "tick", 1)[0]["text"] == "0"
    assert all(0 <= row["x"] <= 1 for row in at(table, "effect"))


def test_too_few_counts_say_so(result):
    found = of_result(result, (CountQuestion(GRADE3, reconstruction="none"),))
    assert found.outcomes[0].pooled is None
    assert "needs at least 2 trials" in found.outcomes[0].problem
    assert at(beside_rows(found), "none", 1)[-1]["text"] == "fewer than 2 trials"
    brief = {row["text"] for row in at(beside_rows(found), "none", 1)}
    assert "percentage only" in brief


def entered(*rows):
    return tuple(
        nm.Trial(study=f"T{at}", experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8,
                 response_experimental=one, response_control=other)
        for at, (one, other) in enumerate(rows)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "asked", "said"),
    [
        ([("5/20", "0/20"), ("4/30", "0/30")], ("RR", "mantel-haenszel"), "the ratio has no value"),
        ([("20/20", "20/20"), ("9/9", "8/8")], ("RR", "mantel-haenszel"), "no standard error"),
        ([("20/20", "20/20"), ("9/9", "8/8")], ("OR", "mantel-haenszel"), "no trials"),
        ([("5/20", "2/20"), ("5/20", "2/20")], ("RR", "inverse-variance"), "an interval without width"),
        ([("5/20", "2/20")], ("RR", "inverse-variance"), "fewer than 2 trials"),
    ],
)
def test_why_nothing_is_pooled_stands_in_the_plot(rows, asked, said):
    model = nm.RandomEffects(interval="hartung-knapp")
    found = beside(entered(*rows), None, (CountQuestion(RESPONSE, *asked),), model)
    assert found.outcomes[0].pooled is None
    assert found.outcomes[0].problem_brief == said
    assert at(beside_rows(found), "none", 1)[-1]["text"] == said


def test_peto_is_of_odds_ratios():
    assert CountQuestion(GRADE3, "RR", "peto").measure == "OR"


def test_axes_hold_what_they_show():
    axis = log_axis([2.0], [0.5, 60.0])
    assert axis.place(axis.low) == 0
    assert axis.place(axis.high) == pytest.approx(1)
    assert 0 <= axis.place(0.5) < axis.place(2) < axis.place(10) <= 1
    assert axis.beyond(0.5, 60) == (False, axis.high < 60)
    plain = difference_axis([-0.12, 0.48])
    assert plain.low <= -0.12
    assert plain.high >= 0.48
    assert 0.0 in plain.ticks
    assert plain.place(plain.low) == 0
    nothing = difference_axis([])
    assert nothing.low < nothing.high
    assert all(0 <= axis.place(value) <= 1 for value in (0.001, 1000))


def test_the_chart_in_words_and_what_it_refuses(result):
    chart = nm.benefit_harm(result, (HARM,)).to_dict()
    said = chart["description"]
    assert said.startswith("Benefit beside harm of 9 trials. PFS: HR ")
    assert "No usable counts of grade 3 or higher adverse events: RADIANT-3" in said
    with pytest.raises(nm.PoolingError, match="draws what pool"):
        nm.benefit_harm(nm.load_trials())
    with pytest.raises(nm.PoolingError, match="room for two outcomes"):
        nm.benefit_harm(result, (HARM, HARM, HARM))
    with pytest.raises(nm.PoolingError, match="no trial to show"):
        beside((), None, (HARM,), result.model)


def test_hostile_names_are_text(tmp_path):
    name = "<img src=x onerror=alert(1)>"
    trials = tuple(
        nm.Trial(study=f"{name} {at}", experimental=name, control="b", hr=0.5, ci_low=0.3, ci_high=0.8,
                 n_experimental=50, n_control=50, grade3_experimental=40.0, grade3_control=20.0)
        for at in range(2)
    )  # fmt: skip
    chart = nm.benefit_harm(nm.pool(nm.Evidence(trials)))
    chart.save(tmp_path / "a.svg")
    assert "<img" not in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_the_frozen_specification_has_every_signal():
    params = {param["name"] for param in json.loads(frozen.frozen("benefit_harm"))["params"]}
    assert set(beside_signals(beside_rows(None))) <= params
