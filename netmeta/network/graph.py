"""The network as a graph: which treatments are compared with which, and whether they hang together."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from netmeta.errors import DisconnectedError, NetworkError, clipped, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.network.assumptions import as_assumptions, likely_merges
from netmeta.network.studies import named, studies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.network.assumptions import Assumptions, Merge
    from netmeta.network.studies import Study

__all__ = ["Edge", "Graph", "connected", "connected_to", "graph", "graph_of", "pairs_of", "parts_of"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A comparison that some trial makes directly.

    Parameters
    ----------
    treatments
        The two, in alphabetical order.
    keys
        Keys of the rows that compare them, in the order of the evidence.
    """

    treatments: tuple[str, str]
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return " vs ".join(self.treatments)


@dataclass(frozen=True, slots=True)
class Graph:
    """Treatments and the comparisons between them.

    Parameters
    ----------
    treatments
        In alphabetical order.
    edges
        Direct comparisons, in the order of their treatments.
    designs
        The sets of treatments that studies compare, each once, in alphabetical order.
    parts
        The treatments of each connected part, the largest part first.
    """

    treatments: tuple[str, ...]
    edges: tuple[Edge, ...]
    designs: tuple[tuple[str, ...], ...]
    parts: tuple[tuple[str, ...], ...]

    @property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """The treatments that each treatment is compared with directly."""
        found: dict[str, list[str]] = {name: [] for name in self.treatments}
        for edge in self.edges:
            one, other = edge.treatments
            found[one].append(other)
            found[other].append(one)
        return {name: tuple(others) for name, others in found.items()}

    def edge(self, one: str, other: str) -> Edge | None:
        """Return the direct comparison of two treatments, or ``None`` where no trial makes it."""
        pair = {one, other}
        return next((edge for edge in self.edges if set(edge.treatments) == pair), None)

    @property
    def cycles(self) -> int:
        """How many independent loops there are: edges, less treatments, and a part each."""
        return len(self.edges) - len(self.treatments) + len(self.parts)

    def loops(self) -> tuple[tuple[str, ...], ...]:
        """Return independent closed loops, the shortest round each edge that closes one.

        Edges are laid one after the other; each that joins two treatments which are joined already closes a loop,
        and the shortest one through it is given, once. A study of several arms closes loops too, in which it
        cannot disagree with itself.
        """
        kept: list[tuple[str, str]] = []
        found: list[tuple[str, ...]] = []
        for edge in self.edges:
            path = _path(kept, *edge.treatments)
            if path:
                found.append(_shortest(self.edges, edge, path))
            else:
                kept.append(edge.treatments)
        return tuple(dict.fromkeys(found))


def _path(pairs: Iterable[tuple[str, str]], start: str, end: str) -> tuple[str, ...]:
    """Return a shortest path between two treatments over some edges; empty where there is none."""
    beside: dict[str, list[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    before: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in beside.get(here, ()):
            if there not in before:
                before[there] = here
                queue.append(there)
    if end not in before:
        return ()
    path = [end]
    while before[path[-1]]:
        path.append(before[path[-1]])
    return tuple(reversed(path))


def _shortest(edges: tuple[Edge, ...], closing: Edge, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the shortest loop through an edge, from its first treatment in alphabetical order."""
    others = [edge.treatments for edge in edges if edge is not closing]
    loop = _path(others, *closing.treatments) or path
    start = loop.index(min(loop, key=str.casefold))
    turned = (*loop[start:], *loop[:start])
    return turned if turned[1].casefold() < turned[-1].casefold() else (turned[0], *reversed(turned[1:]))


def graph_of(found: tuple[Study, ...]) -> Graph:
    """Return the graph of some studies."""
    keys: dict[tuple[str, str], list[str]] = {}
    for study in found:
        for row in study.rows:
            one, other = sorted((row.experimental, row.control), key=_alphabet)
            keys.setdefault((one, other), []).append(row.trial.key)
    edges = tuple(
        Edge(pair, tuple(keys[pair])) for pair in sorted(keys, key=lambda pair: tuple(map(_alphabet, pair)))
    )
    treatments = tuple(sorted({name for pair in keys for name in pair}, key=_alphabet))
    designs = tuple(sorted({study.design for study in found}, key=lambda names: tuple(map(_alphabet, names))))
    return Graph(treatments, edges, designs, parts_of(treatments, keys))


def _alphabet(name: str) -> tuple[str, str]:
    return name.casefold(), name


def parts_of(treatments: tuple[str, ...], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the connected parts that some pairs make of the treatments, the largest first."""
    part = {name: {name} for name in treatments}
    for one, other in pairs:
        if part[one] is not part[other]:
            joined = part[one] | part[other]
            for name in joined:
                part[name] = joined
    each = {id(names): names for names in part.values()}
    ordered = [tuple(sorted(names, key=_alphabet)) for names in each.values()]
    return tuple(sorted(ordered, key=lambda names: (-len(names), names[0].casefold())))


@lru_cache(maxsize=128)
def _graph(evidence: Evidence, assumptions: Assumptions) -> Graph:
    return graph_of(studies(evidence, assumptions))


def graph(evidence: Evidence, assumptions: Merge | Iterable[Merge] = ()) -> Graph:
    """Return the graph of treatments and direct comparisons, connected or not.

    Parameters
    ----------
    evidence
        One row for each pair of arms of each study, on one endpoint.
    assumptions
        Treatments, or endpoints, that are taken as one.

    Raises
    ------
    NetworkError
        As `compare`, but for parts that nothing connects.
    """
    if not isinstance(evidence, Evidence):
        raise NetworkError(f"A network is made of an Evidence, not of a {type(evidence).__name__}.")
    return _graph(evidence, as_assumptions(assumptions))


def connected(found: Graph, evidence: Evidence, assumptions: Assumptions) -> None:
    """Refuse a network of several parts, naming them, their trials, and the merges that would join them."""
    if len(found.parts) == 1:
        return
    listed = "; ".join(_part_in_words(part, found, evidence) for part in found.parts)
    merges = likely_merges(found.parts)
    offers = "".join(
        f" If {clipped(m.name)} and {clipped(m.into)} may be taken as one treatment, say so: "
        f'assumptions=[Merge("{clipped(m.name)}", into="{clipped(m.into)}")].'
        for m in merges
    )
    known = f" (assumed already: {'; '.join(map(str, assumptions))})" if assumptions else ""
    raise DisconnectedError(
        f"The network falls into {len(found.parts)} parts that no trial connects{known}: {listed}.{offers} "
        f'Or keep the part of one treatment: connected_to(evidence, "{clipped(_usual(found.parts[0]))}").',
        parts=found.parts,
        merges=merges,
    )


def _usual(part: tuple[str, ...]) -> str:
    return "placebo" if "placebo" in part else part[0]


def _part_in_words(part: tuple[str, ...], found: Graph, evidence: Evidence) -> str:
    keys = {key for edge in found.edges if edge.treatments[0] in part for key in edge.keys}
    trials = [trial.label for trial in evidence if trial.key in keys]
    return f"{', '.join(map(clipped, part))} ({named(list(dict.fromkeys(trials)))})"


def connected_to(evidence: Evidence, treatment: str, assumptions: Merge | Iterable[Merge] = ()) -> Evidence:
    """Return the trials of the part of a network that holds a treatment.

    Parameters
    ----------
    evidence
        Trials of a network that may fall into parts.
    treatment
        A treatment of the part wanted, under the assumptions.
    assumptions
        Treatments, or endpoints, that are taken as one.

    Raises
    ------
    NetworkError
        For a treatment that no trial has, and as `graph`.
    """
    found = graph(evidence, assumptions)
    part = next((names for names in found.parts if treatment in names), None)
    if part is None:
        raise NetworkError(
            f"No trial has the treatment {shown(treatment)}.{hint(str(treatment), found.treatments)}"
        )
    keys = {key for edge in found.edges if edge.treatments[0] in part for key in edge.keys}
    return Evidence(tuple(trial for trial in evidence if trial.key in keys))


def pairs_of(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return every pair of treatments once, in order."""
    return tuple(combinations(names, 2))
