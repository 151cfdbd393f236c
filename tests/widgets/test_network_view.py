"""The network in the workbench, without a browser: what clicks do, and that every view follows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import netmeta as nm
from netmeta.charts.network_graph_rows import edge_id, node_id
from netmeta.network.asking import NetworkQuestion
from netmeta.state import Problem
from netmeta.widgets import Analysis, NetworkView
from netmeta.widgets.network_readings import reading_table, readings, readings_in_words

MERGE = nm.Merge("high-dose SSA", into="SSA")


@pytest.fixture
def analysis():
    return Analysis()


@pytest.fixture
def view(analysis):
    made = NetworkView(analysis)
    yield made
    made.close()


def rows(chart, table="rows"):
    return json.loads(chart.data)["tables"][table]


def effect(analysis, name, control="placebo"):
    return analysis.network_outcome.effect(name, control)


def test_the_network_is_of_any_treatment_against_any_control(analysis):
    assert analysis.selection.control == "placebo"
    assert "COMPETE" in analysis.network_selected.labels
    assert "177Lu-edotreotide" in analysis.network_outcome.treatments


def test_trials_that_nothing_joins_are_named_with_the_assumption_that_would_join_them(view):
    said = view.controls.said.text
    assert "NETTER-1, NETTER-2, ECOG-ACRIN E2211 and SWOG S0518" in said
    box = view.controls.assumptions.children[0]
    assert box.description == (
        "Assume: high-dose SSA is taken to be the same treatment as SSA (joins NETTER-1 and NETTER-2)"
    )


def test_taking_the_assumption_joins_the_trials_and_stays_visible(view, analysis):
    view.controls.assumptions.children[0].value = True
    assert analysis.network.assumptions == (MERGE,)
    assert "177Lu-dotatate + SSA" in analysis.network_outcome.treatments
    assert "Assumed: high-dose SSA is taken to be the same treatment as SSA." in view.controls.said.text
    view.controls.assumptions.children[0].value = False
    assert "177Lu-dotatate + SSA" not in analysis.network_outcome.treatments


def test_a_click_on_a_node_makes_it_the_reference_and_undo_takes_it_back(view, analysis):
    graph = view.choose("Graph")
    graph.graph.pick(node_id("everolimus"))
    assert analysis.network_outcome.reference == "everolimus"
    assert view.controls.reference.value == "everolimus"
    analysis.undo()
    assert analysis.network_outcome.reference == "placebo"


def test_a_click_on_an_edge_shows_its_trials_and_a_click_on_a_trial_takes_it_out_everywhere(view, analysis):
    graph, league, forest = view.choose("Graph"), view.choose("League table"), view.choose("Forest")
    view.choose("Graph")
    graph.graph.pick(edge_id("everolimus", "placebo"))
    labels = [row["label"] for row in rows(graph.forest)]
    assert labels[1:3] == ["RADIANT-3", "RADIANT-4"]
    assert labels[3:] == ["Together: everolimus vs placebo", "Network: everolimus vs placebo"]
    before = effect(analysis, "everolimus")
    graph.forest.pick(next(row["id"] for row in rows(graph.forest) if row["label"] == "RADIANT-3"))
    after = effect(analysis, "everolimus")
    assert after.direct == before.direct - 1
    assert after.log_hr != before.log_hr
    assert rows(graph.forest)[1]["kind"] == "out"
    league = view.choose("League table")
    assert league._result == analysis.network_outcome
    forest = view.choose("Forest")
    shown = {row["label"]: row["effect"] for row in rows(forest.chart)}
    assert shown["everolimus"].startswith(f"{after.hr:.2f}")


def test_an_edge_whose_only_trial_is_out_can_be_taken_back_in(view, analysis):
    view.controls.assumptions.children[0].value = True
    graph = view.choose("Graph")
    graph.graph.pick(edge_id("axitinib + SSA", "SSA"))
    key = next(row["id"] for row in rows(graph.forest) if row["label"] == "AXINET")
    graph.forest.pick(key)
    assert "axitinib + SSA" not in analysis.network_outcome.treatments
    assert "is not in the network now" in graph.said.text
    graph.forest.pick(key)
    assert "axitinib + SSA" in analysis.network_outcome.treatments


def test_a_click_on_what_is_gone_means_nothing(view, analysis):
    before = analysis.state
    graph = view.choose("Graph")
    graph.graph.pick("edge:no|such")
    graph.graph.pick("node:<img src=x onerror=alert(1)>")
    assert analysis.state == before


def test_dragging_keeps_a_node_where_it_was_put(view, analysis):
    graph = view.choose("Graph")
    graph.graph.drag(node_id("placebo"), 0.25, 0.75)
    analysis.toggle("SUN-1111")
    place = next(row for row in rows(graph.graph, "nodes") if row["name"] == "placebo")
    assert (place["x"], place["y"]) == pytest.approx((0.25, 0.75), abs=0.03)


def test_lines_are_as_wide_as_precision_or_trials_say(view):
    graph = view.choose("Graph")
    width = {row["id"]: row["width"] for row in rows(graph.graph, "edges")}
    graph.by.value = "trials"
    trials = {row["id"]: row["width"] for row in rows(graph.graph, "edges")}
    one, other = edge_id("axitinib + SSA", "SSA"), edge_id("pazopanib", "placebo")
    assert width[one] > width[other]
    assert trials[one] == trials[other] < trials[edge_id("everolimus", "placebo")]


def test_taking_a_trial_out_moves_no_treatment(view, analysis):
    graph = view.choose("Graph")
    before = {row["name"]: (row["x"], row["y"]) for row in rows(graph.graph, "nodes")}
    for label in ("CLARINET", "SUN-1111"):
        analysis.toggle(label)
    after = {row["name"]: (row["x"], row["y"]) for row in rows(graph.graph, "nodes")}
    assert set(before) - set(after) == {"sunitinib"}
    assert {name: before[name] for name in after} == after


def test_the_reader_and_the_population_are_those_of_the_question(view, analysis):
    view.controls.reader.value = "central first"
    assert analysis.selection.assessor == "central first"
    assert "SANET-ep | surufatinib | placebo | PFS | BIIRC" in analysis.network_selected.keys or any(
        trial.study == "SANET-ep" and trial.hr == 0.66 for trial in analysis.network_selected
    )
    view.controls.reader.value = "primary"
    view.controls.population.value = "pNET"
    assert {trial.population for trial in analysis.network_selected} == {"pNET"}
    view.controls.population.value = "epNET of any site"
    assert {"RADIANT-4", "CABINET epNET"} <= set(analysis.network_selected.labels)
    assert "CLARINET" not in analysis.network_selected.labels


def test_the_model_of_the_network_is_chosen_by_words(view, analysis):
    view.controls.variance.value = "DL"
    assert analysis.network.model.tau2_method == "DL"
    view.controls.interval.value = "modified-hartung-knapp"
    assert analysis.network_outcome.df == analysis.network_outcome.q_df
    view.controls.variance.value = ""
    assert isinstance(analysis.network.model, nm.CommonEffect)
    assert view.controls.interval.layout.display == "none"


def test_a_reference_of_another_part_shows_that_part(analysis):
    analysis.network = NetworkQuestion("SSA")
    assert analysis.network_outcome.reference == "SSA"
    analysis.network = NetworkQuestion("CAPTEM", model=nm.CommonEffect())
    assert set(analysis.network_outcome.treatments) == {"CAPTEM", "temozolomide"}
    assert "CABINET pNET" in {out.trial.label for out in analysis.network_answer.apart}


def test_nothing_to_compare_is_said_in_words_by_every_view(view, analysis):
    analysis.excluded = frozenset(analysis.network_selected.keys)
    assert isinstance(analysis.network_outcome, Problem)
    for name in view.kinds:
        view.choose(name)
    assert "at least one trial" in view.controls.said.text
    analysis.undo()
    assert not isinstance(analysis.network_outcome, Problem)


def test_a_saturated_network_says_what_to_do(view, analysis):
    analysis.selection = replace(analysis.selection, endpoint="TTP")
    assert "CommonEffect()" in view.controls.said.text
    view.controls.variance.value = ""
    assert set(analysis.network_outcome.treatments) == {"SSA", "placebo"}


def test_every_view_of_the_network_works_and_sleeps_while_another_is_seen(view, analysis):
    for name in view.kinds:
        assert view.choose(name).layout.display == ""
        assert [one for one, made in view.views.items() if made.layout.display == ""] == [name]
    analysis.toggle("CLARINET")
    for name in view.kinds:
        view.choose(name)
    assert "CLARINET" in analysis.network_selected.labels


def test_the_trials_tab_lists_what_is_apart_with_the_reason(view):
    table = view.choose("Trials")
    listed = json.loads(table.body.rows)
    apart = next(row for row in listed if row["label"] == "ECOG-ACRIN E2211")
    assert apart["why"] == "no trial joins CAPTEM vs temozolomide to placebo"
    assert not apart["included"]
    assert "in the network" in table.body.caption


def test_a_trial_only_of_the_network_can_be_picked_and_taken_out_by_the_bar(view, analysis):
    analysis.pick("COMPETE")
    assert "in the network" in view.bar.said.text
    view.bar.toggle.click()
    assert "177Lu-edotreotide" not in analysis.network_outcome.treatments


def test_the_ranking_by_reader_shows_what_moves(analysis):
    found = readings(analysis.state)
    assert [words for words, _result in found] == [
        "each trial's primary analysis",
        "central review where reported",
        "investigators where reported",
    ]
    head, table = reading_table(found)
    assert head[0] == "Treatment"
    assert {row[0] for row in table} >= {"surufatinib", "sunitinib", "placebo"}
    place = {words: result.ranking.index("surufatinib") for words, result in found}
    assert place["central review where reported"] > place["each trial's primary analysis"]
    assert "depends on who reads progression" in readings_in_words(found)


def test_a_trial_that_is_out_is_out_by_every_reader(analysis):
    analysis.toggle("SANET-ep")
    for _words, result in readings(analysis.state):
        assert "SANET-ep" not in result.evidence.labels


def test_hostile_names_are_text_in_every_view():
    name = "<img src=x onerror=alert(1)>"
    trials = nm.Evidence(
        tuple(
            nm.Trial(study=f"{name}{at}", experimental=arm, control="placebo", hr=0.5, ci_low=0.3, ci_high=0.9)
            for at, arm in enumerate((name, name, "b"))
        )
    )
    view = NetworkView(Analysis(trials))
    for kind in view.kinds:
        view.choose(kind)
    assert name in view.analysis.network_outcome.treatments
    view.close()
