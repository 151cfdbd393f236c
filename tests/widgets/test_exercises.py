"""Exercises as a learner uses them: predict, tick, write, check, change one's mind; nothing typed is lost."""

from __future__ import annotations

import json

import pytest

import netmeta as nm
from netmeta.teaching import ChoiceAsked, IntervalAsked, OrderAsked, Reason, Task, Truth

HOSTILE = '<img src=x onerror="alert(1)"> {{x}} \u202e'


def shown(key="first-forest-plot", number=1):
    return nm.exercise(key, number)


def test_nothing_is_revealed_before_a_prediction():
    one = shown()
    one.check()
    assert one.problem.text.startswith("Make a prediction first")
    assert one.said.text == ""
    assert one.feedback is None
    assert one.checker.description == "Check"
    hr = nm.numerals.ratio(one.task.truth().value)
    assert hr not in json.dumps([child.get_state() for child in one.children], default=str)


def test_a_learner_who_is_near_for_a_wrong_reason_is_told_both():
    one = shown()
    one.predict("0,42")
    one.boxes["The strongest effect counts most"].value = True
    one.own.value = "big trials have more weight"
    one.checker.click()
    assert one.problem.text == ""
    assert "The pooled hazard ratio is 0.41" in one.said.of_kind("answer")[0]
    assert any("close to 0.41" in line for line in one.said.of_kind("fine"))
    assert any("does not hold" in line for line in one.said.of_kind("warning"))
    assert any("In your own words you name weights and precision." in line for line in one.said.of_kind("fine"))


def test_what_cannot_be_read_is_said_and_what_was_typed_stays():
    one = shown()
    one.predict("strong")
    one.own.value = "weights"
    one.boxes["Precise trials weigh more than others"].value = True
    one.check()
    assert 'There is no number in "strong"' in one.problem.text
    assert one.fields.typed == ("strong",)
    assert one.own.value == "weights"
    assert one.boxes["Precise trials weigh more than others"].value
    one.predict("0.4")
    one.check()
    assert one.problem.text == ""
    assert one.feedback.near


def test_one_may_try_again_and_the_first_prediction_is_remembered():
    one = shown()
    one.predict("0.8")
    one.check()
    assert not one.feedback.near
    assert "Your first prediction" not in one.said.text
    assert one.checker.description == "Check again"
    one.predict("0.41")
    one.check()
    assert one.feedback.near
    assert "Your first prediction was 0.80." in one.said.text
    one.predict("nothing")
    one.check()
    assert "There is no number" in one.problem.text
    assert "The pooled hazard ratio is 0.41" in one.said.text


def test_a_cell_that_is_run_again_shows_what_was_answered():
    one = shown()
    one.predict("0.5")
    one.check()
    again = shown()
    assert again is one
    assert again.fields.typed == ("0.5",)
    one.close()
    assert shown() is not one


def test_choices_intervals_and_orders():
    choice = shown("first-forest-plot", 2)
    choice.check()
    assert "choose one of the options" in choice.problem.text
    choice.predict("moves towards 1")
    choice.check()
    assert choice.feedback.near
    order = shown("first-forest-plot", 3)
    order.predict("RADIANT-3", "RADIANT-4", "CLARINET", "CLARINET")
    order.check()
    assert "“CLARINET” stands in more than one place" in order.problem.text
    order.predict("RADIANT-3", "CLARINET", "RADIANT-4", "CABINET pNET")
    order.check()
    assert "5 of 6 pairs" in order.said.text
    interval = shown("heterogeneity", 2)
    interval.predict("0,34", "0,48")
    interval.check()
    assert "less uncertainty than there is" in interval.said.text


def test_first_predictions_of_every_kind_are_written():
    for key, number, first, then, said in (
        ("first-forest-plot", 2, ("moves away from 1",), ("moves towards 1",), "“moves away from 1”"),
        ("first-forest-plot", 3, ("CABINET pNET", "RADIANT-3", "RADIANT-4", "CLARINET"),
         ("RADIANT-3", "CABINET pNET", "RADIANT-4", "CLARINET"), "CABINET pNET, RADIANT-3, RADIANT-4, CLARINET"),
        ("heterogeneity", 1, ("50",), ("20",), "50%"),
        ("heterogeneity", 2, ("0.3", "0.6"), ("0.3", "0.5"), "0.30–0.60"),
        ("small-studies", 3, ("3",), ("0",), "3"),
    ):  # fmt: skip
        one = shown(key, number)
        one.predict(*first)
        one.check()
        one.predict(*then)
        one.check()
        assert f"Your first prediction was {said}." in one.said.text


def test_words_of_a_learner_reach_the_page_as_text():
    one = shown()
    one.predict("0.4")
    one.own.value = HOSTILE
    one.check()
    assert any(HOSTILE.split(" {{", 1)[0] in line for line in one.said.of_kind("aside"))
    kinds = {type(child).__name__ for child in one.children}
    assert not kinds & {"HTML", "HTMLMath", "Output"}


def test_an_exercise_of_ones_own():
    task = Task(
        "Mine", "Which?", ChoiceAsked(("a", "b")), lambda: Truth("a", "It is a."), (Reason("So", True, "Because."),)
    )
    one = nm.Exercise(task)
    assert one.question.text.startswith("Exercise. Mine\nWhich?")
    one.predict("b")
    one.check()
    assert "You chose “b”; what is found is “a”." in one.said.text


def test_an_analysis_that_fails_is_said_in_its_own_words():
    def fails():
        raise nm.PoolingError("There is nothing to pool.")

    one = nm.Exercise(Task("Mine", "What?", IntervalAsked("interval"), fails))
    one.predict("0.3", "0.5")
    one.check()
    assert one.problem.text == "There is nothing to pool."


def test_orders_offer_a_place_for_each_item():
    items = tuple("ABCDEF")
    one = nm.Exercise(Task("Mine", "Order?", OrderAsked(items, "most"), lambda: Truth(items, "A to F.")))
    assert [control.description for control in one.fields.controls][-1] == "Sixth place"
    one.predict(*items)
    one.check()
    assert one.feedback.near


def test_the_text_of_a_page_without_widgets_has_the_question():
    one = shown()
    assert "What is the pooled hazard ratio?" in one._repr_mimebundle_()["text/plain"]


def test_what_is_no_task_is_refused():
    with pytest.raises(nm.EntryError, match="Exercise shows a Task; got str"):
        nm.Exercise("first")
    with pytest.raises(nm.SelectionError, match="exercises 1 to 3; there is no 9"):
        nm.exercise("network", 9)
