"""The panel of the report in real JupyterLab: its texts are read, and a click hands over a page that opens."""

from __future__ import annotations

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
CELL = "import netmeta as nm\nbench = nm.Workbench()\nbench.report.toggle()\nbench"


def test_the_panel_reads_and_hands_over_the_report(page, notebook, keep, tmp_path) -> None:
    notebook([CELL])
    page.locator(".netmeta-report-text h3", has_text="Question and trials").wait_for(timeout=90_000)
    page.get_by_role("button", name="Results", exact=True).click()
    page.locator(".netmeta-report-text p", has_text=nm.sentence(nm.Analysis().outcome)).first.wait_for()
    keep("report-results")
    page.get_by_role("button", name="Checklist", exact=True).click()
    page.locator(
        ".netmeta-checklist td", has_text="To be written by the authors: the search strategies."
    ).wait_for()
    keep("report-checklist")
    with page.expect_download(timeout=120_000) as awaited:
        page.get_by_role("button", name="Page", exact=True).click()
        page.locator(".netmeta-work", has_text="Making the page").wait_for()
    awaited.value.save_as(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert awaited.value.suggested_filename == "report.html"
    assert text.startswith("<!DOCTYPE html>")
    assert nm.Analysis().included.labels[0] in text
    page.locator(".netmeta-text", has_text="report.html is made").wait_for()
    keep("report-made")
