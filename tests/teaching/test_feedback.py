"""Feedback: how near on the right scale, in which direction, which reasons hold, and ideas in one's own words."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta.teaching import (
    Answer,
    ChoiceAsked,
    Concept,
    IntervalAsked,
    NumberAsked,
    OrderAsked,
    Reason,
    Task,
    Truth,
    respond,
)
from netmeta.teaching.comparing import compared
from netmeta.teaching.concepts import names

HR, PERCENT, COUNT = NumberAsked("HR"), NumberAsked("I²", "percent", near=5), NumberAsked("Trials", "count", near=1)
GOOD = Reason("Precise trials weigh more", True, "A weight is 1 / variance.")
OTHER = Reason("They share the weight", True, "All weights add up to one.")
BAD = Reason("New trials weigh more", False, "The year has no part in it.")


def asked(truth=0.4, asks=HR):
    calls = []

    def find():
        calls.append(1)
        return Truth(truth, "The pooled hazard ratio is 0.40.")

    concepts = (Concept("weights", "weights"), Concept("precision", "precision"))
    return Task("Title", "What is it?", asks, find, (GOOD, BAD, OTHER), concepts), calls


@pytest.mark.parametrize(
    ("given", "near", "said"),
    [
        (0.41, True, "close to 0.40"),
        (0.44, True, "close to 0.40"),
        (0.365, True, "close to 0.40"),
        (0.45, False, "a weaker effect than 0.40"),
        (0.36, False, "a stronger effect than 0.40"),
        (1.3, False, "on the other side of 1 than 0.40"),
    ],
)
def test_hazard_ratios_are_compared_by_their_logarithms(given, near, said):
    found = compared(HR, given, 0.4)
    assert found[0] == near
    assert said in found[1]
    if given < 1:
        assert f"{nm.numerals.ratio(given)} is \u2212" in found[1]


def test_a_harm_that_is_predicted_too_small_is_a_weaker_effect():
    assert "a weaker effect" in compared(HR, 1.2, 2.0)[1]
    assert "a stronger effect" in compared(HR, 3.0, 2.0)[1]


@pytest.mark.parametrize(
    ("asks", "given", "true", "near", "said"),
    [
        (PERCENT, 18.0, 15.0, True, "close to 15%"),
        (PERCENT, 40.0, 15.0, False, "25 percentage points above 15%"),
        (PERCENT, 5.0, 15.0, False, "10 percentage points below 15%"),
        (COUNT, 4.0, 4.0, True, "and so it is"),
        (COUNT, 5.0, 4.0, True, "close to 4"),
        (COUNT, 7.0, 4.0, False, "more than the 4"),
        (COUNT, 0.0, 4.0, False, "fewer than the 4"),
    ],
)
def test_percentages_by_points_and_counts_by_difference(asks, given, true, near, said):
    found = compared(asks, given, true)
    assert found[0] == near
    assert said in found[1]


@pytest.mark.parametrize(
    ("given", "near", "said"),
    [
        ((0.31, 0.52), True, "close to 0.30\u20130.55 at both ends"),
        ((0.35, 0.45), False, "less uncertainty than there is"),
        ((0.10, 0.90), False, "more uncertainty than there is"),
        ((0.45, 0.80), False, "about as wide as 0.30\u20130.55, but nearer to 1"),
        ((0.18, 0.33), False, "but further from 1"),
    ],
)
def test_intervals_by_width_and_place(given, near, said):
    found = compared(IntervalAsked("interval", near=1.15), given, (0.30, 0.55))
    assert found[0] == near
    assert said in found[1]


def test_orders_are_compared_in_pairs():
    asks = OrderAsked(("A", "B", "C", "D"), "most")
    assert compared(asks, ("A", "B", "C", "D"), ("A", "B", "C", "D")) == (
        True,
        "Your order is the one that is found: all 6 pairs stand the right way round.",
    )
    near, said = compared(asks, ("A", "C", "B", "D"), ("A", "B", "C", "D"))
    assert not near
    assert said == "5 of 6 pairs stand the right way round in your order. For one, B comes before C."
    assert compared(asks, ("D", "C", "B", "A"), ("A", "B", "C", "D"))[1].startswith("0 of 6 pairs")


def test_a_choice():
    asks = ChoiceAsked(("wider", "narrower"))
    assert compared(asks, "wider", "wider") == (True, "You chose “wider”, and so it is.")
    assert compared(asks, "wider", "narrower")[0] is False


def test_nothing_is_revealed_before_a_prediction():
    task, calls = asked()
    for typed in ("", "no idea", "45%"):
        with pytest.raises(nm.EntryError) as refused:
            respond(task, Answer((typed,), (GOOD.text,), "weights"))
        assert "0.40." not in str(refused.value)
    assert not calls


def test_reasons_are_judged_one_by_one():
    task, _calls = asked()
    lines = respond(task, Answer(("0.4",), (GOOD.text, BAD.text))).lines
    assert ("fine", f"Your reason “{GOOD.text}” holds. {GOOD.why}") in lines
    assert ("warning", f"Your reason “{BAD.text}” does not hold. {BAD.why}") in lines
    assert ("aside", f"Also true: “{OTHER.text}”. {OTHER.why}") in lines
    assert sum(BAD.why in text for _kind, text in lines) == 1
    untold = respond(task, Answer(("0.4",))).text
    assert BAD.why not in untold
    assert GOOD.why in untold


def test_a_right_number_for_a_wrong_reason_is_told_both():
    task, _calls = asked()
    found = respond(task, Answer(("0.4",), (BAD.text,)))
    assert found.near
    assert [kind for kind, _text in found.lines][:3] == ["answer", "fine", "warning"]


@pytest.mark.parametrize("wording", ["wrong", "incorrect", "mistake", "false", "score", "points for"])
def test_own_words_are_never_judged(wording):
    task, _calls = asked()
    for words in ("because it rained", "Gewicht", "weights and precision", "🙂", "<b>bold</b>"):
        text = "\n".join(
            line for kind, line in respond(task, Answer(("0.4",), (), words)).lines if kind in ("aside", "fine")
        )
        assert wording not in text.lower().replace("also true", "")


def test_own_words_are_kept_and_ideas_in_them_are_named():
    task, _calls = asked()
    lines = respond(task, Answer(("0.4",), (), "Bigger trials get a larger wieght")).lines
    assert ("aside", 'You wrote: "Bigger trials get a larger wieght"') in lines
    assert any(text == "In your own words you name weights and precision." for _kind, text in lines)
    other = respond(task, Answer(("0.4",), (), "I guessed")).text
    assert "Did you think of weights and precision, too? This only looks for words it knows." in other
    assert "In your own words you name" not in other


@pytest.mark.parametrize(
    ("text", "key", "there"),
    [
        ("the trials are weighted", "weights", True),
        ("WEIGHTS!", "weights", True),
        ("each trial's share of it", "weights", True),
        ("the wieghts", "weights", True),
        ("the height", "weights", False),
        ("they are heterogenous", "heterogeneity", True),
        ("variation between-study", "heterogeneity", True),
        ("权重更大", "weights", True),
        ("异质性", "heterogeneity", True),
        ("nothing will change", "chance", False),
        ("that is just chance", "chance", True),
        ("it is a random-error thing", "chance", True),
        ("", "chance", False),
        ("only two trials, so one degree of freedom", "few trials", True),
        ("catalogue", "log scale", False),
        ("I take logarithms", "log scale", True),
    ],
)
def test_ideas_are_found_by_stem_spelling_and_phrase(text, key, there):
    assert names(text, Concept(key, key)) is there


def test_a_concept_without_words_is_refused():
    with pytest.raises(nm.EntryError, match=r"There is no concept 'wieghts'\. Did you mean 'weights'\?"):
        Concept("wieghts", "weights")


def test_a_range_is_said_to_be_taken_at_its_middle():
    task, _calls = asked()
    found = respond(task, Answer(("0.3-0.5",)))
    assert found.prediction == pytest.approx(0.15**0.5)
    assert "You gave a range" in found.text
