"""What it means for patients, without a browser."""

from __future__ import annotations

import json

import pytest

import netmeta as nm


@pytest.fixture
def view():
    return nm.AbsoluteView(nm.Analysis())


def rest(slider, value):
    slider._handle_custom_msg({"kind": "rest", "value": value}, [])


def bars(view):
    rows = json.loads(view.chart.data)["tables"]["rows"]
    return [row["value"] for row in rows if row["kind"] == "bar"]


def test_it_opens_on_the_printed_median_of_the_trials_and_says_so(view):
    found = nm.absolute_effects(view.analysis.outcome, view.analysis.baseline_in_use)
    assert view.said.of_kind("answer")[0] == str(found).splitlines()[0]
    assert "placebo in CABINET pNET, the printed median of PFS" in view.said.of_kind("caution")[0]
    assert view.baseline.label == "placebo in CABINET pNET: median 4.4 months"
    assert (view.time.value, view.share.value) == (12, 15)
    assert view.share.label == "Of 100 patients with placebo, alive without progression at that time"
    assert view.analysis.baseline is None


def test_dragging_shows_at_once_and_is_one_step_when_let_go(view):
    for share in (20, 30, 40):
        view.share.set_state({"value": share})
    assert bars(view)[0] == "400"
    assert view.analysis.baseline is None
    assert not view.analysis.can_undo
    rest(view.share, 41)
    assert view.analysis.baseline == nm.Baseline(event_free=0.41, time=12)
    assert bars(view)[0] == "410"
    assert view.baseline.label == "a share set by hand"
    view.analysis.undo()
    assert view.analysis.baseline is None
    assert (view.share.value, view.baseline.label) == (15, "placebo in CABINET pNET: median 4.4 months")
    assert not view.analysis.can_undo


def test_another_time_keeps_the_baseline(view):
    view.time.set_state({"value": 6})
    assert "at 6 months" in view.said.text
    rest(view.time, 6)
    assert (view.analysis.baseline.median, view.analysis.baseline.time) == (4.4, 6)
    assert view.share.value == 39
    assert view.baseline.label == "placebo in CABINET pNET: median 4.4 months"


def test_another_printed_baseline_is_one_step(view):
    view.baseline.value = next(
        key for label, key in view.baseline.options if label.startswith("placebo in CLARINET")
    )
    assert view.analysis.baseline.median == 18.0
    assert view.share.value == 63
    view.baseline.value = "own"
    assert view.analysis.baseline == nm.Baseline(event_free=0.63, time=12)


def test_one_trial_alone(view):
    view.effect.value = next(key for label, key in view.effect.options if label == "CABINET epNET alone")
    assert "with cabozantinib" in view.said.of_kind("answer")[0]
    assert "In a new trial" not in view.said.text
    view.analysis.toggle("CABINET epNET")
    assert view.effect.value == ""


def test_a_comparison_of_the_network(view):
    view.effect.value = next(key for label, key in view.effect.options if label.startswith("network: sunitinib"))
    effect = view.analysis.network_outcome.effect("sunitinib")
    share = round(1000 * view.analysis.baseline_in_use.share**effect.hr)
    said = view.said.of_kind("answer")[0]
    assert f"{share} (" in said
    assert "with sunitinib" in said
    assert "alive without progression" in said
    view.analysis.toggle("SUN-1111")
    assert view.effect.value == ""


def test_a_given_curve_limits_the_time(view):
    view.analysis.baseline = nm.Baseline(curve=((6, 0.7), (12, 0.6), (18, 0.55)), time=12)
    assert view.baseline.label == "a given curve"
    assert view.time.max == 18
    view.time.set_state({"value": 40})
    assert view.time.value == 18
    assert "at 18 months" in view.said.text


def test_no_pool_is_said_and_trials_can_still_be_shown(view):
    for label in view.analysis.selected.labels[1:]:
        view.analysis.toggle(label)
    assert "needs at least 2 trials" in view.said.text
    assert bars(view) == []
    view.effect.value = view.analysis.included.keys[0]
    assert len(bars(view)) == 2


def test_overall_survival_is_told_as_being_alive(view):
    view.analysis.selection = nm.Selection("OS", control="placebo")
    assert "are alive at 12 months" in view.said.text


def test_a_page_cannot_send_what_is_no_number(view):
    for value in (None, "12", float("nan")):
        rest(view.share, value)
    assert view.analysis.baseline is None
