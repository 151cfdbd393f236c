"""How results of networks look: words, tables, escaped HTML, frames."""

from __future__ import annotations

import pytest

import netmeta as nm
from netmeta import Evidence, Merge, Trial
from netmeta.network import direct_effects, graph

NASTY = "<b onmouseover=alert(1)>x</b> & co"
STUDY = "<script>alert(2)</script>"
MERGE = Merge("old <i>x</i>", into=NASTY)


def trial(study, one, other, log_hr, se=0.2):
    return Trial(study=study, experimental=one, control=other, log_hr=log_hr, se=se)


@pytest.fixture(scope="module")
def result():
    trials = (
        trial(STUDY, NASTY, "placebo", -0.5),
        trial("B", "old <i>x</i>", "placebo", -0.1),
        trial("C", "y", "placebo", -0.3),
        trial("D", NASTY, "y", 0.4),
        trial("E", NASTY, "y", 0.1),
        trial("F", "z", "placebo", -0.9),
    )
    return nm.compare(Evidence(trials), nm.RandomEffects("DL", "wald", "t(k-1)"), assumptions=MERGE)


JUDGES = {
    "compare": lambda result: result,
    "node_splits": nm.node_splits,
    "back-calculation": lambda result: nm.node_splits(result, "back-calculation"),
    "inconsistency": nm.inconsistency,
    "net_heat": nm.net_heat,
    "network_contributions": nm.network_contributions,
    "random-walk": lambda result: nm.network_contributions(result, "random-walk"),
    "rank": nm.rank,
    "omit_trials": nm.omit_trials,
    "adjusted_funnel_data": nm.adjusted_funnel_data,
    "transitivity": nm.transitivity,
}
COLUMNS = {
    "compare": "experimental control hr hr_low hr_high log_hr log_hr_se p_value prediction_hr_low prediction_hr_high "
    "direct_trials",
    "node_splits": "experimental control trials direct_percent log_hr_direct log_hr_direct_se log_hr_indirect "
    "log_hr_indirect_se log_hr_network log_hr_network_se log_hr_difference log_hr_difference_se p_value tau2",
    "inconsistency": "design studies q_within df_within p_within q_between_without df_between_without "
    "p_between_without",
    "net_heat": "design detached change share_percent",
    "network_contributions": "experimental control trial share_percent",
    "rank": "treatment p_score sucra mean_rank rank_low rank_high hr hr_low hr_high rank_1 rank_2 rank_3 rank_4",
    "omit_trials": "without treatment hr hr_low hr_high log_hr log_hr_se tau2 p_score",
    "adjusted_funnel_data": "key newer older log_hr log_hr_se log_hr_centred alone",
    "transitivity": "Comparison|Trials|Patients|Population|Setting|Year|Read by|Blinding|Control regimen|"
    "Median on control|Risk of bias",
}
ROWS = {
    "compare": 6, "node_splits": 4, "inconsistency": 4, "net_heat": 16, "network_contributions": 36, "rank": 4,
    "omit_trials": 17, "adjusted_funnel_data": 6, "transitivity": 4,
}  # fmt: skip


@pytest.mark.parametrize("name", JUDGES)
def test_words_a_short_line_and_html_without_anybodys_markup(result, name):
    found = JUDGES[name](result)
    said, page, brief = str(found), found._repr_html_(), repr(found)
    assert "\n" in said
    assert brief.startswith(type(found).__name__ + "(")
    assert "\n" not in brief
    assert len(brief) < 160
    for markup in ("<b ", "<script", "<i>"):
        assert markup not in page
    assert page.count("<table>") == 1
    assert ("&lt;b " in page) or ("&lt;script" in page)


@pytest.mark.parametrize("name", COLUMNS)
def test_frames_have_named_columns_and_a_row_each(result, name):
    frame = JUDGES[name](result).to_frame()
    columns = COLUMNS[name].split("|") if "|" in COLUMNS[name] else COLUMNS[name].split()
    assert list(frame.columns) == columns
    assert len(frame) == ROWS[name]


def test_the_numbers_of_the_frame_are_those_of_the_effects(result):
    frame = result.to_frame()
    for row in frame.to_dict("records"):
        one = result.effect(row["experimental"], row["control"])
        assert (row["hr"], row["log_hr"], row["log_hr_se"], row["p_value"]) == (
            one.hr,
            one.log_hr,
            one.se,
            one.p_value,
        )
        assert (row["hr_low"], row["hr_high"]) == (one.ci.exp().low, one.ci.exp().high)
        assert (row["prediction_hr_low"], row["prediction_hr_high"]) == (one.pi.exp().low, one.pi.exp().high)
        assert row["direct_trials"] == len(
            [t for t in result.evidence if one.direct and _pair(t) == {one.experimental, one.control}]
        )


def _pair(trial):
    return {NASTY if name == MERGE.name else name for name in (trial.experimental, trial.control)}


def test_what_was_assumed_stands_in_words_and_in_the_notebook(result):
    said = f"Assumed: {MERGE}."
    assert str(MERGE) == f"old <i>x</i> is taken to be the same treatment as {NASTY}"
    assert said in str(result)
    assert "Assumed: old &lt;i&gt;x&lt;/i&gt; is taken" in result._repr_html_()
    assert result.assumptions == (MERGE,)


@pytest.mark.parametrize("name", [name for name in JUDGES if name != "compare"])
def test_every_judgement_keeps_the_result_it_is_of(result, name):
    found = JUDGES[name](result)
    kept = found.overall if name == "omit_trials" else found.result
    assert kept is result
    assert kept.assumptions == (MERGE,)


def test_the_result_in_words():
    trials = Evidence(
        (trial("A", "x", "placebo", -0.5), trial("B", "x", "placebo", -0.7), trial("C", "y", "placebo", 0.1))
    )
    lines = str(nm.compare(trials, nm.CommonEffect(), better="higher")).splitlines()
    assert lines[0].startswith("3 treatments in 3 trials, 2 direct comparisons, no closed loop: common effect")
    assert lines[0].endswith("A higher hazard ratio is taken to be better.")
    # Q = (0.2)^2 / (2 * 0.04).
    assert lines[1].startswith("Between trials: I² = 0%")
    assert "Q = 0.50 on 1 df, P = 0.480" in lines[1]
    assert lines[3].split()[:2] == ["Against", "placebo"]
    assert [line.split()[0] for line in lines[4:]] == ["y", "x"]
    # exp(-0.6) and exp(-0.6 -+ 1.96 * 0.2 / sqrt(2)).
    assert "0.55 (0.42–0.72)" in lines[5]


def test_one_effect_in_words(result):
    one = result.effect("z", "placebo")
    # exp(-0.9), and 1.96 standard errors of sqrt(0.04 + tau2) to either side.
    assert str(one).startswith("z vs placebo: HR 0.41 (")
    assert "1 trial compares them directly." in str(one)
    assert "In a new trial: HR" in str(one)
    assert "no trial compares them directly" in str(result.effect("z", "y"))
    assert repr(one).startswith("NetworkEffect(z vs placebo, HR 0.41 (")
    assert one.favoured == "z"
    assert result.effect("placebo", "z").favoured == "z"


def test_a_saturated_network_says_that_nothing_tells_how_trials_differ():
    trials = Evidence((trial("A", "x", "placebo", -0.5), trial("C", "y", "placebo", 0.1)))
    result = nm.compare(trials, nm.CommonEffect())
    assert "Nothing tells how much trials differ" in str(result)
    assert "inconsistency cannot be tested" in str(nm.node_splits(result))
    assert "Designs cannot contradict each other here" in str(nm.inconsistency(result))
    assert "2 of 2 trials are the only link" in str(nm.omit_trials(result))


def test_splits_say_how_little_they_prove(result):
    said = str(nm.node_splits(result))
    assert "3 of 4 direct comparisons have indirect evidence beside them (node-splitting)" in said
    assert "agreement is no proof of consistency" in said
    alone = nm.node_splits(result)["z", "placebo"]
    assert "no other path joins the two" in str(alone)
    assert "indirect HR" in str(nm.node_splits(result)["y", "placebo"])


def test_ranks_stand_beside_their_interval_and_the_effect(result):
    found = nm.rank(result)
    assert "A rank says nothing of the size of a difference" in str(found)
    head = str(found).partition("\n\n")[2].splitlines()[0]
    for word in ("P-score", "SUCRA", "Rank (95% interval)", "HR against placebo (95% CI)", "Prediction interval"):
        assert word in head
    assert found["placebo"].against_reference is None
    assert found["z"].against_reference == result.effect("z")
    assert nm.rank(result, draws=101).draws == 102
    assert nm.rank(result) is nm.rank(result)
    assert nm.rank(result, seed=1).rows != nm.rank(result, seed=2).rows


def test_contributions_in_words(result):
    found = nm.network_contributions(result)
    said = found.in_words("z", "y", most=2)
    assert said.startswith("Fed by F (")
    assert "more (" in said
    assert found.of("z", "y") == found.of("y", "z")
    assert sum(found.of("z", "y").values()) == pytest.approx(100)
    assert "2 of the estimates have no direct evidence" in str(found)


def test_trials_that_hold_the_network_together_are_named(result):
    found = nm.omit_trials(result)
    assert "1 of 6 trials are the only link of some treatment to placebo: F." in str(found)
    lost = next(row for row in found.rows if row.label == "F")
    assert (lost.lost, lost.effect("z")) == (("z",), None)


def test_an_asked_order_is_named_as_an_assumption(result):
    found = nm.adjusted_funnel_data(result, ["y"])
    assert found.order == ("y", NASTY, "z", "placebo")
    assert "order of treatments is an assumption" in str(found)
    assert [row.alone for row in found.rows] == [False, False, True, False, False, True]
    assert len(found.telling) == 4


def test_transitivity_says_how_comparisons_differ():
    trials = Evidence(
        (
            Trial(
                study="A",
                experimental="x",
                control="placebo",
                log_hr=0.1,
                se=0.2,
                setting="first line",
                n_experimental=50,
                n_control=60,
                year=2010,
            ),
            Trial(
                study="B", experimental="x", control="placebo", log_hr=0.2, se=0.2, setting="first line", year=2015
            ),
            Trial(
                study="C",
                experimental="y",
                control="placebo",
                log_hr=0.2,
                se=0.2,
                setting="later",
                n_experimental=40,
                n_control=50,
            ),
        )
    )
    found = nm.transitivity(nm.compare(trials, nm.CommonEffect()))
    assert "setting" in found.differing()[0].lower()
    assert "Comparisons differ in setting" in str(found)
    rows = {row.comparison: dict(zip(found.characteristics, row.values, strict=True)) for row in found.rows}
    assert rows["placebo vs x"]["Patients"] == "at least 110"
    assert rows["placebo vs x"]["Year"] == "2010–2015"
    assert rows["placebo vs y"]["Year"] == "not reported"
    assert rows["placebo vs y"]["Patients"] == "90"
    assert rows["placebo vs y"]["Setting"] == "later"


def test_the_graph_is_a_value(result):
    found = result.graph
    assert found is graph(result.evidence, MERGE)
    assert found.treatments == result.treatments
    assert [edge.name for edge in found.edges] == [
        f"{NASTY} vs placebo",
        f"{NASTY} vs y",
        "placebo vs y",
        "placebo vs z",
    ]
    assert [len(edge.keys) for edge in found.edges] == [2, 2, 1, 1]
    assert found.neighbours["placebo"] == (NASTY, "y", "z")
    assert found.loops() == ((NASTY, "placebo", "y"),)
    assert found.parts == (found.treatments,)
    assert len(direct_effects(result)) == len(found.edges)


@pytest.mark.parametrize(
    "judge",
    [
        nm.node_splits,
        nm.inconsistency,
        nm.net_heat,
        nm.network_contributions,
        nm.rank,
        nm.omit_trials,
        nm.adjusted_funnel_data,
        nm.transitivity,
        lambda result: result.effects[0],
    ],
)
def test_every_judgement_says_what_was_assumed(judge, result):
    assert "Assumed:" in str(judge(result))
    assert "Assumed:" in judge(result)._repr_html_()
