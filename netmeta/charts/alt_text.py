"""What a picture shows, for those who do not see it: sentences with the numbers, on one line."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence import Trial
    from netmeta.network import NetworkResult
    from netmeta.network.effects import NetworkEffect
    from netmeta.pooling import PooledResult

__all__ = ["effects_said", "hazard", "joined", "trials_said"]

_MOST: Final = 60


def joined(parts: Iterable[str]) -> str:
    """Make a sentence of parts, the first 60 of them; empty without any."""
    every = tuple(parts)
    more = (f"{len(every) - _MOST} more",) if len(every) > _MOST else ()
    listed = "; ".join((*every[:_MOST], *more))
    return f"{listed}." if listed else ""


def trials_said(result: PooledResult) -> str:
    """List the trials of a pool with their hazard ratios."""
    return joined(f"{trial.label}: {_trial(trial, result.model.level)}" for trial in result.evidence)


def effects_said(result: NetworkResult) -> str:
    """List the effects of a network against its reference."""
    return joined(_against(found) for found in result.effects)


def hazard(trial: Trial) -> str:
    """Write the hazard ratio of a trial: ``HR 0.38``."""
    return f"HR {numerals.ratio(exp(trial.log_hr or 0.0))}"


def _trial(trial: Trial, level: float) -> str:
    return numerals.estimate(exp(trial.log_hr or 0.0), *trial.interval(level))


def _against(found: NetworkEffect) -> str:
    return f"{found.experimental} against {found.control}: {effect(found)}"
