"""Baselines that trials print: the median of their control arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.errors import EntryError
from netmeta.pooling.baseline import LONGEST, Baseline

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Trial

__all__ = ["baseline_of", "baselines_of", "default_baseline", "printed_median"]

_TIME = 12.0


def printed_median(trial: Trial) -> float | None:
    """Return the control arm's printed median in months; ``None`` where none was printed, reached or seen."""
    try:
        found = float(trial.median_control)
    except ValueError:
        return None
    return found if 0 < found <= LONGEST and "median" not in trial.unverified else None


def baseline_of(trial: Trial, time: float = _TIME) -> Baseline:
    """Return the baseline that a trial's control arm printed: its median, with an exponential curve.

    Parameters
    ----------
    trial
        A row with a median of the control arm, in months.
    time
        Months at which risks are stated.

    Raises
    ------
    EntryError
        For a trial without such a median.
    """
    median = printed_median(trial)
    if median is None:
        said = trial.median_control or "nothing"
        raise EntryError(
            f"{trial.label} prints no median of its control arm in months ({said}). "
            "Give a Baseline(event_free=..., time=...) of your own."
        )
    whose = f"{trial.control} in {trial.label}, the printed median of {trial.endpoint}"
    return Baseline(median=median, time=time, source=whose)


def baselines_of(evidence: Evidence, time: float = _TIME) -> tuple[Baseline, ...]:
    """Return the printed baselines of all trials that have one, in their order."""
    return tuple(baseline_of(trial, time) for trial in evidence if printed_median(trial) is not None)


def default_baseline(evidence: Evidence, time: float = _TIME) -> Baseline | None:
    """Return the baseline to begin with: of the printed control medians, the middle one (the lower of two).

    Parameters
    ----------
    evidence
        The trials in hand.
    time
        Months at which risks are stated.

    Returns
    -------
    Baseline or None
        ``None`` where no trial prints a median. It is an assumption: other patients have another baseline.
    """
    found = sorted(baselines_of(evidence, time), key=_median)
    return found[(len(found) - 1) // 2] if found else None


def _median(baseline: Baseline) -> float:
    return baseline.median or 0.0
