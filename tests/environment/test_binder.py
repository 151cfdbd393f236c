"""What ``binder/`` names, installed as Binder does, runs the first notebook."""

from __future__ import annotations

import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.environment
BINDER = Path(__file__).parents[2] / "binder"
FIRST = "01_first_forest_plot.ipynb"
OTHERS = ("02_from_a_paper_to_a_pooled_result.ipynb", "08_a_network_of_treatments.ipynb")
"""Beside the first: the one that reads tables, and the largest. All run in the environment of the tests."""


def test_every_requirement_is_pinned():
    lines = [line for line in (BINDER / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line)] == []


def test_notebooks_run_in_what_binder_names(environment, checkout):
    environment.pip("-r", "binder/requirements.txt", cwd=checkout)
    environment.run("bash", "binder/postBuild", cwd=checkout)
    for notebook in map((checkout / "notebooks").joinpath, (FIRST, *OTHERS)):
        environment.run("jupyter", "execute", f"--output={notebook.stem}-run.ipynb", str(notebook), cwd=checkout)
    cells = nbformat.read(checkout / "notebooks" / FIRST.replace(".ipynb", "-run.ipynb"), 4).cells
    shown = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    # The exercises above the workbench are widgets without a picture.
    live = [output for output in shown if "application/vnd.jupyter.widget-view+json" in output.get("data", {})]
    first = next(output for output in live if "image/svg+xml" in output.data)
    assert "<svg" in first.data["image/svg+xml"]
    assert "Against placebo" in first.data["text/plain"]
    served = ask_lab(environment, checkout, "voila/render/notebooks/workbench.ipynb")
    assert "<title>netmeta workbench</title>" in served
    assert "application/vnd.jupyter.widget-view+json" in served
    assert re.findall(r"<(?:link|script|img)[^>]+https?://[^>]+>", served) == []


def ask_lab(environment, checkout: Path, path: str) -> str:
    """Start JupyterLab as Binder does, and return a page of it: here the app, which runs a kernel of its own."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    command = [str(environment.folder / "bin" / "jupyter-lab"), *options]
    with (environment.folder / "lab.log").open("w") as log:
        process = subprocess.Popen(command, cwd=checkout, env=environment.env, stdout=log, stderr=log)
        try:
            return answer(f"http://127.0.0.1:{port}", path)
        finally:
            process.terminate()
            process.wait(20)


def answer(url: str, path: str) -> str:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/api", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    with urllib.request.urlopen(f"{url}/{path}", timeout=120) as page:
        return page.read().decode()
