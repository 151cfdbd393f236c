"""RevMan Web's data package: a zip with ``...-data-rows.csv`` and ``...-overall-estimates-and-settings.csv``.

The columns are those of Cochrane's data package specification, as R's meta (``read.cdir``) reads them too.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, TableError
from netmeta.evidence.reading.archive import open_archive, read_member
from netmeta.evidence.reading.delimited import decoded
from netmeta.evidence.reading.numeral import is_missing, read_numeral
from netmeta.evidence.reading.reading import Reading, Refusal
from netmeta.evidence.reading.revman_terms import (
    arms,
    endpoint_of,
    from_log,
    from_o_minus_e,
    is_hazard_ratio,
    year_of,
)
from netmeta.evidence.reading.rows import read_values

if TYPE_CHECKING:
    import zipfile

__all__ = ["read_package"]

_ROWS, _SETTINGS, _BIAS = "-data-rows.csv", "-overall-estimates-and-settings.csv", "-risk-of-bias.csv"
_NOTE = "RevMan data package: each row's outcome is its analysis; a study in several subgroups is a subgroup there."
Record = dict[str, str]


def read_package(archive: zipfile.ZipFile) -> Reading:
    """Read every time-to-event row: O-E with variance, or log HR with its standard error.

    Raises
    ------
    TableError
        If the zip file holds no ``...-data-rows.csv``.
    """
    inner = _inner(archive)
    rows, settings = _table(inner, _ROWS), _table(inner, _SETTINGS)
    if not rows:
        raise TableError(f"The zip file holds no file that ends in {_ROWS}: it is no RevMan data package.")
    bias = {row.get("Study", ""): _bias(row) for _, row in _table(inner, _BIAS)}
    asked = {_analysis(row): row for _, row in settings}
    times = Counter((_analysis(row), row.get("Study", "")) for _, row in rows)
    read: list[tuple[str, dict[str, Any]]] = []
    refused: list[Refusal] = []
    for place, row in rows:
        study, about = row.get("Study", ""), asked.get(_analysis(row), {})
        within = times[(_analysis(row), study)] > 1
        try:
            values = {**_about(row, about, within=within), **_effect(row, about)}
        except EntryError as error:
            refused.append(Refusal(place=place, study=study, reason=f"analysis {_analysis(row)}: {error}"))
            continue
        read.append((place, {**values, "study": study, "risk_of_bias": bias.get(study, "")}))
    done = read_values(read, tuple(refused))
    return Reading(evidence=done.evidence, refused=done.refused, notes=(_NOTE,))


def _inner(archive: zipfile.ZipFile) -> zipfile.ZipFile:
    """Return the zip file that has the tables: this one, or the ``...-data.zip`` inside it."""
    if any(name.endswith(_ROWS) for name in archive.namelist()):
        return archive
    nested = next((name for name in archive.namelist() if name.endswith("-data.zip")), None)
    return open_archive(read_member(archive, nested)) if nested else archive


def _table(archive: zipfile.ZipFile, end: str) -> list[tuple[str, Record]]:
    name = next((name for name in sorted(archive.namelist()) if name.endswith(end)), None)
    if name is None:
        return []
    text, _ = decoded(read_member(archive, name))
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        return [(f"line {reader.line_num}", _strings(row)) for row in reader]
    except csv.Error as error:
        raise TableError(f"{name} cannot be parted into cells: {error}.") from None


def _strings(row: dict[Any, Any]) -> Record:
    return {str(name).strip(): cell.strip() for name, cell in row.items() if isinstance(cell, str)}


def _analysis(row: Record) -> str:
    return f"{row.get('Analysis group', '')}.{row.get('Analysis number', '')}"


def _about(row: Record, about: Record, *, within: bool) -> dict[str, Any]:
    group = row.get("Subgroup", "")
    comparison = about.get("Analysis group name", "")
    experimental, control = arms(
        about.get("Experimental group label") or about.get("Experimental intervention", ""),
        about.get("Control group label") or about.get("Control intervention", ""),
        comparison,
    )
    found: dict[str, Any] = {
        "experimental": experimental,
        "control": control,
        "endpoint": endpoint_of(row.get("Analysis name") or about.get("Analysis name", "")),
        "source": row.get("Study", ""),
        "year": year_of(row.get("Study year", "")),
        "notes": " ".join(filter(None, (f"RevMan analysis {_analysis(row)}.", row.get("Footnotes", "")))),
    }
    for name, column in (("n_experimental", "Experimental N"), ("n_control", "Control N")):
        found[name] = _number(row, column) or None
    if group and within:
        return {**found, "subgroup": group, "use": "subgroup"}
    return {**found, "population": group}


def _effect(row: Record, about: Record) -> dict[str, Any]:
    measure, kind = about.get("Effect measure", ""), about.get("Data type", "")
    observed, variance = _number(row, "O-E"), _number(row, "Variance")
    estimate, se = _number(row, "GIV Mean"), _number(row, "GIV SE")
    if not is_hazard_ratio(measure):
        raise EntryError(f"its measure is {measure or 'not named'} ({kind or 'no data type'}), not a hazard ratio.")
    if observed is not None and variance is not None and (estimate is None or kind.startswith("O-E")):
        events = (("events_experimental", "Experimental cases"), ("events_control", "Control cases"))
        return {**from_o_minus_e(observed, variance), **{name: _number(row, column) for name, column in events}}
    if estimate is None or not se:
        raise EntryError("it has neither O-E with a variance nor a log hazard ratio with a standard error.")
    logged = about.get("Log-scale data", "").casefold() in ("true", "yes", "1")
    return from_log(estimate, se, logged=logged, measure=measure, printed=_number(row, "Mean"))


def _number(row: Record, column: str) -> float | None:
    text = row.get(column, "")
    return None if is_missing(text) else read_numeral(text).settle(".", whole=False, text=text)


def _bias(row: Record) -> str:
    head = "Domain (judgement): "
    judged = [f"{name.removeprefix(head)}: {cell}" for name, cell in row.items() if name.startswith(head) and cell]
    overall = row.get("Overall bias (judgement)", "") or row.get("Overall (judgement)", "")
    return "; ".join([*judged, *([f"Overall: {overall}"] if overall else [])])
