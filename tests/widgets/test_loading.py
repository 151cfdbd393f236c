"""Loading a table without a browser: upload, paste, correct a column, add; refusals in words, nothing lost."""

from __future__ import annotations

import io
import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import netmeta as nm
from netmeta.errors import TableError
from netmeta.evidence.reading.mapping import TARGETS
from netmeta.widgets import Problem
from netmeta.widgets.columns import MOST_SHOWN, field_words

if TYPE_CHECKING:
    import ipywidgets

ODD = (
    "Wer\tBehandlung\tVergleich\tRisiko\tBemerkung\n"
    "EINS\tx\ty\t0,38 (0,25-0,59)\tgut\n"
    "ZWEI\tx\ty\t0,50 (0,40-0,70)\t\n"
    "DREI\tx\ty\tunklar\tschlecht\n"
)
PLAIN = "study,experimental,control,endpoint,HR (95% CI)\nEINS,x,y,PFS,0.38 (0.25-0.59)\n"
HOSTILE = "<img src=x onerror=alert(1)>$\\sum$"
BASE = nm.Trial(study="A", experimental="x", control="y", endpoint="PFS", hr=0.5, ci_low=0.4, ci_high=0.7)


@pytest.fixture
def view() -> nm.LoadView:
    return nm.LoadView(nm.Analysis(nm.Evidence([BASE])))


def upload(view: nm.LoadView, content: bytes, name: str = "table.csv") -> None:
    """Do what the page does when a file is chosen."""
    file = {"name": name, "type": "", "size": len(content), "last_modified": 1_700_000_000_000}
    view.upload.set_state({"value": [{**file, "content": memoryview(content)}]})


def choose(view: nm.LoadView, column: str, field: str) -> None:
    """Do what the page does when another field is chosen for a column."""
    at = [row["name"] for row in rows(view)].index(column)
    view.columns._handle_custom_msg({"kind": "choose", "at": at, "column": column, "field": field}, [])


def rows(view: nm.LoadView) -> list[dict]:
    return json.loads(view.columns.rows)


def taken(view: nm.LoadView) -> dict[str, str]:
    return {row["name"]: row["field"] for row in rows(view)}


def test_a_file_is_read_and_added_in_one_step_of_undo(view) -> None:
    assert isinstance(view.analysis.outcome, Problem)
    upload(view, PLAIN.encode())
    assert view.said.of_kind("answer") == ("1 of 1 row can be read.",)
    assert view.said.of_kind("figures") == ("EINS, x vs y, PFS, HR 0.38 (0.25–0.59)",)
    assert (view.add.description, view.add.disabled) == ("Add 1 row", False)
    view.add.click()
    assert view.analysis.evidence.labels == ("A", "EINS")
    assert view.analysis.outcome.k == 2
    assert view.told.text == "Added 1 row; 1 answers the question asked. Undo takes them out again."
    assert (view.add.description, view.add.disabled) == ("Add 0 rows", True)
    view.analysis.undo()
    assert view.analysis.evidence.labels == ("A",)
    assert view.add.description == "Add 1 row"


def test_pages_of_refused_rows_are_offered_where_there_are_some(view) -> None:
    assert view._turns.layout.display == "none"
    view.text.value = "study\texperimental\tcontrol\thr\n" + "\n".join(f"S{at}\tx\ty\tbad" for at in range(13))
    assert view._turns.layout.display == ""
    view.clear.click()
    assert view._turns.layout.display == "none"


def test_odd_headers_are_asked_for_and_corrected(view) -> None:
    view.text.value = ODD
    assert taken(view) == dict.fromkeys(("Wer", "Behandlung", "Vergleich", "Risiko", "Bemerkung"), "")
    assert view.reading is None
    assert "Which column is “Trial”? Choose it above." in view.said.text
    choose(view, "Wer", "study")
    choose(view, "Behandlung", "experimental")
    assert view.fields["experimental"].layout.display == "none"
    choose(view, "Risiko", "hr")
    choose(view, "Vergleich", "control")
    assert [row["why"] for row in rows(view)][:4] == ["as you said"] * 4
    assert view.said.of_kind("answer") == ("2 of 3 rows can be read, and the other is listed below.",)
    assert view.said.of_kind("figures")[0] == "EINS, x vs y, PFS, HR 0.38 (0.25–0.59)"
    (refused,) = view.refused.of_kind("warning")
    assert refused.startswith("line 4 (DREI), column 'Risiko': ")
    assert "unklar" in refused
    view.add.click()
    assert [trial.hr for trial in view.analysis.evidence] == [0.5, 0.38, 0.5]


def test_what_the_table_lacks_is_asked_for_and_the_question_gives_it() -> None:
    asked = nm.Selection(endpoint="OS", control="y", treatments=("x",))
    view = nm.LoadView(nm.Analysis(nm.Evidence([BASE.change(endpoint="OS")]), asked))
    view.text.value = "study;hr\nEINS;0,38 (0,25-0,59)"
    shown = {name: field.value for name, field in view.fields.items() if field.layout.display != "none"}
    assert shown == {"experimental": "x", "control": "y", "endpoint": "OS", "population": ""}
    assert (view.reading.evidence[0].comparison, view.reading.evidence[0].endpoint) == ("x vs y", "OS")
    view.fields["experimental"].value = ""
    assert view.said.of_kind("warning") == (
        "Which column is “Experimental arm”? Choose it above or type it for every row.",
    )
    assert view.add.disabled
    view.fields["experimental"].value = "z"
    assert view.reading.evidence[0].experimental == "z"


def test_a_field_is_held_by_the_column_chosen_last(view) -> None:
    view.text.value = "study,experimental,control,hr,other\nB,x,y,0.5,0.6"
    choose(view, "other", "hr")
    assert taken(view)["hr"] == ""
    assert view.reading.evidence[0].hr == 0.6
    choose(view, "hr", "hr")
    assert (taken(view)["hr"], taken(view)["other"]) == ("hr", "")
    choose(view, "hr", "")
    assert view.reading.evidence[0].hr is None
    assert "1 row without a hazard ratio" in view.said.text


def test_corrections_outlast_a_change_of_the_text(view) -> None:
    view.text.value = ODD
    for column, field in (("Wer", "study"), ("Behandlung", "experimental"), ("Vergleich", "control")):
        choose(view, column, field)
    choose(view, "Risiko", "hr")
    view.text.value = ODD.replace("unklar", "0,7 (0,5-0,9)")
    assert len(view.reading.evidence) == 3
    assert view.refused.text == ""


def test_rows_that_are_there_are_named_and_skipped(view) -> None:
    view.text.value = PLAIN + "A,x,y,PFS,0.9 (0.8-1.1)\n"
    assert view.add.description == "Add 1 row"
    assert view.there.text == "Skipped, for the same row is there already: A."
    view.add.click()
    assert view.there.text == "Every row that can be read is in the data now."
    assert view.told.of_kind("warning") == ("Skipped, for the same row is there already: A.",)
    assert view.analysis.evidence["A"].hr == 0.5


def test_rows_that_answer_nothing_asked_are_said_so(view) -> None:
    view.text.value = PLAIN.replace("PFS", "OS")
    view.add.click()
    assert "none answers the question asked, so none is pooled" in view.told.text


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.csv", "nothing in it"),
        (b"\0\1\2", "a.csv", "no text"),
        (b"PK\3\4rubbish", "a.xlsx", "damaged"),
        (b"only one cell", "a.csv", "no header"),
        (b'study,hr\n"open,0.5', "a.csv", "quotation mark left open"),
        (b"x" * 8_000_001, "big<b>.csv", "big<b>.csv has 8 000 001 bytes; at most 8 000 000"),
    ],
    ids=["empty", "binary", "broken zip", "no header", "open quotation", "large"],
)
def test_what_is_no_table_is_refused_in_words(view, content, name, why) -> None:
    upload(view, content, name)
    (said,) = view.said.of_kind("error")
    assert why in said.replace("\u202f", " ").replace("\u2009", " ").replace("\u00a0", " ")
    assert view.add.disabled
    assert rows(view) == []
    upload(view, PLAIN.encode())
    assert view.said.of_kind("error") == ()
    assert len(view.reading.evidence) == 1


def test_what_the_reader_emptied_stays_empty(view) -> None:
    view.text.value = "study,experimental,control\nB,x,y"
    assert view.fields["endpoint"].value == "PFS"
    view.fields["endpoint"].value = ""
    view.text.value = 'study,"'
    view.text.value = "study,experimental,control\nC,x,y"
    assert view.fields["endpoint"].value == ""


def test_a_table_without_rows_or_columns_says_so(view) -> None:
    for text in ("[]", "study,experimental,control"):
        view.text.value = text
        assert view.said.text == "0 of 0 rows can be read."
        assert view.add.disabled


def test_columns_are_not_taken_away_while_one_types(view) -> None:
    view.text.value = PLAIN
    sent = []
    view.columns.observe(lambda change: sent.append(change["new"]), "rows")
    view.text.value = PLAIN + "ZWEI,x,y,PFS,0.5 (0.4-0.6)\n"
    assert "[]" not in sent


def test_a_pasted_line_is_never_a_path(view, tmp_path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text(PLAIN)
    view.text.value = str(file)
    assert view.reading is None
    assert "no header" in view.said.text


def test_an_ambiguous_comma_is_settled_by_the_decimal_sign(view) -> None:
    view.text.value = "study;experimental;control;hr\nB;x;y;1,234"
    assert "1.234 or 1234" in view.refused.text
    view.decimal.value = ","
    assert view.reading.evidence[0].hr == 1.234


def test_a_sheet_of_a_workbook_is_chosen(view) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["nothing", "here"])
    page = book.create_sheet("Data")
    for line in (["study", "experimental", "control", "hr"], ["B", "x", "y", 0.5]):
        page.append(line)
    raw = io.BytesIO()
    book.save(raw)
    upload(view, raw.getvalue(), "trials.XLSX")
    assert view.sheet.layout.display == ""
    view.sheet.value = "Dta"
    assert "Did you mean 'Data'?" in view.said.text
    view.sheet.value = "Data"
    assert view.reading.evidence.labels == ("B",)


def test_revman_says_that_there_is_nothing_to_choose(view, revman) -> None:
    upload(view, revman, "review.rm5")
    assert rows(view) == []
    assert "A RevMan file says itself what its numbers are" in view.said.text
    assert all(field.layout.display == "none" for field in (*view.fields.values(), view.decimal))
    view.add.click()
    assert len(view.analysis.evidence) == 1 + len(view.reading.evidence) > 1


@pytest.fixture
def revman() -> bytes:
    path = Path(__file__).parents[1] / "evidence" / "reading" / "revman_files.py"
    spec = spec_from_file_location("revman_files", path)
    files = module_from_spec(spec)
    spec.loader.exec_module(files)
    return files.rm5(files.iv(files.iv_row("RADIANT_x002d_3", 0.5, 0.2)))


def test_hostile_texts_stay_text(view) -> None:
    view.text.value = f"study\texperimental\tcontrol\thr\t{HOSTILE}\n{HOSTILE}\tx\ty\t{HOSTILE}\t{HOSTILE}"
    assert rows(view)[4]["name"] == HOSTILE
    assert HOSTILE in view.refused.text
    for control in inside(view):
        if type(control).__name__ not in ("ColumnTable", "TextBlock", "Textarea"):
            assert HOSTILE not in str(control.get_state())


def inside(widget: ipywidgets.Widget) -> list[ipywidgets.Widget]:
    return [widget, *(one for child in getattr(widget, "children", ()) for one in inside(child))]


def test_ten_thousand_rows_send_samples_only_and_all_refused_rows_can_be_seen(view) -> None:
    lines = [f"S{at}\tx\ty\t{'0.38 (0.25-0.59)' if at % 100 else 'bad'}" for at in range(10_000)]
    view.text.value = "study\texperimental\tcontrol\thr\n" + "\n".join(lines)
    assert len(view.reading.refused) == 100
    sent = (view.columns.rows, view.said.lines, view.refused.lines)
    assert sum(map(len, sent)) < 8_000
    seen = list(view.refused.of_kind("warning"))
    while not view.more.disabled:
        view.more.click()
        seen += view.refused.of_kind("warning")
    assert len(set(seen)) == 100
    view.back.click()
    assert not view.more.disabled


def test_many_columns_are_shown_in_part(view) -> None:
    names = ["study", "experimental", "control", *(f"c{at}" for at in range(300))]
    view.text.value = ",".join(names) + "\nB,x,y," + ",".join("1" * 300)
    assert len(rows(view)) == MOST_SHOWN
    assert "303 columns, 300 left out. The first 100 are shown" in view.columns.caption


def test_clear_empties_what_was_entered_and_nothing_else(view) -> None:
    upload(view, PLAIN.encode())
    view.text.value = ODD
    view.clear.click()
    assert (view.upload.value, view.text.value, rows(view), view.said.text) == ((), "", [], "")
    assert view.add.disabled
    assert view.analysis.evidence.labels == ("A",)
    assert not view.analysis.can_undo


def test_the_file_is_read_again_when_the_text_is_emptied(view) -> None:
    upload(view, PLAIN.encode())
    view.text.value = "study,experimental,control\nB,x,y"
    assert view.reading.evidence.labels == ("B",)
    assert "Empty it, and the file is read again" in view.source.about.text
    view.text.value = ""
    assert view.reading.evidence.labels == ("EINS",)
    assert view.source.about.text == "Read: table.csv."


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        {"kind": "choose"},
        {"kind": "choose", "at": 99, "column": "study", "field": "hr"},
        {"kind": "choose", "at": 0, "column": "gone", "field": "hr"},
        {"kind": "choose", "at": 0, "column": "study", "field": "nonsense"},
    ],
)
def test_messages_that_mean_nothing_change_nothing(view, message) -> None:
    view.text.value = PLAIN
    before = rows(view)
    view.columns._handle_custom_msg(message, [])
    assert rows(view) == before


def test_choose_refuses_names_that_do_not_exist(view) -> None:
    view.text.value = PLAIN
    with pytest.raises(TableError, match="no column 'nowhere'"):
        view.choose("nowhere", "hr")


def test_every_field_can_be_chosen_once_and_has_words(view) -> None:
    offered = [field for _, fields in json.loads(view.columns.fields) for field, _ in fields]
    assert sorted(offered) == sorted(("", *TARGETS))
    words = [field_words(field) for field in offered]
    assert len(set(words)) == len(words)
    assert not any("_" in said for said in words)
