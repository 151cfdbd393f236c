"""Smoking cessation, 24 trials of four treatments: Lu & Ades 2006, J Am Stat Assoc 101:447.

The numbers are those that White's program ``network`` printed for these data (White 2015, Stata J 15:951): its own log of 7 April 2021, UCL/network on GitHub, testlogs/network_cscript.log, commit
014f78f; tests/fixtures/network/published.csv has them as printed. "No contact" is the reference.
"""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.validate.network_numbers import compared

FILE = Path(__file__).parents[1] / "fixtures" / "network" / "published.csv"
with FILE.open(encoding="utf-8") as file:
    LINES = [line for line in csv.DictReader(file) if line["data"] == "lu_ades2006"]
# Half a unit of the last digit, or where the program's search stopped.
SAME = 1e-7
# The program gives trials without the reference arm one of 0.00001 patients.
AUGMENTED = 1e-5


def lines(start):
    found = [line for line in LINES if line["quantity"].startswith(start)]
    assert found
    return found


def near(line):
    half = 0.5 * 10.0 ** -len(line["value"].partition(".")[2])
    return pytest.approx(
        float(line["value"]), abs=max(half, {"same": SAME, "augmented": AUGMENTED}[line["agrees"]])
    )


@pytest.fixture(scope="module")
def result():
    return compared("lu_ades2006", "REML")


def test_the_data_are_theirs(result):
    assert (result.k, result.treatments) == (24, ("grp_counseling", "ind_counseling", "no_contact", "self_help"))


def test_tau_is_that_of_the_consistent_model(result):
    (line,) = lines("tau")
    assert line["value"] == ".67446638"
    assert sqrt(result.tau2) == near(line)


def test_effects_against_self_help(result):
    for line in lines("effect"):
        assert result.effect(line["treat1"], line["treat2"]).log_hr == near(line)
    assert result.effect("grp_counseling", "self_help").log_hr == pytest.approx(0.4674415, abs=1e-7)


def test_the_design_by_treatment_interaction(result):
    found = nm.inconsistency(result)
    ours = {
        "designs.tau": sqrt(found.tau2),
        "designs.wald": found.interaction.q,
        "designs.wald_df": found.interaction.df,
        "designs.wald_p": found.interaction.p_value,
    }
    # "chi2(7) = 5.11, Prob > chi2 = 0.6464": whether the printed P is rounded or cut is not known.
    assert {line["quantity"] for line in lines("designs.")} == set(ours)
    for line in lines("designs."):
        assert ours[line["quantity"]] == near(line), line["quantity"]


def test_every_side_that_is_split(result):
    splits = nm.node_splits(result)
    pairs = {(line["treat1"], line["treat2"]) for line in lines("split.")}
    assert len(pairs) == len(splits.rows) == 6
    for one, other in pairs:
        found = splits[one, other]
        sign = 1 if found.experimental == one else -1
        ours = {
            "split.direct": sign * found.direct.log_hr,
            "split.indirect": sign * found.indirect.log_hr,
            "split.omega": sign * found.difference.log_hr,
            "split.tau": sqrt(found.tau2),
        }
        own = [line for line in lines("split.") if (line["treat1"], line["treat2"]) == (one, other)]
        assert {line["quantity"] for line in own} == set(ours)
        for line in own:
            assert ours[line["quantity"]] == near(line), (one, other, line["quantity"])
