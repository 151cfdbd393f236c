"""Who is at risk when: the counts that every estimate from two arms is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta.evidence.curves.patients import PatientData, check_arm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["ArmTable", "PairTable", "arm_table", "pair_table"]


@dataclass(frozen=True, slots=True, eq=False)
class ArmTable:
    """One arm by its distinct times: at risk just before, events at it, Kaplan-Meier estimate after it."""

    times: Numbers
    at_risk: Numbers
    deaths: Numbers
    survival: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class PairTable:
    """Two arms by the distinct times of events in either; columns are experimental, control."""

    times: Numbers
    at_risk: Numbers
    deaths: Numbers


@lru_cache(maxsize=64)
def arm_table(patients: PatientData) -> ArmTable:
    """Count one arm; censored at the time of an event are at risk of it."""
    import numpy as np

    times, status = np.array(patients.times), np.array(patients.events, dtype=float)
    distinct, first = np.unique(times, return_index=True)
    at_risk = (patients.n - first).astype(float)
    deaths = np.add.reduceat(status, first)
    return ArmTable(distinct, at_risk, deaths, np.cumprod(1 - deaths / at_risk))


def pair_table(experimental: PatientData, control: PatientData) -> PairTable:
    """Count two arms at every time of an event."""
    import numpy as np

    arms = [arm_table(check_arm(name, one)) for name, one in (("experimental", experimental), ("control", control))]
    times = np.unique(np.concatenate([arm.times[arm.deaths > 0] for arm in arms]))
    at_risk, deaths = np.zeros((len(times), 2)), np.zeros((len(times), 2))
    for column, arm in enumerate(arms):
        at = np.searchsorted(arm.times, times, side="left")
        at_risk[:, column] = np.append(arm.at_risk, 0.0)[at]
        hit = np.searchsorted(times, arm.times[arm.deaths > 0])
        deaths[hit, column] = arm.deaths[arm.deaths > 0]
    return PairTable(times, at_risk, deaths)
