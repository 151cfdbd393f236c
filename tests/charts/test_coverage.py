"""Coverage and simulated intervals: rows say what was counted, charts draw them in both themes and refuse the rest."""

from __future__ import annotations

from math import log

import altair as alt
import pytest

import netmeta as nm
from netmeta.charts.coverage_rows import coverage_rows, coverage_signals
from netmeta.charts.coverage_trials_rows import latest_rows
from netmeta.charts.theme import DARK
from netmeta.pooling.coverages import none_yet

SCENARIO = nm.Scenario(k=3, tau=0.5)


@pytest.fixture(scope="module")
def found():
    return nm.coverage(SCENARIO, n=1000, seed=2)


def of(table, kind):
    return [row for row in table.rows if row["kind"] == kind]


def test_a_row_a_method_with_its_place_on_the_axis(found):
    table = coverage_rows(found)
    ticks = {row["label"]: row["x"] for row in of(table, "tick") if row["label"]}
    assert ticks["100%"] == 1
    level = of(table, "level")[0]
    assert level["label"] == "95% promised"
    start = min(100 - (100 - float(label[:-1])) / (1 - x) for label, x in ticks.items() if x < 1)
    for row, method in zip(of(table, "method"), found.rows, strict=True):
        low, high = method.interval
        for field, value in (("x", method.coverage), ("low", low), ("high", high)):
            assert row[field] == pytest.approx(max(0, (100 * value - start) / (100 - start)))
        z = (method.coverage - 0.95) / (0.95 * 0.05 / method.n) ** 0.5
        assert row["kept"] == int(z > -3.29)
        assert row["held"] == f"{100 * method.coverage:.1f}% ± {100 * method.error:.1f}"
    assert {row["kept"] for row in of(table, "method")} == {0, 1}


def test_the_promise_has_no_second_label(found):
    level = of(coverage_rows(found), "level")[0]["x"]
    assert not [row for row in of(coverage_rows(found), "tick") if row["label"] and abs(row["x"] - level) < 0.03]


def test_before_the_first_simulation_methods_wait():
    table = coverage_rows(none_yet(SCENARIO, 1))
    assert len(of(table, "waiting")) == 6
    assert not of(table, "method")
    assert latest_rows(none_yet(SCENARIO, 1)).rows == ()
    assert coverage_rows(None).lines == 0
    assert coverage_signals(coverage_rows(None))["lines"] == 0


@pytest.mark.parametrize("method", ["common", "hartung-knapp", "prediction"])
def test_misses_are_the_intervals_without_the_truth(found, method):
    table = latest_rows(found, method)
    at = [row.method for row in found.rows].index(method)
    truths = [one.new if method == "prediction" else log(SCENARIO.hr) for one in found.latest]
    missed = [
        str(one.number) for one, truth in zip(found.latest, truths, strict=True) if truth not in one.intervals[at]
    ]
    assert [row["id"] for row in of(table, "miss")] == missed
    assert len(of(table, "hit")) == 50 - len(missed)
    assert bool(of(table, "new")) == (method == "prediction")
    for row in (*of(table, "hit"), *of(table, "miss")):
        assert 0 <= row["low"] <= row["high"] <= 1
        assert (row["low"] == 0) == ("left" in row)
        assert (row["high"] == 1) == ("right" in row)
    truth = of(table, "truth")[0]["x"]
    assert truth == pytest.approx(0.5)
    if method != "prediction":
        assert all(row["low"] <= truth <= row["high"] for row in of(table, "hit"))
        assert not any(row["low"] <= truth <= row["high"] for row in of(table, "miss"))


def test_the_axis_stays_while_intervals_come_in(found):
    ticks = of(latest_rows(found), "tick")
    assert ticks == of(latest_rows(found.more(500)), "tick")
    assert len(ticks) > 2


def test_draws_in_both_themes_and_at_every_width(found):
    for chart in (nm.coverage_plot, nm.coverage_intervals):
        for theme, width in (("light", 860), ("dark", 380)):
            drawn = chart(found, theme=theme, width=width)
            assert isinstance(drawn, alt.LayerChart)
            bundle = drawn._repr_mimebundle_()
            assert bundle["image/svg+xml"].startswith("<svg")
            assert bundle["text/plain"]
            assert (DARK["pooled"] in bundle["image/svg+xml"]) == (theme == "dark")
    assert "miss it" in nm.coverage_intervals(found, "common").to_dict()["description"]


@pytest.mark.parametrize("name", ["coverage_plot", "coverage_intervals"])
def test_takes_nothing_else(found, name):
    with pytest.raises(nm.PoolingError, match=rf"{name}\(\) draws what coverage\(\) gives; got Scenario"):
        getattr(nm, name)(SCENARIO)
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        getattr(nm, name)(found, theme="darc")


def test_a_method_that_is_not_there_is_refused(found):
    with pytest.raises(nm.PoolingError, match="no coverage of a method 'wald'"):
        nm.coverage_intervals(found, "wald")
