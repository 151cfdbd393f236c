"""The forest plot as an Altair chart."""

from __future__ import annotations

import json

import altair as alt
import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.forest_layout import forest_measures, forest_signals
from netmeta.charts.forest_rows import forest_rows
from netmeta.charts.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def result():
    return nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))


def test_is_a_plain_altair_chart_that_composes(result):
    chart = nm.forest(result)
    assert isinstance(chart, alt.LayerChart)
    both = alt.vconcat(alt.layer(*chart.layer, data=chart.data), title="Two")
    assert both.to_dict()["title"] == "Two"


@pytest.mark.parametrize(
    ("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")]
)
def test_saves(result, tmp_path, ending, start):
    file = tmp_path / f"forest.{ending}"
    nm.forest(result).save(file)
    assert file.read_bytes().lstrip().startswith(start)


def test_the_picture_shows_every_trial_and_the_pooled_estimate(result, tmp_path):
    nm.forest(result).save(tmp_path / "forest.svg")
    svg = (tmp_path / "forest.svg").read_text()
    for trial in result.evidence:
        assert f">{trial.label}<" in svg
    assert ">Random effects (REML)<" in svg
    assert ">Prediction interval<" in svg
    assert "favours placebo" in svg


def test_dark_colours_are_used(result):
    signals = {param["name"]: param.get("value") for param in nm.forest(result, theme="dark").to_dict()["params"]}
    assert signals["ink"] == DARK["ink"]
    assert set(DARK) == set(LIGHT)


def test_an_unknown_theme_is_refused(result):
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        nm.forest(result, theme="darc")


def test_only_a_result_is_drawn(result):
    with pytest.raises(nm.PoolingError, match="draws what pool"):
        nm.forest(result.evidence)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"), [("ink", 7.0), ("muted", 4.5), ("mark", 4.5), ("pooled", 4.5), ("out", 3.0)]
)
def test_contrast_follows_wcag(theme, name, least):
    light, dark = sorted((luminance(theme[name]), luminance(theme["ground"])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


@pytest.mark.parametrize("name", frozen.MODULES)
def test_the_frozen_specification_is_what_altair_builds_now(name):
    assert json.loads(frozen.frozen(name)) == json.loads(frozen.built(name)), "run: python -m netmeta.charts.frozen"


def test_every_signal_that_a_view_pushes_is_a_parameter_of_the_specification(result):
    spec = json.loads(frozen.frozen("forest"))
    known = {param["name"] for param in spec["params"]}
    signals = forest_signals(forest_rows(result.evidence, result))
    assert set(signals) | set(LIGHT) | set(forest_measures()) <= known


def test_texts_fit_their_columns(result):
    signals = forest_signals(forest_rows(result.evidence, result))
    # "Random effects (REML)" bold, 13 px: 143 px in Arial (Helvetica metrics, 1000 units an em).
    assert 143 <= signals["w_label"] <= 190


def test_shows_itself_without_a_network(result):
    bundle = nm.forest(result)._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"].startswith("Forest plot. HR 0.41 (95% CI 0.34–0.48)")
    assert set(bundle) == {"image/svg+xml", "text/plain"}


def test_stays_a_chart_that_shows_itself_when_it_is_changed(result):
    assert "image/svg+xml" in nm.forest(result).properties(title="Mine")._repr_mimebundle_()
