"""The tables of a document: the trials and their sources, and the network."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.document.blocks import Table
from netmeta.network.asking import NetworkAnswer
from netmeta.pooling import PooledResult
from netmeta.report import league_table
from netmeta.report.given import network_of
from netmeta.report.league_words import notes, reading, title
from netmeta.report.prisma import prisma
from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.report.citations import Citations
    from netmeta.report.findings_table import SummaryOfFindings
    from netmeta.state import State

__all__ = ["checklist", "findings_table", "league", "left_out_table", "trials_table"]

_DASH, _MOST = "–", 14


def trials_table(state: State, cite: Citations) -> Table:
    """List the trials of the question: a row each, with whose reading it is and where it comes from."""
    found, level = state.outcome, state.model.level
    weights = dict(zip(found.evidence.keys, found.weights, strict=True)) if isinstance(found, PooledResult) else {}
    rows = tuple(_row(trial, weights.get(trial.key), level, cite) for trial in state.selected)
    return Table(
        name="trials",
        title="Trials that answer the question, one row for each trial and cohort.",
        head=(
            "Trial",
            "Comparison",
            "Patients",
            f"HR ({100 * level:g}% CI)",
            "Weight",
            "Read by",
            "Data cut",
            "Source",
        ),
        rows=rows,
        numbers=(False, False, True, False, True, False, False, False),
        notes=_notes(state),
        shares=(2.6, 2.8, 1.4, 2.5, 1.25, 1.9, 2.2, 1.4),
    )


def _row(trial: Trial, weight: float | None, level: float, cite: Citations) -> tuple[str, ...]:
    effect = numerals.estimate(exp(trial.log_hr or 0.0), *trial.interval(level))
    return (
        cleaned(trial.label),
        cleaned(trial.comparison),
        _DASH if trial.n is None else numerals.count(trial.n),
        effect,
        "taken out" if weight is None else f"{numerals.decimal(weight, 1)}%",
        cleaned(trial.assessor_as_printed or trial.assessor) or _DASH,
        cleaned(trial.data_cut) or _DASH,
        cite.trial(trial) or _DASH,
    )


def _notes(state: State) -> tuple[str, ...]:
    doubtful = tuple(
        f"{cleaned(trial.label)}: not verified in this row: {cleaned(trial.unverified)}."
        for trial in state.selected
        if trial.unverified
    )
    return ("HR is the hazard ratio, CI its confidence interval.", *doubtful)


def findings_table(found: SummaryOfFindings) -> Table | None:
    """Sum up the outcomes; ``None`` where no trial reports any."""
    if not found.rows:
        return None
    written = found.table(weighed=False)
    return Table(
        name="summary-of-findings",
        title="Summary of findings.",
        head=written.head,
        rows=written.rows,
        notes=found.notes,
        shares=(2.8, 2.7, 1.6, 2.1, 1.8, 2.0),
    )


def checklist(state: State) -> Table:
    """Return the reporting checklist, filled in."""
    found = prisma(state)
    head, rows = found.texts
    return Table(
        name="prisma",
        title=f"{found.name}, filled in as far as software can know it.",
        head=head,
        rows=rows,
        notes=found.counted,
        shares=(0.7, 1.6, 3.2, 6.0),
    )


def left_out_table(state: State) -> Table | None:
    """List the trials that bear on the question and do not answer it, each with the reason."""
    rows = tuple(
        (cleaned(found.trial.label), cleaned(found.trial.comparison), cleaned(found.reason))
        for found in state.left_out
    )
    if not rows:
        return None
    return Table(
        name="left-out",
        title="Trials that bear on the question and were left out.",
        head=("Trial", "Comparison", "Reason"),
        rows=rows,
        shares=(2.0, 3.0, 4.0),
    )


def league(state: State) -> Table | None:
    """Return the league table of the network, where it answers and a page holds it."""
    found = network_of(state)
    if not isinstance(found, NetworkAnswer) or len(found.result.treatments) > _MOST:
        return None
    made = league_table(found.result)
    rows = tuple(
        (cleaned(name), *(cell.text if cell else "" for cell in row))
        for name, row in zip(made.treatments, made.rows, strict=True)
    )
    return Table(
        name="league-table",
        title=f"{title(made)}.",
        head=("", *map(cleaned, made.treatments)),
        rows=rows,
        notes=(reading(made), *notes(made)),
        wide=True,
    )
