"""Signs that an SVG cannot hold: vl-convert would end the whole process at them, so each is tried in one of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.signs import cleaned, drawable

ROOT = Path(__file__).parents[2]
SIGNS = ("\x01", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "\udfff")
START = """
import sys
sys.path.insert(0, {root!r})
import netmeta as nm

rows = tuple(
    nm.Trial(study="NAME%d%s" % (at, sign), experimental="drug" + sign, control="placebo", hr=0.5 + at / 50, ci_low=0.3,
             ci_high=0.9, population="p" + sign)
    for at, sign in enumerate({signs!r})
)
analysis = nm.Analysis(nm.Evidence(rows))
chart = nm.forest(nm.pool(nm.Evidence(rows)))
"""
WAYS = {
    "saved": """
chart.save("x.svg")
assert "NAME0\\ufffd" in open("x.svg", encoding="utf-8").read()
chart.save("x.png")
assert open("x.png", "rb").read(4) == b"\\x89PNG"
chart.save("x.pdf")
assert open("x.pdf", "rb").read(5) == b"%PDF-"
chart.save("x.html")
nm.network_graph(nm.compare(nm.Evidence(rows), nm.CommonEffect())).save("y.svg")
""",
    "shown": """
assert "NAME7\\ufffd" in chart._repr_mimebundle_()["image/svg+xml"]
assert "NAME7\\ufffd" in nm.ForestView(analysis)._repr_mimebundle_()["image/svg+xml"]
assert "NAME7\\ufffd" in nm.html_page(analysis)
""",
    "documents": """
for kind in ("html", "docx", "pdf"):
    nm.report(analysis, "x." + kind)
nm.archive(nm.Analysis(nm.Evidence(rows[:6])), "x.zip")
try:
    nm.archive(analysis, "x.zip")
except nm.TableError as error:
    assert "study has a sign that no file can hold" in str(error)
""",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_sign_ends_the_process(way: str, tmp_path: Path) -> None:
    code = START.format(root=str(ROOT), signs=SIGNS) + WAYS[way]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_other_texts_are_as_they_were() -> None:
    kept = "two\nlines\tand \u202e, \u2009, \U0001f600, 中文"
    assert drawable({"rows": [{"name": kept, "x": 1.5, "none": None}], "on": True}) == {
        "rows": [{"name": kept, "x": 1.5, "none": None}],
        "on": True,
    }
    assert drawable("".join(SIGNS)) == cleaned("a".join(SIGNS)).replace("a", "").replace(" ", "\ufffd")


def test_the_picture_of_the_bundled_trials_is_the_same() -> None:
    spec = nm.forest(nm.Analysis().outcome).to_dict()
    assert drawable(spec) == spec
