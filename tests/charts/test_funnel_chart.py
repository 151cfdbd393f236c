"""The funnel plot as an Altair chart."""

from __future__ import annotations

import json

import altair as alt
import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.funnel_layout import funnel_signals
from netmeta.charts.funnel_rows import funnel_rows
from netmeta.charts.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def result():
    return nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))


def test_shows_itself_with_its_axes_key_and_caution(result):
    chart = nm.funnel(result)
    assert isinstance(chart, alt.LayerChart)
    bundle = chart._repr_mimebundle_()
    for text in ("Hazard ratio", "Standard error of log HR", "P &gt; 0.10", "favours placebo", "With 9 trials"):
        assert text in bundle["image/svg+xml"]
    assert bundle["text/plain"].startswith("Funnel plot of 9 trials around HR 0.41.")


def test_says_what_the_line_and_the_imagined_trials_are(result):
    line = nm.egger(result.evidence, override="to draw it")
    filled = nm.trim_and_fill(result.evidence, override="to draw it", side="left")
    said = nm.funnel(result, line=line, filled=filled)._repr_mimebundle_()["text/plain"]
    assert str(line) in said
    assert str(filled) in said
    assert "because: to draw it" in said


def test_dark_colours_are_used(result):
    signals = {param["name"]: param.get("value") for param in nm.funnel(result, theme="dark").to_dict()["params"]}
    assert signals["ink"] == DARK["ink"]


def test_only_a_result_is_drawn(result):
    with pytest.raises(nm.PoolingError, match="draws what pool"):
        nm.funnel(result.evidence)
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        nm.funnel(result, theme="drak")


def test_every_signal_and_table_that_a_view_pushes_is_in_the_specification(result):
    spec = json.loads(frozen.frozen("funnel"))
    table = funnel_rows(result)
    assert set(funnel_signals(table)) | set(LIGHT) <= {param["name"] for param in spec["params"]}
    assert set(table.tables) == {layer["data"]["name"] for layer in spec["layer"]}
    assert not spec.get("datasets")
