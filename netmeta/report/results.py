"""The results section of an analysis, written from its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import PooledResult
from netmeta.report.caution import cautions
from netmeta.report.citations import Citations, bracketed
from netmeta.report.given import state_of
from netmeta.report.results_absolute import absolute_found
from netmeta.report.results_beside import bayesian_found, sensitivity_found, small_found
from netmeta.report.results_network import network_found
from netmeta.report.section import Part, Section, filled, joined
from netmeta.report.words import alone, figures, prediction, sentence
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, LeftOut
    from netmeta.state import State

__all__ = ["counted_said", "included_said", "left_out_said", "results", "results_section"]


def results(analysis: object) -> Section:
    """Write the results section of an analysis as it stands.

    Parameters
    ----------
    analysis
        An `Analysis` or its state.

    Returns
    -------
    Section
        The trials that answer and those left out with the reason, the pooled hazard ratio (HR scale) with its
        intervals, heterogeneity, what to beware of, how far the result hangs on single trials, small-study
        effects (from ten trials on), a Bayesian result beside few trials, and the network where it answers. Where
        there is no pooled result it says why.

    Raises
    ------
    EntryError
        For anything else than an analysis.
    """
    return results_section(state_of(analysis), Citations(), references=True)


def results_section(state: State, cite: Citations, *, references: bool = False) -> Section:
    """Write the results section with the citations of a larger text."""
    found = state.outcome
    parts = filled(
        Part("Trials", (included_said(state, cite), left_out_said(state))),
        *(_pooled(found, state) if isinstance(found, PooledResult) else _missing(found.message, state)),
        *network_found(state),
    )
    return Section(title="Results", parts=parts, references=cite.texts if references else ())


def _missing(message: str, state: State) -> tuple[Part, ...]:
    single = joined(*(alone(trial, state.model.level) for trial in state.included))
    return (Part("Pooled result", (f"There is no pooled result. {message}", single)),)


def _pooled(found: PooledResult, state: State) -> tuple[Part, ...]:
    return (
        Part("Pooled result", (joined(sentence(found), prediction(found)), figures(found))),
        Part("What to beware of", tuple(caution.message for caution in cautions(found))),
        Part("Sensitivity and small studies", (sensitivity_found(found), small_found(found))),
        Part("Bayesian analysis", (bayesian_found(found),)),
        Part("Absolute effects", absolute_found(found, state)),
    )


def included_said(state: State, cite: Citations) -> str:
    """Count the trials that are pooled, with their patients, and cite them."""
    numbers = [number for number in map(cite.number, state.included) if number]
    return joined(counted_said(state), f"Their sources are {bracketed(numbers)}." if numbers else "")


def counted_said(state: State) -> str:
    """Count the trials that are pooled, with their patients."""
    rows = state.included
    if not len(rows):
        return "No trial answers the question."
    if len(rows) == 1:
        return joined("1 comparison answers the question.", _patients(rows))
    studies = len({trial.study for trial in rows})
    of = "1 study" if studies == 1 else f"{numerals.count(studies)} studies"
    return joined(f"{numerals.count(len(rows))} comparisons of {of} answer the question.", _patients(rows))


def _patients(rows: Evidence) -> str:
    known = [trial.n for trial in rows if trial.n is not None]
    if not known:
        return "How many patients there are was not recorded."
    least = "at least " if len(known) < len(rows) else ""
    return f"There are {least}{numerals.count(sum(known))} patients."


def left_out_said(state: State) -> str:
    """Name the trials that were left out or taken out, each with the reason."""
    out = [trial for trial in state.selected if trial.key in state.excluded]
    taken = (f"{cleaned(trial.label)} was taken out by the authors of this analysis." for trial in out)
    return joined(*map(_left_out, state.left_out), *taken)


def _left_out(found: LeftOut) -> str:
    return f"{cleaned(found.trial.label)} was left out ({cleaned(found.reason)})."
