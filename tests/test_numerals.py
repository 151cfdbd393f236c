"""The house style of numbers: DESIGN.md, section 6."""

from __future__ import annotations

import math

import pytest

from netmeta import numerals


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.38, "0.38"),
        (2.0, "2.00"),
        (0.0543, "0.054"),
        (0.0994, "0.099"),  # three decimals under 0.10
        (0.0996, "0.10"),  # and none that read 0.100
        (0.1, "0.10"),
        (9.99, "9.99"),
        (9.996, "10.0"),
        (12.7, "12.7"),
        (99.96, "100"),
        (1234567.0, "1\u2009234\u2009567"),
        (0.0004, "<0.001"),
        (math.inf, "∞"),
        (math.nan, "not a number"),
    ],
)
def test_a_hazard_ratio(value: float, said: str) -> None:
    assert numerals.ratio(value) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(-0.5, 2, "\u22120.50"), (-0.001, 2, "0.00"), (-math.inf, 1, "\u2212∞"), (-1234.5, 1, "\u22121\u2009234.5")],
)
def test_a_decimal_has_a_minus_sign_and_no_negative_zero(value: float, places: int, said: str) -> None:
    assert numerals.decimal(value, places) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0131, "+0.013"), (-0.0131, "\u22120.013"), (0.0004, "0.000"), (-0.0004, "0.000"), (0, "0.000")],
)
def test_a_difference_has_its_sign(value: float, said: str) -> None:
    assert numerals.signed(value, 3) == said


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0009, "P < 0.001"),
        (0.001, "P = 0.001"),
        (0.034, "P = 0.034"),
        (0.9995, "P > 0.999"),
        (0.0, "P < 0.001"),
        (math.nan, "P = not a number"),
    ],
)
def test_a_p_value_is_never_zero_or_one(p: float, said: str) -> None:
    assert numerals.p_value(p) == said


def test_an_interval_has_an_en_dash() -> None:
    assert numerals.interval(0.25, 0.59) == "0.25\u20130.59"


def test_an_estimate_has_its_interval_in_brackets() -> None:
    assert numerals.estimate(0.38, 0.25, 0.59) == "0.38 (0.25\u20130.59)"


def test_percentages_are_whole_and_thousands_thinly_spaced() -> None:
    assert numerals.percent(61.6) == "62%"
    assert numerals.count(10_000) == "10\u2009000"


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "under 1%"), (0.0099, "under 1%"), (0.62, "62%"), (0.9901, "over 99%"), (1.0, "over 99%")],
)
def test_a_chance_is_never_certain(probability, text):
    assert numerals.chance(probability) == text
