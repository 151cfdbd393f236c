"""An analysis keeps states under names, saves itself to a file and comes back from one."""

from __future__ import annotations

import os

import pytest

import netmeta as nm
from netmeta.errors import StateError
from netmeta.state import Saved, Snapshot


@pytest.fixture
def analysis():
    return nm.Analysis()


def test_going_back_is_one_step_for_undo(analysis):
    kept = analysis.keep("all trials")
    analysis.toggle("RADIANT-3")
    analysis.model = nm.CommonEffect()
    changed = analysis.state
    analysis.go_to("all trials")
    assert analysis.state == kept.state
    analysis.undo()
    assert analysis.state == changed
    assert analysis.snapshots == (kept,)


def test_keeping_and_forgetting_are_no_steps_for_undo(analysis):
    analysis.keep("one")
    analysis.keep()
    assert [one.name for one in analysis.snapshots] == ["one", "State 1"]
    assert analysis.next_name == "State 2"
    analysis.forget("one")
    assert [one.name for one in analysis.snapshots] == ["State 1"]
    assert not analysis.can_undo


def test_a_name_is_taken_once_and_is_a_name(analysis):
    analysis.keep("  one  name ")
    with pytest.raises(StateError, match="'one name' already"):
        analysis.keep("one name")
    with pytest.raises(StateError, match="at most 80"):
        analysis.keep("x" * 81)
    with pytest.raises(StateError, match="name is empty"):
        analysis.keep(" ")
    for verb in (analysis.go_to, analysis.forget, analysis.snapshot):
        with pytest.raises(
            StateError, match=r"No state is kept under the name 'one nam'\. Did you mean 'one name'"
        ):
            verb("one nam")


def test_observers_hear_of_kept_states(analysis):
    heard = []
    analysis.observe(lambda change: heard.append(len(change["new"])), "snapshots")
    analysis.keep()
    analysis.forget("State 1")
    assert heard == [1, 0]


def test_a_file_brings_everything_back(analysis, tmp_path):
    analysis.keep("all trials")
    analysis.toggle("RADIANT-3")
    analysis.save(tmp_path / "analysis.json")
    for source in (tmp_path / "analysis.json", str(tmp_path / "analysis.json"), analysis.to_json()):
        found = nm.load_analysis(source)
        assert isinstance(found, nm.Analysis)
        assert (found.state, found.snapshots) == (analysis.state, analysis.snapshots)
        assert found.outcome == analysis.outcome
        assert not found.can_undo
    found.toggle("RADIANT-4")
    found.reset()
    assert found.state == analysis.state


def test_text_with_a_mark_of_byte_order_is_read(analysis, tmp_path):
    (tmp_path / "analysis.json").write_bytes(b"\xef\xbb\xbf" + analysis.to_json().encode())
    assert nm.load_analysis(tmp_path / "analysis.json").state == analysis.state
    assert nm.load_analysis("\ufeff" + analysis.to_json()).state == analysis.state


def test_an_analysis_of_no_trials_comes_back():
    analysis = nm.Analysis(nm.Evidence(()))
    assert nm.load_analysis(analysis.to_json()).state == analysis.state


def test_a_file_that_is_not_there_or_cannot_be_written(analysis, tmp_path):
    with pytest.raises(StateError, match="cannot be read: No such file"):
        nm.load_analysis(tmp_path / "none.json")
    with pytest.raises(StateError, match="cannot be read"):
        nm.load_analysis("x" * 5000)
    with pytest.raises(StateError, match="cannot be read"):
        nm.load_analysis("a\x00b")
    with pytest.raises(StateError, match="cannot be written: No such file"):
        analysis.save(tmp_path / "none" / "analysis.json")


def test_a_huge_file_is_not_even_read(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 80 * 2**20)
    with pytest.raises(StateError, match="84 MB"):
        nm.load_analysis(path)


def test_a_file_that_was_changed_is_opened_when_that_is_meant(analysis):
    text = analysis.to_json().replace('"hr": 0.38', '"hr": 0.37')
    with pytest.raises(StateError, match="changed after it was saved"):
        nm.load_analysis(text)
    assert nm.load_analysis(text, checked=False).evidence[0].hr == 0.37


def test_opening_a_file_keeps_ones_own_states_beside_those_of_the_file(analysis):
    start = analysis.state
    analysis.keep("mine")
    analysis.toggle("RADIANT-3")
    other = analysis.state
    analysis.undo()
    saved = Saved(other, (Snapshot("mine", other), Snapshot("theirs", other)))
    analysis.open(saved)
    analysis.open(saved)
    assert analysis.state == other
    names = [one.name for one in analysis.snapshots]
    assert names == ["mine", "mine (file)", "theirs"]
    assert analysis.snapshot("mine").state == start
    assert analysis.snapshot("mine (file)").state == other
    analysis.undo()
    assert analysis.state == start


def test_the_scripts_are_those_of_the_state(analysis, tmp_path):
    assert "nm.pool(trials, model)" in analysis.to_python(tmp_path / "a.py")
    assert "rma(log_hr" in analysis.to_r(tmp_path / "a.R")
    assert (tmp_path / "a.py").read_text(encoding="utf-8") == analysis.to_python()
    assert (tmp_path / "a.R").read_bytes() == analysis.to_r().encode("ascii")
