"""Rows of a live chart that are moved by hand: what the page may send, and who hears of it."""

from __future__ import annotations

import json
import math

import pytest

from netmeta.charts.frozen import frozen
from netmeta.charts.network_graph_rows import network_graph_rows, network_graph_signals
from netmeta.widgets.livechart import DRAG_KEYS, LiveChart


@pytest.fixture
def chart():
    table = network_graph_rows(None)
    choices = ({"id": "node:a", "label": "a"},)
    return LiveChart(
        frozen("network_graph"), table.tables, network_graph_signals(table), choices=choices, keys=DRAG_KEYS
    )


def sent(chart, **content) -> list:
    told = []

    def hear(*heard):
        told.append(heard)

    chart.on_drag(hear)
    chart._handle_custom_msg({"kind": "drag", **content}, [])
    chart.on_drag(hear, remove=True)
    return told


def test_a_place_within_the_plot_is_told(chart):
    assert sent(chart, id="node:a", x=0.25, y=1) == [("node:a", 0.25, 1.0)]


@pytest.mark.parametrize("bad", [1.2, -0.1, math.nan, math.inf, "0.5", None, True, [0.5]])
def test_anything_else_is_not(chart, bad):
    assert sent(chart, id="node:a", x=bad, y=0.5) == []
    assert sent(chart, id="node:a", x=0.5, y=bad) == []
    assert sent(chart, id="node:a") == []


def test_a_script_can_do_it_too(chart):
    told = []
    chart.on_drag(lambda *heard: told.append(heard))
    chart.drag("node:a", 0.5, 0.5)
    assert told == [("node:a", 0.5, 0.5)]


def test_the_keys_are_said(chart):
    assert "Alt or Ctrl and an arrow key move a treatment" in json.loads(chart.data)["help"]
