"""The report's panel without a browser: its texts follow the analysis, its buttons make the files."""

from __future__ import annotations

import asyncio

import pytest

import netmeta as nm
from netmeta.widgets import download


@pytest.fixture
def view():
    made = nm.ReportView(nm.Analysis(selection=nm.Selection("PFS", control="placebo", treatments=("surufatinib",))))
    yield made
    made.close()


def test_the_texts_are_those_of_the_analysis(view) -> None:
    lines = view.current.said.text.split("\n")
    assert lines[0] == "Question and trials"
    assert [part.title for part in nm.methods(view.analysis).parts] == list(view.current.said.of_kind("head"))[:-1]
    results = view.choose("Results").said
    assert nm.sentence(view.analysis.outcome) in results.text
    assert "References" in results.of_kind("head")


def test_they_follow_a_click(view) -> None:
    results = view.choose("Results").said
    view.analysis.toggle("SANET-p")
    assert "SANET-p was taken out by the authors of this analysis." in results.text
    assert "There is no pooled result." in results.text


def test_findings_and_checklist_are_tables(view) -> None:
    findings = view.choose("Findings")
    assert findings.table.rows[0][0].startswith("Progression-free survival")
    assert "To weigh when judging certainty" in findings.said.of_kind("head")
    checklist = view.choose("Checklist")
    assert len(checklist.table.rows) in (42, 47)
    assert checklist.said.text.startswith("PRISMA 2020")


def test_a_question_without_trials_says_so(view) -> None:
    findings = view.choose("Findings")
    view.analysis.selection = nm.Selection("PFS", treatments=("nothing",))
    assert findings.table.rows == []
    assert findings.said.text == "No trial answers the question."


@pytest.mark.parametrize(
    ("kind", "name", "start"),
    [
        ("html", "report.html", b"<!DOCTYPE"),
        ("docx", "report.docx", b"PK"),
        ("pdf", "report.pdf", b"%PDF"),
        ("zip", "netmeta.zip", b"PK"),
    ],
)
def test_a_button_makes_its_file(view, kind: str, name: str, start: bytes, monkeypatch) -> None:
    sent = []
    monkeypatch.setattr(download.Download, "send", lambda _self, message, buffers: sent.append((message, buffers)))
    made = view.buttons[kind].press()
    assert (made.name, made.raw[: len(start)]) == (name, start)
    assert sent == [({"kind": "file", "name": name, "mime": made.mime}, [made.raw])]
    assert view.note.text.startswith(f"{name} is made: ")


def test_nothing_is_made_before_it_is_asked_for(view) -> None:
    assert all(button.made is None for button in view.buttons.values())
    assert not view.work.running


def test_in_a_kernel_it_gives_way_and_can_be_stopped(view) -> None:
    # Another analysis than those of the tests before: figures that were drawn are remembered.
    view.analysis.selection = nm.Selection("OS", control="placebo")

    async def stop_early() -> None:
        assert view.buttons["zip"].press() is None
        assert view.work.running
        assert view.work.words.value == "Making the zip"
        await asyncio.sleep(0.05)
        view.work.stop()

    asyncio.run(stop_early())
    assert view.note.text == "Stopped before it was done."
    assert view.buttons["zip"].made is None


def test_a_missing_program_is_said_in_the_panel(view, monkeypatch) -> None:
    from netmeta.document import missing

    def absent(name: str):
        raise ImportError(name)

    monkeypatch.setattr(missing, "import_module", absent)
    assert view.buttons["pdf"].press() is None
    assert "pip install 'netmeta[report]'" in view.note.of_kind("error")[0]


def test_nobody_waits_for_a_closed_panel(view) -> None:
    async def close_it() -> None:
        view.buttons["zip"].press()
        await asyncio.sleep(0.02)
        view.attend(seen=False)
        assert not view.work.running

    asyncio.run(close_it())


def test_the_workbench_has_it_closed_until_wanted() -> None:
    bench = nm.Workbench()
    assert bench.report.inside is None
    bench.report.toggle()
    assert isinstance(bench.report.inside, nm.ReportView)
    bench.close()
