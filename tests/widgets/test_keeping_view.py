"""The panel of kept states without a browser, and files through it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import netmeta as nm
from netmeta.charts.kept_rows import kept_rows
from netmeta.state import Problem
from netmeta.widgets.download import Download, FileMade
from netmeta.widgets.keeping_compared import NOW_WORDS as NOW

LATELY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def view():
    return nm.KeepingView()


def chart_rows(view):
    return json.loads(view.chart.data)["tables"]["rows"]


def press(button):
    button.click()


def test_nothing_is_shown_before_something_is_kept(view):
    assert "Nothing is kept yet" in view.empty.text
    assert view._kept.layout.display == "none"


def test_states_stand_in_the_table_with_what_was_changed(view):
    view.name.value = "all trials"
    press(view.keep)
    assert view.told.text == "Kept: all trials."
    assert view.name.value == ""
    view.analysis.toggle("CABINET pNET")
    view.analysis.toggle("CABINET epNET")
    press(view.keep)
    assert view.told.text == "Kept: State 1."
    assert view._kept.layout.display == ""
    assert [row[0] for row in view.table.rows] == ["all trials", "State 1", NOW]
    assert view.table.rows[0][1:3] == ["9", "0.41 (0.34–0.48)"]
    assert view.table.rows[1][-1] == "Taken out: CABINET epNET and CABINET pNET."
    assert view.table.rows[2][-1] == "Nothing was changed."


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(view):
    for _ in range(2):
        view.name.value = "same"
        press(view.keep)
    assert "already" in view.told.of_kind("error")[0]
    assert view.name.value == "same"
    assert len(view.analysis.snapshots) == 1


def test_go_back_and_forget(view):
    view.analysis.keep("all trials")
    view.analysis.toggle("CABINET pNET")
    view.analysis.keep("without")
    assert view.which.value == "without"
    view.which.value = "all trials"
    press(view.go)
    assert view.analysis.outcome.k == 9
    press(view.drop)
    assert view.which.options == ("without",)
    press(view.drop)
    assert view.analysis.snapshots == ()
    assert view._kept.layout.display == "none"


def test_two_states_side_by_side(view):
    compared = view.compared
    view.analysis.keep("all trials")
    view.analysis.toggle("CABINET pNET")
    assert (compared.first.label, compared.second.label) == ("all trials", NOW)
    assert compared.said.text.splitlines()[0] == "Taken out: CABINET pNET."
    assert compared.table.rows[0] == ["Trials", "9", "8", "−1"]
    view.analysis.keep("without")
    view.analysis.model = nm.CommonEffect()
    compared.first.value = "without"
    assert compared.said.text.startswith("The model changes from")
    view.analysis.forget("without")
    assert compared.first.label == "all trials"


def test_the_plot_has_a_diamond_for_each_state_and_one_for_the_present(view):
    view.analysis.keep("all trials")
    view.analysis.model = nm.CommonEffect()
    rows = chart_rows(view)
    assert [(row["kind"], row["row"], row["label"]) for row in rows] == [
        ("head", 0, "Kept"),
        ("prediction", 1, ""),
        ("subtotal", 1, "all trials"),
        ("pooled", 2, NOW),
    ]
    result = view.analysis.snapshots[0].state.outcome
    assert rows[2]["hr"] == pytest.approx(result.hr)
    assert [rows[2][side] for side in ("low", "high")] == pytest.approx([result.ci.exp().low, result.ci.exp().high])
    assert [rows[1][side] for side in ("low", "high")] == pytest.approx([result.pi.exp().low, result.pi.exp().high])


def test_states_without_a_result_have_a_line_without_marks():
    found = kept_rows([("none", Problem("Too few."))], ("x" * 60, Problem("Too few.")))
    assert [(row["label"], row["effect"], row["hr"]) for row in found.rows[1:]] == [
        ("none", "no pooled result", None),
        ("x" * 29 + "…", "no pooled result", None),
    ]


def test_a_closed_panel_computes_nothing(monkeypatch):
    bench = nm.Workbench()
    bench.keeping.toggle()
    bench.keeping.toggle()
    view = bench.keeping.inside
    bench.analysis.keep("one")
    assert view.table.rows == []
    bench.keeping.toggle()
    assert [row[0] for row in view.table.rows] == ["one", NOW]
    assert view.compared.table.rows
    bench.close()


def upload(view, raw: bytes):
    view.files.upload.value = (
        {"name": "a.json", "type": "", "size": len(raw), "content": raw, "last_modified": LATELY},
    )


def test_a_saved_file_is_opened_as_one_step(view):
    other = nm.Analysis()
    other.keep("theirs")
    other.toggle("RADIANT-3")
    start = view.analysis.state
    made = view.files.save.press()
    assert made.name == "analysis.json"
    upload(view, other.to_json().encode())
    assert view.analysis.state == other.state
    assert [one.name for one in view.analysis.snapshots] == ["theirs"]
    assert "One kept state came with it." in view.files.told.text
    assert view.files.upload.value == ()
    view.analysis.undo()
    assert view.analysis.state == start
    upload(view, made.raw)
    assert view.analysis.state == start


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not JSON"),
        (b"PK\x03\x04", "not JSON"),
        (b"{}", "no saved analysis"),
        (b" " * 8_000_001, "come through the page"),
    ],
)
def test_a_bad_file_is_told_in_words_and_nothing_is_lost(view, raw, said):
    view.analysis.keep("mine")
    before = view.analysis.state, view.analysis.snapshots
    upload(view, raw)
    assert said in view.files.told.of_kind("error")[0]
    assert view.files.told.of_kind("aside") == ("The analysis here is as it was.",)
    assert (view.analysis.state, view.analysis.snapshots) == before
    assert view.files.anyway.layout.display == "none"


def test_a_file_that_was_changed_can_be_opened_all_the_same(view):
    raw = nm.Analysis().to_json().replace('"hr": 0.38', '"hr": 0.37').encode()
    upload(view, raw)
    assert "changed after it was saved" in view.files.told.text
    assert "checked=False" not in view.files.told.text
    assert view.files.anyway.layout.display == ""
    press(view.files.anyway)
    assert view.analysis.evidence[0].hr == 0.37
    assert view.files.anyway.layout.display == "none"


def test_a_download_is_made_when_it_is_pressed_and_not_before():
    made = []
    button = Download(lambda: made.append(1) or FileMade("a.txt", "text/plain", "é\ud800"), description="Save")
    assert made == []
    assert button.press().raw == "é?".encode()
    sent = []
    button.send = lambda message, buffers: sent.append((message, buffers))
    button._heard(button, {"kind": "press"}, [])
    assert sent == [({"kind": "file", "name": "a.txt", "mime": "text/plain"}, ["é?".encode()])]
    for message in ({"kind": "other"}, "press", None):
        button._heard(button, message, [])
    button.disabled = True
    button._heard(button, {"kind": "press"}, [])
    assert len(made) == 2


def test_a_download_that_is_refused_is_told():
    def refuse():
        raise nm.StateError("There is nothing.")

    told = []
    button = Download(refuse, description="Save", refused=told.append)
    assert button.press() is None
    assert [str(error) for error in told] == ["There is nothing."]
    assert Download(refuse, description="Save").press() is None
