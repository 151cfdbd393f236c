"""The workbench without a browser."""

from __future__ import annotations

import pandas as pd
import pytest

import netmeta as nm
from netmeta.widgets import Analysis


@pytest.fixture
def bench():
    return nm.Workbench()


def test_views_share_one_analysis(bench):
    bench.forest.click("CABINET pNET")
    assert nm.sentence(nm.pool(bench.analysis.included)) in bench.answer.text
    bench.history.undo.click()
    assert bench.analysis.outcome.k == 9


def test_panels_make_nothing_until_they_are_opened(bench):
    assert [panel.inside for panel in bench.panels] == [None] * len(bench.panels)
    bench.model.opener.click()
    assert isinstance(bench.model.inside, nm.ModelControls)
    assert bench.model.is_open
    bench.model.opener.click()
    assert not bench.model.is_open


def test_shows_an_analysis_or_evidence():
    analysis = Analysis()
    assert nm.Workbench(analysis).analysis is analysis
    own = nm.load_trials().where(endpoint="OS")
    assert nm.Workbench(own).analysis.selection.endpoint == "OS"


@pytest.mark.parametrize("wrong", [pd.DataFrame({"study": ["A"]}), 3, "trials.csv"])
def test_anything_else_is_refused_with_the_way_in(wrong):
    with pytest.raises(nm.EntryError, match=r"Evidence\.from_frame"):
        nm.Workbench(wrong)


def test_one_trial_alone_is_shown_with_the_problem():
    one = nm.Evidence((nm.Trial(study="Only", experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8),))
    bench = nm.Workbench(one)
    assert "there is 1 (Only)" in bench.answer.text


def test_ten_thousand_trials():
    rows = {"study": [f"T{i}" for i in range(10_000)], "experimental": "a", "control": "b"}
    frame = pd.DataFrame({**rows, "log_hr": [i / 1e5 for i in range(10_000)], "se": 0.3})
    bench = nm.Workbench(nm.Evidence.from_frame(frame))
    bench.forest.click("T0")
    assert bench.analysis.outcome.k == 9_999
    assert "first 150 of 10\u2009000" in bench.forest.note.text


def test_closing_leaves_the_analysis_usable(bench):
    for panel in bench.panels:
        panel.opener.click()
    bench.close()
    bench.analysis.toggle("RADIANT-3")
    assert bench.analysis.outcome.k == 8


def test_a_saved_notebook_has_a_picture_and_the_answer(bench):
    bundle = bench._repr_mimebundle_()
    assert bundle["text/plain"] == bench.answer.text
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_vega_is_one_widget_however_many_charts():
    from netmeta.widgets.assets import ensure_engine

    engine = ensure_engine()
    nm.ForestView()
    nm.ForestView()
    assert ensure_engine() is engine
    engine.close()
    assert ensure_engine() is not engine
