"""The axes of a multiverse, as a value: every choice that could have been made otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.errors import PoolingError, hint, shown
from netmeta.evidence.selection import READERS
from netmeta.pooling.inclusions import ALL, INCLUSIONS, TrialFilter
from netmeta.pooling.model import INTERVALS, TAU2_METHODS, CommonEffect, RandomEffects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.pooling.model import Model

__all__ = ["COMMON", "MultiverseAxes"]

COMMON: Final = "common"
_DISTINCT: Final = tuple(method for method in TAU2_METHODS if method != "EB")


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiverseAxes:
    """Which choices a multiverse goes through; every combination is one analysis.

    Parameters
    ----------
    tau2_methods
        Estimators of the variance between trials, of `TAU2_METHODS`; by default all but EB, which solves the same
        equation as PM and would count it twice.
    intervals
        Intervals of the mean, of `INTERVALS`.
    common
        Whether a common effect (with its Wald interval) is among the models.
    assessors
        Who read the trials: ``"primary"`` (each trial's own primary analysis), ``"central"``, ``"investigator"``.
        It takes a question to ask them: see ``selection`` of `multiverse`.
    inclusions
        Which trials, of `INCLUSIONS`. ``"all"`` is always among them.
    filters
        Further choices of trials, by name.

    Raises
    ------
    PoolingError
        For a name that does not exist, and where there is neither an estimator nor a common effect.
    """

    tau2_methods: tuple[str, ...] = _DISTINCT
    intervals: tuple[str, ...] = INTERVALS
    common: bool = True
    assessors: tuple[str, ...] = READERS
    inclusions: tuple[str, ...] = INCLUSIONS
    filters: tuple[TrialFilter, ...] = ()

    def __post_init__(self) -> None:
        for name, what, known in _NAMED:
            object.__setattr__(self, name, _names(getattr(self, name), what, known))
        object.__setattr__(self, "inclusions", tuple(dict.fromkeys((ALL, *self.inclusions))))
        one = isinstance(self.filters, TrialFilter)
        object.__setattr__(self, "filters", _filters((self.filters,) if one else self.filters))
        if not self.common and not (self.tau2_methods and self.intervals):
            raise PoolingError(
                "There is no model to go through: give an estimator of tau2 and an interval, or common=True."
            )

    def models(self, prespecified: Model) -> tuple[Model, ...]:
        """Return every model, the prespecified one first; each at its level and without prediction interval."""
        level = prespecified.level
        random = [
            RandomEffects(method, interval, "none", level)
            for method in self.tau2_methods
            for interval in self.intervals
        ]
        common: list[Model] = [CommonEffect(level=level)] if self.common else []
        return tuple(dict.fromkeys((plain(prespecified), *random, *common)))


def plain(model: Model) -> Model:
    """Return the model without its prediction interval, which no specification draws."""
    if isinstance(model, CommonEffect):
        return model
    return RandomEffects(model.tau2_method, model.interval, "none", model.level)


_NAMED: Final = (
    ("tau2_methods", "estimator of tau2", TAU2_METHODS),
    ("intervals", "interval", INTERVALS),
    ("assessors", "reader", READERS),
    ("inclusions", "choice of trials", INCLUSIONS),
)


def _names(given: object, what: str, known: tuple[str, ...]) -> tuple[str, ...]:
    try:
        names = (given,) if isinstance(given, str) else tuple(given)  # type: ignore[arg-type]
    except TypeError:
        raise PoolingError(f"{what.capitalize()}s are names such as {known[0]!r}, not {shown(given)}.") from None
    for name in names:
        if name not in known:
            raise PoolingError(f"There is no {what} called {shown(name)}.{hint(str(name), known)}")
    return tuple(dict.fromkeys(names))


def _filters(given: Iterable[object]) -> tuple[TrialFilter, ...]:
    try:
        filters = tuple(given)
    except TypeError:
        filters = (given,)
    names = set()
    for one in filters:
        if not isinstance(one, TrialFilter):
            raise PoolingError(f"A filter is TrialFilter('phase 3 only', {{'phase': '3'}}), not {shown(one)}.")
        if one.name in names:
            raise PoolingError(f"Two filters are called {shown(one.name)}; give each a name of its own.")
        names.add(one.name)
    return tuple(one for one in filters if isinstance(one, TrialFilter))
