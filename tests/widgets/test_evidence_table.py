"""The entry table without a browser: typing, refusing, pasting, deleting, undoing; live on the analysis."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.widgets.entry_rows import COLUMNS

A = nm.Trial(study="A", experimental="x", control="y", hr=0.38, ci_low=0.25, ci_high=0.59, verification="verified")
B = nm.Trial(study="B", experimental="x", control="y", hr=0.5, ci_low=0.4, ci_high=0.7)


@pytest.fixture
def table() -> nm.EvidenceTable:
    return nm.EvidenceTable(nm.Analysis(nm.Evidence([A, B])))


def row(table: nm.EvidenceTable, at: int) -> dict:
    found = json.loads(table.grid.rows)[at]
    return {**found, "cells": dict(zip(COLUMNS, found["cells"], strict=True))}


def test_a_cell_is_taken_and_the_analysis_follows(table) -> None:
    before = table.analysis.outcome.hr
    table.edit(B.key, "hr", "0,45")
    assert table.analysis.evidence[1].hr == 0.45
    assert table.analysis.outcome.hr < before
    assert row(table, 1)["cells"]["hr"] == "0.45"
    table.analysis.undo()
    assert row(table, 1)["cells"]["hr"] == "0.5"


def test_what_is_typed_over_is_not_verified_any_more(table) -> None:
    table.edit(A.key, "n_control", "1 234")
    assert (table.analysis.evidence[0].n_control, table.analysis.evidence[0].verification) == (1234, "entered")


def test_one_cell_with_all_three_numbers(table) -> None:
    table.edit(A.key, "hr", "0.80 (90% CI 0.70–0.95)")
    assert row(table, 0)["cells"] == row(table, 0)["cells"] | {
        "hr": "0.8",
        "ci_low": "0.7",
        "ci_high": "0.95",
        "level": "90",
    }


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("hr", "abc", "'abc' is not understood"),
        ("hr", "1,234", "'1,234' is 1.234 or 1234"),
        ("hr", "-0.5", "it has to be above 0"),
        ("hr", "0.9", "lies outside its interval"),
        ("n_control", "1.5", "give a whole number"),
        ("level", "5", "level is 0.05"),
        ("year", "2020,5", "type a whole number"),
        ("control", "x", "compared with itself"),
        ("study", " ", "study is empty"),
        ("assessor", "centrel", "Did you mean 'central'"),
    ],
)
def test_a_bad_cell_keeps_its_text_and_says_why(table, field: str, text: str, why: str) -> None:
    table.edit(A.key, field, text)
    assert table.analysis.evidence[0] == A
    assert row(table, 0)["cells"][field] == text
    assert why in row(table, 0)["wrong"][field]
    assert why in table.report.text
    assert not table.analysis.can_undo
    table.edit(A.key, field, str(getattr(A, field) or ""))
    assert row(table, 0)["wrong"] == {}
    assert table.report.text == ""


def test_a_row_may_be_wrong_on_the_way_to_being_right(table) -> None:
    table.edit(A.key, "hr", "0.8")
    table.edit(A.key, "ci_low", "0.7")
    assert table.analysis.evidence[0] == A
    assert set(row(table, 0)["wrong"]) == {"hr", "ci_low"}
    table.edit(A.key, "ci_high", "0.95")
    changed = table.analysis.evidence[0]
    assert (changed.hr, changed.ci_low, changed.ci_high) == (0.8, 0.7, 0.95)
    assert row(table, 0)["wrong"] == {}
    table.analysis.undo()
    assert table.analysis.evidence[0] == A


def test_a_new_row_is_told_what_it_lacks_and_joins_when_it_is_whole(table) -> None:
    table.add_row()
    (line,) = [one for one in table.lines if one.trial is None]
    for field, text in (("study", "C"), ("hr", "0.6 (0.5-0.8)")):
        table.edit(line.id, field, text)
    assert len(table.analysis.evidence) == 2
    assert row(table, 2)["hint"] == "Not in the analysis yet: it needs experimental arm."
    assert row(table, 2)["wrong"] == {}
    table.edit(line.id, "experimental", "z")
    added = table.analysis.evidence[2]
    assert (added.study, added.control, added.endpoint, added.ci_high) == ("C", "y", "PFS", 0.8)
    table.analysis.undo()
    assert len(table.lines) == 2


def test_a_row_that_would_stand_twice_is_refused(table) -> None:
    table.edit(B.key, "study", "A")
    assert "The same row is there already" in row(table, 1)["wrong"]["study"]
    assert table.analysis.evidence.labels == ("A", "B")


def test_a_renamed_trial_that_was_out_stays_out(table) -> None:
    table.analysis.toggle("B")
    table.edit(B.key, "study", "B 2025")
    assert table.analysis.evidence.labels == ("A", "B 2025")
    assert table.analysis.included.labels == ("A",)


def test_delete_and_undo(table) -> None:
    table.delete(A.key)
    assert table.analysis.evidence.labels == ("B",)
    assert "Deleted: A. Undo brings it back." in table.report.text
    table.buttons["undo"].click()
    assert table.analysis.evidence.labels == ("A", "B")
    assert table.report.text == ""
    table.buttons["redo"].click()
    assert table.analysis.evidence.labels == ("B",)
    table.add_row()
    table.delete(table.lines[-1].id)
    assert len(table.lines) == 1
    table.delete("nobody")


def test_a_block_is_typed_from_its_cell_on(table) -> None:
    table.paste(A.key, "hr", "0,80\t0,70\t0,95\r\n0,5\t0,9\t0,8\r\nabc\t0,1\t0,2\r\n")
    assert (table.analysis.evidence[0].hr, table.analysis.evidence[0].ci_high) == (0.8, 0.95)
    assert table.analysis.evidence[1] == B
    assert "The interval runs from 0.9 to 0.8" in row(table, 1)["wrong"]["hr"]
    assert "'abc' is not understood" in row(table, 2)["wrong"]["hr"]
    said = table.report.text
    assert "Pasted 3 rows into HR, Lower limit, Upper limit." in said
    assert "Not taken: Row 3 (new row), HR: 'abc'" in said
    table.analysis.undo()
    assert table.analysis.evidence == nm.Evidence([A, B])
    assert not table.analysis.can_undo


def test_a_block_with_decimal_commas_settles_what_is_in_doubt(table) -> None:
    table.paste(A.key, "hr", "1,234\t1,1\t1,5\n0,6\t0,5\t0,7")
    assert [trial.hr for trial in table.analysis.evidence] == [1.234, 0.6]


def test_a_block_wider_than_the_table_says_so(table) -> None:
    table.paste(A.key, "source", "a\tb\tc\nd\te\tf")
    assert "2 columns stood beyond the last one and were left out" in table.report.text
    assert table.analysis.evidence[1].source == "d"


def test_a_block_with_a_header_is_a_table_of_its_own(table) -> None:
    block = "Trial\tTreatment\tHR (95% CI)\tremarks of mine\nC\tz\t0,38 (0,25–0,59)\tx\nA\tx\t0,4\t\nD\tz\tbad\t\n"
    table.paste(A.key, "hr", block)
    assert table.analysis.evidence.labels == ("A", "B", "C")
    added = table.analysis.evidence[2]
    assert (added.hr, added.control, added.endpoint) == (0.38, "y", "PFS")
    said = table.report.text
    for words in (
        *(
            "Added 1 row.",
            "Trial → study, Treatment → experimental, HR (95% CI) → hr",
            "Left out: remarks of mine.",
        ),
        *("Not taken: line 4 (D), column 'HR (95% CI)': 'bad' is not understood", "A: the row is there already."),
    ):
        assert words in said, words


def test_a_block_that_is_no_table_is_refused_as_a_whole(table) -> None:
    table.paste(A.key, "hr", 'Trial\tTreatment\n"C\tz\n')
    assert "Nothing was pasted." in table.report.text
    table.paste(A.key, "hr", "0.5\n" * 10_001)
    assert "at most 10000 at once" in table.report.text
    assert table.analysis.evidence == nm.Evidence([A, B])


def test_long_reports_are_cut(table) -> None:
    table.paste(A.key, "study", "\n".join(f"T{at}\t\t\tx\ty\tPFS\t\tbad" for at in range(40)))
    assert "and 28 more." in table.report.text


def test_ten_thousand_rows_come_page_by_page() -> None:
    many = [nm.Trial(study=f"T{at}", experimental="x", control="y", log_hr=0.1, se=0.2) for at in range(10_000)]
    table = nm.EvidenceTable(nm.Analysis(nm.Evidence(many)))
    assert len(json.loads(table.grid.rows)) == 25
    assert "Rows 1 to 25 are shown" in table.grid.caption
    table.buttons["next"].click()
    assert json.loads(table.grid.rows)[0]["name"] == "T25"
    table.add_row()
    assert json.loads(table.grid.rows)[-1]["at"] == 10_001
    assert table.grid.focus[:2] == [0, 0]


@pytest.mark.parametrize(
    "message",
    [
        *(None, [], "x", {}, {"kind": "edit"}, {"kind": "edit", "id": A.key, "field": "__class__", "text": "x"}),
        *(
            {"kind": "delete", "id": ["x"]},
            {"kind": "paste", "field": "hr", "id": {}, "text": 7},
            {"kind": "launch"},
        ),
        {"kind": "edit", "id": "nobody", "field": "hr", "text": "0.5"},
    ],
)
def test_messages_that_no_page_sends_mean_nothing(table, message) -> None:
    table._heard(None, message, None)
    assert table.analysis.evidence == nm.Evidence([A, B])


def test_messages_do_what_the_methods_do(table) -> None:
    table._heard(None, {"kind": "edit", "id": B.key, "field": "hr", "text": "0.6"}, None)
    assert table.analysis.evidence[1].hr == 0.6
    table._heard(None, {"kind": "undo"}, None)
    assert table.analysis.evidence[1].hr == 0.5
    table._heard(None, {"kind": "redo"}, None)
    table._heard(None, {"kind": "add"}, None)
    table._heard(None, {"kind": "delete", "id": A.key}, None)
    assert [line.name for line in table.lines] == ["B", "new row"]
