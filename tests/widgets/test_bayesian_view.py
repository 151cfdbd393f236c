"""The Bayesian view, without a browser."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.widgets import Analysis


@pytest.fixture
def view():
    return nm.BayesianView(Analysis())


def sent(chart) -> dict:
    return json.loads(chart.data)


def cells(view) -> list[str]:
    return [cell.value for cell in view.table.children]


def test_shows_the_answer_the_plots_and_the_priors(view):
    found = nm.bayesian(view.analysis.included)
    assert view.said.text == nm.belief(found)
    assert sent(view.curves)["tables"]["rows"][1]["hr"] == pytest.approx(found.hr)
    assert sum(row["kind"] == "trial" for row in sent(view.chart)["tables"]["rows"]) == found.k
    assert cells(view)[0::5] == [
        "Prior of τ",
        "half-normal(0.5)",
        "half-normal(1)",
        "half-Cauchy(0.5)",
        "uniform(0, 4)",
    ]
    assert "prior" in view.matters.text


def test_another_prior_takes_its_usual_scale_and_changes_no_analysis(view):
    view.prior.set_state({"index": 2})
    assert view.scale.value == "4"
    assert view.said.text == nm.belief(nm.bayesian(view.analysis.included, nm.Uniform(4)))
    view.scale.set_state({"value": "0,25"})
    assert "uniform prior up to 0.25" in view.said.text
    assert len(cells(view)) == 30
    assert cells(view)[5] == "uniform(0, 0.25)"
    assert not view.analysis.can_undo


@pytest.mark.parametrize("typed", ["", "much", "-1", "0", "1e9", "nan", "inf"])
def test_what_is_no_scale_gets_a_message_and_loses_nothing(view, typed):
    before = view.said.text
    view.scale.set_state({"value": typed})
    assert view.problem.text.startswith(f"Scale of the prior is {typed!r}; type a number")
    assert (view.said.text, view.scale.value) == (before, typed)
    view.scale.set_state({"value": "1"})
    assert view.problem.text == ""
    assert "scale 1 " in view.said.text


def test_the_threshold_is_asked_of_everything(view):
    view.threshold.set_state({"value": "0.5"})
    assert "is below 0.50 is 99%" in view.said.text
    assert sent(view.curves)["signals"]["threshold"] == pytest.approx(0.5)
    assert cells(view)[3] == "Chance of HR < 0.50"
    view.threshold.set_state({"value": "x"})
    assert "Chance of an HR below is 'x'" in view.problem.text
    assert "is below 0.50" in view.said.text


def test_one_trial_is_enough_and_none_is_said(view):
    labels = view.analysis.selected.labels
    for label in labels[1:]:
        view.analysis.toggle(label)
    assert view.said.text.startswith("Given this trial")
    view.analysis.toggle(labels[0])
    assert "needs at least 1 trial" in view.said.text
    assert cells(view) == []
    assert sent(view.chart)["tables"]["rows"][1:] == []
    view.analysis.toggle(labels[0])
    assert len(cells(view)) == 25


def test_a_click_on_a_trial_picks_it_everywhere(view):
    key = view.analysis.selected["CABINET pNET"].key
    view.chart.pick(key)
    assert view.analysis.picked == view.chart.picked == key
    assert any(choice["id"] == key for choice in sent(view.chart)["choices"])


def test_a_closed_view_hears_nothing(view):
    said = view.said.text
    view.close()
    view.analysis.toggle("CABINET pNET")
    assert view.said.text == said


def test_a_single_trial_is_shown_where_it_cannot_be_pooled():
    analysis = Analysis()
    answer = nm.AnswerView(analysis)
    for label in analysis.selected.labels[1:]:
        analysis.toggle(label)
    assert f"{analysis.selected.labels[0]} alone" in answer.block.of_kind("answer")[0]
    assert "at least 2 trials" in answer.block.of_kind("problem")[0]
