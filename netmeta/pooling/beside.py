"""Benefit beside harm: hazard ratios of trials with what their counts say, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import NetmetaError, PoolingError
from netmeta.evidence.counted import SAME, Uncounted, titled
from netmeta.evidence.listing import listed
from netmeta.evidence.outcome_counts import GRADE3, TRUSTED, counts_of
from netmeta.pooling.count_effects import effect_of
from netmeta.pooling.count_pooling import pool_counts
from netmeta.pooling.count_words import method_in_words, result
from netmeta.pooling.words import trials_in_words

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.evidence.counted import Counts
    from netmeta.evidence.twobytwo import TwoByTwo
    from netmeta.pooling.count_effects import CountEffect
    from netmeta.pooling.model import Model
    from netmeta.pooling.pooled_counts import PooledCounts
    from netmeta.pooling.result import PooledResult

__all__ = ["BenefitHarm", "CountQuestion", "OutcomePlot", "beside", "of_result", "outcome_plot"]


@dataclass(frozen=True, slots=True)
class CountQuestion:
    """What is asked of counts: an outcome, a measure, a method, and which numbers may be used.

    Parameters
    ----------
    outcome
        As in `netmeta.counts_of`.
    measure, method, correction
        As in `netmeta.pool_counts`.
    verification, reconstruction
        As in `netmeta.counts_of`.
    """

    outcome: str = GRADE3
    measure: str = "RR"
    method: str = "inverse-variance"
    correction: str = "half"
    verification: tuple[str, ...] = TRUSTED
    reconstruction: str = "nearest"

    def __post_init__(self) -> None:
        if self.method == "peto" and self.measure != "OR":
            object.__setattr__(self, "measure", "OR")


@dataclass(frozen=True, slots=True)
class OutcomePlot:
    """Counts of one outcome for trials side by side.

    Parameters
    ----------
    question
        What was asked.
    counts
        Of all trials shown.
    shown
        The effects; none for a ratio of a trial in which nobody, or everybody, had the event.
    pooled
        The pooled result of the trials that are not taken out; ``None`` where there is none.
    problem, problem_brief
        Why there is none: in sentences, and in a few words for a place in a plot.
    """

    question: CountQuestion
    counts: Counts
    shown: tuple[CountEffect, ...]
    pooled: PooledCounts | None
    problem: str = ""
    problem_brief: str = ""

    @property
    def measure(self) -> str:
        """As asked."""
        return self.question.measure

    @property
    def harmful(self) -> bool:
        """Whether more of this is worse."""
        return self.question.outcome == GRADE3

    @property
    def effects(self) -> dict[str, CountEffect]:
        """The effects, by the key of their trial."""
        return {one.key: one for one in self.shown}

    def of(self, key: str) -> TwoByTwo | None:
        """Return the counts of a trial; ``None`` where it has none that may be used."""
        return self.counts.of(key)

    def why(self, key: str) -> str:
        """Say why a trial has no counts here."""
        return self._lacking(key).reason

    def brief(self, key: str) -> str:
        """Say the same in a few words, for a place in a plot."""
        return self._lacking(key).brief

    def _lacking(self, key: str) -> Uncounted:
        same = Uncounted("", "the same in both arms: nobody, or everybody", key, SAME)
        return next((one for one in self.counts.left_out if one.key == key), same)

    @property
    def said(self) -> str:
        """The pooled result in a sentence, or why there is none."""
        if self.pooled is None:
            return self.problem
        found = self.pooled
        name = titled(self.counts.outcome)
        return f"{name}: {result(found)}, {trials_in_words(found.k)}, {method_in_words(found)}."


@dataclass(frozen=True, slots=True)
class BenefitHarm:
    """Trials with their hazard ratios, and what their counts say.

    Parameters
    ----------
    trials
        In order, those that were taken out among them.
    pooled
        The pooled hazard ratio; ``None`` without one.
    level
        Coverage of the trials' intervals.
    outcomes
        One plot each.
    excluded
        Keys of the trials taken out.
    """

    trials: tuple[Trial, ...]
    pooled: PooledResult | None
    level: float
    outcomes: tuple[OutcomePlot, ...]
    excluded: frozenset[str] = frozenset()

    @property
    def endpoint(self) -> str:
        """What the hazard ratios are of."""
        return listed(tuple(dict.fromkeys(trial.endpoint for trial in self.trials)))

    @property
    def in_words(self) -> str:
        """What the plot shows: each trial's numbers, and the pooled ones."""
        said = [self._benefit(), *(outcome.said for outcome in self.outcomes)]
        for outcome in self.outcomes:
            missing = tuple(trial.label for trial in self.trials if outcome.of(trial.key) is None)
            if missing:
                said.append(f"No usable counts of {outcome.counts.outcome}: {listed(missing)}.")
        return " ".join(said)

    def _benefit(self) -> str:
        from netmeta.pooling.words import effect

        trials = trials_in_words(len(self.trials) - len(self.excluded & {trial.key for trial in self.trials}))
        if self.pooled is None:
            return f"Benefit beside harm of {trials}."
        return f"Benefit beside harm of {trials}. {self.endpoint}: HR {effect(self.pooled)}."


def beside(
    trials: tuple[Trial, ...],
    pooled: PooledResult | None,
    questions: tuple[CountQuestion, ...],
    model: Model,
    excluded: frozenset[str] = frozenset(),
) -> BenefitHarm:
    """Put hazard ratios and counts of trials beside each other.

    Parameters
    ----------
    trials
        Those to show; each with a log HR and a standard error.
    pooled
        Their pooled hazard ratio.
    questions
        One or two outcomes.
    model
        For pooling counts by inverse variance; its level is that of all intervals.
    excluded
        Keys of trials that are shown but not pooled.

    Raises
    ------
    PoolingError
        For no trials.
    """
    if not trials:
        raise PoolingError("There is no trial to show. Widen the question.")
    outcomes = tuple(outcome_plot(trials, question, model, excluded) for question in questions)
    return BenefitHarm(trials, pooled, model.level, outcomes, excluded)


def outcome_plot(
    trials: tuple[Trial, ...], question: CountQuestion, model: Model, excluded: frozenset[str] = frozenset()
) -> OutcomePlot:
    """Return the counts of trials with their effects, and those that are not taken out pooled."""
    from netmeta.evidence import Evidence

    counts = counts_of(
        question.outcome, Evidence(trials), verification=question.verification,
        reconstruction=question.reconstruction,
    )  # fmt: skip
    asked = question.measure, question.correction, model.level
    effects = tuple(effect_of(table, *asked) for table in counts if _tells(table, question))
    try:
        pooled = _pooled(counts.without(excluded), question, model)
    except NetmetaError as error:
        return OutcomePlot(question, counts, effects, None, str(error), error.brief or "cannot be pooled")
    return OutcomePlot(question, counts, effects, pooled)


def _tells(table: TwoByTwo, question: CountQuestion) -> bool:
    return question.measure == "RD" or not table.double_zero


def _pooled(counts: Counts, question: CountQuestion, model: Model) -> PooledCounts:
    return pool_counts(counts, question.measure, question.method, model, correction=question.correction)


def of_result(found: PooledResult, questions: tuple[CountQuestion, ...]) -> BenefitHarm:
    """Put the counts of pooled trials beside their hazard ratios."""
    return beside(tuple(found.evidence), found, questions, found.model)
