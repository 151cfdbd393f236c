"""A question to a network as a value, and the part of the trials that can answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta.errors import NetworkError
from netmeta.evidence.selection import ANY, LeftOut, select
from netmeta.network.assumptions import Assumptions, as_assumptions, likely_merges
from netmeta.network.comparing import compare
from netmeta.network.graph import connected_to, graph
from netmeta.network.model import NETWORK, checked_model

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Selected, Selection
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.model import Model

__all__ = ["NetworkAnswer", "NetworkQuestion", "answer", "offered", "rows_of", "widened"]

_USUAL = "placebo"


@dataclass(frozen=True, slots=True)
class NetworkQuestion:
    """What is asked of a network beside the endpoint, the population and the reader.

    Parameters
    ----------
    reference
        What treatments are shown against, and whose part of the trials is taken; ``""`` for placebo where there
        is one.
    assumptions
        Treatments that are taken as one. One that no trial of the moment bears on waits until one does.
    model
        As for `compare`.
    """

    reference: str = ""
    assumptions: Assumptions = ()
    model: Model = NETWORK

    def __post_init__(self) -> None:
        object.__setattr__(self, "assumptions", as_assumptions(self.assumptions))
        checked_model(self.model)


@dataclass(frozen=True, slots=True)
class NetworkAnswer:
    """A network, and what stands beside it.

    Parameters
    ----------
    result
        The network of the reference's part of the trials.
    apart
        Trials of other parts, which nothing joins to it.
    offers
        Assumptions that would join such a part.
    """

    result: NetworkResult
    apart: tuple[LeftOut, ...]
    offers: Assumptions


def widened(selection: Selection) -> Selection:
    """Return a question without its therapies and its control: a network asks of all of them."""
    return replace(selection, control=ANY, treatments=())


def rows_of(evidence: Evidence, selection: Selection) -> Selected:
    """Return the rows that a network of this question is made of: any treatment against any control."""
    return select(evidence, widened(selection))


def _waiting(evidence: Evidence, assumptions: Assumptions) -> Assumptions:
    """Return the assumptions that bear on trials of the moment; one whose trials are out waits for them."""
    names = {name for trial in evidence for name in (trial.experimental, trial.control, trial.endpoint)}
    return tuple(one for one in assumptions if one.name in names)


def offered(evidence: Evidence) -> Assumptions:
    """Return the assumptions that would join two parts of the trials as they are."""
    return likely_merges(graph(evidence).parts) if len(evidence) else ()


@lru_cache(maxsize=128)
def answer(evidence: Evidence, asked: NetworkQuestion) -> NetworkAnswer:
    """Compare the treatments of the reference's part of some trials.

    Parameters
    ----------
    evidence
        One row for each comparison, as `rows_of` gives them.
    asked
        The question.

    Raises
    ------
    NetworkError
        As `compare` does; for a reference that no trial has.
    """
    if not len(evidence):
        raise NetworkError("A network needs at least one trial; there are none. Take one back in or ask for more.")
    assumed = _waiting(evidence, asked.assumptions)
    found = graph(evidence, assumed)
    anchor = asked.reference or (_USUAL if _USUAL in found.treatments else found.parts[0][0])
    own = connected_to(evidence, anchor, assumed)
    apart = tuple(
        LeftOut(trial, f"no trial joins {trial.comparison} to {anchor}") for trial in evidence if trial not in own
    )
    result = compare(own, asked.model, asked.reference, assumptions=_waiting(own, assumed))
    return NetworkAnswer(result, apart, offered(evidence))
