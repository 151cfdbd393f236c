"""The network in real JupyterLab: a line shows its trials, a trial taken out is out of graph, league table and ranks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
PANEL = "const panel = [...window.jupyterapp.shell.widgets('main')].find(w => w.context?.sessionContext);"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "08_a_network_of_treatments.ipynb"
SHOWN = "import netmeta as nm\nview = nm.NetworkView()\nview"
MERGE = nm.Merge("high-dose SSA", into="SSA")


def network(*without: str, assumptions=()) -> nm.NetworkResult:
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence.without(*without)
    return nm.compare(nm.connected_to(trials, "placebo", assumptions), assumptions=assumptions)


def first_line(result: nm.NetworkResult) -> str:
    return str(result).splitlines()[0]


def opened(page, notebook, **kwargs):
    book = notebook([SHOWN], **kwargs)
    page.locator(".treatments_marks path").first.wait_for(state="attached", timeout=60_000)
    page.locator(".netmeta-switches").first.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    return book


def names(page) -> list[str]:
    """The treatments in the order of their click targets."""
    rows = page.locator(".treatments_marks path").evaluate_all("all => all.map(path => path.__data__.datum.name)")
    return list(rows)


def middle(page, name: str) -> tuple[float, float]:
    target = page.locator(".treatments_marks path").nth(names(page).index(name))
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def click_between(page, one: str, other: str) -> None:
    (x, y), (x2, y2) = middle(page, one), middle(page, other)
    (x, y) = middle(page, one)
    # Nearer to one end: a count of trials may stand in the middle.
    page.mouse.click(0.65 * x + 0.35 * x2, 0.65 * y + 0.35 * y2)


def test_a_line_shows_its_trials_and_a_trial_taken_out_is_out_everywhere(page, notebook):
    book = opened(page, notebook)
    page.locator(".netmeta-text", has_text=first_line(network())).first.wait_for()
    click_between(page, "everolimus", "placebo")
    page.locator(".netmeta-text", has_text="2 trials compare them directly").wait_for()
    forest = page.locator(".netmeta-figure:visible").nth(1)
    forest.locator("text", has_text="RADIANT-3").wait_for(state="attached")
    forest.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = forest.locator("text", has_text="RADIANT-3").first.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    without = network("RADIANT-3")
    page.locator(".netmeta-text", has_text=first_line(without)).first.wait_for()
    page.locator(".netmeta-text", has_text="1 trial compares them directly").wait_for()
    book.picture("network-click-out")
    page.get_by_role("button", name="League table").click()
    cell = nm.league_table(without).cell("everolimus", "placebo")
    page.locator(".netmeta-league td", has_text=cell.estimate).first.wait_for()
    book.picture("network-league")
    page.get_by_role("button", name="Ranks", exact=True).click()
    best = without.p_scores[without.ranking[0]]
    page.locator(".netmeta-figure:visible text", has_text=nm.numerals.decimal(best)).first.wait_for(
        state="attached"
    )
    book.picture("network-ranks")


def test_a_treatment_that_is_clicked_becomes_the_reference_and_one_that_is_dragged_does_not(page, notebook):
    book = opened(page, notebook)
    x, y = middle(page, "sunitinib")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 50, y + 30, steps=4)
    page.mouse.up()
    page.wait_for_timeout(500)
    moved = middle(page, "sunitinib")
    assert moved == pytest.approx((x - 50, y + 30), abs=4)
    assert book.python("print(view.analysis.network_outcome.reference)") == "placebo"
    page.mouse.click(*middle(page, "everolimus"))
    page.wait_for_timeout(800)
    assert book.python("print(view.analysis.network_outcome.reference)") == "everolimus"
    assert middle(page, "sunitinib") == pytest.approx(moved, abs=25)
    page.get_by_role("button", name="Forest", exact=True).click()
    page.locator(".netmeta-figure:visible text", has_text="Against everolimus").wait_for(state="attached")


def test_the_assumption_and_the_reader_are_switches(page, notebook):
    book = opened(page, notebook, theme="JupyterLab Dark")
    page.get_by_label("Assume: high-dose SSA is taken to be the same treatment as SSA").check()
    page.locator(".netmeta-text", has_text=first_line(network(assumptions=(MERGE,)))).first.wait_for()
    page.get_by_role("button", name="central review where reported").click()
    trials = nm.select(nm.load_trials(), nm.Selection("PFS", assessor="central first")).evidence
    central = nm.compare(nm.connected_to(trials, "placebo", MERGE), assumptions=MERGE)
    page.get_by_role("button", name="Ranks", exact=True).click()
    page.locator(".netmeta-texts td", has_text="Central review where reported").or_(
        page.locator(".netmeta-texts th", has_text="Central review where reported")
    ).first.wait_for()
    effect = nm.numerals.ratio(central.effect("surufatinib", "placebo").hr)
    page.locator(".netmeta-texts td", has_text=effect).first.wait_for()
    book.picture("network-dark")


def test_the_notebook_runs_and_its_last_cell_answers(lab, page, notebook):
    shutil.copy(NOTEBOOK, lab["root"] / NOTEBOOK.name)
    book = notebook.open(NOTEBOOK.name)
    page.locator(".treatments_marks path").first.wait_for(state="attached", timeout=60_000)
    book.picture("network-notebook")
    kinds = "cell => (cell.model.outputs?.toJSON?.() || []).flatMap(output => Object.keys(output.data || {}))"
    shown = page.evaluate(f"() => {{ {PANEL} return panel.content.widgets.flatMap({kinds}) }}")
    assert shown.count("image/svg+xml") > 9
    # Three exercises, and the network.
    assert shown.count("application/vnd.jupyter.widget-view+json") == 3 + 1
