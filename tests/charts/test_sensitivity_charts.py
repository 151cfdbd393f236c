"""Charts of the sensitivity family in Altair: they draw, save, and refuse what is no result of theirs."""

from __future__ import annotations

import altair as alt
import numpy as np
import pytest
import vl_convert

import netmeta as nm
from netmeta.charts.theme import DARK


def evidence(k):
    rng = np.random.default_rng(5)
    return nm.Evidence(
        tuple(
            nm.Trial(study=f"Trial <b>{at}</b> & co", experimental="a", control="b", log_hr=rng.normal(-0.4, 0.3),
                     se=rng.uniform(0.1, 0.4), year=1990 + at)
            for at in range(k)
        )
    )  # fmt: skip


CHARTS = {
    "leave_one_out_forest": nm.leave_one_out,
    "cumulative_forest": nm.cumulative,
    "influence_plot": nm.influence,
    "baujat": nm.contribution,
    "gosh_plot": nm.gosh,
    "gosh_shares": nm.gosh,
    "specification_curve": nm.multiverse,
}


@pytest.mark.parametrize("k", [3, 14])
@pytest.mark.parametrize("name", CHARTS)
def test_draws_in_both_themes_and_shows_itself(name, k):
    result = CHARTS[name](evidence(k))
    for theme, width in (("light", 900), ("dark", 420)):
        chart = getattr(nm, name)(result, theme=theme, width=width)
        assert isinstance(chart, alt.LayerChart)
        bundle = chart._repr_mimebundle_()
        svg = bundle["image/svg+xml"]
        assert svg.startswith("<svg")
        assert "<b>" not in svg
        assert bundle["text/plain"]
        if theme == "dark":
            assert DARK["mark"] in svg
    if name not in ("gosh_plot", "baujat"):
        assert "Trial &lt;b&gt;0&lt;/b&gt; &amp; co" in svg


@pytest.mark.parametrize("name", CHARTS)
def test_takes_nothing_else(name):
    with pytest.raises(nm.PoolingError, match=rf"{name}\(\) draws what \w+\(\) gives; got Evidence"):
        getattr(nm, name)(evidence(3))
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        getattr(nm, name)(CHARTS[name](evidence(3)), theme="darc")


def test_a_cloud_is_split_by_a_trial():
    found = nm.gosh(evidence(6))
    svg = nm.gosh_plot(found, trial=found.overall.evidence.labels[2], by="tau2")._repr_mimebundle_()[
        "image/svg+xml"
    ]
    assert "subsets with Trial" in svg
    assert "τ²" in svg
    with pytest.raises(nm.SelectionError, match="No trial is called 'nobody'"):
        nm.gosh_plot(found, trial="nobody")
    with pytest.raises(nm.SelectionError, match="no axis 'tau'"):
        nm.gosh_plot(found, by="tau")
    with pytest.raises(nm.SelectionError, match="no axis 'tau'"):
        nm.gosh_shares(found, by="tau")
    with pytest.raises(nm.SelectionError, match="hr has two ends"):
        nm.gosh_shares(found, hr=(0.3,))


def test_a_part_of_the_cloud_is_described():
    found = nm.gosh(evidence(6))
    chart = nm.gosh_shares(found, hr=(0.4, 0.8), spread=(0, 50))
    assert "of 57 subsets" in chart.to_dict()["description"]


def test_a_brush_on_the_cloud_speaks_of_hazard_ratio_and_spread():
    vega = vl_convert.vegalite_to_vega(nm.gosh_plot(nm.gosh(evidence(4))).to_dict())
    fields = next(signal["value"] for signal in vega["signals"] if signal["name"] == "brush_tuple_fields")
    assert [(field["field"], field["channel"]) for field in fields] == [("hr", "x"), ("spread", "y")]


@pytest.mark.parametrize("name", CHARTS)
def test_the_picture_has_the_size_that_the_chart_works_out(name):
    """A still picture's size is computed here, a live one's by the chart: they agree."""
    chart = getattr(nm, name)(CHARTS[name](evidence(9)), width=900).to_dict()
    values = {param["name"]: param.get("value") for param in chart["params"]}
    exprs = {param["name"]: param["expr"] for param in chart["params"] if "expr" in param}
    for side in ("width", "height"):
        if f"total_{side}" in exprs:
            assert chart[side] == pytest.approx(worked_out(exprs[f"total_{side}"], values, exprs), abs=1)


def worked_out(expr, values, exprs):
    names = {name: worked_out(exprs[name], values, exprs) for name in exprs if name in expr}
    told = expr
    if "?" in told:
        test, rest = told.split("?")
        yes, no = rest.split(":")
        told = f"({yes}) if ({test}) else ({no})"
    clamp = lambda value, low, high: min(max(value, low), high)  # noqa: E731
    return eval(told, {"clamp": clamp}, {**values, **names})  # noqa: S307
