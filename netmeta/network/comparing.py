"""From trials to a network meta-analysis, remembered."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta.errors import NetworkError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.network.assumptions import as_assumptions, bearing
from netmeta.network.fitting import network_fit
from netmeta.network.model import NETWORK, checked_model
from netmeta.network.ranking import scores_of
from netmeta.network.result import NetworkResult
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.moderators import residual_tau2_interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.network.assumptions import Assumptions, Merge
    from netmeta.network.fitting import NetworkFit
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model

__all__ = ["BETTER", "compare"]

BETTER: Final = ("lower", "higher")
_USUAL: Final = "placebo"


def compare(
    evidence: Evidence,
    model: Model = NETWORK,
    reference: str = "",
    *,
    better: str = "lower",
    assumptions: Merge | Iterable[Merge] = (),
) -> NetworkResult:
    """Compare all treatments of a network of trials with each other.

    Parameters
    ----------
    evidence
        Trials of one endpoint: a row for each study of two arms, a row for each pair of arms of a larger one.
    model
        `RandomEffects` (REML with Wald intervals by default; any ``tau2_method``) or `CommonEffect`. One tau2
        serves all comparisons; within a study of several arms deviations have correlation 1/2.
    reference
        What the others are shown against; ``"placebo"`` where there is one, else the treatment of most trials.
    better
        ``"lower"`` where a low hazard ratio is good, ``"higher"`` where a high one is: it turns P-scores.
    assumptions
        Treatments or endpoints to be taken as one: ``[Merge("high-dose SSA", into="SSA")]``. Those that bear on
        some trial are kept with the result and printed with it.

    Returns
    -------
    NetworkResult
        Equal arguments give the same object again. The estimate is weighted least squares on contrasts (Rucker
        2012, Res Synth Methods 3:312 shows it equal to the graph-theoretical one). With ``CommonEffect()`` and
        ``tau2_method="DL"`` the numbers are those of R's netmeta, with REML those of metafor's ``rma.mv`` with
        the full covariance; R's netmeta takes the variances of studies of several arms for independent when it
        estimates tau2 by REML (``docs/networks.md``).

    Raises
    ------
    NetworkError
        For trials that make no network, a reference that it does not have, and a random-effects model where nothing
        tells how much trials differ.
    DisconnectedError
        For a network of several parts: its ``merges`` are assumptions that would join them.
    MultiArmError
        For a study of several arms that lacks a pair, or whose rows cannot all be right.

    Examples
    --------
    >>> import netmeta as nm
    >>> trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    >>> result = nm.compare(nm.connected_to(trials, "placebo"))
    >>> print(result.effect("cabozantinib", "placebo"))
    cabozantinib vs placebo: HR 0.31 (0.19–0.51) (95% CI), P < 0.001; 2 trials compare them directly.
    In a new trial: HR 0.12–0.80 (95% prediction interval).
    """
    if not isinstance(evidence, Evidence):
        raise NetworkError(
            f"compare() takes an Evidence, not a {type(evidence).__name__}. "
            "From a table: compare(Evidence.from_frame(table))."
        )
    if not len(evidence):
        raise NetworkError("A network needs at least one trial; there are none. Add a trial or widen the question.")
    if better not in BETTER:
        raise NetworkError(f"better is one of {', '.join(BETTER)}, not {shown(better)}.")
    assumed = bearing(as_assumptions(assumptions), evidence)
    fit = network_fit(evidence, assumed, checked_model(model))
    return _remembered(evidence, assumed, model, _reference(reference, fit), better)


def _reference(asked: str, fit: NetworkFit) -> str:
    treatments = fit.contrasts.treatments
    if asked:
        if asked not in treatments:
            raise NetworkError(f"The network has no treatment {shown(asked)}.{hint(str(asked), treatments)}")
        return asked
    if _USUAL in treatments:
        return _USUAL
    trials = Counter(arm for each in fit.contrasts.studies for arm in each.study.arms)
    return max(treatments, key=lambda name: trials[name])


@lru_cache(maxsize=256)
def _remembered(
    evidence: Evidence, assumptions: Assumptions, model: Model, reference: str, better: str
) -> NetworkResult:
    fit = network_fit(evidence, assumptions, model)
    found, test = fit.contrasts, fit.test
    factor, df = fit.spread
    return NetworkResult(
        evidence=evidence, assumptions=assumptions, model=model, reference=reference, better=better,
        treatments=found.treatments, k=len(found.studies), m=len(found.y), designs=len(found.graph.designs),
        log_hrs=tuple(fit.estimates.tolist()), covariance=tuple(map(tuple, fit.covariance.tolist())),
        tau2=fit.tau2, tau2_ci=_tau2_interval(fit, model),
        q=test.q, q_df=test.df, q_p=test.p, i2=test.i2,
        i2_ci=test.i2_interval(model.level) if test.df else None, factor=factor, df=df,
        scores=scores_of(fit.estimates, fit.covariance, better),
    )  # fmt: skip


def _tau2_interval(fit: NetworkFit, model: Model) -> Interval | None:
    if isinstance(model, CommonEffect):
        return None
    return residual_tau2_interval(fit.regression, model.level)
