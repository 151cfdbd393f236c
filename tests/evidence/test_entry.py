"""The door: what is read as nothing, as text and as a number, and what is refused by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from netmeta.errors import EntryError
from netmeta.evidence import entry


@pytest.mark.parametrize(
    "value", [None, pd.NA, pd.NaT, float("nan"), np.float64("nan"), np.float32("nan"), "", "  "]
)
def test_missing_text_is_empty(value: object) -> None:
    assert entry.text("cohort", value) == ""


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (" pNET ", "pNET"),
        (np.str_("pNET"), "pNET"),
        (8.4, "8.4"),
        (np.float64(8.4), "8.4"),
        (np.int64(3), "3"),
        (np.bool_(True), "True"),
        (date(2023, 8, 24), "2023-08-24"),
        (pd.Timestamp("2023-08-24"), "2023-08-24"),
    ],
)
def test_text_is_read_from_what_tables_hold(value: object, read: str) -> None:
    found = entry.text("data_cut", value)
    assert (found, type(found)) == (read, str)


@pytest.mark.parametrize("value", [["a"], {"a": 1}, b"a", object(), np.array(["a", "b"]), pd.Series(["a"]), 1j])
def test_what_is_no_text_is_refused_by_name(value: object) -> None:
    with pytest.raises(EntryError, match=r"cohort is .*give it as text"):
        entry.text("cohort", value)


@pytest.mark.parametrize("value", [None, pd.NA, pd.NaT, "", "  "])
def test_a_missing_number_is_none(value: object) -> None:
    assert entry.number("hr", value) is None


@pytest.mark.parametrize(
    "value", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5), Decimal("0.5"), Fraction(1, 2)]
)
def test_a_number_is_read_from_every_kind_of_number(value: object) -> None:
    found = entry.number("hr", value)
    assert (found, type(found)) == (0.5, float)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.38", "hr is '0.38', which is text"),
        ("x" * 10_000, "hr is 'xxx.*…, which is text"),
        (True, "hr is True"),
        (np.bool_(False), "hr is np.False_"),
        ([0.5], r"hr is \[0.5\]"),
        (np.array([0.5]), "hr is array"),
        (1j, "hr is 1j"),
        (float("nan"), "hr is nan; give a finite number"),
        (float("inf"), "hr is inf; give a finite number"),
        (10**400, "hr is inf; give a finite number"),
    ],
)
def test_what_is_no_number_is_refused_by_name(value: object, said: str) -> None:
    with pytest.raises(EntryError, match=said) as caught:
        entry.number("hr", value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [-1, 1.5])
def test_a_count_is_whole_and_not_negative(value: float) -> None:
    with pytest.raises(EntryError, match=f"n_control is {value:g}; give a whole number"):
        entry.integer("n_control", value)
    assert entry.integer("n_control", 69.0) == 69


@pytest.mark.parametrize(("value", "meant"), [(95, "0.95"), (99.9, "0.999"), (0.05, "0.95")])
def test_a_level_in_percent_or_an_alpha_is_said_back_as_a_level(value: float, meant: str) -> None:
    with pytest.raises(EntryError, match=rf"level is {value:g}.*Did you mean {meant}\?"):
        entry.check_level(value)


@pytest.mark.parametrize("value", [0, 1, -0.95, 0.5, 100])
def test_a_level_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(
        EntryError, match=f"level is {value:g}; give a fraction above 0.5 and below 1, such as 0.95.$"
    ):
        entry.check_level(value)


def test_a_misspelt_word_is_suggested() -> None:
    with pytest.raises(EntryError, match=r"use is 'primry'\. Did you mean 'primary'\?"):
        entry.check_word("use", "primry")
