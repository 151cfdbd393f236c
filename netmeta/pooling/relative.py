"""The relative effect behind absolute ones: a hazard ratio with its intervals, from whatever has one."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, log
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, shown
from netmeta.evidence import Trial
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.model import as_level

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RelativeEffect", "relative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeEffect:
    """A hazard ratio with its interval, for `netmeta.absolute_effects`.

    Parameters
    ----------
    log_hr
        Log hazard ratio; below 0 it favours the experimental arm.
    ci, pi
        Confidence and prediction interval, log HR; ``pi`` is ``None`` without one.
    level
        Coverage of both, as a fraction.
    experimental, control, endpoint
        What is compared, and on what; empty where not known.

    Raises
    ------
    EntryError
        For a log HR that is no finite number, or an interval without it.
    """

    log_hr: float
    ci: Interval
    pi: Interval | None = None
    level: float = 0.95
    experimental: str = ""
    control: str = ""
    endpoint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", as_level(self.level))
        if not isfinite(self.log_hr) or self.log_hr not in self.ci:
            raise EntryError(
                f"The interval {exp(self.ci.low):.4g} to {exp(self.ci.high):.4g} does not hold the hazard ratio "
                f"{exp(self.log_hr):.4g}. Give both on the log scale."
            )

    @classmethod
    def from_hr(cls, hr: float, low: float, high: float, **more: Any) -> RelativeEffect:  # noqa: ANN401
        """Make one of numbers on the HR scale: ``RelativeEffect.from_hr(0.38, 0.25, 0.59)``."""
        if not (0 < low <= hr <= high and isfinite(high)):
            raise EntryError(f"HR {hr:g} ({low:g} to {high:g}) is no positive ratio inside its interval.")
        return cls(log_hr=log(hr), ci=Interval(log(low), log(high)), **more)

    @property
    def hr(self) -> float:
        """Hazard ratio."""
        return hazard_ratio(self.log_hr)

    @property
    def arms(self) -> tuple[str, str]:
        """What to call the two arms: the treatments, or the words for them where they are several or not known."""
        return self.experimental or "the therapy", self.control or "the control arm"


def relative(result: object) -> RelativeEffect:
    """Return the relative effect of a result.

    Parameters
    ----------
    result
        A `PooledResult`, a `NetworkEffect`, a `Trial`, a `RelativeEffect`, or anything else with ``log_hr`` and
        ``ci`` (log scale).

    Raises
    ------
    EntryError
        For what has no hazard ratio with an interval.
    """
    if isinstance(result, RelativeEffect):
        return result
    if isinstance(result, Trial):
        return _of_trial(result)
    log_hr, ci = getattr(result, "log_hr", None), getattr(result, "ci", None)
    if not (isinstance(log_hr, float) and isinstance(ci, Interval)):
        raise EntryError(
            f"Absolute effects come from a pooled result, a comparison of a network or a trial, not from "
            f"{shown(result)}. Of numbers: RelativeEffect.from_hr(0.38, 0.25, 0.59)."
        )
    return RelativeEffect(log_hr=log_hr, ci=ci, pi=getattr(result, "pi", None), **_context(result))


def _of_trial(trial: Trial) -> RelativeEffect:
    low, high = trial.interval()
    hr = hazard_ratio(trial.log_hr or 0.0)  # Without a log HR there is no interval, and that was refused.
    return RelativeEffect.from_hr(
        hr, min(low, hr), max(high, hr),
        experimental=trial.experimental, control=trial.control, endpoint=trial.endpoint,
    )  # fmt: skip


def _context(result: Any) -> dict[str, Any]:  # noqa: ANN401
    evidence = getattr(result, "evidence", None)
    if evidence is None:
        names = ("level", "experimental", "control")
        return {name: getattr(result, name) for name in names if hasattr(result, name)} or _level(result)
    arms = {name: _only(getattr(trial, name) for trial in evidence) for name in ("experimental", "control")}
    return {**_level(result), **arms, "endpoint": _only(trial.endpoint for trial in evidence)}


def _level(result: Any) -> dict[str, Any]:  # noqa: ANN401
    model = getattr(result, "model", None)
    return {} if model is None else {"level": model.level}


def _only(names: Iterable[str]) -> str:
    found = set(names)
    return found.pop() if len(found) == 1 else ""
