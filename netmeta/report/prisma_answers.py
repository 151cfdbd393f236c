"""What an analysis says to the items of a checklist."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.network import inconsistency
from netmeta.network.asking import NetworkAnswer
from netmeta.network.words import sentences
from netmeta.pooling import PooledResult
from netmeta.pooling.words import model_in_words
from netmeta.report.given import OMISSIONS, TESTS, network_of
from netmeta.report.question_words import asked, endpoint_name, origin, reader_rule, title_of
from netmeta.report.results import counted_said, left_out_said
from netmeta.report.results_beside import sensitivity_found, small_found
from netmeta.report.section import joined
from netmeta.report.words import figures, prediction, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netmeta.state import State

__all__ = ["ANSWERS"]


def _title(state: State) -> str:
    return f"{title_of(state)}."


def _criteria(state: State) -> str:
    return (
        f"{asked(state)} A row is taken for each trial and cohort if it is verified or entered by the authors, "
        "with a hazard ratio and a standard error."
    )


def _sources(state: State) -> str:
    return origin(state)


def _outcome(state: State) -> str:
    endpoint = endpoint_name(state.selection.endpoint)
    return f"The outcome is {endpoint}. {reader_rule(state.selection)}"


def _variables(_state: State) -> str:
    return (
        "Each row has its data cut, reader, arm sizes, medians, source and status of verification; gaps stay gaps."
    )


def _measure(_state: State) -> str:
    return "Hazard ratios, pooled on the log scale; below 1 favours the therapy."


def _preparation(_state: State) -> str:
    return "Log hazard ratios and standard errors follow from what papers print; each trial's way is kept with it."


def _display(_state: State) -> str:
    return "A table of the trials with their sources, a forest plot, and the plots of the sensitivity analyses."


def _model(state: State) -> str:
    return f"Model: {model_in_words(state.model)}. The methods section says it in full, with the software."


def _causes(_state: State) -> str:
    return "Subgroup analysis and meta-regression are at hand."


def _sensitivity(state: State) -> str:
    if len(state.included) < OMISSIONS:
        return "None: they ask for three trials or more."
    return (
        "Leave-one-out, cumulative analysis, influence diagnostics, Baujat plot, all subsets (GOSH) and all "
        "defensible ways to pool."
    )


def _missing(state: State) -> str:
    found = state.outcome
    if not isinstance(found, PooledResult):
        return _pooled(state)
    k = found.k
    if k < TESTS:
        return (
            f"No test is made: tests ask for ten trials, and there are {k}. A funnel plot is for looking at only."
        )
    return "A contour-enhanced funnel plot, Egger's test and the test for hazard ratios (D-FIV)."


def _certainty(_state: State) -> str:
    return "The summary of findings lists signals for each outcome; no level of certainty is made by software."


def _flow(state: State) -> str:
    return joined(counted_said(state), f"{len(state.left_out)} more bear on it and were left out.")


def _near(state: State) -> str:
    return left_out_said(state) or "No trial that bears on the question was left out."


def _studies(state: State) -> str:
    return joined(counted_said(state), "The table of trials cites each and gives its reader and data cut.")


def _each(_state: State) -> str:
    return "The forest plot and the table of trials give each hazard ratio with its interval and weight."


def _bias(state: State) -> str:
    judged = sum(bool(trial.risk_of_bias) for trial in state.included)
    return f"A judgement of risk of bias is entered for {judged} of {len(state.included)} rows." if judged else ""


def _pooled(state: State) -> str:
    found = state.outcome
    if not isinstance(found, PooledResult):
        return f"There is no pooled result. {found.message}"
    return joined(sentence(found), prediction(found), figures(found))


def _sensitivity_found(state: State) -> str:
    found = state.outcome
    return sensitivity_found(found) if isinstance(found, PooledResult) else ""


def _small_found(state: State) -> str:
    found = state.outcome
    said = small_found(found) if isinstance(found, PooledResult) else ""
    return said or _missing(state)


def _available(_state: State) -> str:
    return "The analysis saves as one file with its data, and writes the Python and R programs that repeat it."


def _geometry_looked_at(_state: State) -> str:
    return "A graph of treatments with patients and trials, parts that nothing joins, and closed loops."


def _consistency_looked_at(_state: State) -> str:
    return "Design-by-treatment interaction, node-splitting and a net heat plot."


def _graph(state: State) -> str:
    found = network_of(state)
    return "The network graph is among the figures." if isinstance(found, NetworkAnswer) else found.message


def _geometry(state: State) -> str:
    found = network_of(state)
    return sentences(found.result)[0] if isinstance(found, NetworkAnswer) else found.message


def _consistency(state: State) -> str:
    found = network_of(state)
    if not isinstance(found, NetworkAnswer):
        return found.message
    return " ".join(inconsistency(found.result).findings())


ANSWERS: Final[Mapping[str, Callable[[State], str]]] = MappingProxyType(
    {
        "1": _title,
        "4": asked,
        "5": _criteria,
        "6": _sources,
        "10a": _outcome,
        "10b": _variables,
        "12": _measure,
        "13a": _criteria,
        "13b": _preparation,
        "13c": _display,
        "13d": _model,
        "13e": _causes,
        "13f": _sensitivity,
        "14": _missing,
        "15": _certainty,
        "16a": _flow,
        "16b": _near,
        "17": _studies,
        "18": _bias,
        "19": _each,
        "20a": _studies,
        "20b": _pooled,
        "20d": _sensitivity_found,
        "21": _small_found,
        "27": _available,
        "S1": _geometry_looked_at,
        "S2": _consistency_looked_at,
        "S3": _graph,
        "S4": _geometry,
        "S5": _consistency,
    }
)
"""What an analysis says, by the number of the item; those that are missing are for the authors alone."""
