"""The table of docs/validation.md is the one that the command writes."""

from __future__ import annotations

import re
from pathlib import Path

from netmeta.validate import TOLERANCE, TOPICS, summarise
from netmeta.validate.reading import lines

PAGE = (Path(__file__).parents[2] / "docs" / "validation.md").read_text(encoding="utf-8")
# What is left of a difference is rounding, and another machine rounds otherwise.
NOISE = 1e-9


def printed():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    return [
        (name, source, int(count), float(high), float(relative)) for name, source, count, high, relative in rows
    ]


def test_quantities_sources_and_counts_are_those_of_the_command(metafor):
    found = [(one.quantity, one.source, one.count) for one in summarise(metafor.comparisons())]
    assert [row[:3] for row in printed()] == found
    assert len(found) > 60


def test_no_difference_is_larger_than_printed_but_by_rounding(metafor):
    for one, row in zip(summarise(metafor.comparisons()), printed(), strict=True):
        assert row[4] <= TOLERANCE, row[0]
        assert one.relative <= 10 * row[4] + NOISE, one.quantity


def test_the_last_line_counts_them_all(metafor):
    assert f"{len(metafor.comparisons())} numbers compared with R 4.2.2, metafor 3.8.1" in PAGE


def test_every_topic_is_in_the_table():
    assert {"pooled", "sensitivity", "regression", "small_study", "bayesian"} <= set(TOPICS)
    for start in (
        "tau2, ",
        "Trap: ",
        "Leave-one-out: ",
        "Cumulative, by year: ",
        "Influence: ",
        "Baujat: ",
        "GOSH: ",
        "Meta-regression: ",
        "Fitted value: ",
        "Prediction at new values: ",
        "Permutation test, ",
        "Subgroups, separate tau2: ",
        "Subgroups, common tau2: ",
        "Egger, multiplicative: ",
        "Egger, mixed: ",
        "D-FIV: ",
        "Begg: ",
        "Trim and fill: ",
        "Selection model: ",
        "I2 from Q: ",
        "Bayesian, ",
    ):
        assert any(row[0].startswith(start) for row in printed())


def test_every_data_set_that_the_page_counts_is_there(metafor):
    published = Path(__file__).parents[1] / "published"
    assert "Seventeen data sets in eighteen files" in PAGE
    assert "three more are of networks" in PAGE
    assert len(list(published.glob("test_*.py"))) == 18 + 3
    assert len({one.data for one in metafor.comparisons() if one.quantity == "Pooled effect"}) == 17
    assert len({one.data for one in metafor.comparisons() if one.quantity.startswith("Leave")}) == 9
    assert len({one.data for one in metafor.comparisons() if one.quantity.startswith("Cumulative, by year")}) == 6
    assert len({one.data for one in metafor.comparisons() if one.quantity.startswith("GOSH")}) == 2


def test_what_the_page_counts_of_the_later_topics():
    def several(topic, name, *keys):
        return len({tuple(line[key] for key in keys) for line in lines(topic, name)})

    assert "Eleven formulas on four data sets" in PAGE
    assert several("regression", "fits", "data", "formula") == 11
    assert several("regression", "fits", "data") == 4
    assert "Subgroups of three data sets" in PAGE
    assert several("regression", "subgroups", "data") == 3
    assert "the first 5 to 14 trials" in PAGE
    first = {int(line["first"]) for line in lines("regression", "permutations")}
    assert (min(first), max(first)) == (5, 14)
    assert "**Small-study effects**, on eight data sets" in PAGE
    assert several("small_study", "data", "data") == 8
    assert several("small_study", "regression", "predictor") == 6
    assert "47 analyses (nine data sets, eight priors of tau, three of the mean)" in PAGE
    assert several("bayesian", "posteriors", "data", "prior", "mean") == 47
    assert several("bayesian", "posteriors", "data") == 9
