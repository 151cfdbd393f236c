"""What learners type is read kindly: commas, ranges, words; what cannot be read is said and nothing revealed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import netmeta as nm
from netmeta.teaching import ChoiceAsked, IntervalAsked, NumberAsked, OrderAsked
from netmeta.teaching.reading import read

HR = NumberAsked("Pooled hazard ratio")
PERCENT = NumberAsked("I²", "percent", near=5)
COUNT = NumberAsked("Trials", "count", near=0)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.45", 0.45),
        ("0,45", 0.45),
        (".45", 0.45),
        ("0·45", 0.45),
        ("about 0.45", 0.45),
        ("~0.45?", 0.45),
        ("HR = 0.45", 0.45),
        ("  0.45  ", 0.45),
        ("0.45 (0.3–0.6)", 0.45),
        ("half", 0.5),
        ("about a third", 0.333),
        ("<0.5", 0.5),
        ("0\uff0e45", 0.45),
        ("2", 2.0),
    ],
)
def test_a_hazard_ratio_however_it_is_typed(typed, value):
    assert read(HR, (typed,)).value == pytest.approx(value)


@pytest.mark.parametrize(
    "typed", ["0.4-0.5", "0,4-0,5", "0.4 – 0.5", "0.4 to 0.5", "between 0.5 and 0.4", "0.4 -0.5"]
)
def test_a_range_is_its_middle_on_the_log_scale_and_that_is_said(typed):
    found = read(HR, (typed,))
    assert found.value == pytest.approx((0.4 * 0.5) ** 0.5)
    assert "its middle, 0.45, is taken" in found.notes[0]


@pytest.mark.parametrize(
    ("typed", "value", "noted"),
    [("45%", 45, False), ("45", 45, False), ("45 %", 45, False), ("0.45", 45, True), ("0", 0, False),
     ("40-50%", 45, True), ("1", 1, False), ("45\uff05", 45, False)],
)  # fmt: skip
def test_a_percentage_however_it_is_typed(typed, value, noted):
    found = read(PERCENT, (typed,))
    assert found.value == pytest.approx(value)
    assert bool(found.notes) == noted


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        (HR, "", "Make a prediction first: type a number for “Pooled hazard ratio”"),
        (HR, "   ", "Make a prediction first"),
        (HR, "a strong effect", 'There is no number in "a strong effect". Type one such as 0.50.'),
        (HR, "45%", "may mean a hazard ratio of 0.45 or a reduction to 0.55"),
        (HR, "-0.8", "looks like a log hazard ratio; as a hazard ratio it is 0.45"),
        (HR, "\u22120.8", "looks like a log hazard ratio"),
        (HR, "0", "cannot be a hazard ratio"),
        (PERCENT, "140", "is no percentage from 0 to 100"),
        (PERCENT, "many", "Type one such as 40%."),
        (COUNT, "-2", "is below 0"),
        (COUNT, "a few", "Type one such as 3."),
    ],
)
def test_what_cannot_be_a_prediction_is_said(asked, typed, said):
    with pytest.raises(nm.EntryError) as refused:
        read(asked, (typed,))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [("0.3", "0.6"), ("0,3", "0,6"), ("0.3-0.6", ""), ("0.3, 0.6", ""), ("0.6", "0.3"), ("about .3", "~.6"),
     ("", "0.3 to 0.6")],
)  # fmt: skip
def test_an_interval_in_one_field_or_two(typed):
    assert read(IntervalAsked("95% interval"), typed).value == pytest.approx((0.3, 0.6))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", ""), "Make a prediction first: type both limits"),
        (("0.3", ""), '"0.3" does not give two numbers'),
        (("0.3", "wide"), "does not give two numbers"),
        (("0.3-0.4", "0.6"), "does not give two numbers"),
        (("0.3", "0.3"), "Both limits are 0.30"),
        (("30%", "60%"), "Type the hazard ratio"),
    ],
)
def test_what_is_no_interval_is_said(typed, said):
    with pytest.raises(nm.EntryError) as refused:
        read(IntervalAsked("95% interval"), typed)
    assert said in str(refused.value)


def test_choices_and_orders():
    choice, order = ChoiceAsked(("wider", "narrower")), OrderAsked(("A", "B", "C"), "most")
    assert read(choice, ("wider",)).value == "wider"
    assert read(order, ("C", "A", "B")).value == ("C", "A", "B")
    for asked, typed, said in (
        (choice, ("",), "choose one of the options"),
        (choice, ("other",), "choose one of the options"),
        (order, ("A", "", "B"), "choose an item for every place"),
        (order, ("A", "B", "A"), "“A” stands in more than one place"),
    ):
        with pytest.raises(nm.EntryError, match=said):
            read(asked, typed)


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed):
    for asked in (HR, PERCENT, COUNT):
        with suppress(nm.EntryError):
            assert isinstance(read(asked, (typed,)).value, float)
    with suppress(nm.EntryError):
        low, high = read(IntervalAsked("interval"), (typed, typed)).value
        assert 0 < low < high


@given(st.floats(0.01, 99.0))
def test_a_number_written_by_netmeta_is_read_back(value):
    assert read(HR, (nm.numerals.ratio(value),)).value == pytest.approx(value, rel=0.06)


def test_what_is_asked_is_checked():
    with pytest.raises(nm.EntryError, match="no scale 'odds'"):
        NumberAsked("x", "odds")
    with pytest.raises(nm.EntryError, match="a factor of 1 or more"):
        IntervalAsked("x", near=0.9)
