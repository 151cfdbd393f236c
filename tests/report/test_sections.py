"""Methods and results in words: every choice is named, every number is a published one, and gaps are said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import netmeta as nm
from netmeta.errors import EntryError
from netmeta.pooling.model import INTERVALS, PREDICTIONS, TAU2_METHODS
from netmeta.state import State

ANALYSIS = nm.Analysis()


def text(section) -> str:
    return "\n".join(paragraph for part in section.parts for paragraph in part.paragraphs)


@pytest.fixture(scope="module")
def bcg(metafor) -> State:
    """Colditz 1994 as trials of a reader: 13 trials, log ratios as printed."""
    y, v = metafor.arrays("bcg")
    rows = (
        nm.Trial(study=f"BCG {at}", experimental="vaccine", control="none", log_hr=yi, se=vi**0.5, endpoint="TB")
        for at, (yi, vi) in enumerate(zip(y, v, strict=True))
    )
    evidence = nm.Evidence(tuple(rows))
    return State(
        evidence, nm.Selection("TB", control="none"), frozenset(), nm.RandomEffects("REML", "wald", "normal")
    )


def test_results_have_the_numbers_that_metafor_prints(bcg: State) -> None:
    said = text(nm.results(bcg))
    # Viechtbauer 2010 and ?predict.rma: 0.49 (0.34-0.70), prediction 0.15-1.55; Q = 152.233 on 12 df; tau2 0.3132.
    assert "HR 0.49 (95% CI 0.34–0.70), pooled from 13 comparisons" in said
    assert "between 0.15 and 1.55 (95% prediction interval, normal)" in said
    assert "τ² = 0.313 (95% CI 0.120 to 1.111), I² = 92% (from τ², 95% CI 82–98%), Q = 152.2 on 12 df" in said


def test_tests_of_small_studies_are_made_from_ten_trials_on(bcg: State) -> None:
    assert "Egger's test (weighted regression): t = " in text(nm.results(bcg))
    assert "Egger's regression test" in text(nm.methods(bcg))
    nine = replace(bcg, excluded=frozenset(bcg.selected.keys[:4]))
    assert "Egger" not in text(nm.results(nine))
    assert "ask for ten trials or more" in text(nm.methods(nine))


@pytest.mark.parametrize("method", TAU2_METHODS)
def test_every_estimator_is_named_with_a_source(method: str) -> None:
    state = replace(ANALYSIS.state, model=nm.RandomEffects(method))
    pooling = next(part for part in nm.methods(state).parts if part.title == "Pooling")
    assert re.search(rf"estimated by [^.]*\({method}\) \[\d+\]\.", pooling.paragraphs[0])


@pytest.mark.parametrize("interval", INTERVALS)
def test_every_interval_is_named(interval: str) -> None:
    said = text(nm.methods(replace(ANALYSIS.state, model=nm.RandomEffects(interval=interval, level=0.9))))
    wanted = {
        "wald": "(Wald)",
        "hartung-knapp": "Hartung, Knapp, Sidik and Jonkman",
        "modified-hartung-knapp": "modified",
    }
    assert "The 90% confidence interval of the mean is by " in said
    assert wanted[interval] in said


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_every_convention_of_prediction_is_named(prediction: str) -> None:
    said = text(nm.methods(replace(ANALYSIS.state, model=nm.RandomEffects(prediction=prediction))))
    wanted = {
        "t(k-2)": "uses t quantiles on k − 2 degrees of freedom [",
        "t(k-1)": "k − 1 degrees of freedom and the ordinary standard error [",
        "t(k-2) hartung-knapp": "k − 2 degrees of freedom and the Hartung-Knapp standard error [",
        "t(k-1) hartung-knapp": "k − 1 degrees of freedom and the Hartung-Knapp standard error [",
        "normal": "uses normal quantiles [",
        "none": "No prediction interval was asked for.",
    }
    assert wanted[prediction] in said


def test_a_common_effect_is_said_to_be_an_assumption() -> None:
    said = text(nm.methods(replace(ANALYSIS.state, model=nm.CommonEffect())))
    assert "on the assumption that all trials estimate one and the same effect" in said
    assert "τ²" not in said.split("network meta-analysis")[0]


def test_left_out_and_taken_out_are_told_apart() -> None:
    state = replace(ANALYSIS.state, excluded=frozenset({ANALYSIS.selected["RADIANT-3"].key}))
    said = text(nm.results(state))
    assert "RADIANT-3 was taken out by the authors of this analysis." in said
    assert "PROMID was left out (reports TTP and OS, not PFS)." in said
    assert "8 comparisons of 7 studies answer the question." in said


def test_the_bundled_trials_are_no_systematic_review_and_own_trials_are_the_authors_to_explain(bcg: State) -> None:
    assert "not by a systematic search: this is no systematic review." in text(nm.methods(ANALYSIS))
    assert "How they were searched for and chosen is for the authors to say." in text(nm.methods(bcg))
    own = nm.Trial(study="OWN", experimental="x", control="placebo", hr=0.5, ci_low=0.3, ci_high=0.8)
    mixed = replace(ANALYSIS.state, evidence=ANALYSIS.evidence.add(own))
    assert "1 row was added or changed" in text(nm.methods(mixed))


def test_few_trials_have_a_bayesian_result_beside_them() -> None:
    selection = nm.Selection("PFS", control="placebo", treatments=("surufatinib",))
    state = replace(ANALYSIS.state, selection=selection)
    assert state.included.labels == ("SANET-p", "SANET-ep")
    assert nm.belief(nm.bayesian(state.included)) in text(nm.results(state))
    assert "With 2 trials, a Bayesian random-effects analysis" in text(nm.methods(state))
    assert "Bayesian" not in text(nm.methods(ANALYSIS))


@pytest.mark.parametrize(("treatments", "k"), [(("no such drug",), 0), (("pazopanib",), 1)])
def test_an_analysis_without_a_result_says_why(treatments: tuple[str, ...], k: int) -> None:
    state = replace(ANALYSIS.state, selection=nm.Selection("PFS", treatments=treatments))
    assert len(state.included) == k
    said = text(nm.results(state))
    assert f"There is no pooled result. {state.outcome.message}" in said
    assert ("Alliance A021202 alone" in said) == (k == 1)
    assert all(paragraph for part in nm.methods(state).parts for paragraph in part.paragraphs)


@pytest.mark.parametrize("selection", [nm.Selection("PFS", treatments=("pazopanib",)), nm.Selection("TTP")])
def test_methods_claim_nothing_of_a_pooled_result_that_is_not_there(selection: nm.Selection) -> None:
    state = replace(ANALYSIS.state, selection=selection)
    assert len(state.included) == 1
    said = text(nm.methods(state))
    for claim in ("1 trials", "funnel plot", "Absolute effects were calculated", "left out in turn"):
        assert claim not in said
    assert {part.title for part in nm.methods(state).parts} >= {"Question and trials", "Pooling", "Software"}
    rows = {row.item.number: row.here for row in nm.prisma(state).rows}
    assert rows["14"] == rows["21"] == f"There is no pooled result. {state.outcome.message}"


def test_two_trials_are_said_to_be_too_few_to_leave_one_out() -> None:
    state = replace(ANALYSIS.state, selection=nm.Selection("PFS", control="placebo", treatments=("surufatinib",)))
    assert "With 2 trials, no trial can be left out in turn." in text(nm.methods(state))


def test_programs_have_their_versions() -> None:
    from importlib.metadata import version

    said = nm.methods(ANALYSIS).parts[-1].paragraphs[0]
    assert f"netmeta {nm.__version__}, which is not the R package of that name" in said
    assert f"PyMARE {version('pymare')} [" in said
    assert f"NumPy {version('numpy')} [" in said


def test_the_network_is_said_where_it_answers_and_not_where_it_does_not() -> None:
    found = ANALYSIS.network_answer.result
    said = text(nm.results(ANALYSIS))
    assert "cabozantinib against placebo: HR 0.31 (95% CI 0.19–0.51)." in said
    assert f"{found.ranking[0]} has the highest P-score" in said
    assert said.count("Such tests have little power") == 1
    pair = replace(ANALYSIS.state, selection=nm.Selection("PFS", population="midgut"))
    assert all(part.title != "Network meta-analysis" for part in nm.methods(pair).parts)


def test_each_sentence_ends_and_each_citation_has_its_reference() -> None:
    for section in (nm.methods(ANALYSIS), nm.results(ANALYSIS)):
        for paragraph in text(section).split("\n"):
            assert paragraph.endswith("."), paragraph
        parts = (part for found in re.findall(r"\[([\d, –]+)\]", text(section)) for part in found.split(", "))
        ends = ([int(end) for end in part.split("–")] for part in parts)
        cited = {n for end in ends for n in range(end[0], end[-1] + 1)}
        assert cited == set(range(1, len(section.references) + 1))


def test_what_is_no_analysis_is_refused() -> None:
    with pytest.raises(EntryError, match=r"A report is made from an Analysis or its state; got 'x'"):
        nm.methods("x")
