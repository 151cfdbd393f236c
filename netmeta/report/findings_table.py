"""A summary of findings: outcomes, relative and absolute effects, and what a reader may weigh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling import PooledResult, absolute_effects
from netmeta.pooling.baseline_trials import default_baseline
from netmeta.report.certainty import Certainty, judgements
from netmeta.report.finding import NONE, Finding
from netmeta.report.findings_counts import counted_findings
from netmeta.report.given import state_of
from netmeta.report.question_words import endpoint_name
from netmeta.report.signals import signals, signals_alone
from netmeta.showing import Tabled, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence import Evidence, Trial
    from netmeta.pooling import AbsoluteEffect, Baseline
    from netmeta.showing import Columns, Table
    from netmeta.state import State

__all__ = ["Finding", "SummaryOfFindings", "summary_of_findings"]

_ENDPOINTS: Final = ("PFS", "OS")


_COLUMNS: Final[Columns] = (
    ("outcome", lambda row: row.outcome),
    ("name", lambda row: row.name),
    ("relative_effect", lambda row: row.relative),
    ("risk_per_1000_control", lambda row: row.control),
    ("risk_per_1000_treated", lambda row: row.treated),
    ("participants", lambda row: row.patients),
    ("trials", lambda row: row.trials),
    ("certainty", lambda row: row.certainty.in_words),
    ("signals", lambda row: " ".join(row.signals)),
    ("baseline", lambda row: row.baseline),
)
_SHOWN: Final[Columns] = (
    ("Outcome", lambda row: row.name),
    ("Relative effect", lambda row: row.relative),
    ("Without therapy, per 1000", lambda row: row.control),
    ("With therapy, per 1000", lambda row: row.treated),
    ("Participants (trials)", lambda row: f"{row.patients} ({row.trials})"),
    ("Certainty", lambda row: row.certainty.in_words),
    ("To weigh", lambda row: " ".join(row.signals)),
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SummaryOfFindings(Tabled):
    """A summary of findings over the outcomes that the trials report.

    Parameters
    ----------
    rows
        One for each outcome.
    """

    rows: tuple[Finding, ...]

    @property
    def weighed(self) -> tuple[str, ...]:
        """What may be weighed, outcome by outcome."""
        return tuple(f"{row.name}: {' '.join(row.signals)}" for row in self.rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said under the table."""
        assumed = dict.fromkeys(f"{row.name}: {row.baseline}" for row in self.rows if row.baseline)
        return (
            _JUDGED,
            *((_ASSUMED,) if assumed else ()),
            *assumed,
        )

    def _lines(self) -> tuple[str, ...]:
        return self.notes

    def _brief(self) -> tuple[str, ...]:
        return tuple(row.outcome for row in self.rows)

    def _table(self) -> Table:
        return self.table()

    def table(self, *, weighed: bool = True) -> Table:
        """Return the table of texts, with or without the column of what may be weighed."""
        return table_of(_SHOWN if weighed else _SHOWN[:-1], self.rows)

    def _frame(self) -> tuple[Columns, tuple[Finding, ...]]:
        return _COLUMNS, self.rows


_JUDGED: Final = (
    "Certainty is the reader's judgement by the domains of GRADE; software makes none. "
    "To weigh are signals in numbers, which decide nothing by themselves."
)
_ASSUMED: Final = (
    "Risks are under an assumed baseline and proportional hazards; the interval is that of the relative effect, "
    "and the baseline is taken as known."
)


def summary_of_findings(
    analysis: object, *, certainty: Mapping[str, Mapping[str, str]] | None = None
) -> SummaryOfFindings:
    """Sum up what the trials of a question say on each outcome.

    Parameters
    ----------
    analysis
        An `Analysis` or its state. Its own endpoint, PFS and OS are summed up where trials report them, response
        and grade 3 or higher adverse events where counts can be pooled. Absolute risks are those of its
        ``baseline``; for other endpoints, and where it has none, of the trials' own control arms (printed medians).
    certainty
        The reader's judgements by outcome and domain: ``{"PFS": {"risk of bias": "serious", "certainty": "low"}}``.

    Returns
    -------
    SummaryOfFindings
        Hazard ratios with their intervals (HR scale), risks for 1 000 patients, participants, and signals. There is
        no automatic GRADE level: what is not judged says so.

    Raises
    ------
    EntryError
        For anything else than an analysis, and for a domain of certainty that GRADE does not have.
    """
    state, judged = state_of(analysis), judgements(certainty)
    wanted = dict.fromkeys((state.selection.endpoint, *_ENDPOINTS))
    survival = (_survival(state, endpoint, judged) for endpoint in wanted)
    return SummaryOfFindings(rows=(*filter(None, survival), *counted_findings(state, judged)))


def _survival(state: State, endpoint: str, judged: Mapping[str, Certainty]) -> Finding | None:
    own = endpoint == state.selection.endpoint
    asked = (
        state
        if own
        else replace(state, selection=replace(state.selection, endpoint=endpoint), excluded=frozenset())
    )
    rows = asked.included if own else _same_studies(asked.selected, state)
    if not len(rows):
        return None
    outcome = asked.outcome if own else replace(asked, excluded=_others(asked, rows)).outcome
    found = outcome if isinstance(outcome, PooledResult) else None
    effect: PooledResult | Trial = found or next(iter(rows))
    assumed = state.baseline_in_use if own else default_baseline(rows)
    return _finding(endpoint, rows, effect, assumed, judged)


def _same_studies(rows: Evidence, state: State) -> Evidence:
    """Take out what the reader took out: a trial is out for every endpoint."""
    out = {(trial.study, trial.cohort) for trial in state.selected if trial.key in state.excluded}
    return type(rows)(tuple(trial for trial in rows if (trial.study, trial.cohort) not in out))


def _others(asked: State, rows: Evidence) -> frozenset[str]:
    return frozenset(asked.selected.keys) - frozenset(rows.keys)


def _finding(
    endpoint: str,
    rows: Evidence,
    effect: PooledResult | Trial,
    assumed: Baseline | None,
    judged: Mapping[str, Certainty],
) -> Finding:
    at = absolute_effects(effect, assumed).rows[0] if assumed is not None else None
    return Finding(
        outcome=endpoint,
        name=_named(endpoint, at),
        relative=_relative(effect),
        control=NONE if at is None else numerals.count(round(1000 * at.risk_control)),
        treated=NONE if at is None else _treated(at),
        patients=_patients(rows),
        trials=len(rows),
        baseline=assumed.in_words if assumed is not None else "",
        signals=signals(effect) if isinstance(effect, PooledResult) else signals_alone(rows),
        certainty=judged.get(endpoint, Certainty()),
    )


def _named(endpoint: str, at: AbsoluteEffect | None) -> str:
    name = endpoint_name(endpoint)
    name = f"{name[:1].upper()}{name[1:]}"
    return name if at is None else f"{name} at {at.time:g} months"


def _relative(effect: PooledResult | Trial) -> str:
    if isinstance(effect, PooledResult):
        ci = effect.ci.exp()
        return f"HR {numerals.estimate(effect.hr, ci.low, ci.high)}"
    return f"HR {numerals.estimate(exp(effect.log_hr or 0.0), *effect.interval())}"


def _treated(at: AbsoluteEffect) -> str:
    low, high = (round(1000 * bound) for bound in (at.risk_treated_ci.low, at.risk_treated_ci.high))
    span = f"{numerals.count(low)}–{numerals.count(high)}"
    return f"{numerals.count(round(1000 * at.risk_treated))} ({span})"


def _patients(rows: Evidence) -> str:
    known = [trial.n for trial in rows if trial.n is not None]
    least = "at least " if len(known) < len(rows) else ""
    return f"{least}{numerals.count(sum(known))}" if known else "not recorded"
