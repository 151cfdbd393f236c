"""Charts that judge a network: they draw and save, keep names as text, have the size they say, and refuse."""

from __future__ import annotations

import json

import altair as alt
import pytest
import vl_convert

import netmeta as nm
from netmeta.charts.adjusted_funnel_rows import adjusted_funnel_rows, adjusted_funnel_signals
from netmeta.charts.contribution_bars import bar_signals, contribution_bars
from netmeta.charts.contribution_rows import contribution_rows
from netmeta.charts.forest_layout import forest_signals
from netmeta.charts.frozen import frozen, thawed
from netmeta.charts.heat_rows import heat_rows
from netmeta.charts.matrix_rows import matrix_signals
from netmeta.charts.network_omission_rows import network_omission_rows
from netmeta.charts.rank_rows import rank_lines, rank_signals
from netmeta.charts.rankogram_rows import TINT, rankogram_rows
from netmeta.charts.split_rows import split_rows
from netmeta.charts.theme import DARK, LIGHT, SERIES

CHARTS = {
    "rank_plot": nm.rank,
    "rankogram": nm.rank,
    "net_heat_plot": nm.net_heat,
    "split_forest": nm.node_splits,
    "contribution_plot": nm.network_contributions,
    "adjusted_funnel": nm.adjusted_funnel_data,
    "network_omission_forest": nm.omit_trials,
}
NETWORKS = ["net", "senn", "hostile", "large", "two"]


def svg_of(chart):
    return chart._repr_mimebundle_()["image/svg+xml"]


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", CHARTS)
def test_draws_in_both_themes_and_shows_itself(name, network, request):
    found = CHARTS[name](request.getfixturevalue(network))
    for theme, width in (("light", 900), ("dark", 420)):
        chart = getattr(nm, name)(found, theme=theme, width=width)
        assert isinstance(chart, alt.LayerChart)
        bundle = chart._repr_mimebundle_()
        svg = bundle["image/svg+xml"]
        assert svg.startswith("<svg")
        assert "<b>" not in svg
        assert "<img" not in svg
        assert "NaN" not in svg
        assert bundle["text/plain"]
        if theme == "dark":
            assert DARK["ground"] in svg


@pytest.mark.parametrize("name", CHARTS)
def test_takes_nothing_else(name, two):
    with pytest.raises(nm.NetworkError, match=rf"{name}\(\) draws what \w+\(\) gives; got NetworkResult"):
        getattr(nm, name)(two)
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        getattr(nm, name)(CHARTS[name](two), theme="darc")


def worked_out(vega, name):
    """Let Vega itself work a signal out: it is written into the mark that shows it."""
    vega["marks"] = [
        {
            "type": "text",
            "encode": {"update": {"text": {"signal": f"'{name}=' + round({name})"}, "y": {"value": 9}}},
        }
    ]
    svg = vl_convert.vega_to_svg(vega)
    return float(svg.split(f">{name}=")[1].split("<")[0])


@pytest.mark.parametrize("width", [420, 660, 900])
@pytest.mark.parametrize(
    "name", ["rank_plot", "rankogram", "net_heat_plot", "contribution_plot", "adjusted_funnel"]
)
def test_the_picture_has_the_size_that_the_chart_works_out(name, width, net):
    """A still picture's size is computed here, a live one's by the chart: they agree."""
    chart = getattr(nm, name)(CHARTS[name](net), width=width).to_dict()
    vega = vl_convert.vegalite_to_vega(chart)
    for side in ("width", "height"):
        assert chart[side] == pytest.approx(worked_out(dict(vega), f"total_{side}"), abs=1)


def test_the_bars_have_the_size_that_the_chart_works_out(net):
    found = nm.network_contributions(net)
    for width in (420, 900):
        chart = nm.contribution_plot(found, comparison=("everolimus", "placebo"), width=width).to_dict()
        vega = vl_convert.vegalite_to_vega(chart)
        assert chart["width"] == pytest.approx(worked_out(dict(vega), "total_width"), abs=1)
        assert chart["height"] == pytest.approx(worked_out(dict(vega), "total_height"), abs=1)


LIVE = {
    "rankogram": ("matrix", lambda r: rankogram_rows(r and nm.rank(r)), matrix_signals),
    "heat": ("matrix", lambda r: heat_rows(r and nm.net_heat(r)), matrix_signals),
    "contributions": ("matrix", lambda r: contribution_rows(r and nm.network_contributions(r)), matrix_signals),
    "bars": (
        "contribution_bars",
        lambda r: contribution_bars(r and nm.network_contributions(r), r.treatments[:2] if r else ("", "")),
        bar_signals,
    ),
    "rank": ("rank", lambda r: rank_lines(r and nm.rank(r)), rank_signals),
    "funnel": ("adjusted_funnel", lambda r: adjusted_funnel_rows(r and nm.adjusted_funnel_data(r)), adjusted_funnel_signals),
    "splits": ("forest", lambda r: split_rows(r and nm.node_splits(r)), forest_signals),
    "omissions": ("forest", lambda r: network_omission_rows(r and nm.omit_trials(r)), forest_signals),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_every_signal_is_a_parameter_of_the_frozen_specification(name, hostile):
    figure, lay_out, signals = LIVE[name]
    known = {param["name"] for param in json.loads(frozen(figure))["params"]}
    for table in (lay_out(hostile), lay_out(None)):
        assert set(signals(table)) | set(LIGHT) <= known
    if figure == "adjusted_funnel":
        assert set(SERIES["light"]) <= known


@pytest.mark.parametrize("name", LIVE)
def test_rows_can_be_sent_and_fill_the_frozen_specification(name, hostile, two):
    """What a live view sends: first nothing, then rows, then those of another network."""
    figure, lay_out, signals = LIVE[name]
    for result in (None, hostile, two):
        table = lay_out(result)
        sent = json.loads(json.dumps([list(table.rows), signals(table)], allow_nan=False))
        svg = vl_convert.vegalite_to_svg(thawed(figure, {"rows": sent[0]}, sent[1]))
        assert "<img" not in svg
        assert "NaN" not in svg


@pytest.mark.parametrize("name", [name for name in LIVE if name not in ("splits", "omissions")])
def test_a_large_network_is_sent_in_less_than_half_a_megabyte(name, large):
    _figure, lay_out, _signals = LIVE[name]
    assert len(json.dumps(lay_out(large).rows)) < 500_000


def luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def channels(colour):
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_stand_out_on_every_tint(theme):
    for tint in (0.0, TINT / 2, TINT):
        ground = [
            tint * own + (1 - tint) * below
            for own, below in zip(channels(theme["mark"]), channels(theme["ground"]), strict=True)
        ]
        assert contrast(channels(theme["ink"]), ground) >= 4.5


@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_colours_of_series_stand_out(name, theme):
    for colour in SERIES[name].values():
        assert contrast(channels(colour), channels(theme["ground"])) >= 4.5


def test_no_frozen_chart_asks_for_a_colour_that_only_some_have():
    assert "green" not in {param["name"] for param in json.loads(frozen("forest"))["params"]}


def test_one_estimate_is_drawn_alone(net):
    found = nm.network_contributions(net)
    chart = nm.contribution_plot(found, comparison=("cabozantinib", "placebo"))
    assert "Fed by CABINET epNET (61%), CABINET pNET (39%)" in chart.to_dict()["description"]
    assert "Direct comparisons that feed" in svg_of(
        nm.contribution_plot(found, comparison=("SSA", "placebo"), by="comparison")
    )
    with pytest.raises(nm.NetworkError, match="names two treatments"):
        nm.contribution_plot(found, comparison="cabozantinib")
    with pytest.raises(nm.NetworkError, match="Did you mean 'cabozantinib'"):
        nm.contribution_plot(found, comparison=("cabozantinb", "placebo"))
    for comparison in (None, ("cabozantinib", "placebo")):
        with pytest.raises(nm.SelectionError, match="Did you mean 'trial'"):
            nm.contribution_plot(found, comparison=comparison, by="trail")


def test_a_treatment_can_be_chosen_for_omissions(net):
    found = nm.omit_trials(net)
    chart = nm.network_omission_forest(found, treatment="SSA")
    assert chart.to_dict()["description"].startswith("SSA against placebo: without CABINET epNET ")
    with pytest.raises(nm.NetworkError, match="Did you mean 'sunitinib'"):
        nm.network_omission_forest(found, treatment="sunitinb")
    with pytest.raises(nm.NetworkError, match="placebo is the reference"):
        nm.network_omission_forest(found, treatment="placebo")


def test_without_a_loop_splits_are_a_note_alone(two):
    chart = nm.split_forest(nm.node_splits(two))
    assert "No comparison has both direct and indirect evidence" in svg_of(chart)
    assert chart.to_dict()["height"] < 60
