"""Loading a table in JupyterLab: paste, correct a column, add, and the forest plot follows."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PASTED = (
    "Studie;Arm;Vergleich;Effekt;<b>Notiz</b>\n"
    "NEU-1;newmab;placebo;0,38 (0,25-0,59);$\\sum x$\n"
    "NEU-2;newmab;placebo;0,52 (0,41-0,66);gut\n"
    "NEU-3;newmab;placebo;unklar;<img src=x onerror='window.ran=1'>\n"
    "NEU-4;newmab;placebo;0,71 (0,50-1,01);\n"
    "NEU-5;newmab;placebo;0,64 (0,48-0,85);\n"
    "NEU-6;newmab;placebo;0,9;(noch offen)\n"
)
CELL = """
import netmeta as nm, ipywidgets as w
analysis = nm.Analysis(model=nm.RandomEffects())
view = nm.LoadView(analysis)
w.VBox([nm.ForestView(analysis), view])
"""


def test_from_a_pasted_table_to_the_forest_plot(notebook, page):
    page.set_viewport_size({"width": 1280, "height": 1900})
    desk = notebook([CELL])
    area = page.get_by_label("Or paste a table, with its header")
    area.wait_for()
    area.fill(PASTED)
    columns = page.locator(".netmeta-columns tbody tr")
    columns.first.wait_for()
    assert columns.count() == 5
    choices = {"Studie": "study", "Arm": "experimental", "Vergleich": "control", "Effekt": "hr"}
    for name, field in choices.items():
        chosen = page.get_by_label(f"Column {name} is taken for")
        chosen.focus()
        chosen.select_option(field)
        chosen.locator("xpath=ancestor::tr").get_by_text("as you said").wait_for()
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Column {name} is taken for"
    page.get_by_text("5 of 6 rows can be read, and the other is listed below.").wait_for()
    page.locator(".netmeta-warning", has_text="line 4 (NEU-3), column 'Effekt'").wait_for()
    desk.picture("loading-lab")
    before = desk.python("print(analysis.outcome.k)")
    page.get_by_role("button", name="Add 5 rows").click()
    page.locator(".netmeta-fine", has_text="Added 5 rows; 4 answer the question asked.").wait_for()
    page.locator(".netmeta-figure", has_text="NEU-5").wait_for()
    assert int(desk.python("print(analysis.outcome.k)")) == int(before) + 4
    assert page.locator(".netmeta-columns b, .netmeta-columns img, .netmeta-columns mjx-container").count() == 0
    assert page.evaluate("window.ran") is None
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_timeout(1500)
    desk.picture("loading-lab-dark")


def test_a_file_is_chosen_in_the_page(notebook, page):
    desk = notebook(["import netmeta as nm; view = nm.LoadView(); view"])
    text = "trial,treat1,treat2,hr,lower,upper,p\nNEU-1,newmab,placebo,0.38,0.25,0.59,<0.001\n"
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({"name": "new.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_text("1 of 1 row can be read.").wait_for()
    desk.picture("loading-file")
    assert desk.python("print(view.reading.evidence[0].p_relation)") == "<"
    page.get_by_role("button", name="Clear").click()
    page.locator(".netmeta-columns").wait_for(state="hidden")
