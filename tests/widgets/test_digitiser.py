"""The digitiser without a browser: places of clicks in, curves, hazard ratio and a trial out."""

from __future__ import annotations

import json
import math

import pytest

import netmeta as nm
from netmeta.errors import EntryError
from netmeta.widgets.figure_fields import parse_row
from netmeta.widgets.pixels import Axes, Marks, read_marks, to_pixels, to_readings

# Time 0 at pixel 100, 20 months at 500; survival 0 at pixel 400, 100% at 100.
CORNERS = {"x1": [100, 400], "x2": [500, 402], "y1": [98, 400], "y2": [101, 100]}
AXES = Axes(x1=0, x2=20, y1=0, y2=100)


def pixel(time, level):
    return [100 + 20 * time, 400 - 300 * level]


def clicks(rate, n=40):
    return [pixel(time / 2, math.exp(-rate * time / 2)) for time in range(1, n + 1)]


def sent(one=(), other=(), **corners):
    return json.dumps({**CORNERS, **corners, "arms": [list(one), list(other)]})


@pytest.fixture
def digitiser():
    made = nm.Digitiser(nm.Analysis(nm.load_trials()))
    made.fields.axis["x2"].value = "20"
    made.fields.risk_times.value = "0 5 10 15"
    for arm, rate, name in (("experimental", 0.05, "newmab"), ("control", 0.1, "placebo")):
        made.fields.arms[arm]["name"].value = name
        made.fields.arms[arm]["risk"].value = " ".join(
            str(round(120 * math.exp(-rate * t))) for t in (0, 5, 10, 15)
        )
    made.fields.own["study"].value = "NEW-1"
    made.fields.own["endpoint"].value = "PFS"
    yield made
    made.close()


def test_clicks_give_patients_hazard_ratio_and_chart_at_once(digitiser):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    assert [arm.label for arm in digitiser.patients] == ["newmab", "placebo"]
    fit = nm.curves.cox(*digitiser.patients)
    assert fit.log_hr == pytest.approx(math.log(0.5), abs=0.03)
    assert digitiser.said.text.startswith("From approximate patient data: HR 0.5")
    assert "RMSE 0.00" in digitiser.said.text
    assert "HR 0.5" in json.loads(digitiser.chart.data)["label"]
    assert digitiser.chart.layout.display == ""
    assert not digitiser.add.disabled


def test_the_reconstruction_is_drawn_over_the_figure_in_its_pixels(digitiser):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    drawn = json.loads(digitiser.board.drawn)
    assert drawn["names"] == ["newmab", "placebo"]
    assert drawn["curves"][0][0] == [100, 100]
    assert drawn["curves"][1][-1] == pytest.approx(pixel(20, math.exp(-2)), abs=3)
    assert drawn["readings"][0][1] == ["1.00", "95.1%"]


def test_the_order_of_clicks_does_not_matter(digitiser):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    first = digitiser.patients
    digitiser.board.set_state({"marks": sent(clicks(0.05)[::-1], clicks(0.1))})
    assert digitiser.patients == first
    assert json.loads(digitiser.board.drawn)["readings"][0][0] == ["20.00", "36.8%"]


def test_the_button_adds_a_trial_that_says_where_it_comes_from(digitiser):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    digitiser.fields.own["source"].value = "Fig. 1"
    digitiser.fields.own["population"].value = "all NET"
    before = digitiser.analysis.evidence
    digitiser.add.click()
    (made,) = [trial for trial in digitiser.analysis.evidence if trial not in before]
    assert (made.study, made.experimental, made.control) == ("NEW-1", "newmab", "placebo")
    assert made.source == "Fig. 1; approximate patient data from digitised curves (Guyot 2012)"
    assert "Added: NEW-1" in digitiser.told.text
    assert made.key in digitiser.analysis.included.keys
    digitiser.add.click()
    assert "stands 2 times" in digitiser.told.text
    digitiser.analysis.undo()
    assert digitiser.analysis.evidence == before


@pytest.mark.parametrize(
    ("missing", "message"),
    [("study", "study is empty"), ("endpoint", "Endpoint is empty"), ("control", "control is empty")],
)
def test_a_trial_without_a_name_is_refused_in_words(digitiser, missing, message):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    field = digitiser.fields.arms["control"]["name"] if missing == "control" else digitiser.fields.own[missing]
    field.value = ""
    before = digitiser.analysis.evidence
    digitiser.add.click()
    assert message in digitiser.told.text
    assert digitiser.analysis.evidence is before


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ("{}", "Click the first mark on the time axis."),
        (json.dumps({"x1": [1, 2], "x2": [300, 2]}), "Click the lower mark on the survival axis."),
        (sent(), "newmab: click along its curve"),
        (sent(x2=[105, 400]), "has to be right of the first"),
        (sent(y2=[100, 500]), "has to be above the first"),
        (sent([[50, 100], [200, 200]]), "time -2.5, before 0"),
        (sent([[150, 20], [200, 200]]), "survival 127%"),
    ],
)
def test_what_is_lacking_is_said(digitiser, marks, message):
    digitiser.board.set_state({"marks": marks})
    assert message in digitiser.said.text
    assert digitiser.add.disabled
    assert digitiser.patients == ()


@pytest.mark.parametrize(
    "hostile",
    ["[", "7", "null", '"x"', '{"arms": 3}', '{"arms": [[]]}', '{"x1": [1]}', '{"x1": [1, true]}', '{"x1": ["1", 2]}',
     '{"x1": [1e999, 2]}', '{"x1": {"a": 1}}', '{"arms": [[[1, NaN]], []]}', '{"arms": [[["<b>", 1]], []]}', "[" * 100_000,
     json.dumps({"arms": [[[1, 2]] * 2001, []]})],
)  # fmt: skip
def test_what_no_figure_sends_is_refused(digitiser, hostile):
    with pytest.raises(EntryError):
        read_marks(hostile)
    digitiser.board.set_state({"marks": hostile})
    assert digitiser.add.disabled


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("x2", "", "Type the value at the mark: time, second mark"),
        ("x2", "0", "the values are 0 and 0"),
        ("x2", "two", "type a number"),
        ("y2", "-5", "the values are 0 and -5"),
    ],
)
def test_axis_values_are_checked(digitiser, field, value, message):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    digitiser.fields.axis[field].value = value
    assert message in digitiser.said.text


@pytest.mark.parametrize(
    ("risk", "message"),
    [
        ("120 90 80", "4 times and 3 numbers at risk"),
        ("120 90 95 60", "grows from 90"),
        ("120 90 x 60", "'x' is not understood"),
        ("1,200 900 800 600", "not 1,200"),
        ("", "How many patients the arm has"),
        ("0 0 0 0", "0 patients"),
    ],
)
def test_numbers_at_risk_are_checked_and_named_by_arm(digitiser, risk, message):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    digitiser.fields.arms["experimental"]["risk"].value = risk
    assert message in digitiser.said.text
    assert "newmab: " in digitiser.said.text
    assert digitiser.add.disabled


def test_the_printed_hazard_ratio_is_compared_with(digitiser):
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    digitiser.fields.published.value = "2.0"
    assert "curves may be exchanged" in digitiser.said.text
    digitiser.fields.published.value = "half"
    assert "type a number" in digitiser.said.text
    digitiser.fields.published.value = "0.5"
    assert "Published HR 0.50." in digitiser.said.text
    assert not digitiser.add.disabled


def test_the_scale_of_the_axis_is_as_told(digitiser):
    digitiser.fields.axis["y2"].value = "1"
    digitiser.fields.scale.value = "fraction"
    digitiser.board.set_state({"marks": sent(clicks(0.05), clicks(0.1))})
    assert nm.curves.cox(*digitiser.patients).hr == pytest.approx(0.5, rel=0.03)


def test_an_axis_that_starts_above_zero_is_understood():
    marks = Marks(tuple((name, tuple(place)) for name, place in CORNERS.items()), (((300.0, 250.0),), ()))
    assert to_readings(marks, Axes(x1=6, x2=18, y1=40, y2=80), 0) == ((12.0, 0.6),)
    assert to_pixels(marks, Axes(x1=6, x2=18, y1=40, y2=80), ((12.0, 0.6),)) == [[300.0, 250.0]]


def test_a_click_a_little_beyond_the_axis_is_its_end_and_a_step_goes_down():
    marks = Marks(
        tuple((name, tuple(place)) for name, place in CORNERS.items()),
        (((98.0, 97.0), (300.0, 250.0), (300.0, 190.0), (502.0, 402.0)), ()),
    )
    assert to_readings(marks, AXES, 0) == ((0.0, 1.0), (10.0, 0.7), (10.0, 0.5), (pytest.approx(20.1), 0.0))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0 6 12", (0, 6, 12)),
        ("0, 6, 12,", (0, 6, 12)),
        ("0;6;12", (0, 6, 12)),
        ("0,6,12", (0, 6, 12)),
        ("150\t90\n20", (150, 90, 20)),
        ("2.5 5", (2.5, 5)),
        ("", ()),
    ],
)
def test_a_row_of_numbers_as_a_reader_types_or_pastes_it(text, numbers):
    assert parse_row("Times", text) == numbers


def test_a_closed_view_lets_go(digitiser):
    digitiser.close()
    digitiser.analysis.excluded = frozenset()
