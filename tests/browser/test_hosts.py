"""Notebook 7 and Voila show what JupyterLab shows, and answer the same click, with no outside request."""

from __future__ import annotations

import nbformat
import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
CELL = "import netmeta as nm\nbench = nm.Workbench()\nbench"


def write(root, name: str) -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)], metadata=kernel)
    nbformat.write(made, root / name)


def check_workbench(page) -> None:
    page.locator(".netmeta-figure .squares_marks path").first.wait_for(state="attached", timeout=90_000)
    assert page.locator(".squares_marks path").count() == 9
    assert page.locator(".diamond_marks path").count() == 1
    name = page.locator(".netmeta-figure text", has_text="CABINET pNET").first
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    rest = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo").without("CABINET pNET")
    page.locator(".netmeta-answer", has_text=nm.sentence(nm.pool(rest))).wait_for()
    page.get_by_role("button", name="Trials: sources").click()
    page.get_by_role("checkbox", name="Pool CABINET pNET").click()
    page.locator(".netmeta-answer", has_text="9 comparisons").wait_for()


def test_notebook_7(serve, page, keep):
    server = serve(
        "notebook",
        "--allow-root",
        "--ip=127.0.0.1",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token={token}",
        "--ServerApp.root_dir={root}",
        "--expose-app-in-browser",
    )
    write(server["root"], "bench.ipynb")
    page.goto(f"{server['url']}/notebooks/bench.ipynb?token={server['token']}")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=90_000,
    )
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    check_workbench(page)
    # Notebook 7.6's own script throws once while its settings load.
    page.errors[:] = [error for error in page.errors if "notebook_core" not in error or "'schema'" not in error]
    keep("host-notebook-7")


# Voila asks for two icon style sheets from a content network and works without them.
@pytest.mark.parametrize(
    "page", [{"refused": ("fontawesome", "font-awesome", "fonts.google")}], indirect=True, ids=["offline"]
)
def test_voila(serve, page, keep, tmp_path):
    write(tmp_path, "bench.ipynb")
    server = serve("voila", "--Voila.ip=127.0.0.1", str(tmp_path / "bench.ipynb"))
    page.goto(server["url"])
    check_workbench(page)
    assert page.locator(".CodeMirror, .jp-InputArea-editor").count() == 0
    keep("host-voila")
