"""The live league table without a browser: what it sends to the page, and what messages of the page do."""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pytest
import traitlets as t

import netmeta as nm
from netmeta.widgets import Analysis, Problem
from netmeta.widgets.league import LeagueBody


class Networked(Analysis):
    """An analysis with the trait that a network view reads."""

    network_outcome = t.Any(Problem("None."))


@pytest.fixture(scope="module")
def result():
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    merge = nm.Merge("high-dose SSA", into="SSA")
    return nm.compare(nm.connected_to(trials, "placebo", merge), assumptions=merge)


@pytest.fixture
def view(result):
    analysis = Networked()
    analysis.network_outcome = result
    return nm.LeagueView(analysis)


def data(view) -> dict:
    return json.loads(view.body.data)


def chosen(view) -> list[str]:
    return json.loads(view.body.chosen)


def message(view, **content) -> None:
    """Do what a page does when it sends a custom message."""
    view.body._handle_custom_msg(content, [])


class TestTable:
    def test_shows_the_network_of_the_analysis(self, view, result):
        found = data(view)
        assert found["names"] == list(result.ranking)
        assert [len(row) for row in found["cells"]] == [13] * 13
        assert [row[at] for at, row in enumerate(found["cells"])] == [None] * 13
        assert "Assumed: high-dose SSA is taken to be the same treatment as SSA." in found["notes"]
        last = found["cells"][0][12]
        assert (last["estimate"], last["span"], last["favours"]) == ("0.090", "0.047–0.17", "row")
        assert last["tip"].startswith(
            "177Lu-dotatate + SSA against placebo: HR 0.090 (95% CI 0.047 to 0.17), favours"
        )

    def test_says_why_there_is_none(self, view, result):
        view.analysis.network_outcome = Problem("The network falls into 2 parts.")
        view.refresh()
        assert data(view)["names"] == []
        assert view.told.of_kind("problem") == ("The network falls into 2 parts.",)
        assert all(button.disabled for button in view.files.values())
        view.download("CSV")
        view.analysis.network_outcome = result
        view.refresh()
        assert view.told.text == ""
        assert not any(button.disabled for button in view.files.values())

    def test_stands_on_any_analysis(self):
        analysis = Analysis()
        view = nm.LeagueView(analysis)
        assert data(view)["names"] == list(analysis.network_outcome.ranking)
        analysis.excluded = frozenset({analysis.selected.keys[0]})
        assert data(view)["names"] == list(analysis.network_outcome.ranking)
        analysis.excluded = frozenset(analysis.network_selected.keys)
        assert data(view)["names"] == []
        assert view.told.of_kind("problem") == (analysis.network_outcome.message,)

    def test_shows_a_result_that_is_handed_to_it(self, result):
        analysis = Networked()
        analysis.network_outcome = Problem("None.")
        view = nm.LeagueView(analysis)
        view.show_result(result)
        assert len(data(view)["names"]) == 13

    def test_names_go_over_as_they_are_and_labels_on_one_line(self):
        trial = nm.Trial(study="A", experimental="a\nb\u202ec", control="d", log_hr=-0.1, se=0.1)
        view = nm.LeagueView(Networked())
        view.show_result(nm.compare(nm.Evidence([trial]), nm.CommonEffect()))
        assert data(view)["names"] == ["a\nb\u202ec", "d"]
        assert data(view)["labels"] == ["a b\ufffdc", "d"]

    def test_bodies_have_scopes_of_their_own(self):
        assert LeagueBody().scope != LeagueBody().scope

    def test_lets_go(self, view):
        analysis, before = view.analysis, view.body.data
        view.close()
        analysis.network_outcome = Problem("None.")
        analysis.excluded = frozenset({analysis.included.keys[0]})
        assert view.body.data == before

    def test_follows_the_analysis(self, view):
        view.analysis.network_outcome = Problem("None.")
        view.analysis.excluded = frozenset({view.analysis.included.keys[0]})
        assert data(view)["names"] == []


class TestControls:
    def test_the_lower_triangle(self, view):
        view.lower.set_state({"index": 1})
        assert view.lower.value == "network"
        assert data(view)["cells"][12][0]["estimate"] == "11.1"
        view.lower.set_state({"index": 2})
        assert data(view)["cells"][12][0]["span"] == "4.07–30.2"
        assert "prediction interval of a new trial" in data(view)["words"]

    def test_the_order(self, view, result):
        view.order.set_state({"index": 1})
        assert data(view)["names"] == list(result.treatments)

    def test_a_click_on_a_column_puts_it_first_and_a_second_one_back(self, view, result):
        before = data(view)["names"]
        message(view, kind="order", first="everolimus")
        found = data(view)
        assert found["names"][0] == found["first"] == "everolimus"
        others = [result.effect(name, "everolimus").log_hr for name in found["names"][1:]]
        assert others == sorted(others)
        assert "everolimus stands first, then the others by their effect against it." in found["words"]
        message(view, kind="order", first="everolimus")
        assert data(view)["names"] == before
        assert data(view)["first"] == ""

    def test_another_order_forgets_what_was_first(self, view, result):
        message(view, kind="order", first="everolimus")
        view.order.set_state({"index": 1})
        assert data(view)["names"] == list(result.treatments)

    def test_the_order_turns_where_higher_is_better(self):
        trials = [
            nm.Trial(study=str(at), experimental=name, control="p", log_hr=at, se=0.1)
            for at, name in enumerate("abc")
        ]
        view = nm.LeagueView(Networked())
        view.show_result(nm.compare(nm.Evidence(trials), nm.CommonEffect(), better="higher"))
        message(view, kind="order", first="b")
        assert data(view)["names"] in (["b", "c", "a", "p"], ["b", "c", "p", "a"])

    def test_a_treatment_that_is_gone_is_first_no_more(self, view, result):
        message(view, kind="order", first="pazopanib")
        rest = nm.Evidence(tuple(trial for trial in result.evidence if "pazopanib" not in trial.comparison))
        view.show_result(nm.compare(rest, assumptions=result.assumptions))
        assert data(view)["first"] == ""
        assert "pazopanib" not in data(view)["names"]


class TestPair:
    def test_a_click_on_a_cell_says_which_trials_compare_the_two(self, view):
        message(view, kind="cell", row="cabozantinib", column="placebo")
        assert view.pair == ("cabozantinib", "placebo")
        assert chosen(view) == [
            "cabozantinib against placebo. Network: HR 0.31 (0.20–0.50) (95% CI).",
            "Direct evidence: HR 0.31 (0.20–0.50), from CABINET epNET, CABINET pNET.",
        ]

    def test_or_that_none_does(self, view):
        message(view, kind="cell", row="sunitinib", column="SSA")
        assert "No trial compares them directly" in chosen(view)[1]

    @pytest.mark.parametrize(
        "content",
        [
            {"kind": "cell", "row": "nobody", "column": "placebo"},
            {"kind": "cell", "row": "placebo", "column": "placebo"},
            {"kind": "cell"},
            {"kind": "order", "first": "nobody"},
            {"kind": "order", "first": ["placebo"]},
            {"kind": "else"},
            {},
        ],
    )
    def test_a_message_that_means_nothing_does_nothing(self, view, content):
        before = view.body.data
        message(view, **content)
        assert (view.pair, view.body.data, chosen(view)) == ((), before, [])

    def test_a_pair_that_is_gone_is_let_go(self, view, result):
        message(view, kind="cell", row="pazopanib", column="placebo")
        rest = nm.Evidence(tuple(trial for trial in result.evidence if "pazopanib" not in trial.comparison))
        view.show_result(nm.compare(rest, assumptions=result.assumptions))
        assert (view.pair, chosen(view)) == ((), [])


class TestDownloads:
    @pytest.fixture
    def sent(self, view, monkeypatch):
        found = []
        monkeypatch.setattr(view.body, "send", lambda content, buffers: found.append((content, *buffers)))
        return found

    def test_each_button_sends_a_file(self, view, sent):
        pytest.importorskip("docx")
        for button in view.files.values():
            button.click()
        names = [content["name"] for content, _raw in sent]
        assert names == [f"league-table-pfs.{end}" for end in ("csv", "html", "tex", "docx")]
        csv, html, latex, word = (raw for _content, raw in sent)
        assert csv.startswith(b"\xef\xbb\xbfrow against column,177Lu")
        assert html.startswith(b"<!doctype html>")
        assert rb"\begin{tabular}" in latex
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(word)).namelist()

    def test_the_file_is_what_is_shown(self, view, sent):
        view.order.set_state({"index": 1})
        view.files["CSV"].click()
        assert (
            sent[0][1].decode("utf-8-sig").startswith("row against column,177Lu-dotatate + SSA,177Lu-edotreotide,")
        )

    def test_without_the_library_the_reason_is_said(self, view, sent, monkeypatch):
        monkeypatch.setitem(sys.modules, "docx", None)
        view.files["Word"].click()
        assert sent == []
        assert "pip install 'netmeta[word]'" in view.told.of_kind("error")[0]
        view.files["CSV"].click()
        assert view.told.text == ""
