"""The notebooks, written as pages; executed once for each state of notebooks, package and data."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import nbformat
from nbclient import NotebookClient

from building.showing import Sheet, stream

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["executed", "notebook_page", "notebooks", "title"]

_SECONDS = 180


def notebooks(root: Path) -> list[Path]:
    """Return the numbered notebooks in teaching order."""
    return sorted((root / "notebooks").glob("[0-9]*.ipynb"))


def title(notebook: nbformat.NotebookNode) -> str:
    """Return the heading of a notebook."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    return next(line.removeprefix("# ").strip() for line in lines if line.startswith("# "))


def executed(root: Path) -> dict[str, nbformat.NotebookNode]:
    """Execute every numbered notebook, two at a time, or take it from ``.cache`` where nothing has changed."""
    files = notebooks(root)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(
            zip((file.stem for file in files), pool.map(lambda file: _executed(root, file), files), strict=True)
        )


def _executed(root: Path, file: Path) -> nbformat.NotebookNode:
    kept = root / ".cache" / "docs" / f"{file.stem}-{_digest(root, file)}.ipynb"
    if not kept.is_file():
        made = nbformat.read(file, 4)
        place = {"metadata": {"path": str(file.parent)}}
        NotebookClient(made, timeout=_SECONDS, resources=place, store_widget_state=False).execute()
        _forget(kept.parent, file.stem)
        nbformat.write(made, kept)
    return nbformat.read(kept, 4)


def _forget(folder: Path, stem: str) -> None:
    """Throw away what earlier builds kept of a notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{stem}-*.ipynb"):
        old.unlink()


def _digest(root: Path, file: Path) -> str:
    """Hash what an execution depends on: the notebook, the package, the data."""
    parts = [file, *sorted((root / "netmeta").rglob("*.py")), *sorted((root / "data").glob("*.csv"))]
    found = hashlib.sha256()
    for part in parts:
        found.update(part.read_bytes())
    return found.hexdigest()[:16]


def notebook_page(notebook: nbformat.NotebookNode, sheet: Sheet) -> str:
    """Write an executed notebook as Markdown."""
    return "\n\n".join(filter(None, (_cell(cell, sheet) for cell in notebook.cells))) + "\n"


def _cell(cell: nbformat.NotebookNode, sheet: Sheet) -> str:
    if cell.cell_type != "code":
        return str(cell.source)
    printed = stream(output.text for output in cell.outputs if output.output_type == "stream")
    bundles = (output.data for output in cell.outputs if output.output_type in ("execute_result", "display_data"))
    shown = (sheet.shown(bundle) for bundle in bundles)
    return "\n\n".join(filter(None, (f"```python\n{cell.source}\n```", printed, *shown)))
