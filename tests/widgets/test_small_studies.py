"""Small-study effects, live: the choices, the gate and its reason, and what each test says."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.widgets import Analysis, SmallStudiesView

SE = (0.11, 0.14, 0.17, 0.19, 0.22, 0.25, 0.29, 0.33, 0.36, 0.41, 0.45, 0.5)
Y = (-0.31, -0.22, -0.45, -0.02, -0.6, -0.15, -0.8, -0.33, -1.02, 0.05, -0.9, -1.2)


@pytest.fixture
def twelve():
    pairs = enumerate(zip(Y, SE, strict=True))
    return Analysis(
        nm.Evidence(
            tuple(
                nm.Trial(
                    study=f"T{at}",
                    experimental="a",
                    control="placebo",
                    log_hr=y,
                    se=se,
                    events_total=round(4 / se**2),
                )
                for at, (y, se) in pairs
            )
        )
    )


def tables(view):
    return json.loads(view.chart.data)["tables"]


def test_each_test_has_its_sentence(twelve):
    view = SmallStudiesView(twelve)
    said = view.said.of_kind("test")
    starts = (
        "Egger's test (weighted",
        "Egger's test (mixed",
        "Begg's test",
        "D-FIV",
        "Trim and fill (L0)",
        "Selection",
    )
    assert len(said) == len(starts)
    assert all(text.startswith(start) for text, start in zip(said, starts, strict=True))
    assert said[0] == str(nm.egger(twelve.included, twelve.model))
    assert view.gate.layout.display == "none"
    assert view.few.text == ""
    assert "no proof" in view.guide.text


def test_the_choices_change_the_picture(twelve):
    view = SmallStudiesView(twelve)
    assert {row["kind"] for row in tables(view)["lines"]} == {"pooled", "limit"}
    view.line.value = True
    assert "egger" in {row["kind"] for row in tables(view)["lines"]}
    view.contours.value = False
    assert tables(view)["regions"] == []
    view.fill.value = "R0"
    missing = nm.trim_and_fill(twelve.included, twelve.model, estimator="R0").missing
    assert sum(row["kind"] == "filled" for row in tables(view)["rows"]) == missing
    assert any(text.startswith("Trim and fill (R0)") for text in view.said.of_kind("test"))
    assert not twelve.can_undo


def test_below_ten_trials_a_reason_opens_the_tests_and_stays():
    view = nm.SmallStudiesView()
    assert view.said.text == ""
    assert "there are 9" in view.few.text
    assert view.line.disabled
    assert len(tables(view)["rows"]) == 9
    view.run.click()
    assert view.said.text == ""
    view.reason.value = "  the course asks for it "
    view.run.click()
    assert view.said.of_kind("test")[0].startswith("Egger's test")
    assert "Reason: the course asks for it" in view.few.text
    assert not view.line.disabled
    view.withdraw.click()
    assert view.said.text == ""
    assert view.line.disabled


def test_a_test_that_cannot_be_run_says_why():
    view = nm.SmallStudiesView()
    view.override_with("to see them all")
    assert any(
        "D-FIV was not run. 5 of 9 trials have no number of events" in text for text in view.said.of_kind("aside")
    )


def test_a_pick_is_marked_and_a_click_picks(twelve):
    view = SmallStudiesView(twelve)
    key = twelve.selected.keys[3]
    view.chart.pick(key)
    assert twelve.picked == view.chart.picked == key
    choices = json.loads(view.chart.data)["choices"]
    assert {choice["id"] for choice in choices} == set(twelve.included.keys)
    assert choices[0]["label"].startswith("T0\na vs placebo\nHR")


def test_one_trial_leaves_an_empty_plot_and_a_message(twelve):
    view = SmallStudiesView(twelve)
    twelve.excluded = frozenset(twelve.selected.keys[1:])
    assert "needs at least 2 trials" in view.few.text
    assert tables(view)["rows"] == []
    assert view.gate.layout.display == "none"


def test_a_line_that_the_trials_do_not_allow_is_said(twelve):
    view = SmallStudiesView(Analysis(nm.Evidence(tuple(trial.change(se=0.2) for trial in twelve.evidence))))
    view.line.value = True
    assert "same standard error" in " ".join(view.said.of_kind("caution"))
    assert {row["kind"] for row in tables(view)["lines"]} == {"pooled", "limit"}


def test_asleep_it_computes_nothing_and_wakes_to_the_truth(twelve):
    view = SmallStudiesView(twelve)
    before = view.chart.data
    view.attend(seen=False)
    twelve.toggle("T3")
    assert view.chart.data == before
    view.attend(seen=True)
    assert len(tables(view)["rows"]) == 11
