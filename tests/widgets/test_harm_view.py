"""Benefit and harm, without a browser."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.evidence.outcome_counts import GRADE3, RESPONSE


@pytest.fixture
def view():
    return nm.HarmView(nm.Analysis())


def rows(view, kind):
    return [row for row in json.loads(view.chart.data)["tables"]["rows"] if row["kind"] == kind]


def test_it_opens_on_adverse_events_of_the_trials_of_the_question(view):
    analysis = view.analysis
    found = nm.pool_counts(nm.counts_of(GRADE3, analysis.selected), model=analysis.model)
    assert view.said.of_kind("answer") == (str(found).splitlines()[0],)
    assert [row[0] for row in view.table.rows] == [
        "CABINET epNET: cabozantinib vs placebo", "Alliance A021202: pazopanib vs placebo",
    ]  # fmt: skip
    assert "nearest to 27%" in view.table.rows[0][2]
    assert "Left out: CABINET pNET (partly verified: by cohort" in view.details.text
    assert "The library has no grade 3 or higher adverse events of these trials: RADIANT-3" in view.details.text


def test_a_click_takes_a_trial_out_everywhere(view):
    key = view.analysis.selected.keys[0]
    view.chart.pick(key)
    assert view.analysis.excluded == {key}
    assert [row["label"] for row in rows(view, "out")] == ["CABINET epNET"]
    assert "there is 1 (Alliance A021202)" in view.said.of_kind("caution")[0]
    view.click("CABINET epNET")
    assert not view.analysis.excluded


def test_shift_and_click_picks(view):
    key = view.analysis.selected.keys[1]
    view.chart.point(key)
    assert view.analysis.picked == key
    assert view.chart.picked == key


def test_partly_verified_numbers_come_on_demand_and_are_marked(view):
    view.partly.value = True
    assert len(view.table.rows) == 3
    assert any("partly verified: by cohort" in row[5] for row in view.table.rows)


def test_measure_and_method(view):
    view.measure.value = "RD"
    assert "per 100 patients" in view.said.text
    view.method.value = "mantel-haenszel"
    assert "common effect (Mantel-Haenszel" in view.said.text
    view.method.value = "peto"
    assert (view.measure.value, view.measure.disabled) == ("OR", True)
    assert "common effect (Peto" in view.said.text
    view.method.value = "inverse-variance"
    assert not view.measure.disabled


def test_both_outcomes_beside_each_other(view):
    view.outcome.value = "both"
    assert len(view.said.of_kind("answer")) == 2
    assert json.loads(view.chart.data)["signals"]["plots"] == 3
    assert view.details.of_kind("said") == (f"More about {GRADE3}:", f"More about {RESPONSE}:")


def test_trials_with_any_control_are_shown_with_a_caution(view):
    view.trials.value = "network"
    assert any("The control arms differ" in line for line in view.said.of_kind("caution"))
    assert "AXINET" in {row["label"] for row in rows(view, "line")}
    assert not [row for row in rows(view, "pooled") if row["plot"] == 0]


def test_only_printed_counts(view):
    view.counts.value = "none"
    assert view.table.rows == []
    assert "needs at least 2 trials with counts; there are none" in view.said.text


def test_no_trial_is_said(view):
    view.analysis.selection = nm.Selection("PFS", population="nobody")
    assert "There is no trial to show" in view.said.text
    assert view.table.rows == []
    assert view.details.text == ""


def test_the_keyboard_names_every_line(view):
    choices = json.loads(view.chart.data)["choices"]
    assert [choice["id"] for choice in choices] == list(view.analysis.selected.keys)
    assert "83/134, from 62% against 19/69, nearest to 27%" in choices[0]["label"]
