"""The panels under the answer in real JupyterLab: picks go everywhere, a brush answers, long work gives way and stops."""

from __future__ import annotations

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
BENCH = "import netmeta as nm\nbench = nm.Workbench()\n"


def opened(page, notebook, code: str, **kwargs):
    book = notebook([f"{BENCH}{code}\nbench"], **kwargs)
    page.locator(".netmeta-figure .squares_marks path").first.wait_for(state="attached", timeout=60_000)
    return book


def shaded(page, chart: int) -> list[int]:
    """Which lines of the forest plot (0) or of a panel's plot are marked as picked."""
    lines = page.locator(".netmeta-figure").nth(chart).locator(".lines_marks path")
    opacity = lines.evaluate_all("all => all.map(path => Number(path.getAttribute('fill-opacity')))")
    return [at for at, value in enumerate(opacity) if value > 0.15]


def test_a_pick_in_one_plot_is_marked_in_all_and_taken_out_by_the_button(page, notebook):
    book = opened(page, notebook, "bench.sensitivity.toggle(); bench.small.toggle()")
    lines = page.locator(".netmeta-figure").nth(1).locator(".lines_marks path")
    lines.first.wait_for(state="attached")
    lines.nth(1).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    lines.nth(1).click()
    page.locator(".netmeta-picked", has_text="Picked: CABINET pNET").wait_for()
    page.wait_for_timeout(300)
    page.mouse.move(2, 2)
    page.wait_for_timeout(200)
    assert shaded(page, 0) == shaded(page, 1) == [1]
    page.locator(".netmeta-figure").nth(2).locator("text", has_text="CABINET pNET").first.wait_for(state="attached")
    book.picture("panels-pick")
    page.get_by_role("button", name="Take out").click()
    without = nm.pool(
        nm.load_trials().where(endpoint="PFS", use="primary", control="placebo").without("CABINET pNET")
    )
    page.locator(".netmeta-answer", has_text=nm.sentence(without)).wait_for()
    page.wait_for_function(
        "() => document.querySelectorAll('.netmeta-figure')[1].querySelectorAll('.squares_marks path').length === 8"
    )


def test_brushing_the_cloud_names_the_trial_that_makes_it(page, notebook):
    book = opened(page, notebook, "bench.sensitivity.toggle()")
    page.get_by_role("button", name="GOSH").click()
    cloud = page.locator(".netmeta-figure:visible").nth(1).locator("svg")
    cloud.locator("text", has_text="Pooled hazard ratio").wait_for(state="attached")
    page.locator(".netmeta-text", has_text="Drag over a part of the cloud").wait_for()
    cloud.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = cloud.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.45 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.42 * box["width"], box["y"] + 0.8 * box["height"], steps=6)
    page.mouse.up()
    page.locator(".netmeta-text", has_text="What sets the brushed part apart most is").wait_for()
    page.locator(".netmeta-figure text", has_text="subsets brushed").wait_for(state="attached")
    book.picture("panels-gosh")


def test_long_work_shows_its_progress_gives_way_to_clicks_and_stops(page, notebook):
    many = """import numpy as np
rng = np.random.default_rng(1)
trials = nm.Evidence(tuple(nm.Trial(study=f"T{at:02d}", experimental="a", control="b", log_hr=float(y), se=0.2)
                           for at, y in enumerate(rng.normal(-0.4, 0.3, 60))))
bench = nm.Workbench(trials); bench.sensitivity.toggle()"""
    opened(page, notebook, many)
    page.get_by_role("button", name="GOSH").click()
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.wait_for()
    assert page.locator(".netmeta-work .progress, .netmeta-work .widget-hprogress").first.is_visible()
    stop.click()
    page.locator(".netmeta-text", has_text="Stopped before it was done").wait_for()
    page.get_by_role("button", name="Compute", exact=True).click()
    stop.wait_for()
    # The forest plot answers while the cloud is being made.
    page.get_by_role("button", name="Undo").first.scroll_into_view_if_needed()
    page.evaluate(
        "() => document.querySelector('.netmeta-figure .lines_marks path').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    page.locator(".netmeta-answer", has_text="59 comparisons").wait_for()
    page.locator(".netmeta-text", has_text="subsets of the trials, drawn at random").wait_for(timeout=60_000)


def test_nothing_is_computed_until_a_panel_is_seen(page, notebook):
    opened(page, notebook, "")
    assert page.locator(".netmeta-figure").count() == 1
    page.get_by_role("button", name="Subgroups").click()
    page.locator(".netmeta-figure").nth(1).locator(".squares_marks path").first.wait_for(state="attached")
    assert page.locator(".netmeta-figure").count() == 2


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_no_panel_is_wider_than_the_page(page, notebook, theme):
    book = opened(page, notebook, "for panel in bench.panels: panel.toggle()", theme=theme)
    page.locator(".netmeta-figure").nth(4).locator("svg").wait_for(state="attached")
    page.wait_for_timeout(2500)
    wide = page.locator(".netmeta-workbench *:visible").evaluate_all(
        """all => { const edge = document.querySelector('.netmeta-workbench').getBoundingClientRect().right + 2;
        return all.filter(node => !node.closest('svg, .netmeta-live, .netmeta-table, .netmeta-stage') && node.getBoundingClientRect().right > edge)
          .map(node => node.className || node.tagName).slice(0, 5); }"""
    )
    assert wide == []
    book.picture(f"panels-{theme.split()[-1].lower()}")
