"""The sensitivity panel: words over each chart, picking, brushing, long work, and sleep."""

from __future__ import annotations

import asyncio
import json
import math

import pytest

import netmeta as nm
from netmeta.widgets import Analysis

NAMES = ["Leave one out", "Cumulative", "Influence", "Baujat", "GOSH", "Multiverse"]


@pytest.fixture
def analysis():
    return Analysis()


def rows(chart, kind=None):
    sent = json.loads(chart.data)["tables"]["rows"]
    return [row for row in sent if kind in (None, row["kind"])]


def message(widget, **content):
    """Do what a page does when it sends a custom message."""
    widget._handle_custom_msg(content, [])


def trials(k, **more):
    made = (
        nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=-at / 20, se=0.1 + at / 100, **more)
        for at in range(k)
    )
    return nm.Evidence(tuple(made))


def test_each_view_is_made_when_it_is_first_seen_and_not_before(analysis):
    view = nm.SensitivityView(analysis)
    assert list(view.views) == ["Leave one out"]
    for name in NAMES[1:]:
        view.which.set_state({"index": NAMES.index(name)})
        assert view.current is view.views[name]
        assert [other for other in view.views if view.views[other].layout.display != "none"] == [name]
    first = view.views["Influence"]
    assert view.choose("Influence") is first
    with pytest.raises(nm.SelectionError, match="Did you mean 'Influence'"):
        view.choose("Influenz")


def test_what_is_not_seen_sleeps_and_wakes_with_the_state_of_the_day(analysis):
    view = nm.SensitivityView(analysis)
    influence = view.choose("Influence")
    before = influence.chart.data
    cumulative = view.choose("Cumulative")
    analysis.toggle("RADIANT-3")
    assert influence.chart.data == before
    assert len(rows(cumulative.chart, "trial")) == 8
    view.choose("Influence")
    assert len(rows(influence.chart, "trial")) == 8
    view.attend(seen=False)
    asleep = influence.chart.data
    analysis.toggle("RADIANT-3")
    assert influence.chart.data == asleep
    view.attend(seen=True)
    assert len(rows(influence.chart, "trial")) == 9


@pytest.mark.parametrize("name", NAMES)
def test_a_click_picks_the_trial_and_takes_nothing_out(analysis, name):
    found = nm.SensitivityView(analysis).choose(name)
    chart = found.shares if name == "GOSH" else found.chart
    key = analysis.selected["CLARINET"].key
    message(chart, kind="pick", id=key)
    assert analysis.picked == chart.picked == key
    assert analysis.excluded == frozenset()
    assert key in {choice["id"] for choice in json.loads(chart.data)["choices"]}
    message(chart, kind="pick", id=key)
    assert analysis.picked == ""
    message(chart, kind="pick", id="a trial of yesterday")
    assert analysis.picked == ""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("k", [0, 1, 2])
def test_too_few_trials_are_said_in_words_and_no_number_stays(name, k):
    view = nm.SensitivityView(Analysis(trials(5, year=2000), nm.Selection("PFS")))
    found = view.choose(name)
    for label in view.analysis.selected.labels[k:]:
        view.analysis.toggle(label)
    if k == 2 and name in ("Cumulative", "Multiverse"):
        assert "HR" in found.said.text
        return
    if k < 2:
        assert found.said.text.startswith("Pooling needs at least 2 trials; there")
    assert "needs at least" in found.said.text
    assert [row for row in rows(found.chart) if row["kind"] != "head"] == []
    assert json.loads(found.chart.data)["label"] == found.said.text


def test_cumulative_says_from_when_on_the_answer_stood(analysis):
    view = nm.CumulativeView(analysis)
    assert "from 0.35 with the first trial to 0.41 with all 9" in view.said.text
    assert "below 1 for good once CLARINET is in (k = 3)" in view.said.text
    view.order.set_state({"index": 2})
    assert rows(view.chart, "trial")[0]["label"] == "CABINET pNET"
    assert not analysis.can_undo
    never = nm.CumulativeView(Analysis(nm.Evidence(tuple(
        nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=(-1) ** at / 10, se=0.3, year=2000) for at in range(4)
    ))))  # fmt: skip
    assert "includes 1 to the end" in never.said.text


def test_trials_without_a_year_are_asked_for_another_order():
    view = nm.CumulativeView(Analysis(trials(4)))
    assert "have no year" in view.said.text
    view.order.set_state({"index": 1})
    assert "The pooled HR goes from" in view.said.text


def test_influence_names_who_stands_out_and_why():
    far = trials(8).add(nm.Trial(study="FAR", experimental="a", control="b", log_hr=1.5, se=0.08))
    view = nm.InfluenceView(Analysis(far, nm.Selection("PFS"), nm.RandomEffects(interval="wald")))
    assert view.said.text.startswith("FAR (DFFITS, Cook's D, DFBETAS)")
    assert [row["label"] for row in rows(view.chart, "trial") if row["flagged"]] == ["FAR"]
    assert (
        nm.InfluenceView(Analysis()).said.text
        == "None of the 9 trials is beyond a rule of thumb (the dashed lines)."
    )


def test_baujat_names_who_disagrees_and_who_pulls(analysis):
    view = nm.BaujatView(analysis)
    assert "CABINET pNET disagrees most with the others: 32% of all heterogeneity (Q = 9.9)" in view.said.text
    assert "RADIANT-3 pulls hardest" in view.said.text
    alike = nm.Evidence(
        tuple(nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=0.2, se=0.2) for at in range(4))
    )
    assert "none disagrees" in nm.BaujatView(Analysis(alike)).said.text


def test_gosh_is_split_by_the_picked_trial_and_pools_nothing_anew(analysis, monkeypatch):
    view = nm.GoshView(analysis)
    assert view.said.text.startswith("All 502 subsets of the trials give pooled HRs from 0.30 to 0.52")
    monkeypatch.setattr("netmeta.widgets.gosh.gosh_steps", None)
    analysis.pick("CABINET pNET")
    assert "With CABINET pNET the middle one is" in view.said.text
    assert rows(view.chart, "legend")[0]["text"] == "■ subsets with CABINET pNET"
    analysis.let_go()
    assert not rows(view.chart, "legend")


def test_a_brush_says_which_trials_make_a_part_of_the_cloud(analysis):
    view, found = nm.GoshView(analysis), nm.gosh(analysis.included, analysis.model)
    assert "Drag over" in view.brushed.text
    message(view.chart, kind="brush", name="brush", region={"hr": [0.6, 0.45], "spread": [0, 5]})
    kept = (found.log_hr >= math.log(0.45)) & (found.log_hr <= math.log(0.6)) & (found.i2 <= 5)
    assert f"{int(kept.sum())} of 502 subsets brushed" in rows(view.shares, "head")[0]["title"]
    assert "most is RADIANT-3: in 0% of it, against 51% of all subsets" in view.brushed.text
    share = {row["label"]: row["share"] for row in rows(view.shares, "trial")}
    assert share["CLARINET"] == pytest.approx(found.including("CLARINET")[kept].mean())
    message(view.chart, kind="brush", name="brush", region={"hr": [5, 6], "spread": [0, 5]})
    assert view.brushed.text == "No subset lies in the brushed part."
    message(view.chart, kind="brush", name="brush", region={})
    assert "Drag over" in view.brushed.text


def test_the_multiverse_says_how_much_hangs_on_choices(analysis):
    view = nm.MultiverseView(analysis)
    assert view.said.text == (
        "594 ways to pool these trials give HRs from 0.36 to 0.46; in all of them the interval lies below 1. "
        "The analysis at hand (0.41) is number 297 from the lowest."
    )
    analysis.pick("RADIANT-3")
    assert any(row["tone"] == "without" for row in rows(view.chart, "column"))


def test_a_trial_taken_out_is_out_whoever_read_it(analysis):
    view = nm.MultiverseView(analysis)
    analysis.toggle("RADIANT-3")
    assert "without RADIANT-3" not in {row["label"] for row in rows(view.chart, "choice")}
    assert all("RADIANT-3" not in row.labels for row in view._found.rows)
    assert {"central", "investigator", "primary"} == {row.assessor for row in view._found.rows}


@pytest.mark.parametrize("make", [nm.GoshView, nm.MultiverseView])
def test_long_work_gives_way_can_be_stopped_and_started_again(make):
    many = trials(24)

    async def kernel():
        view = make(Analysis(many, nm.Selection("PFS"), nm.RandomEffects("ML")))
        assert view.work.running
        assert view.said.text.endswith("…")
        assert not rows(view.chart)
        await asyncio.sleep(0)
        view.work.stopper.click()
        assert "Stopped" in view.said.text
        assert view.again.layout.display == ""
        view.again.click()
        await view.work.settled()
        done = view.said.text
        view.analysis.model = nm.CommonEffect()
        assert view.said.text.endswith("…")
        view.attend(seen=False)
        assert not view.work.running
        view.attend(seen=True)
        assert view.work.running
        await view.work.settled()
        assert view.again.layout.display == "none"
        view.close()
        return done, view.said.text

    first, second = asyncio.run(kernel())
    assert "HRs from" in first
    assert "HRs from" in second
    assert first != second


def test_very_many_trials_are_answered_and_what_is_not_shown_is_said():
    many = nm.Evidence(tuple(
        nm.Trial(study=f"T{at}", experimental="a", control="b", log_hr=(at % 17) / 40 - 0.5, se=0.2, year=2000) for at in range(600)
    ))  # fmt: skip
    view = nm.SensitivityView(Analysis(many))
    assert "shows the last 150" in view.choose("Cumulative").said.text
    assert "shows the first 150" in view.choose("Influence").said.text
    assert view.choose("GOSH").said.text.startswith("6\u2009990 subsets of the trials, drawn at random,")
    assert "has 13,200 analyses or more, and the limit is 10,000" in view.choose("Multiverse").said.text
    assert len(view.choose("Baujat").chart.data) < 400_000


def test_closing_the_panel_lets_go_of_the_analysis(analysis):
    view = nm.SensitivityView(analysis)
    made = [view.choose(name) for name in NAMES]
    sent = [one.chart.data for one in made]
    view.close()
    analysis.toggle("RADIANT-3")
    analysis.pick("CLARINET")
    assert [one.chart.data for one in made] == sent
    assert all(one.chart.picked == "" for one in made)
