"""The table behind the forest plot."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.charts.forest_rows import MOST, forest_rows


@pytest.fixture
def pfs():
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")


def of_kind(table, *kinds):
    return [row for row in table.rows if row["kind"] in kinds]


def test_has_a_heading_a_line_a_trial_and_the_summary(pfs):
    table = forest_rows(pfs, nm.pool(pfs))
    kinds = [row["kind"] for row in table.rows]
    assert kinds == ["head", *["trial"] * 9, "pooled", "prediction", "note"]
    assert [row["row"] for row in table.rows] == list(range(len(kinds)))


def test_prints_the_papers_own_digits(pfs):
    # Chan 2025, N Engl J Med 392:653: 0.38 (0.25 to 0.59), 0.23 (0.12 to 0.42).
    table = forest_rows(pfs, nm.pool(pfs))
    texts = {row["label"]: row["effect"] for row in of_kind(table, "trial")}
    assert texts["CABINET epNET"] == "0.38 (0.25–0.59)"
    assert texts["CABINET pNET"] == "0.23 (0.12–0.42)"


def test_a_trial_taken_out_keeps_its_place_without_a_weight(pfs):
    without = pfs.without("CABINET pNET")
    table = forest_rows(pfs, nm.pool(without))
    assert [row["label"] for row in table.rows[1:3]] == ["CABINET epNET", "CABINET pNET"]
    assert table.rows[2]["kind"] == "out"
    assert table.rows[2]["weight"] == "out"
    assert len(of_kind(table, "trial")) == 8


def test_squares_are_sized_by_weight(pfs):
    result = nm.pool(pfs)
    rows = of_kind(forest_rows(pfs, result), "trial")
    largest = max(range(9), key=result.weights.__getitem__)
    assert max(rows, key=lambda row: row["size"])["label"] == pfs[largest].label
    ratio = rows[0]["size"] / rows[largest]["size"]
    assert ratio == pytest.approx(result.weights[0] / result.weights[largest])


def test_an_interval_beyond_the_axis_has_an_arrow_and_ends_at_the_axis():
    wide = nm.Trial(study="Wide", experimental="a", control="b", hr=0.5, ci_low=0.001, ci_high=90)
    row = of_kind(forest_rows((wide,), None), "trial")[0]
    axis = forest_rows((wide,), None).axis
    assert (row["left"], row["low"]) == (axis.low, axis.low)
    assert (row["right"], row["high"]) == (axis.high, axis.high)
    assert row["effect"] == "0.50 (0.001–90.0)"


@pytest.mark.parametrize(
    ("sort", "first"),
    [("given", "CABINET epNET"), ("year", "RADIANT-3"), ("precision", "RADIANT-3"), ("effect", "CABINET pNET")],
)
def test_sorts(pfs, sort, first):
    assert forest_rows(pfs, None, sort=sort).rows[1]["label"] == first


def test_a_misspelt_order_is_refused_with_a_suggestion(pfs):
    with pytest.raises(nm.SelectionError, match="Did you mean 'precision'"):
        forest_rows(pfs, None, sort="precison")


def test_one_control_is_said_once_and_several_in_each_line(pfs):
    assert forest_rows(pfs, None).rows[0]["treatment"] == "Therapy"
    assert forest_rows(pfs, None).favours == ("← favours therapy", "favours placebo →")
    mixed = pfs.add(
        nm.load_trials()["RADIANT-2 | everolimus + SSA | SSA | PFS | central (adjudicated) | final PFS 2010"]
    )
    assert forest_rows(mixed, None).rows[-1]["treatment"] == "everolimus + SSA vs SSA"
    assert forest_rows(mixed, None).favours[1] == "favours control →"


def test_a_mark_of_doubt_survives_a_long_name():
    doubtful = nm.Trial(
        study="A" * 200, experimental="a", control="b", hr=0.5, ci_low=0.3, ci_high=0.8, verification="unverified"
    )
    label = of_kind(forest_rows((doubtful,), None), "trial")[0]["label"]
    assert label.endswith("(unverified)")
    assert len(label) < 40


def test_trials_without_a_hazard_ratio_have_no_line():
    none = nm.load_trials().where(use="no HR")
    assert of_kind(forest_rows(none, None), "trial", "out") == []


def test_ten_thousand_trials_are_cut_and_counted():
    many = tuple(
        nm.Trial(study=f"T{i}", experimental="a", control="b", log_hr=-0.1, se=0.2 + i / 1e5) for i in range(1000)
    )
    table = forest_rows(many, None)
    assert len(of_kind(table, "trial")) == MOST
    assert table.hidden == 1000 - MOST
