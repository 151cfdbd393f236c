"""The workbench in real JupyterLab, as a reader uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
FIRST = Path(__file__).parents[2] / "notebooks" / "01_first_forest_plot.ipynb"
BENCH = ["import netmeta as nm\nbench = nm.Workbench()\nbench"]


def published(*without: str) -> nm.Evidence:
    return nm.load_trials().where(endpoint="PFS", use="primary", control="placebo").without(*without)


def diamond_text(result: nm.PooledResult) -> str:
    return nm.numerals.estimate(result.hr, result.ci.exp().low, result.ci.exp().high)


def painted(page) -> None:
    page.locator(".netmeta-figure .squares_marks path").first.wait_for(state="attached", timeout=60_000)


def line_of(page, label: str):
    """The clickable line of a trial, found by the place of its name."""
    name = page.locator(".netmeta-figure text", has_text=label).first
    # JupyterLab goes on scrolling for a moment after it has run all cells.
    box = None
    while box is None or box != name.bounding_box():
        name.scroll_into_view_if_needed()
        box = name.bounding_box()
        page.wait_for_timeout(150)
    return box["x"] + 5, box["y"] + box["height"] / 2


def click_line(page, label: str) -> None:
    page.mouse.click(*line_of(page, label))


def shows(page, result: nm.PooledResult) -> None:
    """The picture and the sentence both say this result."""
    page.locator(".netmeta-figure text", has_text=diamond_text(result)).wait_for(state="attached")
    page.locator(".netmeta-answer", has_text=nm.sentence(result)).wait_for()


def test_the_first_notebook_from_start_to_click(lab, page, notebook):
    shutil.copy(FIRST, lab["root"] / FIRST.name)
    book = notebook.open(FIRST.name)
    painted(page)
    workbench = page.locator(".netmeta-workbench").first
    assert workbench.locator(".squares_marks path").count() == 9
    assert workbench.locator(".intervals_marks line").count() == 9
    assert workbench.locator(".diamond_marks path").count() == 1
    shows(page, nm.pool(published()))
    click_line(page, "CABINET pNET")
    shows(page, nm.pool(published("CABINET pNET")))
    assert workbench.locator("text", has_text="out").count() == 1
    page.mouse.move(2, 500)
    page.wait_for_timeout(300)
    book.picture("first-notebook")
    click_line(page, "CABINET pNET")
    shows(page, nm.pool(published()))


def test_adds_a_trial_undoes_it_and_changes_the_estimator(page, notebook):
    book = notebook(BENCH)
    painted(page)
    page.get_by_role("button", name="Add or edit a trial").click()
    mine = {"Trial": "Mine", "Experimental arm": "cabozantinib", "Hazard ratio": "0.6", "Lower limit": "0.4"}
    for label, text in mine.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Upper limit").fill("0.3")
    page.locator(".netmeta-error", has_text="runs from 0.4 to 0.3").wait_for()
    assert page.get_by_label("Hazard ratio", exact=True).input_value() == "0.6"
    page.get_by_label("Upper limit").fill("0.9")
    page.locator(".netmeta-fine", has_text="standard error 0.207").wait_for()
    page.get_by_role("button", name="Add trial").click()
    trial = nm.Trial(study="Mine", experimental="cabozantinib", control="placebo", hr=0.6, ci_low=0.4, ci_high=0.9)
    shows(page, nm.pool(published().add(trial)))
    book.picture("trial-added")
    page.get_by_role("button", name="Undo", exact=True).click()
    shows(page, nm.pool(published()))
    page.get_by_role("button", name="Model").click()
    page.get_by_label("Model", exact=True).select_option("random effects, DerSimonian-Laird")
    shows(page, nm.pool(published(), nm.RandomEffects("DL")))
    page.get_by_label("Model", exact=True).select_option("common effect")
    shows(page, nm.pool(published(), nm.CommonEffect()))


def test_a_hostile_name_stays_text_everywhere(page, notebook):
    name = "<img src=x onerror=window.ran=1>"
    code = f"""import netmeta as nm
trial = nm.Trial(study={name!r}, experimental={name!r} + "E", control="placebo", hr=0.5, ci_low=0.3, ci_high=0.8, source={name!r})
bench = nm.Workbench(nm.load_trials().add(trial))
bench.trials.opener.click(); bench.form.opener.click()
bench"""
    notebook([code, "trial", "bench.analysis.evidence.where(study=trial.study)", "bench.analysis.outcome"])
    painted(page)
    page.locator(".netmeta-figure text", has_text="<img src=x").first.wait_for(state="attached")
    page.mouse.move(*line_of(page, "<img src=x"))
    page.locator("#vg-tooltip-element", has_text="<img src=x").wait_for()
    page.get_by_role("button", name=f"Source and details of {name}").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.locator(".jp-OutputArea img[src=x]").count() == 0


def test_lab_shortcuts_do_not_reach_the_notebook(page, notebook):
    book = notebook([*BENCH, "after = 1"])
    painted(page)
    page.get_by_role("button", name="Trials: sources").click()
    before = book.cells()
    box = page.get_by_role("checkbox", name="Pool CABINET epNET")
    places = [
        box,
        page.get_by_role("combobox", name="Endpoint"),
        page.get_by_role("button", name="Reset"),
        page.locator(".netmeta-figure"),
    ]
    for place in places:
        place.first.focus()
        for key in ("x", "b", "a", "d", "d", "c", "v", "m", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
        assert book.cells() == before
    kinds = "return panel.content.widgets.map(cell => cell.model.type)"
    assert (
        page.evaluate(f"() => {{ const panel = [...jupyterapp.shell.widgets('main')][0]; {kinds} }}")
        == ["code"] * 2
    )


def test_everything_is_reached_by_keyboard_and_the_focus_is_seen(page, notebook):
    notebook(BENCH)
    painted(page)
    page.get_by_role("combobox", name="Endpoint").focus()
    reached = []
    for _ in range(16):
        reached.append(
            page.evaluate("""() => { const at = document.activeElement, style = getComputedStyle(at);
            const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
            return [at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.title || at.textContent.trim().slice(0, 30) || at.tagName, seen] }""")
        )
        page.keyboard.press("Tab")
    names = " | ".join(name for name, _ in reached)
    for wanted in (
        "Endpoint",
        "Population",
        "Therapy",
        "Control arm",
        "Order",
        "Forest plot",
        "Back to the beginning",
        "Trials",
        "Add or edit",
        "Model",
    ):
        assert wanted in names, names
    assert [name for name, seen in reached if not seen and "netmeta" in name.casefold()] == []
    page.locator(".netmeta-figure").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    shows(page, nm.pool(published("CABINET pNET")))
    assert page.locator("[aria-live=polite]", has_text="Against placebo").count() == 1


OVERLAPS = """node => { const boxes = [...node.querySelectorAll('svg text')]
  .filter(text => text.textContent.trim() && getComputedStyle(text).fill !== 'rgba(0, 0, 0, 0)').map(text => [text.textContent, text.getBoundingClientRect()]);
  const met = []; boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3) met.push([a, b]); }));
  return met }"""
SIZES = [{"width": 1280, "height": 1900}, {"width": 900, "height": 1900}]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("page", SIZES, indirect=True, ids=["1280", "900"])
def test_nothing_is_clipped_and_nothing_overlaps(page, notebook, theme):
    book = notebook(BENCH, theme=theme)
    painted(page)
    for opener in page.locator(".netmeta-opener").all():
        opener.click()
    page.get_by_label("Upper limit", exact=True).wait_for()
    page.wait_for_function("() => document.querySelectorAll('.netmeta-figure svg').length >= 7")
    page.wait_for_timeout(1500)
    book.picture(f"workbench-{page.viewport_size['width']}-{theme.split()[-1].lower()}")
    figures = page.locator(".netmeta-figure:visible").all()
    assert len(figures) >= 6
    for figure in figures:
        assert figure.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        assert figure.evaluate(OVERLAPS) == []


def test_ten_thousand_trials_stay_usable(page, notebook):
    cell = """import netmeta as nm, pandas as pd
rows = {"study": [f"T{at:05d}" for at in range(10_000)], "experimental": "a", "control": "b"}
frame = pd.DataFrame({**rows, "log_hr": [at / 1e5 - 0.6 for at in range(10_000)], "se": 0.3})
bench = nm.Workbench(nm.Evidence.from_frame(frame))
bench.trials.opener.click()
bench"""
    book = notebook([cell])
    painted(page)
    assert page.locator(".netmeta-figure .squares_marks path").count() == 150
    page.get_by_text("first 150 of 10\u2009000 trials").wait_for()
    page.get_by_text("The table shows the first 200 rows").wait_for()
    click_line(page, "T00003")
    page.locator(".netmeta-answer", has_text="9\u2009999 comparisons").wait_for()
    book.picture("ten-thousand")


def test_vega_comes_once_however_many_views(page, notebook):
    received = []

    def listen(socket) -> None:
        def hear(frame) -> None:
            received.append(len(frame))

        socket.on("framereceived", hear)

    page.on("websocket", listen)
    book = notebook([*BENCH, "nm.ForestView(bench.analysis)", "nm.ForestView()", "nm.Workbench()"])
    page.wait_for_function("() => document.querySelectorAll('.netmeta-figure svg').length === 4", timeout=60_000)
    size = int(book.python("from netmeta.widgets.assets import vega_bundle; print(len(vega_bundle()))"))
    assert len([frame for frame in received if frame > 0.8 * size]) == 1, sorted(received)[-5:]
    assert sum(received) < size + 900_000


def test_two_hundred_updates_leave_no_trace(page, notebook):
    book = notebook(BENCH)
    painted(page)
    key = book.python("print(bench.analysis.selected['CABINET pNET'].key)")
    page.evaluate("() => { window.kept = document.querySelector('.netmeta-figure svg') }")
    measure = """async () => { for (let i = 0; i < 3; i++) { gc(); await new Promise(done => setTimeout(done, 60)) }
      return [performance.memory.usedJSHeapSize / 1e6, document.querySelectorAll('*').length] }"""

    def click(times: int) -> None:
        book.python(f"for _ in range({times}): bench.forest.click({key!r})")
        page.wait_for_timeout(600)

    click(20)
    heap, nodes = page.evaluate(measure)
    for _ in range(10):
        click(20)
    heap_after, nodes_after = page.evaluate(measure)
    assert page.evaluate("kept === document.querySelector('.netmeta-figure svg')")
    assert abs(nodes_after - nodes) <= 5
    assert heap_after - heap < 8


def test_comes_back_after_the_page_is_loaded_again(page, notebook):
    book = notebook(BENCH)
    painted(page)
    click_line(page, "CABINET pNET")
    shows(page, nm.pool(published("CABINET pNET")))
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    book.ready()
    painted(page)
    shows(page, nm.pool(published("CABINET pNET")))
    click_line(page, "CABINET pNET")
    shows(page, nm.pool(published()))
