"""One zip with everything: figures, tables, programs, the state, references and the report as a page."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netmeta.document.contents import contents
from netmeta.document.drawing import pdf, png, svg
from netmeta.document.frames import frames
from netmeta.document.page import html
from netmeta.document.pictures import ALL, figures_of
from netmeta.document.sheets import csv_bytes, workbook
from netmeta.document.speech import said
from netmeta.errors import ReportError, shown
from netmeta.evidence import table_text
from netmeta.language import speaking
from netmeta.report.code import to_python, to_r
from netmeta.report.given import state_of
from netmeta.report.saving import save
from netmeta.state.saving import state_to_json

if TYPE_CHECKING:
    from netmeta.document.blocks import Document
    from netmeta.document.sheets import Cell
    from netmeta.state import State

__all__ = ["archive", "archived"]

_WHAT: Final = {
    "report.html": "The report as one page, to be opened in any browser.",
    "analysis.json": "The analysis itself; netmeta.load_analysis() opens it again.",
    "references.bib": "What the report cites, for a reference manager.",
    "scripts/analysis.py": "The Python program that repeats the analysis; it needs netmeta.",
    "scripts/analysis.R": "The R program that repeats it; it needs metafor.",
    "data/trials.csv": "All trials at hand, every field; netmeta.read_table() reads it back unchanged.",
}


def archive(analysis: object, path: str | Path, *, language: str | None = None) -> Path:
    """Write everything about an analysis into one zip.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.
    path
        A name that ends in ``.zip``.
    language
        ``"en"`` or ``"zh"``, for report, figures and tables; by default the language that is shown now.

    Returns
    -------
    pathlib.Path
        The file: every figure as SVG, PNG and PDF, every table as CSV and as a workbook, programs in Python and R,
        the analysis as JSON, references, the report as a page, and a README that says what each file is. Texts
        that a spreadsheet would run as formulas are guarded.

    Raises
    ------
    ReportError
        For another end of the name, openpyxl missing, and a file that cannot be written.
    EntryError
        For what is no analysis.
    """
    state, target = state_of(analysis), Path(path)
    if target.suffix.casefold() != ".zip":
        raise ReportError(f"An archive is a .zip; {shown(target.name)} is none.")
    with speaking(language):
        save(archived(state), target, error=ReportError)
    return target


def archived(state: State, *, day: dt.date | None = None) -> bytes:
    """Make the archive as bytes.

    Equal states of one day give the same files, but for the marks that PDF and workbooks carry of their making.
    """
    today = day or dt.datetime.now(tz=dt.UTC).date()
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _files(state, today).items():
            entry = zipfile.ZipInfo(name, date_time=(today.year, today.month, today.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
    return raw.getvalue()


def _files(state: State, day: dt.date) -> dict[str, bytes]:
    document = contents(state, day=day)
    told: dict[str, str] = {}
    files = {**_texts(state, document), **_figures(state, told), **_tables(state, document, told)}
    listed = {**{name: said(what) for name, what in _WHAT.items()}, **told}
    readme = "\n\n".join((_heading(document), "\n".join(f"{name}\n    {what}" for name, what in listed.items())))
    return {"README.txt": f"{readme}\n".encode("utf-8", "replace"), **files}


def _heading(document: Document) -> str:
    return f"{said(document.title)}\n{said(document.subtitle)}"


def _texts(state: State, document: Document) -> dict[str, bytes]:
    texts = {
        "report.html": html(document),
        "analysis.json": state_to_json(state),
        "references.bib": document.bib,
        "scripts/analysis.py": to_python(state),
        "scripts/analysis.R": to_r(state),
    }
    data = table_text(state.evidence).encode("utf-8-sig", "replace")
    return {**{name: text.encode("utf-8", "replace") for name, text in texts.items()}, "data/trials.csv": data}


def _figures(state: State, told: dict[str, str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for figure in figures_of(state, ALL):
        told[f"figures/{figure.name}.svg, .png, .pdf"] = said(figure.caption)
        files |= {
            f"figures/{figure.name}.svg": svg(figure).encode(),
            f"figures/{figure.name}.png": png(figure),
            f"figures/{figure.name}.pdf": pdf(figure),
        }
    return files


def _tables(state: State, document: Document, told: dict[str, str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for table in document.tables:
        told[f"tables/{table.name}.csv, .xlsx"] = said(table.title)
        files |= _both(table.name, [[said(cell) for cell in row] for row in (table.head, *table.rows)])
    for name, (what, rows) in frames(state).items():
        told[f"tables/{name}.csv, .xlsx"] = said(what)
        files |= _both(name, rows)
    return files


def _both(name: str, rows: list[list[Cell]]) -> dict[str, bytes]:
    return {f"tables/{name}.csv": csv_bytes(rows), f"tables/{name}.xlsx": workbook(rows, name)}
