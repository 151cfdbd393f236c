"""Keeping, comparing and repeating in real JupyterLab: files go out to the reader and come back, code is copied."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
SHOWN = """
import netmeta as nm
bench = nm.Workbench()
bench.keeping.toggle(); bench.repeat.toggle()
bench
"""
SLOW = """
import time
from netmeta.widgets import controls as w
slow = w.Text(placeholder="slow")
slow.observe(lambda change: time.sleep(1.5) if change["new"] == "b" else None)
slow
"""


def opened(page, notebook, **kwargs):
    book = notebook([SHOWN], **kwargs)
    page.locator(".netmeta-code pre").first.wait_for(timeout=60_000)
    page.get_by_role("button", name="Keep this state").scroll_into_view_if_needed()
    return book


def taken(page, name: str, folder):
    """Press a button and take the file that comes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def choose(page, path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open a saved file").click()
    chooser.value.set_files(path)


def keep_under(page, name: str) -> None:
    page.get_by_placeholder("such as: without CABINET").fill(name)
    page.get_by_role("button", name="Keep this state").click()
    page.get_by_text(f"Kept: {name}.").wait_for()


def test_states_are_kept_compared_saved_and_opened(page, notebook, tmp_path):
    book = opened(page, notebook)
    keep_under(page, "all trials")
    book.python("bench.analysis.toggle('CABINET pNET')")
    page.locator(".netmeta-compared").get_by_text("Taken out: CABINET pNET.").wait_for()
    keep_under(page, "<img src=x onerror=alert(1)>")
    diamonds = page.locator(".netmeta-kept .mark-area path")
    diamonds.first.wait_for(state="attached")
    assert diamonds.count() == 3
    path = taken(page, "Save to a file", tmp_path)
    assert path.name == "analysis.json"
    found = nm.load_analysis(path)
    assert [one.name for one in found.snapshots] == ["all trials", "<img src=x onerror=alert(1)>"]
    assert found.outcome.k == 8

    book.python("bench.analysis.model = nm.CommonEffect()")
    choose(page, path)
    page.get_by_text("The saved analysis is open; undo goes back.").wait_for()
    assert book.python("print(bench.analysis.outcome.model)") == str(nm.RandomEffects())

    path.write_text(path.read_text().replace('"hr": 0.38', '"hr": 0.37'))
    choose(page, path)
    page.get_by_text("The file was changed after it was saved").wait_for()
    assert book.python("print(bench.analysis.evidence[0].hr)") == "0.38"
    page.get_by_role("button", name="Open it all the same").click()
    page.get_by_text("The saved analysis is open; undo goes back.").wait_for()
    assert book.python("print(bench.analysis.evidence[0].hr)") == "0.37"

    page.get_by_label("State", exact=True).select_option("all trials")
    page.get_by_role("button", name="Go back to it").click()
    page.wait_for_function(
        "() => document.querySelector('.netmeta-compared').textContent.includes('Nothing was changed.')"
    )
    assert book.python("print(bench.analysis.outcome.k)") == "9"
    book.picture("keeping")


def test_a_button_waits_for_the_field_beside_it(page, notebook):
    book = notebook([SHOWN, SLOW])
    field = page.get_by_placeholder("slow")
    field.fill("a")
    keep_under(page, "first")
    # The thread that answers the fields is busy; the one for cells, which had sent the button last, is not.
    field.fill("b")
    page.wait_for_timeout(200)
    keep_under(page, "<b>words</b>")
    assert book.python("print([one.name for one in bench.analysis.snapshots])") == "['first', '<b>words</b>']"


def test_the_code_is_copied_and_saved_and_runs(page, notebook, tmp_path):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    book = opened(page, notebook)
    copy = page.get_by_role("button", name="Copy", exact=True)
    copy.click()
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == nm.Analysis().to_python()

    # Pages that do not come by HTTPS have no clipboard: there the older command serves.
    page.evaluate("() => navigator.clipboard.writeText('')")
    page.evaluate(
        "() => Object.defineProperty(Clipboard.prototype, 'writeText', { value: () => Promise.reject() })"
    )
    page.wait_for_function("() => document.querySelector('.netmeta-copied').textContent === ''")
    copy.click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()").strip() == copied.strip()

    box = page.locator(".netmeta-code pre")
    box.focus()
    page.keyboard.press("Control+a")
    assert page.evaluate("() => getSelection().toString().trim()") == copied.strip()
    assert book.cells() == 1

    script = taken(page, "Download the script", tmp_path)
    run = subprocess.run([sys.executable, script.name], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "The numbers are those of the analysis." in run.stdout
    page.get_by_role("button", name="R", exact=True).click()
    page.locator(".netmeta-code pre", has_text="library(metafor)").wait_for()
    assert taken(page, "Download the script", tmp_path).read_text() == nm.Analysis().to_r()


@pytest.mark.parametrize("page", [{"width": 1280}, {"width": 900}], indirect=True)
def test_no_part_is_wider_than_its_place(page, notebook):
    book = opened(page, notebook)
    book.python(
        "a = bench.analysis; a.keep('a name of some length: all trials'); a.toggle('CABINET pNET'); a.keep()"
    )
    page.locator(".netmeta-kept .mark-area path").first.wait_for(state="attached")
    page.wait_for_timeout(500)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.netmeta-inside .netmeta-live, .netmeta-inside .netmeta-figure, .netmeta-inside .widget-hbox')]
        .filter(part => part.offsetParent && part.scrollWidth > part.clientWidth + 1).map(part => part.className)"""
    )
    assert wide == []
    assert json.loads(
        book.python("import json; print(json.dumps([row[0] for row in bench.keeping.inside.table.rows]))")
    )


def shown_in(folder) -> str:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOWN)], metadata=kernel)
    nbformat.write(made, folder / "keeping.ipynb")
    return "keeping.ipynb"


def files_go_out_and_come_back(page, folder) -> None:
    page.locator(".netmeta-code pre").first.wait_for(timeout=90_000)
    keep_under(page, "all trials")
    path = taken(page, "Save to a file", folder)
    assert [one.name for one in nm.load_analysis(path).snapshots] == ["all trials"]
    choose(page, path)
    page.get_by_text("The saved analysis is open; undo goes back.").wait_for()
    assert taken(page, "Download the script", folder).read_text() == nm.Analysis().to_python()


def test_notebook_7(serve, page, tmp_path):
    options = ("--allow-root", "--ip=127.0.0.1", "--ServerApp.port_retries=0", "--expose-app-in-browser")
    server = serve("notebook", *options, "--IdentityProvider.token={token}", "--ServerApp.root_dir={root}")
    name = shown_in(server["root"])
    page.goto(f"{server['url']}/notebooks/{name}?token={server['token']}")
    idle = "window.jupyterapp?.shell?.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"
    page.wait_for_function(f"() => {idle}", timeout=90_000)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    files_go_out_and_come_back(page, tmp_path)
    # Notebook 7.6's own script throws once while its settings load.
    page.errors[:] = [error for error in page.errors if "notebook_core" not in error or "'schema'" not in error]


# Voila asks for two icon style sheets from a content network and works without them.
@pytest.mark.parametrize("page", [{"refused": ("fontawesome", "font-awesome", "fonts.google")}], indirect=True)
def test_voila(serve, page, tmp_path):
    server = serve("voila", "--Voila.ip=127.0.0.1", str(tmp_path / shown_in(tmp_path)))
    page.goto(server["url"])
    files_go_out_and_come_back(page, tmp_path)
