"""What ``binder/`` names, installed as Binder does, runs the first notebook."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.environment
BINDER = Path(__file__).parents[2] / "binder"


def test_every_requirement_is_pinned():
    lines = [line for line in (BINDER / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line)] == []


def test_notebooks_run_in_what_binder_names(environment, checkout):
    environment.pip("-r", "binder/requirements.txt", cwd=checkout)
    environment.run("bash", "binder/postBuild", cwd=checkout)
    for notebook in sorted((checkout / "notebooks").glob("*.ipynb")):
        environment.run("jupyter", "execute", f"--output={notebook.stem}-run.ipynb", str(notebook), cwd=checkout)
    cells = nbformat.read(checkout / "notebooks" / "01_first_forest_plot-run.ipynb", 4).cells
    shown = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    first = next(output for output in shown if "application/vnd.jupyter.widget-view+json" in output.get("data", {}))
    assert "<svg" in first.data["image/svg+xml"]
    assert "Against placebo" in first.data["text/plain"]
