"""A pooled result as sentences that a reader can say aloud."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling import RandomEffects
from netmeta.pooling.words import listed, model_in_words, share

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling import PooledResult

__all__ = ["alone", "description", "endpoint_in_words", "figures", "listed", "prediction", "sentence", "summary"]

_EVENTS = {
    "PFS": "progression or death",
    "PFS1": "progression or death in the first course",
    "OS": "death",
    "TTP": "progression",
    "TTF": "treatment failure",
}


def endpoint_in_words(endpoint: str) -> str:
    """Name the event that a hazard ratio of this endpoint counts."""
    return _EVENTS.get(endpoint, f"the event ({endpoint})")


def sentence(result: PooledResult) -> str:
    """Say the pooled answer in one sentence, with hazard ratio, interval, k and patients."""
    experimental, control = _arms(result)
    event = _event(tuple(dict.fromkeys(trial.endpoint for trial in result.evidence)))
    ci = result.ci.exp()
    effect = f"HR {numerals.ratio(result.hr)} ({_level(result)} CI {numerals.interval(ci.low, ci.high)})"
    start = f"Against {control}, {experimental}"
    if ci.high < 1:
        said = f"{start} lowers the hazard of {event}"
    elif ci.low > 1:
        said = f"{start} raises the hazard of {event}"
    else:
        said = f"{start} may raise or lower the hazard of {event}: these trials do not settle it"
    return f"{said}. {effect}, pooled from {_trials(result)}."


def alone(trial: Trial, level: float = 0.95) -> str:
    """Say what a single trial shows, where there is nothing to pool it with; empty without an interval."""
    if not trial.poolable:
        return ""
    low, high = trial.interval(level)
    effect = f"HR {numerals.ratio(exp(trial.log_hr or 0.0))} ({level * 100:g}% CI {numerals.interval(low, high)})"
    return f"{trial.label} alone, {trial.comparison}: {effect}."


def prediction(result: PooledResult) -> str:
    """Say what a new trial like these may show; empty where there is no prediction interval."""
    if result.pi is None:
        return ""
    pi = result.pi.exp()
    chance = numerals.chance(result.probability_below(1.0))
    span = f"between {numerals.ratio(pi.low)} and {numerals.ratio(pi.high)}"
    return (
        f"In a new trial like these, the HR would lie {span} ({_level(result)} prediction interval, "
        f"{result.pi_convention}); the chance that it is below 1 is {chance}."
    )


def figures(result: PooledResult) -> str:
    """Write heterogeneity, k and the model in one line."""
    parts = [f"k = {result.k}"]
    if isinstance(result.model, RandomEffects):
        parts.append(f"τ² = {numerals.decimal(result.tau2, 3)}{_tau2_interval(result)}")
    random = isinstance(result.model, RandomEffects)
    source, ci = ("τ²", result.i2_ci) if random else ("Q", result.i2_q_ci)
    parts.append(f"I² = {share(result.i2, source, ci, _level(result))}")
    parts.append(f"Q = {numerals.decimal(result.q, 1)} on {result.q_df} df, {numerals.p_value(result.q_p)}")
    return f"{', '.join(parts)}. Model: {model_in_words(result.model)}."


def description(result: PooledResult) -> str:
    """Describe a forest plot of this result to someone who does not see it."""
    rows = "; ".join(f"{trial.label} {_effect(trial, result.model.level)}" for trial in result.evidence)
    ci = result.ci.exp()
    return f"Forest plot. Pooled HR {numerals.estimate(result.hr, ci.low, ci.high)}, k = {result.k}. {rows}."


def summary(result: PooledResult) -> str:
    """Return the answer, the prediction and the figures, one paragraph."""
    return " ".join(filter(None, (sentence(result), prediction(result), figures(result))))


def _effect(trial: Trial, level: float) -> str:
    return numerals.estimate(exp(trial.log_hr or 0.0), *trial.interval(level))


def _event(endpoints: tuple[str, ...]) -> str:
    return endpoint_in_words(endpoints[0]) if len(endpoints) == 1 else f"mixed events ({listed(endpoints)})"


def _tau2_interval(result: PooledResult) -> str:
    if result.tau2_ci is None:
        return ""
    low, high = (numerals.decimal(bound, 3) for bound in (result.tau2_ci.low, result.tau2_ci.high))
    return f" ({_level(result)} CI {low} to {high})"


def _level(result: PooledResult) -> str:
    return f"{result.model.level * 100:g}%"


def _arms(result: PooledResult) -> tuple[str, str]:
    experimental = tuple(dict.fromkeys(trial.experimental for trial in result.evidence))
    control = tuple(dict.fromkeys(trial.control for trial in result.evidence))
    therapy = experimental[0] if len(experimental) == 1 else "therapy"
    return therapy, control[0] if len(control) == 1 else "control"


def _trials(result: PooledResult) -> str:
    patients = [trial.n for trial in result.evidence]
    known = [n for n in patients if n is not None]
    if not known:
        return f"{numerals.count(result.k)} comparisons"
    least = "" if len(known) == len(patients) else "at least "
    return f"{numerals.count(result.k)} comparisons with {least}{numerals.count(sum(known))} patients"
