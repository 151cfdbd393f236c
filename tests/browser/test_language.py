"""The workbench in two languages: switched in the page, live, with the panels that are open."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

WORKBENCH = ["import netmeta as nm\nbench = nm.Workbench()\nbench"]


def chinese(page):
    page.get_by_role("combobox", name="Language").select_option("简体中文")
    page.get_by_role("button", name=re.compile("[▸▾] 模型")).wait_for()


@pytest.mark.parametrize("page", [{"width": 1280, "height": 1400}], indirect=True)
def test_the_page_changes_its_language_and_answers_in_it(page, notebook, keep):
    desk = notebook(WORKBENCH)
    answer = page.locator(".netmeta-answer").first
    answer.wait_for()
    page.locator(".netmeta-figure svg").first.wait_for(state="attached")
    keep("workbench-english")
    english = answer.text_content()
    chinese(page)
    page.wait_for_function(
        "before => document.querySelector('.netmeta-answer').textContent !== before", arg=english
    )
    assert "风险" in answer.text_content()
    assert "无进展生存期" in page.locator(".netmeta-question select").first.text_content()
    keep("workbench-chinese")
    before = answer.text_content()
    desk.python("bench.forest.click('CABINET pNET')")
    page.wait_for_function("before => document.querySelector('.netmeta-answer').textContent !== before", arg=before)
    assert "风险" in answer.text_content()
    assert desk.python("print(bench.history.undo.description)") == "Undo"
    page.get_by_role("combobox", name="语言").select_option("English")
    page.get_by_role("button", name="▸ Model").wait_for()
    desk.python("bench.analysis.undo()")
    page.wait_for_function(
        "before => document.querySelector('.netmeta-answer').textContent === before", arg=english
    )


@pytest.mark.parametrize("page", [{"width": 1280, "height": 1000}], indirect=True)
def test_panels_that_are_open_follow(page, notebook):
    desk = notebook(WORKBENCH)
    page.locator(".netmeta-answer").first.wait_for()
    for name in ("trials", "model", "sensitivity"):
        desk.python(f"bench.{name}.toggle()")
    page.get_by_role("columnheader", name="Read by").wait_for()
    chinese(page)
    page.get_by_role("columnheader", name="评估者").wait_for()
    page.get_by_role("button", name="撤销").wait_for()
    desk.python("bench.trials.toggle()")
    desk.picture("panels-chinese")
