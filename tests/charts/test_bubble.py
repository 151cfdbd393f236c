"""The bubble plot: where bubbles, line and bands stand."""

from __future__ import annotations

import json
from math import exp, log

import pytest

import netmeta as nm
from netmeta.charts import frozen
from netmeta.charts.bubble_rows import bubble_rows, bubble_signals

NET = nm.select(nm.load_trials(), nm.Selection()).evidence
FOUND = nm.meta_regression(NET, "~ year + assessor")


def of(table, kind):
    return [row for row in table.rows if row["kind"] == kind]


def test_a_bubble_for_each_trial_at_its_place():
    bubbles = {row["id"]: row for row in of(bubble_rows(FOUND), "trial")}
    assert set(bubbles) == set(NET.keys)
    for trial, weight in zip(NET, FOUND.weights, strict=True):
        row = bubbles[trial.key]
        assert (row["x"], row["hr"]) == (trial.year, pytest.approx(exp(trial.log_hr)))
        assert f"weight {nm.numerals.decimal(weight, 1)}%" in row["tip"]
    heaviest = max(zip(FOUND.weights, NET.keys, strict=True))[1]
    assert bubbles[heaviest]["size"] == max(row["size"] for row in bubbles.values())


def test_area_is_weight():
    sizes = {row["id"]: row["size"] for row in of(bubble_rows(FOUND), "trial")}
    shares = [sizes[key] / weight for key, weight in zip(NET.keys, FOUND.weights, strict=True)]
    assert max(shares) == pytest.approx(min(shares))


def test_the_line_is_the_prediction_at_the_most_frequent_category():
    table = bubble_rows(FOUND)
    line = of(table, "line")
    for row in (line[0], line[-1]):
        expected = FOUND.predict(year=row["x"], assessor="central")
        assert log(row["hr"]) == pytest.approx(expected.log_hr)
        assert log(row["low"]) == pytest.approx(max(expected.ci.low, log(table.axis.low)))
        assert log(row["new_high"]) == pytest.approx(min(expected.pi.high, log(table.axis.high)))
    assert "for assessor central" in table.caption
    assert [line[0]["x"], line[-1]["x"]] == [min(trial.year for trial in NET), max(trial.year for trial in NET)]


def test_categories_stand_side_by_side():
    table = bubble_rows(FOUND, "assessor")
    assert table.names == ("central", "investigator")
    assert [row["x"] for row in of(table, "category")] == [0.0, 1.0]
    by_key = {trial.key: trial.assessor for trial in NET}
    assert all(table.names[round(row["x"])] == by_key[row["id"]] for row in of(table, "trial"))
    assert "for year 2019" in table.caption


def test_without_the_band_of_new_trials():
    assert all(row["new_low"] is None for row in bubble_rows(FOUND, prediction=False).rows)


def test_ticks_lie_on_the_axis_and_years_are_whole():
    table = bubble_rows(FOUND)
    assert all(table.x_low <= tick <= table.x_high and tick.is_integer() for tick in table.ticks)
    assert table.names == ("2015", "2020", "2025")


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e7])
def test_ticks_of_any_unit(scale):
    dose = {trial.key: scale * at for at, trial in enumerate(NET)}
    table = bubble_rows(nm.meta_regression(NET, "~ dose", data={"dose": dose}))
    assert 3 <= len(table.ticks) <= 10


def test_a_covariate_that_is_not_there():
    with pytest.raises(nm.SelectionError, match="Did you mean 'assessor'"):
        nm.bubble(FOUND, "asessor")
    with pytest.raises(nm.PoolingError, match="draws what meta_regression"):
        nm.bubble(nm.pool(NET))


@pytest.mark.parametrize("covariate", ["year", "assessor"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture(tmp_path, covariate, theme):
    nm.bubble(FOUND, covariate, theme=theme).save(tmp_path / "bubble.svg")
    svg = (tmp_path / "bubble.svg").read_text()
    assert f">{covariate.capitalize()}<" in svg
    assert ">Hazard ratio<" in svg
    assert "NaN" not in svg


def test_the_frozen_specification_is_the_chart():
    assert json.loads(frozen.frozen("bubble")) == json.loads(frozen.built("bubble"))


def test_every_signal_is_a_parameter_of_the_specification():
    params = {param["name"] for param in json.loads(frozen.frozen("bubble"))["params"]}
    assert set(bubble_signals(bubble_rows(FOUND))) <= params
