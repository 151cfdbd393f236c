"""Evidence to a table and back, exactly; and tables that cannot be read, row by row."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netmeta.errors import TableError
from netmeta.evidence import Evidence, Trial, load_trials, read_table, table_text
from netmeta.evidence.entry import VOCABULARY
from netmeta.evidence.trial import FIELDS

NUMBERS = {"hr", "ci_low", "ci_high", "level", "sides", "p_value", "p_sides", "log_hr", "se"}
NAMES = ("study", "experimental", "control", "endpoint")
ROUTES = ("route", "curve_experimental", "curve_control")
TEXTS = [f.name for f in fields(Trial) if f.type == "str" and f.name not in (*NAMES, *VOCABULARY, *ROUTES)]
COUNTS = [f.name for f in fields(Trial) if f.type == "int | None" and f.name not in NUMBERS]
words = st.text(max_size=12)
effect = st.floats(-5, 5)
width = st.floats(0.001, 5)


@st.composite
def printed(draw: st.DrawFn) -> dict[str, Any]:
    """Draw numbers as papers print them, by every route and by none."""
    log_hr, low, high = draw(effect), draw(width), draw(width)
    hr = math.exp(log_hr)
    limits = {"ci_low": math.exp(log_hr - low), "ci_high": math.exp(log_hr + high)}
    level = draw(st.floats(0.51, 0.9999))
    side = draw(st.sampled_from(["ci_low", "ci_high"]))
    routes = (
        {"log_hr": log_hr, "se": low},
        {"hr": hr, **limits, "level": level},
        {"hr": hr, side: limits[side], "level": level, "sides": 1},
        {"hr": 0.5, "p_value": draw(st.floats(1e-6, 0.49)), "p_sides": draw(st.sampled_from([1, 2]))},
        {"hr": hr, "se": low},
        {"hr": hr},
        {},
    )
    return draw(st.sampled_from(routes))


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    values = draw(printed())
    values |= {"experimental": "x", "control": "y", "study": draw(words.filter(str.strip))}
    values["endpoint"] = draw(st.just("OS") | words.filter(str.strip))
    values |= {
        name: draw(st.sampled_from(allowed))
        for name, allowed in VOCABULARY.items()
        if name not in ("p_relation", "favours")
    }
    values |= draw(st.dictionaries(st.sampled_from(TEXTS), words, max_size=4))
    values |= draw(st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 10**6), max_size=3))
    values["grade3_control"] = draw(st.none() | st.floats(0, 100))
    return Trial(**values)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(trials(), max_size=5, unique_by=lambda trial: trial.key))
def test_a_table_gives_back_exactly_what_was_written(rows: list[Trial]) -> None:
    evidence = Evidence(rows)
    assert Evidence.from_frame(evidence.to_frame()) == evidence


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(trials(), max_size=4, unique_by=lambda trial: trial.key), st.sampled_from(["csv", "tsv", "json"]))
def test_a_file_gives_back_exactly_what_was_written(rows: list[Trial], kind: str) -> None:
    evidence = Evidence(rows)
    read = read_table(table_text(evidence, kind))
    assert (read.refused, read.evidence) == ((), evidence)


def test_the_bundled_trials_come_back_exactly() -> None:
    assert Evidence.from_frame(load_trials().to_frame()) == load_trials()


def test_an_empty_evidence_has_all_columns_and_comes_back() -> None:
    frame = Evidence().to_frame()
    assert tuple(frame.columns) == FIELDS
    assert Evidence.from_frame(frame) == Evidence()


def test_columns_have_the_kinds_that_their_fields_have() -> None:
    kinds = load_trials().to_frame().dtypes.astype(str)
    assert (kinds["hr"], kinds["n_control"], kinds["study"]) == ("float64", "Int64", "object")


def test_a_small_table_is_enough() -> None:
    frame = pd.DataFrame({"study": ["A"], "experimental": ["x"], "control": ["y"], "hr": [0.5], "cohort": [None]})
    assert Evidence.from_frame(frame) == Evidence([Trial(study="A", experimental="x", control="y", hr=0.5)])


def frame(**columns: list[Any]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    names = {"study": [f"T{at}" for at in range(size)], "experimental": ["x"] * size, "control": ["y"] * size}
    return pd.DataFrame({**names, **columns}, index=[f"r{at}" for at in range(size)])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"hazard": [0.5]}, "column 'hazard' that trials do not have"),
        ({"endpont": ["PFS"]}, "Did you mean 'endpoint'"),
        ({"hr": ["0,5"]}, r"row r0 \(T0\): hr is '0,5', which is text"),
        ({"hr": [0.5], "ci_low": [0.6], "ci_high": [0.4]}, r"row r0 \(T0\): The interval runs from 0.6 to 0.4"),
        ({"hr": [math.inf]}, r"row r0 \(T0\): hr is inf"),
        ({"hr": [0.0]}, r"row r0 \(T0\): hr is 0"),
        ({"hr": [-0.5]}, r"row r0 \(T0\): hr is -0.5"),
        ({"study": [None]}, r"row r0 \(\): study is empty"),
        ({"study": ["  "]}, "study is empty"),
        ({"study": [["A"]]}, r"row r0 \(\['A'\]\): study is \['A'\]; give it as text"),
        ({"study": ["A", "A"]}, r"row r1 \(A\): the same row as row r0\. Leave one out"),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_why(columns: dict[str, list[Any]], said: str) -> None:
    with pytest.raises(TableError, match=said):
        Evidence.from_frame(frame(**columns))


def test_nan_in_a_table_means_that_nothing_was_given() -> None:
    assert Evidence.from_frame(frame(hr=[math.nan], endpoint=[math.nan]))[0].hr is None
    assert Evidence.from_frame(frame(endpoint=[pd.NA]))[0].endpoint == "PFS"


def test_every_bad_row_is_named_and_the_first_five_explained() -> None:
    bad = frame(hr=[-1, "x", 0, 0.5, -2, -3, -4, -5])
    with pytest.raises(TableError) as caught:
        Evidence.from_frame(bad)
    said = str(caught.value)
    assert said.startswith("7 rows cannot be read:")
    assert all(f"row r{at} " in said for at in (0, 1, 2, 4, 5, 6, 7))
    assert "row r3" not in said
    assert said.count("\n") == 6


def test_thousands_of_bad_rows_make_a_message_that_can_be_read() -> None:
    with pytest.raises(TableError, match=r"10000 rows cannot be read(?s:.)*and 9945 more\.$") as caught:
        Evidence.from_frame(frame(study=["T" * 10_000] * 10_000, hr=[-1] * 10_000))
    assert len(str(caught.value)) < 10_000


def test_rows_of_a_repeated_index_are_told_apart() -> None:
    twice = frame(hr=[0.5, -1]).set_axis(["a", "a"])
    with pytest.raises(TableError, match=r"row a \(number 1\) \(T1\): hr is -1"):
        Evidence.from_frame(twice)


def test_a_repeated_column_is_refused() -> None:
    double = pd.concat([frame(hr=[0.5]), frame(hr=[0.6])[["hr"]]], axis=1)
    with pytest.raises(TableError, match="2 columns 'hr'"):
        Evidence.from_frame(double)


def test_a_lacking_column_is_named() -> None:
    with pytest.raises(TableError, match="no column 'experimental', 'control'"):
        Evidence.from_frame(pd.DataFrame({"study": ["A"]}))


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(TableError, match="A pandas DataFrame is needed; got list"):
        Evidence.from_frame([{"study": "A"}])  # type: ignore[arg-type]


def test_ten_thousand_rows_are_read() -> None:
    big = frame(hr=[0.5] * 10_000, ci_low=[0.4] * 10_000, ci_high=[0.6] * 10_000)
    assert len(Evidence.from_frame(big)) == 10_000
