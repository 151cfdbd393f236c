"""The panels "What it means for patients" and "Benefit and harm" in real JupyterLab."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
SHOWN = "import netmeta as nm\nanalysis = nm.Analysis()\nview = nm.AbsoluteView(analysis)\nview"
HARM = "import netmeta as nm\nanalysis = nm.Analysis()\nview = nm.HarmView(analysis)\nview"
SHARE = "Of 100 patients with placebo, alive without progression at that time"


def said(page):
    return page.locator(".netmeta-answer").first


def test_a_dragged_baseline_answers_at_once_and_is_one_step(page, notebook, keep):
    book = notebook([SHOWN])
    page.locator(".curves_marks, .mark-line").first.wait_for(state="attached", timeout=60_000)
    slider = page.get_by_role("slider", name=SHARE)
    slider.wait_for()
    page.get_by_role("spinbutton", name=SHARE).wait_for()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 0.15 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.3, 0.4, 0.5):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2, steps=4)
    # It answers while it is held, and the analysis has not heard of it yet.
    page.locator(".netmeta-answer", has_text="500 are alive without progression at 12 months").wait_for()
    assert book.python("print(analysis.baseline, analysis.can_undo)") == "None False"
    keep("absolute-dragging")
    page.mouse.up()
    page.wait_for_timeout(400)
    assert book.python("print(analysis.baseline.event_free, analysis.can_undo)") == "0.5 True"
    book.python("analysis.undo()")
    page.locator(".netmeta-answer", has_text="151 are alive").wait_for()
    assert book.python("print(analysis.baseline, analysis.can_undo)") == "None False"


def test_the_keyboard_moves_the_time(page, notebook):
    book = notebook([SHOWN])
    months = page.get_by_role("slider", name="Months")
    months.wait_for(timeout=60_000)
    months.focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".netmeta-answer", has_text="at 11 months").wait_for()
    page.wait_for_timeout(300)
    assert book.python("print(analysis.baseline.time)") == "11.0"
    assert book.cells() == 1


def test_a_click_takes_a_trial_out_of_benefit_and_harm(page, notebook, keep):
    book = notebook([HARM])
    line = page.locator(".lines_marks path, .lines_marks rect").first
    line.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(800)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    page.mouse.click(box["x"] + 60, box["y"] + box["height"] / 2)
    page.locator(".netmeta-caution", has_text="there is 1 (Alliance A021202)").wait_for()
    assert book.python("print(*[key.split(' | ')[0] for key in analysis.excluded])") == "CABINET epNET"
    keep("benefit-harm-out")
