"""Workbooks: numbers as numbers, dates that Excel made, formulas with and without their values."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

import netmeta as nm
from netmeta.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

openpyxl = pytest.importorskip("openpyxl")
ARMS = {"experimental": "x", "control": "y"}


def workbook(*rows: list[Any], more: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name).append(["study", "hr"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_is_read() -> None:
    read = nm.read_table(
        workbook(
            ["Table 2. Results", None, None, None],
            [],
            ["study", "HR (95% CI)", "Ne", "year"],
            ["A", "0.38 (0.25–0.59)", 134, 2025],
            [None, None, None, None],
            ["B", 0.5, 12.0, None],
            ["C", "x", 1, None],
        ),
        **ARMS,
    )
    first, second = read.evidence
    assert (first.hr, first.ci_high, first.n_experimental, first.year) == (0.38, 0.59, 134, 2025)
    assert (second.hr, second.n_experimental) == (0.5, 12)
    assert [one.place for one in read.refused] == ["row 7"]


def test_a_date_that_excel_made_of_a_range_is_refused() -> None:
    read = nm.read_table(
        workbook(
            ["study", "hr", "median_experimental_ci", "data_cut"],
            ["A", 0.5, dt.date(2025, 8, 12), dt.date(2024, 1, 2)],
            ["B", 0.5, "8-12", dt.date(2024, 1, 2)],
        ),
        **ARMS,
    )
    assert read.evidence[0].data_cut == "2024-01-02"
    assert "the spreadsheet has made a date of it" in read.refused[0].reason


def test_a_formula_without_its_value_is_refused_and_not_empty() -> None:
    read = nm.read_table(workbook(["study", "hr"], ["A", "=EXP(-1)"], ["B", 0.5]), **ARMS)
    assert read.evidence.labels == ("B",)
    assert "a formula without a stored value" in read.refused[0].reason
    assert read.refused[0].value == "=EXP(-1)"


def test_sheets_are_chosen_by_name() -> None:
    raw = workbook(["study", "hr"], ["A", 0.5], more=("Second", "Third"))
    assert nm.read_table(raw, **ARMS).notes == ("Sheet 'Sheet' was read; there are 2 more.",)
    assert len(nm.read_table(raw, sheet="Second", **ARMS).evidence) == 0
    with pytest.raises(TableError, match=r"no sheet 'Thrd'\. Did you mean 'Third'"):
        nm.read_table(raw, sheet="Thrd", **ARMS)


def test_written_texts_are_texts_and_come_back(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "'=1", "@x", "a\nb", "<b>", "0.5", "NA", "_x0041_"]
    rows = [
        nm.Trial(study="A", experimental="x", control=f"y{at}", hr=0.5, notes=text) for at, text in enumerate(texts)
    ]
    evidence = nm.Evidence((*nm.load_trials(), *rows))
    nm.write_table(evidence, tmp_path / "trials.xlsx")
    assert nm.read_table(tmp_path / "trials.xlsx").evidence == evidence
    page = openpyxl.load_workbook(tmp_path / "trials.xlsx").active
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_text_that_xlsx_cannot_hold_is_named(tmp_path: Path) -> None:
    bad = nm.Trial(study="A", experimental="x", control="y", hr=0.5, notes="a\x07b")
    with pytest.raises(TableError, match=r"notes has a text that \.xlsx cannot hold"):
        nm.write_table(nm.Evidence([bad]), tmp_path / "trials.xlsx")


def test_entities_in_a_workbook_do_not_expand() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(["study", "hr"], ["A", 0.5]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    entities = "".join(f"<!ENTITY e{at} '{f'&e{at - 1};' * 10}'>" for at in range(1, 10))
    bomb = f"<!DOCTYPE x [<!ENTITY e0 '0123456789'>{entities}]>"
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    start = sheet.index("<worksheet")
    members["xl/worksheets/sheet1.xml"] = f"{sheet[:start]}{bomb}{sheet[start:].replace('<v>', '<v>&e9;')}".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    with pytest.raises(TableError, match=r"damaged or encrypted: .*invalid XML"):
        nm.read_table(buffer.getvalue(), **ARMS)


def test_without_openpyxl_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook(["study", "hr"], ["A", 0.5])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(TableError, match=r"pip install 'netmeta\[excel\]'"):
        nm.read_table(raw, **ARMS)
