"""A notebook that was run and saved, without a kernel: nbconvert shows still pictures and the words."""

from __future__ import annotations

import base64
import os
import re
from copy import deepcopy

import nbformat
import pytest
from traitlets.config import Config

import netmeta as nm

CELLS = (
    "import netmeta as nm\nanalysis = nm.Analysis()\nnm.Workbench(analysis)",
    "nm.forest(analysis.outcome)",
    "nm.ForestView(analysis)",
    "nm.results(analysis)",
    "nm.summary_of_findings(analysis)",
)


@pytest.fixture(scope="module")
def saved():
    """The notebook as JupyterLab leaves it, with the state of its widgets."""
    nbclient = pytest.importorskip("nbclient")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS], metadata=kernel)
    # A frozen module is none that a debugger could look into; its warning is not ours.
    env = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    nbclient.NotebookClient(made, timeout=180, store_widget_state=True).execute(env=env)
    return made


def converted(notebook, **options) -> str:
    from nbconvert import HTMLExporter

    return HTMLExporter(**options).from_notebook_node(notebook)[0]


def bundles(saved) -> list[dict[str, str]]:
    return [output["data"] for cell in saved.cells for output in cell["outputs"] if "data" in output]


def test_every_output_carries_words_and_charts_a_picture(saved) -> None:
    found = bundles(saved)
    assert len(found) == len(CELLS)
    assert all("text/plain" in bundle for bundle in found)
    for bundle in found[:3]:
        assert "".join(bundle["image/svg+xml"]).startswith("<svg")
    assert nm.sentence(nm.Analysis().outcome) in "".join(found[0]["text/plain"])


def check_pictures(body: str) -> None:
    packed = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', body)
    drawn = [base64.b64decode(picture).decode() for picture in packed]
    assert len(drawn) == 3
    for name in nm.Analysis().included.labels:
        assert all(f">{name}<" in picture for picture in drawn)
    assert not re.findall(r'<img[^>]+src="http', body)
    assert "To weigh are signals in numbers" in body


def test_nbconvert_shows_the_pictures_where_no_state_of_widgets_is_saved(saved) -> None:
    bare = deepcopy(saved)
    bare.metadata.pop("widgets")
    check_pictures(converted(bare).partition("<body")[2])


def test_nbconvert_shows_them_where_pictures_are_asked_for_first(saved) -> None:
    assert "widgets" in saved.metadata
    first = Config(NbConvertBase={"display_data_priority": ["image/svg+xml", "text/html", "text/plain"]})
    check_pictures(converted(saved, config=first).partition("<body")[2])


def test_a_saved_state_of_widgets_is_drawn_by_the_page_and_not_as_a_picture(saved) -> None:
    # The widget view comes first in nbconvert's own order: it is live where scripts of a content network load.
    body = converted(saved).partition("<body")[2]
    assert body.count("application/vnd.jupyter.widget-view+json") == 2


def test_a_reader_of_text_alone_reads_the_answer(saved) -> None:
    from nbconvert import MarkdownExporter

    text = MarkdownExporter().from_notebook_node(saved)[0]
    assert "HR 0.41 (95% CI 0.34–0.48)" in text
