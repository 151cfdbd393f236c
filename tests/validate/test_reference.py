"""Every number that R gave is compared with ours, and agrees."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from netmeta.validate import TOLERANCE, compare, quantities
from netmeta.validate.reading import lines, versions

FIXTURES = Path(__file__).parents[1] / "fixtures"
KEYS = {"data", "method", "test", "level", "at", "k", "year", "order"}
TABLES = [
    ("metafor", "fits"), ("metafor", "optima"), ("metafor", "moments"), ("sensitivity", "leave1out"),
    ("sensitivity", "cumul"), ("sensitivity", "years"), ("sensitivity", "influence"), ("sensitivity", "baujat"),
    ("sensitivity", "gosh"),
]  # fmt: skip
# Heights of the likelihood (where it is highest is compared), and Q of subsets, of which GOSH draws I2.
NOT_OURS = {"log_likelihood", "log_likelihood_at_0", "QE"}


def test_all_agree(metafor):
    found = metafor.comparisons()
    assert len(found) > 80_000
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
    mine = {(topic, name) for topic, name in files if topic in {"metafor", "sensitivity"} and name not in other}
    assert mine == set(TABLES)


def test_every_topic_is_written_by_the_one_script():
    # tests/fixtures/make.R runs the make.R of every folder.
    assert 'Sys.glob(file.path(home, "*", "make.R"))' in (FIXTURES / "make.R").read_text(encoding="utf-8")
    folders = {file.parent for file in FIXTURES.glob("*/*.csv")}
    assert [folder.name for folder in folders if not (folder / "make.R").is_file()] == []


def what_is_there(topic, name):
    """How often each column of numbers stands in a file, by its own account."""
    rows = list(csv.DictReader((FIXTURES / topic / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    columns = {column for column in rows[0] if column not in KEYS or (name, column) == ("gosh", "k")} - (
        NOT_OURS if name in ("optima", "gosh") else set()
    )
    return Counter({column: sum(expected(name, row, column) for row in rows) for column in columns})


def expected(name, row, column):
    """Whether a number is one that both give: below three trials we give no prediction interval, and no single subset."""
    if row[column] == "NA":
        # A common effect has no interval of tau2, and t(k-2) no degrees of freedom; nothing else may be missing.
        assert name == "fits", row
        return False
    if name == "gosh" and row["k"] == "1":
        return False
    if column.startswith(("pi_", "predict_")):
        # A common effect predicts nothing; without Hartung-Knapp its standard error is the ordinary one.
        return row["method"] != "EE" and int(row["k"]) > 2 and not ("_hk" in column and row["test"] == "z")
    return True


@pytest.mark.parametrize(("topic", "name"), TABLES)
def test_no_number_of_a_table_is_left_out(topic, name):
    there = {id(line) for line in lines(topic, name)}
    asked = [(one, line) for one in quantities() for line in one.rows() if id(line) in there]
    seen = Counter(column for one, line in asked for column, _ in one.parts if line[column] != "NA")
    assert seen == what_is_there(topic, name)


def test_one_data_set_can_be_asked_for():
    some = list(quantities())[:2]
    assert {one.data for one in compare(some, "hine1989")} == {"hine1989"}


def test_versions_are_named():
    assert versions().startswith("R 4.")
    assert "metafor 3.8" in versions()
