"""Every number that R gave is compared with ours, and agrees."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from netmeta.validate import TOLERANCE, compare, quantities
from netmeta.validate.reading import lines, versions

FIXTURES = Path(__file__).parents[1] / "fixtures"
KEYS = {"data", "method", "test", "level", "at", "k", "year", "order"} | {
    "first", "formula", "by", "tau2s", "group", "ablat", "form", "predictor", "tied", "steps", "alternative",
    "estimator", "asked", "side", "prior", "mean", "quantity",
}  # fmt: skip
TABLES = [
    ("metafor", "fits"), ("metafor", "optima"), ("metafor", "moments"), ("sensitivity", "leave1out"),
    ("sensitivity", "cumul"), ("sensitivity", "years"), ("sensitivity", "influence"), ("sensitivity", "baujat"),
    ("sensitivity", "gosh"), ("regression", "coefficients"), ("regression", "fits"), ("regression", "fitted"),
    ("regression", "predictions"), ("regression", "permutations"), ("regression", "subgroups"),
    ("small_study", "regression"), ("small_study", "dfiv"), ("small_study", "rank"), ("small_study", "trimfill"),
    ("small_study", "filled"), ("small_study", "selection"), ("small_study", "i2"), ("bayesian", "posteriors"),
    ("bayesian", "grids"),
]  # fmt: skip
# Heights of the likelihood (where it is highest is compared), and Q of subsets, of which GOSH draws I2.
# Where metafor's search stops in a selection model: its likelihood's top is compared.
NOT_OURS = {
    "optima": {"log_likelihood", "log_likelihood_at_0"}, "gosh": {"QE"}, "selection": {"metafor_estimate"},
}  # fmt: skip
# k is a number that was found out, not the name of an analysis.
COUNTED = {("sensitivity", "gosh"), ("regression", "subgroups")}
# What R has no number of: a common effect no prediction interval, Wald no degrees of freedom, a predictor that grows
# with the trial no limit, a common tau2 no I2 of its own, an L0 no P value, a tau2 of 0 no standard error. In a
# regression the Q-profile interval is asked for once, of the Wald test.
MISSING = {
    ("metafor", "fits"): None,
    ("regression", "fits"): {"R2", "tau2.lb", "tau2.ub"},
    ("regression", "fitted"): {"pi.lb", "pi.ub"},
    ("regression", "subgroups"): {"I2"},
    ("small_study", "regression"): {"df", "limit", "low", "high"},
    ("small_study", "trimfill"): {"k0_se", "p"},
    ("small_study", "selection"): {"tau2_se"},
}
# Our names of columns that hold several numbers in one cell.
SPLIT = {"delta": "weight", "delta_se": "weight_se"}


def test_all_agree(metafor):
    found = metafor.comparisons()
    assert len(found) > 150_000
    assert [one for one in found if not one.relative <= TOLERANCE] == []


def test_all_published_data_sets_are_among_them(metafor):
    tested = {
        file.stem.removeprefix("test_") for file in (Path(__file__).parents[1] / "published").glob("test_*.py")
    }
    assert len(tested) >= 12
    assert len({one.data for one in metafor.comparisons()} - {"two_optima", "two_inside"}) > len(tested)


def test_every_file_of_reference_values_is_here():
    files = {(file.parent.name, file.stem) for file in FIXTURES.glob("*/*.csv")}
    # What went in, who computed, and where metafor is wrong (test_conventions.py).
    other = {"data", "versions", "stops"}
    topics = {topic for topic, _ in TABLES}
    assert {(topic, name) for topic, name in files if topic in topics and name not in other} == set(TABLES)


def test_every_topic_is_written_by_the_one_script():
    # tests/fixtures/make.R runs the make.R of every folder.
    assert 'Sys.glob(file.path(home, "*", "make.R"))' in (FIXTURES / "make.R").read_text(encoding="utf-8")
    folders = {file.parent for file in FIXTURES.glob("*/*.csv")}
    assert [folder.name for folder in folders if not (folder / "make.R").is_file()] == []


def what_is_there(topic, name):
    """How often each column of numbers stands in a file, by its own account."""
    rows = list(csv.DictReader((FIXTURES / topic / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    keys = KEYS - ({"k"} if (topic, name) in COUNTED else set())
    columns = rows[0].keys() - keys - NOT_OURS.get(name, set())
    return Counter(
        {SPLIT.get(column, column): sum(expected(topic, name, row, column) for row in rows) for column in columns}
    )


def expected(topic, name, row, column):
    """How many numbers of a cell both give."""
    if row[column] in {"NA", ""}:
        may = MISSING[topic, name]
        assert may is None or column in may, row
        return 0
    if column in SPLIT:
        return len(row["steps"].split())
    if name == "gosh" and row["k"] == "1":
        # A single trial is no subset to us.
        return 0
    if column == "R2" and row["method"] == "EE":
        # metafor's R2 of a common effect is another thing (test_conventions.py).
        return 0
    if topic == "metafor" and column.startswith(("pi_", "predict_")):
        # A common effect predicts nothing; below three trials we give no prediction interval.
        # Without Hartung-Knapp its standard error is the ordinary one.
        return row["method"] != "EE" and int(row["k"]) > 2 and not ("_hk" in column and row["test"] == "z")
    return 1


@pytest.mark.parametrize(("topic", "name"), TABLES)
def test_no_number_of_a_table_is_left_out(topic, name):
    table = lines(topic, name)
    there, cells = {id(line) for line in table}, {tuple(line.values()) for line in table}

    def of_the_table(line):
        """Whether a row is one of the table, or one that was made of it and still has all its cells."""
        made = (topic, name) in {("small_study", "filled"), ("small_study", "selection")}
        return id(line) in there or (made and tuple(line.get(column) for column in table[0]) in cells)

    asked = [(one, line) for one in quantities() for line in one.rows() if of_the_table(line)]
    seen = Counter(column for one, line in asked for column, _ in one.parts if line[column] not in {"NA", ""})
    assert seen == what_is_there(topic, name)


def test_one_data_set_can_be_asked_for():
    some = list(quantities())[:2]
    assert {one.data for one in compare(some, "hine1989")} == {"hine1989"}


def test_versions_are_named():
    assert versions().startswith("R 4.")
    assert "metafor 3.8" in versions()
