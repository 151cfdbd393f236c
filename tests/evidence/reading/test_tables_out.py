"""Tables out: nothing in them runs in a spreadsheet, and they come back unchanged."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import netmeta as nm
from netmeta.errors import EntryError, SelectionError, TableError
from netmeta.evidence.trial import FIELDS

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "'abc",
    "''",
    "'",
    "\tx",
    "＝1",
    '"',
    '""',
    "a,b;c\td|e",
    "a\nb\r\nc\rd",
]
HOSTILE += [
    "NA",
    "NR",
    "null",
    "#N/A",
    "0.5 (0.4-0.6)",
    "1,234",
    "<script>",
    "\ufeffx",
    "\x00",
    "é\u2028中文🙂",
    "-",
    " = 1",
]
TEXTS = ("study", "population", "notes", "median_experimental", "source", "experimental")


def trial(at: int, text: str) -> nm.Trial:
    texts = dict.fromkeys(TEXTS, text) if text.strip() else {}
    return nm.Trial(
        **{"study": "A", "experimental": "x", **texts}, control=f"y{at}", hr=0.5, ci_low=0.4, ci_high=0.7
    )


@pytest.mark.parametrize("kind", ["csv", "tsv", "json"])
def test_the_bundled_trials_come_back(kind: str) -> None:
    trials = nm.load_trials()
    read = nm.read_table(nm.table_text(trials, kind))
    assert read.refused == ()
    assert read.evidence == trials


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(st.text(max_size=12) | st.sampled_from(HOSTILE), min_size=1, max_size=6))
@example(HOSTILE)
def test_any_text_comes_back_from_csv_tsv_and_json(texts: list[str]) -> None:
    evidence = nm.Evidence([trial(at, text) for at, text in enumerate(texts)])
    for kind in ("csv", "tsv", "json"):
        read = nm.read_table(nm.table_text(evidence, kind))
        assert read.refused == ()
        assert read.evidence == evidence, kind


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_no_text_begins_like_a_formula(kind: str) -> None:
    evidence = nm.Evidence([trial(at, text) for at, text in enumerate(HOSTILE)])
    rows = list(csv.reader(io.StringIO(nm.table_text(evidence, kind), newline=""), delimiter=",\t"[kind == "tsv"]))
    texts = [row[FIELDS.index(name)] for row in rows[1:] for name in TEXTS]
    assert len(texts) > 100
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for text in texts)


def test_files_of_every_kind(tmp_path: Path) -> None:
    trials = nm.load_trials()
    for kind in ("csv", "tsv", "json"):
        nm.write_table(trials, tmp_path / f"trials.{kind}")
        assert nm.read_table(tmp_path / f"trials.{kind}").evidence == trials
    assert (tmp_path / "trials.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_cannot_be_written(tmp_path: Path) -> None:
    trials = nm.load_trials()
    with pytest.raises(SelectionError, match=r"'trials\.csw' ends in no kind of table\. Did you mean 'csv'"):
        nm.write_table(trials, tmp_path / "trials.csw")
    with pytest.raises(SelectionError, match="no text of kind 'xml'"):
        nm.table_text(trials, "xml")
    with pytest.raises(TableError, match="cannot be written"):
        nm.write_table(trials, tmp_path / "nowhere" / "trials.csv")
    with pytest.raises(TableError, match="no file can hold"):
        nm.table_text(nm.Evidence([trial(0, "\ud800")]))
    with pytest.raises(EntryError, match="Evidence is needed; got list"):
        nm.table_text([])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "printed",
    [
        {"o_minus_e": -8.5, "logrank_v": 20.25},
        {"events_experimental": 30, "events_control": 45, "expected_experimental": 38.5, "expected_control": 36.5},
        {"hr": 0.5, "events_experimental": 30, "events_control": 45},
        {"hr": 0.5, "ci_low": 0.4, "ci_high": 0.63, "p_value": 1e-07, "p_sides": 2, "route": "exact-p"},
        {"hr": 0.53, "ci_high": 0.69, "level": 0.9, "sides": 1},
        {"hr": 0.5, "p_value": 0.001, "p_relation": "<"},
        {"log_hr": -1e-05, "se": 0.1},
    ],
    ids="+".join,
)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_every_way_of_printing_comes_back(printed: dict[str, object], kind: str) -> None:
    evidence = nm.Evidence([nm.Trial(study="A", experimental="x", control="y", **printed)])
    assert nm.read_table(nm.table_text(evidence, kind)).evidence == evidence


def test_an_empty_evidence_is_a_header_that_reads_back() -> None:
    assert nm.read_table(nm.table_text(nm.Evidence())).evidence == nm.Evidence()
