"""Simulated meta-analyses: the truth is chosen, so that one can see how often a method finds it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, nan
from numbers import Integral, Real
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError, hint, shown
from netmeta.pooling.model import as_level

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats

__all__ = ["BATCH", "SIZES", "Drawn", "Scenario", "as_seed", "drawn", "simulate", "whole"]

SIZES: Final = ("equal", "one large", "one small", "half small")
"""How events are shared out, as in IntHout, Ioannidis & Borm 2014 (BMC Med Res Methodol 14:25): all trials alike;
the last with ten times the events; the last, or the last half of them, with a tenth."""

BATCH: Final = 100
"""Meta-analyses drawn from one state of the generator: the same ones, however many are asked for at a time."""

_MANY: Final = 10
_MOST_TRIALS: Final = 100
_MOST_TAU: Final = 3.0
_MOST_EVENTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """The truth behind simulated meta-analyses.

    Each trial's own effect is normal about ``log(hr)`` with standard deviation ``tau``, and its estimate is normal
    about that with variance ``4 / events``, as for two arms of equal size (Parmar 1998, Stat Med 17:2815).

    Parameters
    ----------
    hr
        The true mean effect, a hazard ratio.
    tau
        The true standard deviation between trials, log HR; 0 to 3.
    k
        Trials in a meta-analysis, 2 to 100.
    events
        Events in a trial, both arms together; 4 or more.
    sizes
        How unequal trials are, one of `SIZES`.
    level
        Coverage that every interval promises, as a fraction.

    Raises
    ------
    PoolingError
        For what is none of these.
    """

    hr: float = 0.6
    tau: float = 0.3
    k: int = 5
    events: int = 100
    sizes: str = "equal"
    level: float = 0.95

    def __post_init__(self) -> None:
        object.__setattr__(self, "hr", _number("A true hazard ratio", self.hr, 0.01, 100.0))
        object.__setattr__(self, "tau", _number("A true τ", self.tau, 0.0, _MOST_TAU))
        object.__setattr__(self, "k", whole("The number of trials", self.k, 2, _MOST_TRIALS))
        object.__setattr__(self, "events", whole("The number of events", self.events, 4, _MOST_EVENTS))
        object.__setattr__(self, "level", as_level(self.level))
        if self.sizes not in SIZES:
            raise PoolingError(
                f"There are no trial sizes called {shown(self.sizes)}.{hint(str(self.sizes), SIZES)}"
            )

    @property
    def log_hr(self) -> float:
        """The true mean effect, log HR."""
        return log(self.hr)

    @property
    def all_events(self) -> tuple[float, ...]:
        """Events of each trial."""
        odd = {"equal": 0, "half small": self.k // 2}.get(self.sizes, 1)
        other = self.events * _MANY if self.sizes == "one large" else self.events / _MANY
        return (float(self.events),) * (self.k - odd) + (float(other),) * odd

    @property
    def variances(self) -> Floats:
        """Variances of the trials' estimates, (log HR) squared, shape (k,)."""
        return np.array([4 / events for events in self.all_events])


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One batch of simulated meta-analyses.

    Parameters
    ----------
    y
        Trials' log HRs, shape (BATCH, k).
    new
        The true log HR of one more trial beside each, shape (BATCH,).
    """

    y: Floats
    new: Floats


def drawn(scenario: Scenario, seed: int, batch: int) -> Drawn:
    """Draw batch number ``batch`` (from 0): the same chances for the same seed and k, whatever the truth."""
    chance = np.random.default_rng([seed, batch])
    own, error = chance.standard_normal((2, BATCH, scenario.k))
    new = chance.standard_normal(BATCH)
    y = scenario.log_hr + scenario.tau * own + np.sqrt(scenario.variances) * error
    return Drawn(y, scenario.log_hr + scenario.tau * new)


def simulate(scenario: Scenario | None = None, *, seed: int = 1, number: int = 1) -> Evidence:
    """Simulate one meta-analysis, as evidence that can be pooled and drawn like any other.

    Parameters
    ----------
    scenario
        The truth; ``Scenario()`` by default.
    seed
        Number that the chances follow from, 0 or more.
    number
        Which of the simulated meta-analyses, from 1: those that `netmeta.pooling.coverage` counts.

    Returns
    -------
    Evidence
        Trials called ``Trial 1`` and so on, with log HR and standard error.

    Raises
    ------
    PoolingError
        For a seed or a number that there is not.
    """
    from netmeta.evidence import Evidence, Trial

    truth = scenario or Scenario()
    batch, row = divmod(whole("The number of a simulated meta-analysis", number, 1, 10**9) - 1, BATCH)
    y = drawn(truth, as_seed(seed), batch).y[row]
    return Evidence(
        tuple(
            Trial(study=f"Trial {at}", experimental="therapy", control="control", log_hr=effect, se=variance**0.5)
            for at, (effect, variance) in enumerate(zip(y.tolist(), truth.variances.tolist(), strict=True), 1)
        )
    )


def as_seed(seed: object) -> int:
    """Return ``seed`` as a whole number of 0 or more, or raise naming it."""
    return whole("A seed", seed, 0, 2**63 - 1)


def _number(name: str, value: object, low: float, high: float) -> float:
    found = nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)
    if not low <= found <= high:
        raise PoolingError(f"{name} is a number from {low:g} to {high:g}; got {shown(value)}.")
    return found


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return ``value`` as a whole number from ``low`` to ``high``, or raise naming it."""
    found = low - 1 if isinstance(value, bool) or not isinstance(value, Integral) else int(value)
    if not low <= found <= high:
        raise PoolingError(f"{name} is a whole number from {low} to {high}; got {shown(value)}.")
    return found
