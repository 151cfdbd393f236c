"""What an exercise asks for: a number, an interval, a choice or an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from netmeta.errors import EntryError, shown

__all__ = ["SCALES", "Asked", "ChoiceAsked", "IntervalAsked", "NumberAsked", "OrderAsked", "Prediction"]

SCALES = ("HR", "percent", "count")
"""How numbers are compared: hazard ratios by their logarithms, percentages by points, counts by difference."""


def _scaled(scale: str, near: float) -> None:
    if scale not in SCALES:
        raise EntryError(f"There is no scale {shown(scale)}; choose from {', '.join(SCALES)}.")
    if (scale == "HR" and near < 1) or near < 0:
        raise EntryError(
            f"What counts as near is a factor of 1 or more, or a difference of 0 or more; got {near:g}."
        )


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number.

    Parameters
    ----------
    label
        What the field is called.
    scale
        One of `SCALES`.
    near
        What is still called close: a factor for hazard ratios, points or units for the others.

    Raises
    ------
    EntryError
        For another scale, or a nearness that is none.
    """

    label: str
    scale: str = "HR"
    near: float = 1.1

    def __post_init__(self) -> None:
        _scaled(self.scale, self.near)


@dataclass(frozen=True, slots=True)
class IntervalAsked:
    """The two limits of an interval of hazard ratios.

    Parameters
    ----------
    label
        What the interval is.
    near
        Factor within which both limits are called close.

    Raises
    ------
    EntryError
        For a factor below 1.
    """

    label: str
    near: float = 1.2

    def __post_init__(self) -> None:
        _scaled("HR", self.near)


@dataclass(frozen=True, slots=True)
class ChoiceAsked:
    """One of several options.

    Parameters
    ----------
    options
        Their texts, as they are shown.
    """

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """Items to be brought into an order.

    Parameters
    ----------
    items
        Their names, in the order in which they are offered.
    first
        What the first place means, such as ``"most weight"``.
    """

    items: tuple[str, ...]
    first: str


Asked: TypeAlias = NumberAsked | IntervalAsked | ChoiceAsked | OrderAsked
"""What a learner is asked for."""

Prediction: TypeAlias = float | str | tuple[float, float] | tuple[str, ...]
"""A number or both limits (HR, percent or count, as asked), an option, or items in order."""
