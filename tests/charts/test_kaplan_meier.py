"""Kaplan-Meier curves: the rows that tests read, and the chart over them."""

from __future__ import annotations

import json
import math

import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.kaplan_meier_rows import kaplan_meier_rows, kaplan_meier_signals
from netmeta.errors import EntryError
from netmeta.evidence.curves import DigitisedCurve, PatientData, reconstruct

# By hand: S is 3/4 at 2, then, with 2 at risk, 3/8 at 5 and 0 at 11.
SMALL = PatientData(times=(2, 4, 5, 11), events=(1, 0, 1, 1), label="a")
OTHER = PatientData(times=(1, 3, 6, 7), events=(1, 1, 1, 0), label="b")


def of(rows, kind, *fields):
    return [tuple(row[name] for name in fields) for row in rows if row["kind"] == kind]


def arm(rate=0.05, label="cabozantinib"):
    points = [(t, math.exp(-rate * t)) for t in range(1, 20)]
    return reconstruct(DigitisedCurve(points=points, n=100, label=label))


def test_the_steps_are_those_of_the_estimate():
    rows = kaplan_meier_rows([SMALL]).rows
    assert of(rows, "line", "time", "level") == [(0, 1), (2, 0.75), (5, 0.375), (11, 0), (11, 0)]
    assert [at for (at,) in of(rows, "line", "at")] == [0, 1, 2, 3, 4]


def test_numbers_at_risk_stand_under_the_ticks():
    rows = kaplan_meier_rows([SMALL, OTHER]).rows
    ticks = of(rows, "time", "time", "text")
    assert ticks == [(2 * at, f"{2 * at}") for at in range(7)]
    for at, one in enumerate((SMALL, OTHER)):
        expected = [(time, str(one.at_risk(time))) for time, _ in ticks]
        assert [
            (row["time"], row["text"]) for row in rows if row["kind"] == "risk" and row["arm"] == at
        ] == expected


def test_the_legend_has_counts_median_and_hazard_ratio():
    rows = kaplan_meier_rows([SMALL, OTHER]).rows
    assert of(rows, "legend", "text")[0] == ("a: 4 patients, 3 events, median 5.0 months (2.0 to not reached)",)
    (compared,) = of(rows, "compared", "text")
    assert compared[0].startswith("HR 0.")
    assert of(rows, "median", "arm", "time") == [(0, 5), (1, 4.5)]


def test_approximate_data_say_so_and_show_the_points_unless_told_not_to():
    with_points, without = (kaplan_meier_rows([arm()], points=points).rows for points in (True, False))
    assert len(of(with_points, "point", "time")) == 19
    assert of(without, "point", "time") == []
    assert "Approximate patient data" in of(without, "note", "text")[0][0]
    assert "about" in of(without, "legend", "text")[0][0]
    assert of(kaplan_meier_rows([SMALL]).rows, "note", "text") == []


def test_a_median_that_is_not_reached_is_said_and_not_drawn():
    rows = kaplan_meier_rows([PatientData(times=(1, 2, 3), events=(1, 0, 0))]).rows
    assert "median not reached" in of(rows, "legend", "text")[0][0]
    assert of(rows, "median", "time") == of(rows, "half", "time") == []


def test_arms_without_a_hazard_ratio_are_drawn_without_one():
    nobody = PatientData(times=(1, 2, 3), events=(0, 0, 0))
    assert of(kaplan_meier_rows([SMALL, nobody]).rows, "compared", "text") == []


@pytest.mark.parametrize("last", [0.003, 0.9, 1, 7, 12, 35, 61, 119, 1000, 40_000])
@pytest.mark.parametrize("unit", ["months", "weeks", "days"])
def test_ticks_hold_the_last_time_and_are_few(last, unit):
    ticks = [
        time
        for (time,) in of(
            kaplan_meier_rows([PatientData(times=(last,), events=(1,), unit=unit)]).rows, "time", "time"
        )
    ]
    assert ticks[0] == 0
    assert ticks[-1] >= last > ticks[-2]
    assert 2 <= len(ticks) <= 9


def test_hostile_and_long_names_are_text_on_one_line():
    name = "<script>alert(1)</script>\n" + "x" * 200
    rows = kaplan_meier_rows([PatientData(times=(1, 2), events=(1, 1), label=name)]).rows
    ((said,),) = of(rows, "name", "text")
    assert "\n" not in said
    assert len(said) == 40


@pytest.mark.parametrize(
    ("arms", "message"),
    [
        ([], "there are 0"),
        ([SMALL] * 5, "there are 5"),
        (["a"], "an arm is 'a'"),
        ([SMALL, PatientData(times=(1,), events=(1,), unit="years")], "different units: months, years"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arms, message):
    with pytest.raises(EntryError, match=message):
        nm.kaplan_meier(*arms)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_has_every_text_and_a_curve_for_each_arm(theme, tmp_path):
    arms = (arm(), arm(0.1, "placebo"))
    nm.kaplan_meier(*arms, endpoint="PFS", theme=theme).save(tmp_path / "km.svg")
    svg = (tmp_path / "km.svg").read_text()
    for row in kaplan_meier_rows(arms, endpoint="PFS").rows:
        if "text" in row:
            assert f">{row['text'].replace('<', '&lt;')}<" in svg
    assert svg.count('aria-roledescription="line mark"') == 2


def test_an_unknown_theme_is_refused():
    with pytest.raises(nm.SelectionError, match="Did you mean 'dark'"):
        nm.kaplan_meier(SMALL, theme="darc")


def test_the_frozen_specification_is_that_of_the_chart():
    assert json.loads(frozen.built("kaplan_meier")) == json.loads(frozen.frozen("kaplan_meier"))


def test_the_names_under_the_chart_set_its_margin_up_to_a_limit():
    signals = [kaplan_meier_signals(kaplan_meier_rows([arm(label=label)])) for label in ("a", "m" * 40)]
    assert signals[0]["w_label"] < signals[1]["w_label"] == 170
