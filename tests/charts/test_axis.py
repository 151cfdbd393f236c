"""The log axis: what it holds and where its ticks are."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from netmeta.charts.axis import ratio_axis

ratios = st.lists(st.floats(1e-3, 1e3), max_size=8)


def test_ticks_of_an_ordinary_forest_plot():
    axis = ratio_axis([0.38, 0.23, 0.54], [0.12, 0.79])
    assert (axis.low, axis.high, axis.ticks) == (0.1, 2.0, (0.1, 0.2, 0.5, 1.0, 2.0))


def test_a_bound_that_runs_away_is_cut():
    axis = ratio_axis([0.5], [0.001, 80.0])
    assert axis.low == 0.1
    assert axis.high == 5.0


def test_a_wide_axis_has_powers_of_ten_only():
    axis = ratio_axis([0.001, 500.0], [])
    assert axis.ticks == (0.001, 0.01, 0.1, 1.0, 10.0, 100.0)


def test_nothing_to_show_still_has_an_axis_with_one_inside():
    axis = ratio_axis([], [])
    assert axis.low < 1 < axis.high


@given(ratios, ratios)
def test_every_ratio_and_one_lie_inside(points, bounds):
    axis = ratio_axis(points, bounds)
    assert all(axis.low <= point * (1 + 1e-9) and point <= axis.high * (1 + 1e-9) for point in [1.0, *points])
    assert list(axis.ticks) == sorted(axis.ticks)
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
    assert 2 <= len(axis.ticks) <= 12
    assert 0 < axis.low < math.inf
