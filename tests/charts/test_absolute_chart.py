"""Absolute effects as a chart: curves that follow from the baseline, bars of a thousand, and nothing without."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.absolute_rows import absolute_rows, absolute_signals
from netmeta.charts.theme import DARK, LIGHT

POINTS = ((6, 0.7), (12, 0.6), (18, 0.55))
CABINET = {"experimental": "cabozantinib", "control": "placebo", "endpoint": "PFS"}


def found(baseline=None, **more):
    effect = nm.RelativeEffect.from_hr(0.38, 0.25, 0.59, **{**CABINET, **more})
    return nm.absolute_effects(effect, baseline or nm.Baseline(median=4.4, time=12))


def of(table, kind):
    return [row for row in table.rows if row["kind"] == kind]


def test_curves_start_at_one_and_fall_and_the_band_holds_the_treated():
    table = absolute_rows(found())
    for arm in (0, 1):
        levels = [row["level"] for row in of(table, "line") if row["arm"] == arm]
        assert levels[0] == 1
        assert all(after <= before for before, after in pairwise(levels))
    treated = {row["time"]: row["level"] for row in of(table, "line") if row["arm"] == 1}
    assert all(row["low"] <= treated[row["time"]] <= row["high"] for row in of(table, "band"))


def test_marks_and_bars_are_the_numbers_of_the_result():
    result = found()
    table, row = absolute_rows(result), result.rows[0]
    assert [mark["level"] for mark in of(table, "mark")] == [row.control, row.treated]
    control, therapy = of(table, "bar")
    assert (control["name"], control["value"]) == ("placebo", "151")
    assert (therapy["name"], therapy["value"]) == ("cabozantinib", "488 (328–623)")
    assert of(table, "title")[0]["bars"] == "Of 1\u2009000 patients, alive without progression at 12 months"


@pytest.mark.parametrize(
    ("baseline", "end"),
    [
        (nm.Baseline(median=4.4, time=12), 18),  # Four medians.
        (nm.Baseline(median=4.4, time=40), 48),  # The time in question is in sight.
        (nm.Baseline(median=0.5, time=1), 12),
        (nm.Baseline(curve=POINTS, time=12), 18),
        (nm.Baseline(median=84, time=12), 240),
    ],
)
def test_the_axis_ends_where_the_story_is_told(baseline, end):
    table = absolute_rows(found(baseline))
    assert table.end == pytest.approx(end, abs=0.25 * end)
    assert table.end >= baseline.time
    assert 3 <= len(of(table, "time")) <= 11
    assert max(row["time"] for row in of(table, "line")) <= min(table.end, baseline.last)


def test_an_endpoint_has_its_own_words():
    assert of(absolute_rows(found(endpoint="OS")), "title")[0]["text"] == "Alive"
    assert of(absolute_rows(found(endpoint="")), "title")[0]["text"] == "Without the event"


def test_long_names_are_cut():
    table = absolute_rows(found(experimental="x" * 80))
    assert len(of(table, "bar")[1]["name"]) <= 34
    assert absolute_signals(table)["w_label"] <= 171


def test_nothing_without_a_result():
    table = absolute_rows(None)
    assert table.rows == ()
    assert absolute_signals(table)["w_label"] == 1


def test_the_chart_in_words_and_in_both_themes():
    chart = nm.absolute_plot(found(), theme="dark").to_dict()
    assert "151 are alive without progression at 12 months with placebo" in chart["description"]
    colours = {param["name"]: param.get("value") for param in chart["params"]}
    assert colours["mark"] == DARK["mark"] != LIGHT["mark"]
    with pytest.raises(nm.PoolingError, match="absolute_effects"):
        nm.absolute_plot(nm.Analysis().outcome)


def test_a_chart_of_several_times_is_described_without_their_table():
    result = nm.absolute_effects(found().effect, nm.Baseline(median=4.4, time=12), times=(6, 12, 24))
    said = nm.absolute_plot(result).to_dict()["description"]
    assert said == f"Survival curves under an assumed baseline. {result.said}"
    assert "\n" not in said
    assert "Months  " in str(result)
    assert "Months  " not in said


def test_the_picture_is_as_large_as_the_chart_says(tmp_path):
    chart = nm.absolute_plot(found(), width=600)
    chart.save(tmp_path / "a.svg")
    assert "488 (328–623)" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_the_frozen_specification_has_every_signal():
    params = {param["name"] for param in json.loads(frozen.frozen("absolute"))["params"]}
    assert set(absolute_signals(absolute_rows(None))) <= params
