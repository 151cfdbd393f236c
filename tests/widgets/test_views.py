"""Every view alone, without a browser: what it shows, and what its controls do."""

from __future__ import annotations

import json
from dataclasses import replace

import ipywidgets
import pytest

import netmeta as nm
from netmeta.widgets import Analysis, Panel, View, model


@pytest.fixture
def analysis():
    return Analysis()


def rows(view) -> list[dict]:
    return json.loads(view.chart.data)["tables"]["rows"]


def message(widget, **content) -> None:
    """Do what a page does when it sends a custom message."""
    widget._handle_custom_msg(content, [])


class TestForest:
    def test_a_click_takes_the_trial_out_and_a_second_click_back_in(self, analysis):
        view = nm.ForestView(analysis)
        key = analysis.selected["CABINET pNET"].key
        message(view.chart, kind="pick", id=key)
        assert analysis.excluded == {key}
        assert next(row for row in rows(view) if row["id"] == key)["kind"] == "out"
        message(view.chart, kind="pick", id=key)
        assert analysis.excluded == frozenset()

    def test_sends_rows_and_never_the_specification_again(self, analysis):
        view = nm.ForestView(analysis)
        spec, sent = view.chart.spec, []
        view.chart.observe(lambda change: sent.append(change["name"]))
        view.click("RADIANT-3")
        assert view.chart.spec is spec
        assert set(sent) == {"data"}

    def test_the_diamond_is_the_pooled_result(self, analysis):
        view = nm.ForestView(analysis)
        view.click("RADIANT-3")
        pooled = next(row for row in rows(view) if row["kind"] == "pooled")
        assert pooled["hr"] == pytest.approx(analysis.outcome.hr)
        assert pooled["low"] == pytest.approx(analysis.outcome.ci.exp().low)

    def test_says_the_result_to_those_who_do_not_see_it(self, analysis):
        label = json.loads(nm.ForestView(analysis).chart.data)["label"]
        assert label.startswith("Forest plot. Pooled HR 0.41 (0.34–0.48), k = 9.")

    def test_sorting_keeps_the_state(self, analysis):
        view = nm.ForestView(analysis)
        view.sort.set_state({"index": 3})
        assert next(row["label"] for row in rows(view) if row["kind"] == "trial") == "CABINET pNET"
        assert not analysis.can_undo

    def test_a_late_click_on_a_trial_that_is_gone_means_nothing(self, analysis):
        view = nm.ForestView(analysis)
        message(view.chart, kind="pick", id="a trial of yesterday")
        assert not analysis.can_undo

    def test_without_a_result_the_trials_still_stand_there(self, analysis):
        view = nm.ForestView(analysis)
        for label in analysis.selected.labels[1:]:
            view.click(label)
        kinds = [row["kind"] for row in rows(view)]
        assert kinds == ["head", "trial", *["out"] * 8]

    def test_a_saved_notebook_has_a_picture_and_words(self, analysis):
        bundle = nm.ForestView(analysis)._repr_mimebundle_()
        assert ">CABINET pNET<" in bundle["image/svg+xml"]
        assert "Pooled HR 0.41" in bundle["text/plain"]

    def test_says_what_it_shows_of_very_many_trials(self):
        many = nm.Evidence(
            tuple(
                nm.Trial(study=f"T{i}", experimental="a", control="b", log_hr=i / 1e4, se=0.2) for i in range(400)
            )
        )
        view = nm.ForestView(Analysis(many))
        assert "first 150 of 400 trials" in view.note.text
        assert view.analysis.outcome.k == 400

    def test_the_engine_comes_when_a_page_asks_for_it(self, analysis, monkeypatch):
        view, sent = nm.ForestView(analysis), []
        monkeypatch.setattr(view.chart, "send", lambda content, buffers=None: sent.append((content, buffers)))
        message(view.chart, kind="engine")
        assert sent[0][0] == {"kind": "engine"}
        assert sent[0][1][0][:2] == b"\x1f\x8b"


class TestTable:
    def test_unticking_a_row_takes_it_out(self, analysis):
        table = nm.TrialTable(analysis)
        kept = [key for key in table.body.included if not key.startswith("CABINET")]
        table.body.set_state({"included": kept})
        assert analysis.outcome.k == 7
        analysis.undo()
        assert len(table.body.included) == 9

    def test_unverified_and_other_endpoints_stand_there_with_the_reason(self, analysis):
        lines = {row["label"]: row for row in json.loads(nm.TrialTable(analysis).body.rows)}
        assert lines["SPINET"]["usable"] is False
        assert "not verified" in lines["SPINET"]["status"]
        assert "reports TTP" in lines["PROMID"]["status"]
        assert lines["PROMID"]["effect"].startswith("TTP 0.34")

    def test_each_row_unfolds_to_its_source(self, analysis):
        lines = {row["label"]: dict(row["facts"]) for row in json.loads(nm.TrialTable(analysis).body.rows)}
        assert lines["CABINET pNET"]["DOI"] == "10.1056/NEJMoa2403991"
        assert lines["CABINET pNET"]["Data cut"]
        assert lines["CABINET pNET"]["Verification"].startswith("hazard ratio verified")

    def test_rows_that_are_not_shown_keep_their_place_in_the_pool(self):
        many = nm.Evidence(
            tuple(
                nm.Trial(study=f"T{i}", experimental="a", control="b", log_hr=i / 1e4, se=0.2) for i in range(300)
            )
        )
        table = nm.TrialTable(Analysis(many))
        table.body.set_state({"included": table.body.included[1:]})
        assert table.analysis.outcome.k == 299
        assert "The table shows the first 200 rows" in table.body.caption


class TestAnswer:
    def test_says_what_pool_gives(self, analysis):
        view = nm.AnswerView(analysis)
        assert nm.sentence(analysis.outcome) in view.text
        analysis.toggle("CABINET pNET")
        assert nm.sentence(analysis.outcome) in view.text
        for caution in nm.cautions(analysis.outcome):
            assert caution.message in view.block.of_kind("caution")

    def test_names_what_the_reader_took_out(self, analysis):
        view = nm.AnswerView(analysis)
        assert view.block.of_kind("aside") == ()
        analysis.toggle("CABINET pNET")
        analysis.toggle("RADIANT-3")
        assert view.block.of_kind("aside") == ("Taken out by you: CABINET pNET and RADIANT-3.",)

    def test_a_class_effect_is_called_one(self, analysis):
        assert "class effect" in nm.AnswerView(analysis).text

    def test_a_problem_stands_alone(self, analysis):
        view = nm.AnswerView(analysis)
        analysis.excluded = frozenset(analysis.selected.keys)
        assert "at least 2 trials" in view.text
        assert "HR" not in view.text


class TestQuestion:
    def test_each_word_changes_the_question(self, analysis):
        view = nm.QuestionView(analysis)
        view.endpoint.value = "OS"
        view.population.value = "pNET"
        view.control.value = "placebo"
        view.assessor.value = "central"
        view.treatment.value = "everolimus"
        assert analysis.selection == nm.Selection("OS", "pNET", "placebo", ("everolimus",), "central")

    def test_several_therapies_by_ticks(self, analysis):
        view = nm.QuestionView(analysis)
        view.treatment.index = len(view.treatment.options) - 1
        assert view.therapies.layout.display == "flex"
        for box in view.therapies.children:
            if box.description in ("cabozantinib", "surufatinib"):
                box.set_state({"value": True})
        assert analysis.selection.treatments == ("cabozantinib", "surufatinib")
        assert analysis.outcome.k == 4
        view.treatment.value = ""
        assert analysis.selection.treatments == ()
        assert view.therapies.layout.display == "none"

    def test_undo_is_one_step_and_the_words_follow(self, analysis):
        view = nm.QuestionView(analysis)
        view.endpoint.value = "OS"
        analysis.undo()
        assert view.endpoint.value == "PFS"
        assert not analysis.can_undo

    def test_counts_what_answers_and_names_what_is_left_out(self, analysis):
        view = nm.QuestionView(analysis)
        assert view.count.text.startswith("9 comparisons answer this question. Left out: ")
        assert "PROMID" in view.count.text

    def test_a_click_moves_nothing_above_the_plot(self, analysis):
        view = nm.QuestionView(analysis)
        before = view.count.text
        analysis.toggle("CABINET pNET")
        assert view.count.text == before


class TestModel:
    def test_each_control_is_applied(self, analysis):
        view = nm.ModelControls(analysis)
        view.method.value = "DL"
        view.interval.value = "hartung-knapp"
        view.prediction.value = "t(k-1)"
        view.level.value = "90"
        assert analysis.model == nm.RandomEffects("DL", "hartung-knapp", "t(k-1)", 0.9)

    def test_common_effect(self, analysis):
        view = nm.ModelControls(analysis)
        view.method.value = "common"
        assert analysis.model == nm.CommonEffect(level=0.95)
        assert view.interval.disabled

    def test_a_preset_is_applied_at_the_level_of_the_moment_and_recognised(self, analysis):
        view = nm.ModelControls(analysis)
        assert view.preset.value == "netmeta_default"
        view.level.value = "90"
        view.preset.value = "revman2025"
        assert analysis.model == replace(nm.presets.revman2025, level=0.9)
        assert view.interval.value == "hartung-knapp"
        view.method.value = "SJ"
        assert view.preset.value == ""
        view.preset.value = "common_effect"
        assert view.method.value == "common"

    def test_every_preset_has_words(self):
        assert set(model._PRESETS) == set(nm.presets.PRESETS)

    def test_the_chance_of_a_threshold_follows_the_model(self, analysis):
        view = nm.ModelControls(analysis)
        expected = nm.numerals.chance(analysis.outcome.probability_below(0.5))
        view.threshold.value = "0,5"
        assert f"below 0.50 is {expected}" in view.chance.text
        analysis.model = nm.CommonEffect()
        assert "no predictive distribution" in view.chance.text

    @pytest.mark.parametrize("typed", ["abc", "0", "-1", "inf", "<img onerror=1>"])
    def test_a_threshold_that_cannot_be_is_named_and_stays_typed(self, analysis, typed):
        view = nm.ModelControls(analysis)
        view.threshold.value = typed
        assert view.chance.of_kind("error")
        assert view.threshold.value == typed

    @pytest.mark.parametrize("typed", ["abc", "", "0", "100", "-5", "nan", "1e999"])
    def test_a_level_that_cannot_be_is_named_and_stays_typed(self, analysis, typed):
        view = nm.ModelControls(analysis)
        view.level.value = typed or " "
        assert repr(typed or " ") in view.problem.text
        assert view.level.value == (typed or " ")
        assert analysis.model.level == 0.95

    def test_a_wald_interval_with_a_hartung_knapp_prediction_is_explained(self, analysis):
        view = nm.ModelControls(analysis)
        view.prediction.value = "t(k-1) hartung-knapp"
        view.interval.value = "wald"
        assert view.problem.of_kind("error")


class TestHistory:
    def test_buttons(self, analysis):
        bar = nm.HistoryBar(analysis)
        assert (bar.undo.disabled, bar.redo.disabled) == (True, True)
        analysis.toggle("RADIANT-3")
        bar.undo.click()
        assert analysis.outcome.k == 9
        bar.redo.click()
        assert analysis.outcome.k == 8
        bar.reset.click()
        assert analysis.outcome.k == 9
        assert bar.undo.disabled is False


class TestOmission:
    def test_each_line_is_the_pool_without_that_trial(self, analysis):
        view = nm.OmissionView(analysis)
        lines = {row["label"]: row for row in rows(view) if row["kind"] == "trial"}
        assert len(lines) == 9
        without = nm.pool(analysis.included.without("CABINET pNET"))
        assert lines["CABINET pNET"]["hr"] == pytest.approx(without.hr)
        assert lines["CABINET pNET"]["low"] == pytest.approx(without.ci.exp().low)
        assert lines["CABINET pNET"]["n"] == "8"

    def test_a_click_picks_the_trial_in_every_view(self, analysis):
        view, forest = nm.OmissionView(analysis), nm.ForestView(analysis)
        key = analysis.selected["RADIANT-3"].key
        message(view.chart, kind="pick", id=key)
        assert analysis.picked == view.chart.picked == forest.chart.picked == key
        assert analysis.excluded == frozenset()
        message(view.chart, kind="pick", id=key)
        assert forest.chart.picked == ""

    def test_names_the_trial_that_moves_the_answer_most(self, analysis):
        said = nm.OmissionView(analysis).said.text
        moves = {
            trial.label: abs(nm.pool(analysis.included.without(trial)).log_hr - analysis.outcome.log_hr)
            for trial in analysis.included
        }
        assert f"leaving out {max(moves, key=moves.get)} moves it most" in said

    def test_too_few_trials_are_explained(self, analysis):
        view = nm.OmissionView(analysis)
        analysis.excluded = frozenset(analysis.selected.keys[2:])
        assert "3" in view.said.text
        assert [row["kind"] for row in rows(view)] == ["head"]


class TestPicking:
    def test_with_the_shift_key_a_click_on_the_forest_picks_and_takes_nothing_out(self, analysis):
        view = nm.ForestView(analysis)
        message(view.chart, kind="point", id=analysis.selected["RADIANT-3"].key)
        assert analysis.picked_trial.label == "RADIANT-3"
        assert analysis.excluded == frozenset()

    def test_the_table_marks_the_picked_row(self, analysis):
        table = nm.TrialTable(analysis)
        analysis.pick("RADIANT-3")
        assert table.body.picked == analysis.picked

    def test_a_pick_sends_one_small_message_and_no_rows(self, analysis):
        view, sent = nm.ForestView(analysis), []
        view.chart.observe(lambda change: sent.append(change["name"]))
        analysis.pick("RADIANT-3")
        assert sent == ["picked"]

    def test_a_picked_trial_that_no_longer_answers_the_question_is_let_go(self, analysis):
        analysis.pick("RADIANT-3")
        analysis.evidence = analysis.evidence.without(analysis.picked_trial)
        assert analysis.picked == ""

    def test_what_is_not_there_cannot_be_picked(self, analysis):
        with pytest.raises(nm.SelectionError, match="RADIANT-3"):
            analysis.pick("RADIANT-33")

    def test_the_bar_says_what_is_picked_and_takes_it_out(self, analysis):
        bar = nm.PickedBar(analysis)
        assert bar.toggle.layout.display == "none"
        analysis.pick("CABINET pNET")
        assert "CABINET pNET, cabozantinib vs placebo, HR 0.23 (0.12–0.42), weight" in bar.said.text
        bar.toggle.click()
        assert "CABINET pNET" not in analysis.included.labels
        assert bar.toggle.description == "Take back in"
        bar.toggle.click()
        bar.clear.click()
        assert analysis.picked == ""
        assert analysis.outcome.k == 9

    @pytest.mark.parametrize(
        ("sent", "heard"),
        [
            ({"hr": [0.5, 0.3], "i2": [0, 40]}, {"hr": [0.3, 0.5], "i2": [0.0, 40.0]}),
            ({}, {}),
            (None, {}),
            ({"hr": ["<img>", 1], "i2": [1], "k": [float("nan"), 1]}, {}),
        ],
    )
    def test_a_brushed_region_arrives_as_numbers(self, analysis, sent, heard):
        chart, told = nm.ForestView(analysis).chart, []
        chart.on_brush(lambda name, region: told.append((name, region)))
        message(chart, kind="brush", name="brush", region=sent)
        assert told == [("brush", heard)]


class TestSleep:
    def test_a_closed_panel_computes_nothing_until_it_is_seen_again(self, analysis):
        panel = Panel("Leave one out", lambda: nm.OmissionView(analysis))
        assert panel.inside is None
        panel.toggle()
        before = rows(panel.inside)
        panel.toggle()
        analysis.toggle("RADIANT-3")
        assert rows(panel.inside) == before
        panel.toggle()
        assert "RADIANT-3" not in {row["label"] for row in rows(panel.inside)}


VIEWS = [
    nm.AbsoluteView,
    nm.HarmView,
    nm.BayesianView,
    nm.Digitiser,
    nm.EvidenceTable,
    nm.LoadView,
    nm.SmallStudiesView,
    nm.SensitivityView,
    nm.SubgroupView,
    nm.RegressionView,
    nm.CumulativeView,
    nm.InfluenceView,
    nm.BaujatView,
    nm.GoshView,
    nm.MultiverseView,
    nm.PickedBar,
    nm.OmissionView,
    nm.ForestView,
    nm.TrialTable,
    nm.AnswerView,
    nm.QuestionView,
    nm.ModelControls,
    nm.HistoryBar,
    nm.TrialForm,
]


@pytest.mark.parametrize("make", VIEWS)
def test_a_view_stands_alone_and_lets_go_when_closed(make, analysis):
    before = len(analysis._trait_notifiers.get("state", {}).get("change", []))
    view = make(analysis)
    view.close()
    assert len(analysis._trait_notifiers["state"]["change"]) == before
    analysis.toggle("RADIANT-3")


@pytest.mark.parametrize("make", VIEWS)
def test_a_view_of_something_else_is_refused(make):
    with pytest.raises(nm.EntryError, match="A view shows an Analysis"):
        make(nm.load_trials())


def test_the_table_marks_in_words_what_is_to_be_checked():
    wolin = nm.load_trials()["Wolin 2015"]
    table = nm.TrialTable(Analysis(nm.Evidence([wolin.change(use="primary")]), nm.Selection(endpoint="PFS")))
    (row,) = json.loads(table.body.rows)
    assert row["mark"] == "check: asymmetric interval"
    assert any(name == "To check" and "not symmetric" in text for name, text in row["facts"])


def test_the_table_does_not_mark_a_note():
    radiant = nm.load_trials().where(study="RADIANT-2", endpoint="PFS", assessor="central")
    table = nm.TrialTable(Analysis(radiant, nm.Selection(endpoint="PFS")))
    (row,) = json.loads(table.body.rows)
    assert row["mark"] == ""
    assert row["facts"][0] == ["Note", "P = 0.026 is one-sided; two-sided it is 0.052."]


@pytest.mark.parametrize("make", VIEWS)
def test_a_view_hides_nothing_of_the_widget_under_it(make, analysis):
    # ipywidgets calls its own private methods by name, from __repr__ for one.
    own = {name for kind in (make, View) for name, value in vars(kind).items() if callable(value)}
    assert own & set(dir(ipywidgets.VBox)) <= {"__init__", "close", "_repr_mimebundle_"}
    assert make.__name__ in repr(make(analysis))
