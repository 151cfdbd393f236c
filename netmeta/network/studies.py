"""From rows to studies: which rows belong together, and which rows make no network."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from netmeta.errors import MultiArmError, NetworkError, clipped
from netmeta.network.assumptions import bearing, merged_arms, merged_endpoint

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Trial
    from netmeta.network.assumptions import Assumptions

__all__ = ["Row", "Study", "named", "studies"]

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison of a study: the log HR of ``experimental`` against ``control`` and its variance.

    Parameters
    ----------
    trial
        The row of the evidence, as it was given.
    experimental, control
        Its treatments under the assumptions.
    log_hr, variance
        Log HR and the square of its standard error.
    """

    trial: Trial
    experimental: str
    control: str
    log_hr: float
    variance: float

    def towards(self, treatment: str) -> float:
        """Return the log HR of ``treatment``, one of the two, against the other."""
        return self.log_hr if treatment == self.experimental else -self.log_hr


@dataclass(frozen=True, slots=True)
class Study:
    """An independently randomised study: its arms, in alphabetical order, and a row for each pair of them."""

    name: str
    arms: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def design(self) -> tuple[str, ...]:
        """The set of treatments that the study compares, which is what is called its design."""
        return self.arms

    def row(self, one: str, other: str) -> Row:
        """Return the row that compares two of the arms."""
        return next(row for row in self.rows if {row.experimental, row.control} == {one, other})


def named(labels: list[str] | tuple[str, ...]) -> str:
    """List some labels, and count the rest."""
    rest = len(labels) - _NAMED
    return ", ".join(clipped(label) for label in labels[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def studies(evidence: Evidence, assumptions: Assumptions = ()) -> tuple[Study, ...]:
    """Group rows into studies, in the order of the evidence.

    Parameters
    ----------
    evidence
        One row for each pair of arms of each study, all on one endpoint.
    assumptions
        Treatments, or endpoints, that are taken as one.

    Raises
    ------
    NetworkError
        For rows without an effect, of several endpoints, without a stated direction, a treatment against itself, a
        pair of arms that stands twice, and a subgroup beside its overall.
    MultiArmError
        For a study of several arms of which a pair has no row.
    """
    rows = tuple(evidence)
    bearing(assumptions, rows)
    _refuse_unusable(rows)
    _refuse_mixed(rows, assumptions)
    _refuse_parts(rows)
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for trial in rows:
        groups.setdefault((trial.study, trial.cohort, trial.subgroup), []).append(_row(trial, assumptions))
    return tuple(_study(group) for group in groups.values())


def _refuse_unusable(rows: tuple[Trial, ...]) -> None:
    without = [trial.label for trial in rows if not trial.poolable]
    if without:
        raise NetworkError(
            f"{len(without)} of {len(rows)} trials have no log HR with a standard error: {named(without)}. "
            "Give a hazard ratio with its interval, or leave them out."
        )
    unstated = [trial.label for trial in rows if trial.direction == "not stated"]
    if unstated:
        raise NetworkError(
            f"The source does not say which arm the hazard ratio favours: {named(unstated)}. Leave it out, or "
            'state the direction with trial.change(direction="experimental/control").'
        )


def _refuse_mixed(rows: tuple[Trial, ...], assumptions: Assumptions) -> None:
    by_endpoint: dict[str, list[str]] = {}
    for trial in rows:
        by_endpoint.setdefault(merged_endpoint(trial, assumptions), []).append(trial.label)
    if len(by_endpoint) > 1:
        listed = "; ".join(f"{endpoint} ({named(labels)})" for endpoint, labels in by_endpoint.items())
        most, *others = sorted(by_endpoint, key=lambda endpoint: -len(by_endpoint[endpoint]))
        raise NetworkError(
            f"A network has one endpoint, and these trials have {len(by_endpoint)}: {listed}. Choose one with "
            f'evidence.where(endpoint="{most}"), or state that they measure the same: '
            f'Merge("{others[0]}", into="{most}", what="endpoint").'
        )


def _refuse_parts(rows: tuple[Trial, ...]) -> None:
    wholes: dict[str, list[Trial]] = {}
    for trial in rows:
        if not trial.subgroup:
            wholes.setdefault(trial.study, []).append(trial)
    for trial in rows:
        # A cohort is randomised by itself: a part of one is no part of another.
        over = [one for one in wholes.get(trial.study, ()) if not trial.cohort or one.cohort in ("", trial.cohort)]
        if trial.subgroup and over:
            raise NetworkError(
                f"{clipped(trial.label)} is part of {clipped(over[0].label)}: its patients would count twice. "
                "Keep one of them."
            )


def _row(trial: Trial, assumptions: Assumptions) -> Row:
    experimental, control = merged_arms(trial, assumptions)
    if experimental == control:
        merged = "" if trial.experimental == trial.control else f" once {' and '.join(map(str, assumptions))}"
        raise NetworkError(
            f"{clipped(trial.label)} compares {clipped(experimental)} with itself{merged}. Leave the trial out."
        )
    return Row(trial, experimental, control, float(trial.log_hr or 0.0), float(trial.se or 0.0) ** 2)


def _study(rows: list[Row]) -> Study:
    first = rows[0].trial
    seen: dict[frozenset[str], Row] = {}
    for row in rows:
        pair = frozenset((row.experimental, row.control))
        if pair in seen:
            one, other = clipped(row.experimental), clipped(row.control)
            raise NetworkError(
                f"{clipped(first.label)} compares {one} with {other} in two rows: {clipped(seen[pair].trial.key)}; "
                f"{clipped(row.trial.key)}. Keep one of them; nm.select(evidence, nm.Selection(...)) chooses by "
                "endpoint and reader, and rows of two cohorts have cohort=."
            )
        seen[pair] = row
    arms = tuple(sorted({arm for pair in seen for arm in pair}, key=lambda name: (name.casefold(), name)))
    missing = [pair for pair in combinations(arms, 2) if frozenset(pair) not in seen]
    if missing:
        pairs = named([f"{one} vs {other}" for one, other in missing])
        raise MultiArmError(
            f"{clipped(first.label)} has {len(arms)} arms ({named(arms)}) and no row for {pairs}: without it "
            "nobody can say how far its comparisons go together. Add the row, or keep one comparison of the study."
        )
    return Study(first.label, arms, tuple(rows))
