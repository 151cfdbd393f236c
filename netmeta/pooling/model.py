"""The model that is asked for, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from netmeta.errors import PoolingError, hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "INTERVALS",
    "PREDICTIONS",
    "TAU2_METHODS",
    "CommonEffect",
    "Convention",
    "Model",
    "RandomEffects",
    "convention",
]

TAU2_METHODS: Final = ("REML", "DL", "HE", "ML", "PM", "SJ", "EB", "HS")
"""Estimators of the variance between trials, by metafor's names: restricted maximum likelihood (Viechtbauer
2005), DerSimonian and Laird 1986, Hedges 1985, maximum likelihood, Paule and Mandel 1982, Sidik and Jonkman
2005, empirical Bayes (Morris 1983; the same equation as PM, so the same number), Hunter and Schmidt."""

INTERVALS: Final = ("wald", "hartung-knapp", "modified-hartung-knapp")
"""Intervals of the mean: normal quantile; Hartung-Knapp-Sidik-Jonkman (Hartung & Knapp 2001, Sidik &
Jonkman 2002); the same with a scale factor never below 1 (Rover, Knapp & Friede 2015)."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How a prediction interval is drawn: its quantile and the standard error of the mean inside it.

    Parameters
    ----------
    lost
        Degrees of freedom lost: the quantile is that of t with ``k - lost``. ``None`` is the normal.
    adjusted
        Whether the standard error of the mean is the Hartung-Knapp one of the model's own interval,
        rather than the ordinary ``1 / sqrt(sum of weights)``.
    rule
        Who uses it.
    """

    lost: int | None
    adjusted: bool
    rule: str


_CONVENTIONS: Final[Mapping[str, Convention]] = MappingProxyType(
    {
        "t(k-2)": Convention(2, adjusted=False, rule="Higgins, Thompson & Spiegelhalter 2009"),
        "t(k-1)": Convention(1, adjusted=False, rule="t with k - 1 degrees of freedom, ordinary SE"),
        "t(k-2) hartung-knapp": Convention(2, adjusted=True, rule="Higgins 2009 with the Hartung-Knapp SE"),
        "t(k-1) hartung-knapp": Convention(1, adjusted=True, rule='metafor, test="knha" or "adhoc"'),
        "normal": Convention(None, adjusted=False, rule='metafor, test="z"'),
    }
)

PREDICTIONS: Final = (*_CONVENTIONS, "none")
"""Conventions of the prediction interval, by name; ``"none"`` asks for no interval."""


def convention(name: str) -> Convention | None:
    """Return the convention of the prediction interval called ``name``; ``None`` for ``"none"``."""
    return _CONVENTIONS.get(name)


def known(what: str, name: object, choices: Iterable[str]) -> None:
    """Raise naming what there is, unless ``name`` is one of ``choices``."""
    there = tuple(choices)
    if name not in there:
        raise PoolingError(f"There is no {what} {name!r}.{hint(str(name), there)}")


def as_level(level: object) -> float:
    """Return ``level`` as a plain float between 0 and 1, or raise naming it."""
    if isinstance(level, bool) or not isinstance(level, Real):
        raise PoolingError(f"The level of an interval is a number such as 0.95, not {level!r}.")
    value = float(level)
    if 0 < value < 1:
        return value
    advice = f"did you mean {value / 100:g}?" if 1 < value < 100 else "such as 0.95."  # noqa: PLR2004
    raise PoolingError(f"The level of an interval lies between 0 and 1, and level {value:g} does not: {advice}")


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """Trials estimate effects that differ: the mean of their distribution is pooled.

    Parameters
    ----------
    tau2_method
        Estimator of the variance between trials, one of `TAU2_METHODS`.
    interval
        Interval of the mean, one of `INTERVALS`.
    prediction
        Convention of the prediction interval, one of `PREDICTIONS`.
    level
        Coverage of every interval, as a fraction: 0.95.

    Raises
    ------
    PoolingError
        For a name that does not exist, a level outside (0, 1), or a Hartung-Knapp prediction interval
        without a Hartung-Knapp interval of the mean.

    Notes
    -----
    The default follows Rover, Knapp & Friede 2015 (BMC Med Res Methodol 15:99): REML with the modified
    Hartung-Knapp interval; the prediction interval is that of Higgins 2009 (J R Stat Soc A 172:137).
    """

    tau2_method: str = "REML"
    interval: str = "modified-hartung-knapp"
    prediction: str = "t(k-2)"
    level: float = 0.95

    def __post_init__(self) -> None:
        known("estimator of tau2 called", self.tau2_method, TAU2_METHODS)
        known("interval called", self.interval, INTERVALS)
        known("prediction interval called", self.prediction, PREDICTIONS)
        object.__setattr__(self, "level", as_level(self.level))
        rule = convention(self.prediction)
        if rule is not None and rule.adjusted and self.interval == "wald":
            plain = self.prediction.removesuffix(" hartung-knapp")
            raise PoolingError(
                f"The prediction interval {self.prediction!r} needs a Hartung-Knapp standard error, and the "
                f"interval is 'wald': choose interval 'modified-hartung-knapp' or prediction {plain!r}."
            )


@dataclass(frozen=True, slots=True)
class CommonEffect:
    """All trials estimate one and the same effect: inverse-variance weights and a Wald interval.

    Parameters
    ----------
    level
        Coverage of the interval, as a fraction: 0.95.

    Raises
    ------
    PoolingError
        For a level outside (0, 1).
    """

    level: float = 0.95

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", as_level(self.level))


Model: TypeAlias = RandomEffects | CommonEffect
"""What `netmeta.pooling.pool` can be asked for."""
