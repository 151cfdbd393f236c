"""The workshop as a learner goes through it: every notebook in order, every exercise answered on the page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.teaching import LESSONS, ChoiceAsked, IntervalAsked, OrderAsked

pytestmark = pytest.mark.browser
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# What a learner might say who has not done this before, near or not.
GUESSES = {
    ("first-forest-plot", 1): "about 0,45",
    ("first-forest-plot", 2): "moves towards 1",
    ("first-forest-plot", 3): ("RADIANT-3", "CLARINET", "RADIANT-4", "CABINET pNET"),
    ("common-and-random", 1): "the random-effects interval",
    ("common-and-random", 2): "11%",
    ("common-and-random", 3): "30-50",
    ("why-intervals-change", 1): "95",
    ("why-intervals-change", 2): "95%",
    ("why-intervals-change", 3): ("0.15", "0.60"),
    ("heterogeneity", 1): "40 %",
    ("heterogeneity", 2): ("0,34", "0,48"),
    ("heterogeneity", 3): "stays as it is",
    ("one-trial", 1): "0.45",
    ("one-trial", 2): "narrower",
    ("one-trial", 3): "CABINET pNET",
    ("small-studies", 1): "stronger effects",
    ("small-studies", 2): "It gives a P value",
    ("small-studies", 3): "2",
    ("network", 1): "0.7",
    ("network", 2): "wider than both",
    ("network", 3): "one or 2",
}


def predict(form, asks, guess) -> None:
    if isinstance(asks, ChoiceAsked):
        form.get_by_label(guess, exact=True).check()
    elif isinstance(asks, OrderAsked):
        for place, item in zip(("First", "Second", "Third", "Fourth"), guess, strict=True):
            form.get_by_label(f"{place} place").select_option(item)
    elif isinstance(asks, IntervalAsked):
        form.get_by_label("Lower limit").fill(guess[0])
        form.get_by_label("Upper limit").fill(guess[1])
    else:
        form.get_by_label(asks.label, exact=True).fill(guess)


def found(form, kind: str) -> str:
    return form.locator(f".netmeta-{kind}").first.inner_text()


def answer(page, key: str, number: int) -> None:
    """Answer an exercise, and read what is said to it."""
    task = nm.teaching.task(key, number)
    form = page.locator(".netmeta-exercise", has_text=f"Exercise {number}. {task.title}")
    form.scroll_into_view_if_needed()
    predict(form, task.asks, GUESSES[key, number])
    reason = task.reasons[number % len(task.reasons)]
    form.get_by_label(reason.text, exact=True).check()
    form.get_by_label("In your own words, if you like").fill("Because the trials have different weights <b>")
    form.get_by_role("button", name="Check", exact=True).click()
    form.locator(".netmeta-answer").wait_for()
    assert found(form, "answer") == task.truth().said
    judged = form.locator(".netmeta-fine" if reason.holds else ".netmeta-warning", has_text=reason.why)
    assert judged.count() == 1
    assert form.locator("b").count() == 0


@pytest.fixture
def opened(lab, notebook):
    def start(name: str):
        shutil.copy(NOTEBOOKS / f"{name}.ipynb", lab["root"] / f"{name}.ipynb")
        return notebook.open(f"{name}.ipynb")

    return start


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.key)
def test_a_lesson_as_a_learner_takes_it(page, opened, lesson):
    book = opened(lesson.notebook)
    page.locator(".netmeta-exercise").first.wait_for(timeout=60_000)
    for number in range(1, len(lesson.tasks) + 1):
        answer(page, lesson.key, number)
    page.wait_for_timeout(300)
    book.picture(f"workshop-{lesson.key}")


def test_without_a_prediction_nothing_is_shown_and_the_keyboard_is_enough(page, notebook):
    notebook(['import netmeta as nm\nnm.exercise("first-forest-plot", 1)'])
    form = page.locator(".netmeta-exercise")
    check = form.get_by_role("button", name="Check", exact=True)
    check.wait_for(timeout=60_000)
    check.focus()
    page.keyboard.press("Enter")
    form.locator(".netmeta-error", has_text="Make a prediction first").wait_for()
    assert form.locator(".netmeta-answer").count() == 0
    form.get_by_label("Pooled hazard ratio").focus()
    page.keyboard.type("0,4")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert form.get_by_label("Precise trials weigh more than others").is_checked()
    check.focus()
    page.keyboard.press("Enter")
    form.locator(".netmeta-answer").wait_for()
    assert form.locator(".netmeta-error").count() == 0
    # Typed letters are no commands of JupyterLab: the cell is still there.
    form.get_by_label("In your own words, if you like").focus()
    page.keyboard.type("dd xx weights")
    assert form.get_by_label("In your own words, if you like").input_value() == "dd xx weights"


def test_the_simulator_accumulates_between_clicks(page, notebook):
    book = notebook(["import netmeta as nm\nsimulator = nm.Simulator(nm.Scenario(k=3))\nsimulator"])
    page.locator(".netmeta-figure svg").nth(1).wait_for(state="attached", timeout=60_000)
    page.get_by_role("button", name="One more", exact=True).click()
    page.locator(".netmeta-text", has_text="1 simulated meta-analysis: 3 trials").wait_for()
    page.get_by_role("button", name="Start", exact=True).or_(
        page.get_by_role("button", name="Go on", exact=True)
    ).click()
    page.locator(".misses_marks line").first.wait_for(state="attached")
    page.get_by_role("button", name="Pause", exact=True).click()
    counted = int(book.python("print(simulator.found.n)"))
    assert 1 < counted < 5000
    # Shares of dots on the page are those of the kernel.
    expected = nm.coverage(nm.Scenario(k=3), n=counted).of("hartung-knapp")
    page.locator(".netmeta-figure text", has_text=f"{100 * expected.coverage:.1f}%").first.wait_for(
        state="attached"
    )
    page.get_by_role("slider", name="Trials in a meta-analysis").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".netmeta-text", has_text="Nothing is simulated yet: 4 trials").wait_for()
    field = page.get_by_role("spinbutton", name="Trials in a meta-analysis")
    field.fill("1000")
    field.press("Enter")
    page.locator(".netmeta-text", has_text="Nothing is simulated yet: 40 trials").wait_for()
    assert field.input_value() == "40"
    field.fill("4")
    field.press("Enter")
    page.locator(".netmeta-text", has_text="Nothing is simulated yet: 4 trials").wait_for()
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator(".netmeta-text", has_text="5 000 simulated meta-analyses").wait_for(timeout=30_000)
    row = nm.coverage(nm.Scenario(k=4), n=5000).of("dl-wald")
    page.locator(".netmeta-text", has_text=f"in {100 * row.coverage:.1f}%").wait_for()
    book.picture("workshop-simulator")
