"""Tables of every make: what is guessed, shown, corrected; what is refused; R's conventions with R's own files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import netmeta as nm
from netmeta.errors import SelectionError, TableError
from netmeta.evidence.reading import Refusal

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tables"
ARMS = {"experimental": "cabozantinib", "control": "placebo"}
PASTED = "Trial\tHR (95% CI)\tP\tNe\nCABINET\t0,38 (0,25–0,59)\t<0,001\t1.234\nB\t0,5 (0,4-0,7)\tNR\t12\n"


def expected() -> list[tuple[float, float]]:
    with (FIXTURES / "expected.csv").open() as file:
        return [(float(row["log_hr"]), float(row["se"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", ["o_minus_e.csv", "o_minus_e_german.csv", "metafor.csv", "netmeta.tsv"])
def test_tables_as_r_writes_them(name: str) -> None:
    given = {} if name == "netmeta.tsv" else ARMS
    read = nm.read_table(FIXTURES / name, **given)
    assert read.refused == ()
    assert [(row.log_hr, row.se) for row in read.evidence] == [
        pytest.approx(pair, rel=1e-12) for pair in expected()
    ]


def test_a_pasted_block_in_german() -> None:
    read = nm.read_table(PASTED, **ARMS)
    first, second = read.evidence
    assert (first.hr, first.ci_low, first.ci_high, first.level) == (0.38, 0.25, 0.59, 0.95)
    assert (first.p_value, first.p_relation, first.n_experimental) == (0.001, "<", 1234)
    assert (second.p_value, second.n_experimental) == (None, 12)
    assert read.notes == ("Decimal commas in HR (95% CI), P.",)


def test_the_guess_is_shown_with_its_reasons() -> None:
    read = nm.read_table("slab,yi,sei,ci.lb,ci.ub,trail\nA,-0.5,0.1,-0.7,-0.3,x\n", **ARMS)
    said = str(read)
    for words in (
        *("1 row from 1 study", "slab    study", "yi      log_hr", "'yi' is used for it"),
        *("left out: beside a log hazard ratio it is on the log scale", "did you mean 'study'?"),
    ):
        assert words in said, words


def test_a_wrong_guess_is_corrected() -> None:
    text = "study;Arm A;Arm B;treatment;hr\nA;x;y;prose;0,5\n"
    guess = nm.read_table(text, control="y").mapping
    assert guess.field_of("treatment") == "experimental"
    better = guess.change({"Arm A": "experimental", "Arm B": "control"})
    assert better.field_of("treatment") == ""
    for mapping in (better, {"Arm A": "experimental", "Arm B": "control"}):
        row = nm.read_table(text, mapping).evidence[0]
        assert (row.experimental, row.control, row.hr) == ("x", "y", 0.5)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Arm": "control"}, "no column 'Arm'"),
        ({"study": "endpont"}, "no field 'endpont'. Did you mean 'endpoint'"),
        ({"study": "hr", "hr": "hr"}, "Two columns are to hold hr"),
    ],
)
def test_a_mapping_that_cannot_be(changes: dict[str, str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        nm.read_table("study,hr\nA,0.5\n", changes, **ARMS)


def test_a_mapping_of_another_table_is_used_where_it_fits() -> None:
    mapping = nm.read_table("study,hr\nA,0.5\n", **ARMS).mapping
    assert nm.read_table("hr,study,year\n0.5,A,2020\n", mapping, **ARMS).evidence[0].year is None
    with pytest.raises(TableError, match="names a column 'hr' that the table does not have"):
        nm.read_table("study,x\nA,0.5\n", mapping, **ARMS)
    with pytest.raises(TableError, match="mapping is str"):
        nm.read_table("study,x\nA,0.5\n", "hr", **ARMS)  # type: ignore[arg-type]


def test_bad_rows_are_listed_and_the_rest_is_there() -> None:
    read = nm.read_table(
        "A trial table,,,\n\nstudy,hr,ci_low,ci_high\nA,0.5,0.4,0.6\nB,abc,,\n\nC,0.5,0.6,0.4\nD,1,2,3,4,5\n"
        'A,0.6,0.5,0.7\n"E\nF",0.5,0.4,0.6\nG,-0.5,,\nH,0.5\n',
        **ARMS,
    )
    assert read.evidence.labels == ("A", "E\nF", "H")
    assert [one.place for one in read.refused] == ["line 5", "line 7", "line 8", "line 9", "line 12"]
    said = list(map(str, read.refused))
    assert said[0].startswith("line 5 (B), column 'hr': 'abc' is not understood")
    assert "The interval runs from 0.6 to 0.4" in said[1]
    assert "has 6 cells and the table 4 columns" in said[2]
    assert "the same row as line 4" in said[3]
    assert "hr is -0.5; it has to be above 0" in said[4]
    assert read.refused[0] == Refusal(
        place="line 5", study="B", column="hr", value="abc", reason=read.refused[0].reason
    )


def test_a_doubtful_number_is_settled_by_its_column_or_refused() -> None:
    def hrs(*cells: str, **more: Any) -> tuple[list[float | None], list[str]]:
        lines = "\n".join(f"T{at}\t{cell}" for at, cell in enumerate(cells))
        read = nm.read_table(f"study\thr\n{lines}\n", **ARMS, **more)
        return [row.hr for row in read.evidence], [one.value for one in read.refused]

    assert hrs("1,234", "0,5") == ([1.234, 0.5], [])
    assert hrs("1,234", "0.5") == ([0.5], ["1,234"])
    assert hrs("1,234") == ([], ["1,234"])
    assert hrs("1,234", decimal=",") == ([1.234], [])
    assert hrs("1.234", "0,5", "0.5") == ([0.5, 0.5], ["1.234"])
    assert hrs("1.234") == ([1.234], [])


def test_counts_have_thousands() -> None:
    read = nm.read_table("study\thr\tn1\nA\t0.5\t1,234\nB\t0.5\t1 234\nC\t0.5\t12.5\n", **ARMS)
    assert [row.n_experimental for row in read.evidence] == [1234, 1234]
    assert "n_experimental is 12.5" in read.refused[0].reason


def test_two_cells_that_disagree_are_refused() -> None:
    read = nm.read_table("study\thr\tci_low\nA\t0.5 (0.4-0.6)\t0.3\nB\t0.5 (0.4-0.6)\t0.4\n", **ARMS)
    assert read.evidence.labels == ("B",)
    assert "it gives ci_low as 0.3, and another cell of the row gives 0.4" in read.refused[0].reason


def test_intervals_in_their_own_column_and_levels_in_the_name() -> None:
    read = nm.read_table("study,hazard ratio,90% CI,Level\nA,0.5,0.4 to 0.6,\nB,0.5,0.4-0.6,95%\n", **ARMS)
    assert [row.level for row in read.evidence] == [0.9, 0.95]


def test_a_column_of_estimates_is_known_by_its_cells() -> None:
    read = nm.read_table("study,Main result\nA,0.38 (0.25-0.59)\nB,NR\n", **ARMS)
    assert read.mapping.field_of("Main result") == "hr"
    assert read.evidence[0].ci_high == 0.59


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"O-E": -1.5, "V": 0}, "above 0"),
        ({"O-E": [1], "V": 2}, "the cell holds"),
        ({"yi": 0.1, "vi": -1}, "above 0"),
        ({"hr": 0.5, "95% CI": 0.4}, "is one number; give an interval"),
        ({"hr": 0.5, "level": 10**400}, "level is inf"),
        ({"hr": b"0.5"}, "the cell holds b'0.5'"),
    ],
)
def test_cells_that_no_table_should_have(cells: dict[str, Any], said: str) -> None:
    read = nm.read_table([{"study": "A", **cells}, {"study": "B", "hr": 0.5}], **ARMS)
    assert said in read.refused[0].reason
    assert "B" in read.evidence.labels


def test_o_minus_e_without_its_variance_is_not_lost() -> None:
    read = nm.read_table([{"study": "A", "O-E": -1.5}], **ARMS)
    kept = [getattr(trial, "o_minus_e", None) for trial in read.evidence]
    assert kept == [-1.5] or "O-E and its variance V belong together" in read.refused[0].reason


def test_numbers_of_frames_that_are_names() -> None:
    read = nm.read_table([{"study": 9710.0, "hr": 0.5}, {"study": 1234567.0, "hr": 0.5}], **ARMS)
    assert read.evidence.labels == ("9710", "1234567")


def test_frames_with_odd_columns() -> None:
    with pytest.raises(TableError, match="No column was found"):
        nm.read_table(pd.DataFrame([[1, 2]]))
    with pytest.raises(TableError, match="The data frame cannot be read"):
        nm.read_table(pd.DataFrame([["A", 0.5, 0.6]], columns=["study", "hr", "hr"]), **ARMS)


def test_medians_stay_text() -> None:
    read = nm.read_table("study,hr,median_experimental,median_control\nA,0.5,8.4 (7.6-12.7),NR\n", **ARMS)
    assert (read.evidence[0].median_experimental, read.evidence[0].median_control) == ("8.4 (7.6-12.7)", "NR")


@pytest.mark.parametrize("make", ["pandas", "polars"])
def test_data_frames(make: str) -> None:
    library = pytest.importorskip(make)
    frame = library.DataFrame(
        {
            "studlab": ["A", "B", "C"],
            "treat1": ["x"] * 3,
            "treat2": ["y"] * 3,
            "TE": [-0.5, None, 0.1],
            "seTE": [0.2, None, 0],
        }
    )
    read = nm.read_table(frame)
    assert [(row.log_hr, row.se) for row in read.evidence] == [(-0.5, 0.2), (None, None)]
    assert read.refused[0].place == "row 3"
    assert "se is 0" in read.refused[0].reason


def test_the_bundled_trials_as_frames_come_back() -> None:
    trials = nm.load_trials()
    assert nm.read_table(trials.to_frame()).evidence == trials
    polars = pytest.importorskip("polars")
    records = [
        {name: value for name, value in row.items() if pd.notna(value)}
        for row in trials.to_frame().to_dict("records")
    ]
    assert nm.read_table(polars.DataFrame(records, infer_schema_length=None)).evidence == trials


def test_json_in_its_three_forms() -> None:
    row = {"study": "A", "hr": 0.5, "experimental": "x", "control": "y", "n_control": None}
    wanted = nm.Evidence([nm.Trial(study="A", hr=0.5, experimental="x", control="y")])
    for form in ([row], {"trials": [row]}, {name: [value] for name, value in row.items()}):
        assert nm.read_table(json.dumps(form).encode()).evidence == wanted
    assert nm.read_table([row]).evidence == wanted


def test_files_and_streams(tmp_path: Path) -> None:
    path = tmp_path / "trials.csv"
    path.write_text("study;hr\nMüller;0,5\n", encoding="cp1252")
    for source in (path, str(path), path.read_bytes(), io.BytesIO(path.read_bytes())):
        read = nm.read_table(source, **ARMS)
        assert read.evidence[0].study == "Müller"
        assert "Windows-1252" in read.notes[0]
    assert nm.read_table(io.StringIO("study;hr\nA;0,5\n"), **ARMS).evidence[0].hr == 0.5
    path.write_bytes("study\thr\nMüller\t0.5\n".encode("utf-16"))
    assert nm.read_table(path, **ARMS).evidence[0].study == "Müller"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no such file.csv", "cannot be opened: No such file"),
        ("a\0b.csv", "cannot be opened"),
        (b"", "There is nothing in it"),
        (b"\x00\x01\x02", "This is no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old kind"),
        ("study\n", "There is no header"),
        ("study,hr\n", "No column was found for experimental, control"),
        ('study,hr\n"A,0.5\nB,0.6\n', "Is a quotation mark left open"),
        ('{"a": [1, 2], "b": [1]}', "lists of the same length"),
        ('[{"study": "A", "study": "B"}]', "has 'study' twice"),
        ('[{"hr": NaN}]', "NaN, which is no number"),
        ("[1, 2\n]", "record 1 is 1"),
        ("{\n", "not JSON: Expecting property name enclosed in double quotes in line 2"),
        ("[" * 100_000 + "\n", "nested too deeply"),
        ([1], "record 1 is 1"),
        (7, "A table is needed; got int"),
        (None, "A table is needed; got NoneType"),
        (b"<?xml version='1.0'?><x/>", "no RevMan file"),
    ],
)
def test_what_is_no_table_is_refused(source: object, said: str) -> None:
    with pytest.raises(TableError, match=said):
        nm.read_table(source)


def test_what_is_the_same_in_every_row() -> None:
    with pytest.raises(TableError, match="no field 'endpont'"):
        nm.read_table("study,hr\nA,0.5\n", endpont="PFS", **ARMS)
    with pytest.raises(TableError, match="hr is given, and column 'hr' holds it too"):
        nm.read_table("study,hr\nA,0.5\n", hr=0.5, **ARMS)
    with pytest.raises(SelectionError, match=r"give '\.' or ','"):
        nm.read_table("study,hr\nA,0.5\n", decimal=";", **ARMS)


def test_two_columns_of_one_name_are_told_apart() -> None:
    read = nm.read_table("study,hr,CI,CI,,hr\nA,0.5,0.4-0.6,1-2,x,9\n", **ARMS)
    assert [one.column for one in read.mapping.columns] == ["study", "hr", "CI", "CI (2)", "column 5", "hr (2)"]
    assert read.evidence[0].hr == 0.5


def test_a_reading_in_a_notebook_is_escaped() -> None:
    read = nm.read_table("study,<b>x</b>,hr\n<script>alert(1)</script>,1,0.5\n<img src=x>,1,bad\n", **ARMS)
    html = read._repr_html_() + read.mapping._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>x" not in html
    assert "&lt;script&gt;" in html


def test_ten_thousand_bad_rows_make_a_text_that_can_be_read() -> None:
    read = nm.read_table("study,hr\n" + "".join(f"T{at},bad\n" for at in range(10_000)), **ARMS)
    assert (len(read.evidence), len(read.refused)) == (0, 10_000)
    assert "and 9\u2009980 more, in .refused" in str(read) or "and 9,980 more, in .refused" in str(read)
