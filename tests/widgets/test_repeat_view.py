"""The panel with the code that repeats the analysis, without a browser."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.widgets import repeat


@pytest.fixture
def view():
    return nm.RepeatView()


def test_the_code_follows_the_analysis_and_the_choice(view):
    assert view.code.text == view.analysis.to_python()
    view.analysis.toggle("CABINET pNET")
    assert view.code.text == view.analysis.to_python()
    assert "# Taken out by the reader: CABINET pNET." in view.code.text
    view.which.value = "R"
    assert view.code.text == view.analysis.to_r()
    assert "metafor" in view.about.text
    assert view.code.label == "The analysis as a script in R"


def test_the_file_is_the_whole_script_in_the_language_that_is_chosen(view):
    made = view.save.press()
    assert (made.name, made.content) == ("analysis.py", view.analysis.to_python())
    view.which.value = "R"
    made = view.save.press()
    assert (made.name, made.content) == ("analysis.R", view.analysis.to_r())


def test_a_very_long_script_is_shown_in_part_and_saved_whole(view, monkeypatch):
    monkeypatch.setattr(repeat, "_MOST", 10)
    view.refresh()
    whole = view.analysis.to_python()
    assert view.code.text == "".join(whole.splitlines(keepends=True)[:10])
    assert "Here are its first 10 of" in view.about.text
    assert view.save.press().content == whole


def test_a_question_without_an_answer_has_a_script_too(view):
    view.analysis.selection = nm.Selection("no endpoint")
    assert "There is no pooled result: Pooling needs at least 2 trials" in view.code.text
    compile(view.code.text, "script.py", "exec")
