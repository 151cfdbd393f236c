"""The parts of a Python script that not every analysis has: the network, and what the pool means in patients."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from netmeta.pooling.absolute import absolute_effects
from netmeta.report.code.quoting import called, comment, python_value
from netmeta.report.code.trying import works

if TYPE_CHECKING:
    from netmeta.network.asking import NetworkAnswer
    from netmeta.network.assumptions import Assumptions
    from netmeta.report.code.repeat import Repeat

__all__ = ["absolute_lines", "network_lines"]


def network_lines(found: Repeat) -> list[str]:
    """Write the network: the part of the trials that hangs together with the reference, and its estimate."""
    head = comment("---- Network: all treatments that trials connect ----")
    answer = found.answer
    if answer is None:
        return [*head, *comment(f"There is none: {getattr(found.network, 'message', '')}"), "network = None"]
    asked, result = found.network_question, answer.result
    apart = [f"Not joined to it: {item.trial.label} ({item.trial.comparison})." for item in answer.apart]
    reference = python_value(result.reference)
    return [
        *head,
        *comment(*apart),
        called("whole_question = nm.Selection", endpoint=asked.endpoint, population=asked.population,
               assessor=asked.assessor),
        *_assumed("merges", result.assumptions),
        *_joined(found, answer),
        f"network_model = nm.{result.model!r}",
        f"network = nm.compare(connected, network_model, {reference}, assumptions=merges)",
        "print(network)",
        'print("P-scores:", dict(network.p_scores))',
        "if pictures:",
        '    nm.network_graph(network).save("network.svg")',
        '    nm.network_forest(network).save("network-forest.svg")',
    ]  # fmt: skip


def _assumed(name: str, assumptions: Assumptions) -> list[str]:
    if not assumptions:
        return [f"{name} = ()"]
    made = (called("nm.Merge", name=one.name, into=one.into, what=one.what) for one in assumptions)
    return [f"{name} = (", *(f"    {one}," for one in made), ")"]


def _joined(found: Repeat, answer: NetworkAnswer) -> list[str]:
    """Write which rows hang together; where that hangs on assumptions of other parts too, name them."""
    from netmeta.network import connected_to

    result = answer.result
    rows = found.state.network_included
    if works(connected_to, rows, result.reference, result.assumptions) and (
        connected_to(rows, result.reference, result.assumptions) == result.evidence
    ):
        reference = python_value(result.reference)
        return [f"connected = nm.connected_to(answering(whole_question), {reference}, merges)"]
    keys = [f"    {python_value(key)}," for key in result.evidence.keys]
    return [
        "part = {",
        *keys,
        "}",
        "connected = nm.Evidence(tuple(trial for trial in answering(whole_question) if trial.key in part))",
    ]


def absolute_lines(found: Repeat) -> list[str]:
    """Write what the pooled hazard ratio means in patients, under the baseline in use."""
    baseline = found.state.baseline_in_use
    if found.result is None or baseline is None or not works(absolute_effects, found.result, baseline):
        return []
    given = {field.name: getattr(baseline, field.name) for field in fields(baseline)}
    kept = {name: value for name, value in given.items() if value not in (None, (), "")}
    whose = "The reader's." if found.state.baseline is not None else "The one that the trials suggest."
    return [
        *comment("---- In patients, under a baseline that is assumed ----", whose),
        called("baseline = nm.Baseline", **kept),
        "print(nm.absolute_effects(result, baseline))",
    ]
