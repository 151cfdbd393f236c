"""The question of an analysis in the words of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.evidence import load_trials
from netmeta.evidence.selection import populations
from netmeta.report.words import listed
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.evidence import Selection
    from netmeta.state import State

__all__ = ["asked", "endpoint_name", "origin", "population_name", "reader_rule", "title_of"]

_ENDPOINTS: Final = {
    "PFS": "progression-free survival",
    "PFS1": "progression-free survival in the first course",
    "OS": "overall survival",
    "TTP": "time to progression",
    "TTF": "time to treatment failure",
}
_READERS: Final = {
    "primary": "Of several rows of a trial, the one of its own primary analysis was taken.",
    "central": "Only results read by central review were taken.",
    "investigator": "Only results read by the investigators were taken.",
    "central first": (
        "Results read by central review were taken where a trial reports them, and its primary analysis elsewhere."
    ),
    "investigator first": (
        "Results read by the investigators were taken where a trial reports them, "
        "and its primary analysis elsewhere."
    ),
}


def endpoint_name(endpoint: str) -> str:
    """Name an endpoint in full, as the middle of a sentence has it."""
    return _ENDPOINTS.get(endpoint, cleaned(endpoint))


def population_name(state: State) -> str:
    """Name the patients that are asked about."""
    asked_of, library = state.selection.population, load_trials()
    ours = any(trial in library for trial in state.evidence)
    if not asked_of:
        return "neuroendocrine tumours of any site" if ours else "any population"
    known = asked_of in populations(library)
    return f"neuroendocrine tumours ({cleaned(asked_of)})" if known else cleaned(asked_of)


def therapies(selection: Selection) -> str:
    """Name the therapies that are asked about."""
    return listed(tuple(map(cleaned, selection.treatments)), 12) or "any therapy"


def control_name(selection: Selection) -> str:
    """Name what they are compared with."""
    return cleaned(selection.control) or "any control"


def title_of(state: State) -> str:
    """Name an analysis, as the title of its report."""
    asked_of = state.selection
    return (
        f"Meta-analysis of {endpoint_name(asked_of.endpoint)} in {population_name(state)}: "
        f"{therapies(asked_of)} against {control_name(asked_of)}"
    )


def asked(state: State) -> str:
    """Say the question in a sentence."""
    asked_of = state.selection
    return (
        f"The question was the effect of {therapies(asked_of)} on {endpoint_name(asked_of.endpoint)} against "
        f"{control_name(asked_of)} in {population_name(state)}."
    )


def reader_rule(selection: Selection) -> str:
    """Say whose reading of an endpoint was taken."""
    return _READERS[selection.assessor]


def origin(state: State) -> str:
    """Say where the trials come from, and that this is no systematic search."""
    library = load_trials()
    own = sum(trial not in library for trial in state.evidence)
    if not own:
        return (
            "The trials are those of the library bundled with netmeta. "
            "It was gathered from public sources and not by a systematic search: this is no systematic review."
        )
    if own == len(state.evidence):
        return (
            "The trials were entered by the authors of this analysis. "
            "How they were searched for and chosen is for the authors to say."
        )
    rows = "1 row was" if own == 1 else f"{own} rows were"
    return (
        f"The trials are those of the library bundled with netmeta; {rows} added or changed by the authors of this "
        "analysis. The library was gathered from public sources and not by a systematic search: this is no "
        "systematic review."
    )
