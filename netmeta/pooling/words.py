"""A pooled result in a few lines of plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.pooling.model import CommonEffect

if TYPE_CHECKING:
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import Fit

__all__ = ["model_in_words", "sentences"]

_INTERVALS = {
    "wald": "Wald interval",
    "hartung-knapp": "Hartung-Knapp interval",
    "modified-hartung-knapp": "modified Hartung-Knapp interval",
}


def model_in_words(model: Model) -> str:
    """Name the model as a methods section would: ``random effects (REML, Wald interval)``."""
    if isinstance(model, CommonEffect):
        return "common effect (inverse variance, Wald interval)"
    return f"random effects ({model.tau2_method}, {_INTERVALS[model.interval]})"


def sentences(fit: Fit) -> tuple[str, ...]:
    """Say what was pooled, how much trials differ, and what a new trial may show, one line each."""
    lines = (_pooled(fit), _spread(fit), _prediction(fit))
    return tuple(line for line in lines if line)


def _level(fit: Fit) -> str:
    return f"{100 * fit.model.level:g}%"


def _range(log_scale: Interval) -> str:
    hr = log_scale.exp()
    return numerals.interval(hr.low, hr.high)


def _pooled(fit: Fit) -> str:
    found = f"HR {numerals.ratio(fit.hr)} ({_level(fit)} CI {_range(fit.ci)}), {numerals.p_value(fit.p_value)}"
    return f"{found}: {numerals.count(fit.k)} trials, {model_in_words(fit.model)}."


def _spread(fit: Fit) -> str:
    test = f"Q = {numerals.decimal(fit.q)} on {fit.q_df} df, {numerals.p_value(fit.q_p)}"
    if fit.tau2_ci is None:
        return f"Between trials: I² = {numerals.percent(fit.i2)} (from Q); {test}."
    bounds = f"{_level(fit)} CI {fit.tau2_ci.low:.3g} to {fit.tau2_ci.high:.3g}"
    share = f"I² = {numerals.percent(fit.i2)} (from τ²)"
    return f"Between trials: τ² = {fit.tau2:.3g} ({bounds}), {share}; {test}."


def _prediction(fit: Fit) -> str:
    if fit.pi is None:
        return ""
    return f"In a new trial: HR {_range(fit.pi)} ({_level(fit)} prediction interval, {fit.pi_convention})."
