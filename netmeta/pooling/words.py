"""A pooled result in a few lines of plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from netmeta import numerals
from netmeta.pooling.model import CommonEffect

if TYPE_CHECKING:
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import Fit

__all__ = ["effect", "listed", "model_in_words", "sentences", "share", "trials_in_words"]

_INTERVALS = {
    "wald": "Wald interval",
    "hartung-knapp": "Hartung-Knapp interval",
    "modified-hartung-knapp": "modified Hartung-Knapp interval",
}


def listed(names: tuple[str, ...], most: int = 6) -> str:
    """Join names as a sentence does: ``a, b and c``; beyond ``most``, the rest are counted."""
    if not names:
        return ""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


class _Estimated(Protocol):
    @property
    def hr(self) -> float: ...
    @property
    def ci(self) -> Interval: ...


def effect(found: _Estimated) -> str:
    """Write a pooled hazard ratio with its interval, from anything with ``hr`` and ``ci`` (log HR)."""
    ci = found.ci.exp()
    return numerals.estimate(found.hr, ci.low, ci.high)


def trials_in_words(k: int) -> str:
    """Count trials: ``1 trial``, ``9 trials``."""
    return "1 trial" if k == 1 else f"{numerals.count(k)} trials"


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
    from_q = share(fit.i2_q, "Q", fit.i2_q_ci, _level(fit))
    if fit.tau2_ci is None:
        return f"Between trials: I² = {from_q}; {test}."
    bounds = f"{_level(fit)} CI {fit.tau2_ci.low:.3g} to {fit.tau2_ci.high:.3g}"
    from_tau2 = share(fit.i2, "τ²", fit.i2_ci, _level(fit))
    return f"Between trials: τ² = {fit.tau2:.3g} ({bounds}), I² = {from_tau2}, {from_q}; {test}."


def share(i2: float, source: str, ci: Interval | None, level: str) -> str:
    """Write an I2 with what it is from and, where it has one, its interval: ``62% (from Q, 95% CI 20–81%)``."""
    interval = "" if ci is None else f", {level} CI {numerals.percents(ci.low, ci.high)}"
    return f"{numerals.percent(i2)} (from {source}{interval})"


def _prediction(fit: Fit) -> str:
    if fit.pi is None:
        return ""
    return f"In a new trial: HR {_range(fit.pi)} ({_level(fit)} prediction interval, {fit.pi_convention})."
