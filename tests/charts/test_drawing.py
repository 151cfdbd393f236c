"""Without vl-convert, as in JupyterLite, everything works but the still pictures, and that is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.charts.drawing import SWITCH, beside_live, still_bundle, svg_of

ROOT = Path(__file__).parents[2]
LITE = """
import sys
sys.modules["vl_convert"] = None
sys.path.insert(0, {root!r})
import netmeta as nm

bench = nm.Workbench()
bench.forest.click("CABINET pNET")
assert bench.analysis.outcome.k == 8
bundle = bench._repr_mimebundle_()
assert "image/svg+xml" not in bundle and "widget-view" in "".join(bundle), list(bundle)
for panel in bench.panels:
    panel.opener.click()
    assert panel.inside is not None, panel.title
bench.forest.click("CABINET pNET")
assert bench.analysis.outcome.k == 9
chart = nm.forest(bench.analysis.outcome)
shown = chart._repr_mimebundle_()
assert set(shown) == {{"text/plain"}}
print(len(bench.panels), shown["text/plain"])
"""


@pytest.fixture
def no_vl_convert(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)


def test_a_picture_without_vl_convert_says_what_is_missing(no_vl_convert):
    with pytest.raises(nm.NetmetaError, match="needs vl-convert, which is not here"):
        svg_of(nm.forest(pooled()).to_dict())


def test_the_words_stand_in_for_the_picture(no_vl_convert):
    shown = still_bundle({}, "HR 0.41.")
    assert set(shown) == {"text/plain"}
    assert shown["text/plain"].startswith("HR 0.41. A still picture needs vl-convert")


def test_with_vl_convert_there_is_an_svg():
    assert still_bundle(nm.forest(pooled()).to_dict(), "said")["image/svg+xml"].startswith("<svg")


def test_saved_pictures_can_be_switched_off_where_nobody_saves(monkeypatch):
    spec = nm.forest(pooled()).to_dict()
    assert set(beside_live(spec, "said")) == {"image/svg+xml", "text/plain"}
    monkeypatch.setenv(SWITCH, "off")
    assert beside_live(spec, "said") == {"text/plain": "said"}
    shown = nm.Workbench()._repr_mimebundle_()
    assert "image/svg+xml" not in shown
    assert "application/vnd.jupyter.widget-view+json" in shown
    # A chart that is asked for is drawn all the same.
    assert "image/svg+xml" in nm.forest(pooled())._repr_mimebundle_()


def test_the_workbench_and_every_panel_work_without_vl_convert():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LITE.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    panels, _space, said = done.stdout.partition(" ")
    assert int(panels) >= 12
    assert "The live views work without it" in said


def pooled():
    return nm.pool(nm.load_trials().where(endpoint="PFS", use="primary", control="placebo"))
