"""Subgroups as a forest plot: what each line says."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.charts.group_rows import group_rows

NET = nm.select(nm.load_trials(), nm.Selection()).evidence


def kinds(table):
    return [row["kind"] for row in table.rows]


def test_a_heading_the_trials_and_a_diamond_for_each_group():
    found = nm.subgroups(NET, "assessor")
    table = group_rows(found)
    expected = ["head"]
    for group in found.groups:
        expected += ["group", *["trial"] * group.k, "subtotal", "gap"]
    assert kinds(table) == [*expected, "pooled", "prediction", "note", "note", "note"]
    assert [row["row"] for row in table.rows] == list(range(len(table.rows)))
    assert {row["id"] for row in table.rows if row["kind"] == "trial"} == set(NET.keys)


def test_the_diamond_is_the_group():
    found = nm.subgroups(NET, "assessor")
    row = next(row for row in group_rows(found).rows if row["kind"] == "subtotal")
    group, ci = found.groups[0], found.groups[0].ci.exp()
    assert (row["hr"], row["low"], row["high"]) == pytest.approx((group.hr, ci.low, ci.high))
    assert row["effect"] == nm.numerals.estimate(group.hr, ci.low, ci.high)
    assert row["label"] == f"{group.k} trials, I² = {nm.numerals.percent(group.i2)}"


def test_a_single_trial_has_no_diamond_unless_the_variance_is_shared():
    alone, shared = (group_rows(nm.subgroups(NET, "population", tau2=tau2)) for tau2 in ("separate", "common"))
    assert kinds(alone).count("subtotal") == 4
    assert kinds(shared).count("subtotal") == 7


def test_the_test_between_the_groups_is_a_line():
    found = nm.subgroups(NET, "assessor")
    notes = [row["label"] for row in group_rows(found).rows if row["kind"] == "note"]
    assert notes[1] == found.test_in_words
    assert notes[2] == "Random effects (REML), a variance for each group"


def test_the_picture_has_every_group(tmp_path):
    nm.subgroup_forest(nm.subgroups(NET, "population"), theme="dark").save(tmp_path / "groups.svg")
    svg = (tmp_path / "groups.svg").read_text()
    for said in ("midgut", "pNET", "All groups", "Test for differences between groups", "NETTER-1"):
        assert f">{said}" in svg
    assert "NaN" not in svg


def test_only_subgroups_are_drawn():
    with pytest.raises(nm.PoolingError, match="draws what subgroups"):
        nm.subgroup_forest(nm.pool(NET))
