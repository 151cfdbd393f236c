"""What counts as a difference, and how differences are summed up."""

from __future__ import annotations

from math import inf, nan
from types import SimpleNamespace

import pytest

from netmeta.validate import TOLERANCE, Comparison, Quantity, compare, summarise
from netmeta.validate.family import family


def one(theirs, ours, zero=0.0, quantity="tau2"):
    return Comparison(
        quantity=quantity, source="rma", data="bcg", case="REML", column="tau2", theirs=theirs, ours=ours, zero=zero
    )


@pytest.mark.parametrize(
    ("theirs", "ours", "absolute", "relative"),
    [
        (2.0, 2.0, 0.0, 0.0),
        (2.0, 2.5, 0.5, 0.25),
        (-2.0, -1.5, 0.5, 0.25),
        (2.0, -2.0, 4.0, 2.0),
        (1e-30, 2e-30, 1e-30, 1.0),
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 1e-300, 1e-300, inf),
        (0.5, nan, inf, inf),
        (nan, 0.5, inf, inf),
        (inf, inf, 0.0, 0.0),
        (0.5, inf, inf, inf),
    ],
)
def test_differences(theirs, ours, absolute, relative):
    found = one(theirs, ours)
    assert (found.absolute, found.relative) == (pytest.approx(absolute), pytest.approx(relative))
    assert found.agrees is (relative <= TOLERANCE)


def test_a_search_that_stops_beside_0_has_found_0_where_the_quantity_says_so():
    assert one(1e-13, 0.0, zero=1e-12).agrees
    assert not one(1e-13, 0.0).agrees
    assert not one(1e-13, 1e-11, zero=1e-12).agrees
    assert not one(1e-11, 0.0, zero=1e-12).agrees


def test_the_tolerance_is_the_one_promised():
    assert TOLERANCE == 1e-6
    assert one(1.0, 1 + 9e-7).agrees
    assert not one(1.0, 1 + 1.1e-6).agrees


def test_every_column_of_every_row_of_the_data_set_is_compared_but_na():
    lines = (
        {"data": "a", "method": "DL", "at": "3", "low": "1", "high": "4"},
        {"data": "a", "method": "HE", "at": "4", "low": "NA", "high": "5"},
        {"data": "b", "method": "HE", "at": "4", "low": "7", "high": "8"},
    )
    bounds = Quantity(
        name="Bounds", source="rma", rows=lambda: lines,
        parts=(("low", lambda line: len(line["data"])), ("high", lambda line: float(line["high"]))),
    )  # fmt: skip
    found = [(x.case, x.column, x.theirs, x.ours) for x in compare([bounds], "a")]
    assert found == [("DL #3", "low", 1, 1), ("DL #3", "high", 4, 4), ("HE #4", "high", 5, 5)]
    assert [x.data for x in compare([bounds])] == ["a", "a", "a", "b", "b"]


def test_a_cell_that_is_empty_has_no_number_and_the_case_is_told_by_the_columns_asked_for():
    common = {"formula": "~ y", "first": "", "at": "2"}
    lines = ({"data": "a", "value": "", **common}, {"data": "b", "value": "5", **common})
    asked = Quantity(
        name="Value",
        source="rma",
        rows=lambda: lines,
        parts=(("value", lambda _: 5.0),),
        case=("first", "formula", "at"),
    )
    assert [(x.data, x.case, x.relative) for x in compare([asked])] == [("b", "~ y #2", 0)]


def test_a_number_that_we_do_not_give_does_not_agree():
    (asked,) = family(
        "Fit", "rma", lambda: ({"data": "a", "tau2": "0.5"},), lambda _: SimpleNamespace(tau2=None),
        [("tau2", ("tau2", "tau2"))],
    )  # fmt: skip
    (found,) = compare([asked])
    assert (found.quantity, found.zero, found.agrees) == ("Fit: tau2", 1e-12, False)


def test_a_summary_has_the_largest_of_each_and_counts_what_is_beyond():
    small, large = one(1e-9, 2e-9), one(1e9, 1e9 + 10)
    (found, other) = summarise([small, one(1.0, 1.0, quantity="I2"), large])
    assert (found.quantity, found.count, found.beyond) == ("tau2", 2, 1)
    assert (found.absolute, found.relative) == (10, pytest.approx(1.0))
    assert (other.quantity, other.count, other.beyond, other.relative) == ("I2", 1, 0, 0)
