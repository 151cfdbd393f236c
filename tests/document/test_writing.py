"""The verbs: kinds by the end of the name, typed refusals, and what happens without a program."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

import netmeta as nm
from netmeta.document import drawing, making, missing
from netmeta.document.blocks import Figure
from netmeta.document.drawing import pdf, png
from netmeta.document.making import archive_steps, report_steps
from netmeta.errors import EntryError, ReportError, SelectionError
from netmeta.pooling import finish


@pytest.fixture(scope="module")
def pair():
    """An analysis of two trials: fast to report."""
    return nm.Analysis(selection=nm.Selection("PFS", control="placebo", treatments=("surufatinib",)))


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<!DOCTYPE"), ("a.DOCX", b"PK"), ("a.pdf", b"%PDF-")])
def test_the_end_of_the_name_says_how(pair, tmp_path, name: str, start: bytes) -> None:
    written = nm.report(pair, tmp_path / name)
    assert written == tmp_path / name
    assert written.read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["a.doc", "report", "a.htm"])
def test_another_kind_is_refused_with_the_kinds(pair, tmp_path, name: str) -> None:
    with pytest.raises(ReportError, match=r"cannot end in .*(Did you mean|Choose from)"):
        nm.report(pair, tmp_path / name)


def test_what_cannot_be_written_is_said(pair, tmp_path) -> None:
    with pytest.raises(ReportError, match=r"cannot be written: No such file or directory"):
        nm.report(pair, tmp_path / "gone" / "a.html")
    with pytest.raises(ReportError, match=r"cannot be written"):
        pair.to_html(tmp_path)
    with pytest.raises(EntryError, match=r"A report is made from an Analysis or its state; got 3"):
        nm.report(3, tmp_path / "a.html")


@pytest.mark.parametrize("program", [("docx", "docx", "python-docx"), ("pdf", "typst", "typst")])
def test_a_missing_program_is_named_with_the_way_to_get_it(pair, tmp_path, monkeypatch, program) -> None:
    kind, module, package = program

    def absent(name: str):
        if name == module:
            raise ImportError(name)
        raise AssertionError(name)

    monkeypatch.setattr(missing, "import_module", absent)
    wanted = rf"{package} is needed for .*pip install 'netmeta\[report\]'"
    with pytest.raises(ReportError, match=wanted):
        nm.report(pair, tmp_path / f"a.{kind}")
    assert not (tmp_path / f"a.{kind}").exists()


def test_an_analysis_without_a_result_is_reported_too(pair, tmp_path) -> None:
    alone = replace(pair.state, selection=nm.Selection("PFS", treatments=("no such drug",)))
    for kind in ("html", "docx", "pdf"):
        assert nm.report(alone, tmp_path / f"a.{kind}").stat().st_size > 5_000
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "There is no pooled result." in text


def test_an_analysis_has_the_same_as_methods(pair, tmp_path) -> None:
    text = pair.to_html(tmp_path / "one.html")
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == text
    assert text == nm.html_page(pair.state)
    assert len(text) < 120_000
    assert pair.report(tmp_path / "a.html").exists()


def test_the_verb_is_found_whatever_was_imported_before() -> None:
    code = (
        "import netmeta as nm\nfirst = nm.report\nimport netmeta.report\nassert callable(first) and callable(nm.report)\n"
        "import netmeta.report.words\nassert netmeta.report.words.__name__ == 'netmeta.report.words'\n"
        "try:\n    nm.report(nm.Analysis(), 'x.txt')\nexcept nm.ReportError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.startswith("The name of a report cannot end in '.txt'.")


def test_slices_give_way_and_give_the_same(pair) -> None:
    shares, steps = [], report_steps(pair.state, ".html")
    while True:
        try:
            shares.append(next(steps))
        except StopIteration as end:
            raw = end.value
            break
    assert shares == sorted(shares)
    assert len(shares) > 10
    assert raw.startswith(b"<!DOCTYPE")
    assert finish(archive_steps(pair.state)).startswith(b"PK")


def test_what_is_drawn_ahead_is_what_the_file_shows(state, document, pair, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(making, "figure_of", lambda _state, picture: asked.append(picture.name))
    monkeypatch.setattr(making, "made", lambda _state, _kind: b"")
    finish(report_steps(state, ".html"))
    assert asked == [figure.name for figure in document.figures]
    asked.clear()
    finish(report_steps(pair.state, ".html"))
    assert {"posterior", "shrinkage"} <= set(asked)


@pytest.mark.parametrize(("make", "name"), [(png, "png_of"), (pdf, "pdf_of")])
def test_a_figure_is_drawn_once(pair, monkeypatch, make, name: str) -> None:
    drawn = []
    monkeypatch.setattr(drawing, name, lambda svg, *_ppi: drawn.append(svg) or b"drawn")
    figure = Figure(name=f"once-{name}", caption="", alt="", vega=json.dumps(nm.forest(pair.outcome).to_dict()))
    assert make(figure) == make(figure) == b"drawn"
    assert len(drawn) == 1


def test_certainty_goes_into_the_report(pair, tmp_path) -> None:
    nm.report(pair, tmp_path / "a.html", certainty={"PFS": {"certainty": "judged by hand"}})
    assert "judged by hand." in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_language_is_that_of_the_file_alone(pair, tmp_path) -> None:
    nm.report(pair, tmp_path / "a.html", language="zh")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in text
    assert nm.html_page(pair).startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert nm.report(pair, tmp_path / "a.pdf", language="zh").read_bytes().startswith(b"%PDF-")
    with pytest.raises(SelectionError, match=r"There is no language 'xx'"):
        nm.html_page(pair, language="xx")
