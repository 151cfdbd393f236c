"""The network without each trial in turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.network.families import extended, tau2_of
from netmeta.network.fitting import method_of, network_fit
from netmeta.network.graph import parts_of
from netmeta.network.judged import Judged
from netmeta.network.omission_words import omissions_in_words
from netmeta.network.ranking import scores_of
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.words import effect
from netmeta.showing import table_of

if TYPE_CHECKING:
    from netmeta.network.contrasts import Turned
    from netmeta.network.fitting import NetworkFit
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.interval import Interval
    from netmeta.showing import Columns, Table

__all__ = ["NetworkOmission", "NetworkOmissions", "OmittedEffect", "omit_trials"]

_TWO: Final = 2
_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class OmittedEffect:
    """A treatment against the reference without some trial: log HR, its standard error and normal interval."""

    treatment: str
    log_hr: float
    se: float
    ci: Interval

    @property
    def hr(self) -> float:
        """Hazard ratio."""
        return hazard_ratio(self.log_hr)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOmission:
    """A network without one trial.

    Parameters
    ----------
    label, keys
        The trial that is left out, and the keys of its rows.
    lost
        Treatments that nothing joins to the reference any more.
    effects
        Those that are left, against the reference, in the order of the treatments.
    tau2, q, q_df
        Variance between trials, (log HR) squared, estimated anew; Q and its degrees of freedom.
    scores
        P-score of each treatment that is left, the reference among them, in the order of the treatments.
    """

    label: str
    keys: tuple[str, ...]
    lost: tuple[str, ...]
    effects: tuple[OmittedEffect, ...]
    tau2: float
    q: float
    q_df: int
    scores: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        """The treatment with the highest P-score."""
        return max(self.scores, key=lambda pair: pair[1])[0]

    def effect(self, treatment: str) -> OmittedEffect | None:
        """Return a treatment's effect against the reference; ``None`` where it is lost."""
        return next((one for one in self.effects if one.treatment == treatment), None)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Left:
    """What is left without a trial: treatments, their estimates and covariance, tau2, Q and its df."""

    treatments: tuple[str, ...]
    estimates: Floats
    covariance: Floats
    tau2: float
    q: float
    q_df: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkOmissions(Judged):
    """The network without each trial in turn.

    Parameters
    ----------
    overall
        The network of all trials.
    rows
        One a trial, in the order of the evidence.
    """

    overall: NetworkResult
    rows: tuple[NetworkOmission, ...]

    def _network(self) -> NetworkResult:
        return self.overall

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        return omissions_in_words(self)

    def _brief(self) -> tuple[str, ...]:
        return (f"{len(self.rows)} trials left out in turn",)

    def _table(self) -> Table:
        columns: Columns = (
            ("Without", lambda row: row.label),
            ("Treatments lost", lambda row: ", ".join(row.lost) or numerals.DASH),
            ("τ²", lambda row: numerals.decimal(row.tau2, 3)),
            ("Highest P-score", lambda row: row.best),
            ("Moves most", self._most),
        )
        return table_of(columns, self.rows)

    def _most(self, row: NetworkOmission) -> str:
        found = self.largest_move(row)
        return numerals.DASH if found is None else f"{found.treatment}: {effect(found)}"

    def largest_move(self, row: NetworkOmission) -> OmittedEffect | None:
        """Return the effect against the reference that moves most when a trial is left out; ``None`` for none."""
        moves = [(abs(one.log_hr - self.overall.effect(one.treatment).log_hr), one) for one in row.effects]
        size, found = max(moves, key=lambda pair: pair[0], default=(0.0, None))
        return found if size > _SAME else None

    def _frame(self) -> tuple[Columns, tuple[tuple[NetworkOmission, OmittedEffect], ...]]:
        columns: Columns = (
            ("without", lambda pair: pair[0].label),
            ("treatment", lambda pair: pair[1].treatment),
            ("hr", lambda pair: pair[1].hr),
            ("hr_low", lambda pair: pair[1].ci.exp().low),
            ("hr_high", lambda pair: pair[1].ci.exp().high),
            ("log_hr", lambda pair: pair[1].log_hr),
            ("log_hr_se", lambda pair: pair[1].se),
            ("tau2", lambda pair: pair[0].tau2),
            ("p_score", lambda pair: dict(pair[0].scores)[pair[1].treatment]),
        )
        return columns, tuple((row, one) for row in self.rows for one in row.effects)


def omit_trials(result: NetworkResult) -> NetworkOmissions:
    """Fit the network without each trial in turn.

    Parameters
    ----------
    result
        What `compare` gave.

    Returns
    -------
    NetworkOmissions
        tau2 is estimated anew without each trial; where nothing is left to tell it, it is held at that of all
        trials. A trial that alone joins treatments to the reference loses them. Normal intervals at the model's
        level.
    """
    return _remembered(result)


@lru_cache(maxsize=64)
def _remembered(result: NetworkResult) -> NetworkOmissions:
    fit = network_fit(result.evidence, result.assumptions, result.model)
    lost = [_lost(result, each) for each in fit.contrasts.studies]
    quick = [
        at
        for at, each in enumerate(fit.contrasts.studies)
        if len(each.study.arms) == _TWO and not lost[at] and fit.contrasts.df > 1
    ]
    found = dict(zip(quick, _quick(result, fit, quick), strict=True))
    rows = (
        found.get(at) or _refitted(result, fit, each, lost[at]) for at, each in enumerate(fit.contrasts.studies)
    )
    return NetworkOmissions(overall=result, rows=tuple(rows))


def _keys(each: Turned) -> tuple[str, ...]:
    return tuple(row.trial.key for row in each.study.rows)


def _lost(result: NetworkResult, each: Turned) -> tuple[str, ...]:
    """Return the treatments that nothing joins to the reference without a study."""
    gone = set(_keys(each))
    left = [edge.treatments for edge in result.graph.edges if not gone.issuperset(edge.keys)]
    if len(left) == len(result.graph.edges):
        return ()
    own = next(part for part in parts_of(result.treatments, left) if result.reference in part)
    return tuple(name for name in result.treatments if name not in own)


def _quick(result: NetworkResult, fit: NetworkFit, which: list[int]) -> list[NetworkOmission]:
    """Leave each of some studies of two arms out: its row has a parameter of its own."""
    if not which:
        return []
    rows = [int(fit.contrasts.studies[at].rows[0]) for at in which]
    own = np.eye(len(fit.contrasts.y))[:, rows]
    found = extended(fit.contrasts, fit.regression, own, method_of(result.model))
    left = (
        _Left(
            treatments=result.treatments, estimates=found.estimates[at], covariance=found.covariance[at],
            tau2=float(found.tau2[at]), q=float(found.squares[at]), q_df=fit.contrasts.df - 1,
        )
        for at in range(len(which))
    )  # fmt: skip
    return [_omission(result, fit.contrasts.studies[at], (), each) for at, each in zip(which, left, strict=True)]


def _refitted(result: NetworkResult, fit: NetworkFit, each: Turned, lost: tuple[str, ...]) -> NetworkOmission:
    """Leave a study out and fit the reference's part of the rest anew."""
    names = tuple(name for name in result.treatments if name not in lost)
    left = [one for one in fit.contrasts.studies if one is not each and _untouched(one.study.arms, lost)]
    return _omission(result, each, lost, _fitted(result, fit, left, names))


def _untouched(arms: tuple[str, ...], lost: tuple[str, ...]) -> bool:
    """Say whether none of a study's arms is lost."""
    return not any(arm in lost for arm in arms)


def _fitted(result: NetworkResult, fit: NetworkFit, left: list[Turned], names: tuple[str, ...]) -> _Left:
    if not left:
        nothing = np.zeros((1, 1))
        return _Left(treatments=names, estimates=nothing[0], covariance=nothing, tau2=result.tau2, q=0.0, q_df=0)
    trials, method = fit.contrasts.part(left, names), method_of(result.model)
    tau2 = tau2_of(trials, method) if method and trials.df else result.tau2 / trials.unit**2
    at = trials.one(tau2)
    return _Left(
        treatments=names, estimates=np.pad(trials.coefficients(at), (1, 0)),
        covariance=np.pad(trials.covariance(at), ((1, 0), (1, 0))), tau2=tau2 * trials.unit**2,
        q=trials.one(0.0).squares.item() if trials.df else 0.0, q_df=trials.df,
    )  # fmt: skip


def _omission(result: NetworkResult, each: Turned, lost: tuple[str, ...], left: _Left) -> NetworkOmission:
    names, cov, level = left.treatments, left.covariance, result.model.level
    base = names.index(result.reference)
    scores = scores_of(left.estimates, cov, result.better) if len(names) > 1 else (1.0,)
    effects = tuple(
        _effect(name, float(left.estimates[at] - left.estimates[base]),
                float(cov[at, at] + cov[base, base] - 2 * cov[at, base]), level)
        for at, name in enumerate(names)
        if at != base
    )  # fmt: skip
    return NetworkOmission(
        label=each.study.name, keys=_keys(each), lost=lost, effects=effects, tau2=left.tau2, q=left.q,
        q_df=left.q_df, scores=tuple(zip(names, scores, strict=True)),
    )  # fmt: skip


def _effect(name: str, mean: float, variance: float, level: float) -> OmittedEffect:
    found = Distribution(mean, sqrt(variance), None)
    return OmittedEffect(name, mean, found.sd, found.interval(level))
