"""The zip: every file is there, opens as what it is, and does nothing in a spreadsheet."""

from __future__ import annotations

import ast
import csv
import io
import json
import zipfile

import pytest

import netmeta as nm
from netmeta.document.archive import archived
from netmeta.document.pictures import ALL
from netmeta.errors import ReportError


@pytest.fixture(scope="module")
def packed(zip_bytes):
    return zipfile.ZipFile(io.BytesIO(zip_bytes))


def rows_of(packed, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline="")))


def test_everything_is_there_and_the_readme_names_it(packed) -> None:
    names = packed.namelist()
    assert packed.testzip() is None
    assert {"README.txt", "report.html", "analysis.json", "references.bib", "data/trials.csv"} <= set(names)
    readme = packed.read("README.txt").decode()
    for name in names:
        assert name.rpartition(".")[0] in readme or name == "README.txt", name
    assert all(info.date_time == (2026, 1, 2, 0, 0, 0) for info in packed.infolist())


@pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.name)
def test_every_figure_is_there_three_times(packed, picture) -> None:
    start = {"svg": b"<svg", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
    for kind, magic in start.items():
        assert packed.read(f"figures/{picture.name}.{kind}").startswith(magic)


def test_tables_are_the_same_as_csv_and_as_a_workbook(packed) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    for name in (name for name in packed.namelist() if name.startswith("tables/") and name.endswith(".csv")):
        book = openpyxl.load_workbook(io.BytesIO(packed.read(name.replace(".csv", ".xlsx"))))
        sheet = [["" if cell is None else cell for cell in row] for row in book.active.iter_rows(values_only=True)]
        text = rows_of(packed, name)
        assert len(sheet) == len(text) > 1, name
        assert [str(cell) for cell in sheet[0]] == text[0]


def test_the_numbers_are_those_of_the_analysis(packed, state) -> None:
    found = dict(rows_of(packed, "tables/pooled.csv")[1:])
    result = state.outcome
    assert float(found["log_hr"]) == result.log_hr
    assert float(found["ci_low"]) == result.ci.low
    assert float(found["tau2_ci_high"]) == result.tau2_ci.high
    loo = rows_of(packed, "tables/leave-one-out.csv")
    assert len(loo) == 1 + result.k


def test_data_state_and_programs_bring_the_analysis_back(packed, state, tmp_path) -> None:
    (tmp_path / "trials.csv").write_bytes(packed.read("data/trials.csv"))
    assert nm.read_table(tmp_path / "trials.csv").evidence == state.evidence
    loaded = nm.load_analysis(packed.read("analysis.json").decode())
    assert loaded.state == state
    ast.parse(packed.read("scripts/analysis.py").decode())
    assert "library(metafor)" in packed.read("scripts/analysis.R").decode()
    json.loads(packed.read("analysis.json"))
    assert packed.read("references.bib").decode().startswith("@")


def test_no_text_is_a_formula(hostile) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    packed = zipfile.ZipFile(io.BytesIO(archived(hostile.analysis().state)))
    assert all(name.isascii() and ".." not in name for name in packed.namelist())
    seen = 0
    for name in packed.namelist():
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(packed.read(name)))
            cells = [cell for row in book.active.iter_rows() for cell in row]
            assert not [cell.value for cell in cells if cell.data_type == "f"], name
            seen += sum(str(cell.value).startswith("=") for cell in cells)
        elif name.startswith("tables/") and name.endswith(".csv"):
            for row in rows_of(packed, name):
                assert not [cell for cell in row if cell[:1] in tuple("=+@")], name
    assert seen


def test_another_name_is_refused(tmp_path, state) -> None:
    with pytest.raises(ReportError, match=r"An archive is a \.zip; 'x\.tar' is none\."):
        nm.archive(state, tmp_path / "x.tar")
    with pytest.raises(ReportError, match=r"cannot be written"):
        nm.archive(state, tmp_path / "no folder" / "x.zip")
