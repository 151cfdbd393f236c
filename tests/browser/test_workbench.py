"""The workbench in real JupyterLab."""

from __future__ import annotations
import pytest

CELL = ["import netmeta as nm\nbench = nm.Workbench()\nbench"]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("page", [{"width": 1280, "height": 1900}, {"width": 900, "height": 1900}], indirect=True)
def test_opens(notebook, page, theme):
    book = notebook(CELL, theme=theme)
    page.locator(".netmeta-figure svg").wait_for(state="attached")
    for o in page.locator(".netmeta-opener").all():
        o.click()
    page.wait_for_timeout(1500)
    page.get_by_label("Hazard ratio", exact=True).fill("0.5")
    page.get_by_label("Lower limit").fill("0.7")
    page.get_by_label("Upper limit").fill("0.6")
    page.wait_for_timeout(700)
    page.get_by_label("Upper limit").scroll_into_view_if_needed()
    book.picture(f"look-{page.viewport_size['width']}-{theme[-5:].strip()}")
