"""What every way has in common: its numbers are read and checked once, when the value is made."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar

from netmeta.errors import EntryError, shown
from netmeta.evidence import entry
from netmeta.evidence.normal import as_ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.evidence.routes.kinds import Kind

__all__ = ["Route", "check_sides", "required"]

_LARGEST = 100.0


def required(name: str, value: object) -> float:
    """Read a number that a way cannot do without."""
    found = entry.number(name, value)
    if found is None:
        raise EntryError(f"{name} is missing; this way needs it.")
    return found


class Route:
    """A way from printed numbers to an effect: a frozen value with ``log_hr`` and ``se`` on the log scale.

    Raises
    ------
    EntryError
        For a number that cannot be right, and for numbers that give no standard error above zero.
    """

    __slots__ = ()
    kind: ClassVar[Kind]

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]

        @property
        def log_hr(self) -> float:
            """Natural logarithm of the hazard ratio."""

        @property
        def se(self) -> float:
            """Standard error of ``log_hr``."""

    @property
    def ratio(self) -> float:
        """The hazard ratio, ``exp(log_hr)``."""
        return as_ratio(self.log_hr)

    def __post_init__(self) -> None:
        for name, read in _readers(type(self)):
            object.__setattr__(self, name, read(name, getattr(self, name)))
        self.check()
        _confirm(self)

    def check(self) -> None:
        """Refuse numbers that cannot be right; each way says which."""


_BY_TYPE: dict[object, Callable[[str, object], object]] = {"float": required, "int": entry.integer}
_REMEMBERED: dict[str, tuple[tuple[str, Callable[[str, object], object]], ...]] = {}


def _readers(kind: type[Route]) -> tuple[tuple[str, Callable[[str, object], object]], ...]:
    """Return what reads each number of a way: the dataclass is asked once."""
    name = kind.__qualname__
    if name not in _REMEMBERED:
        known = [field for field in fields(kind) if field.type in _BY_TYPE]
        _REMEMBERED[name] = tuple((field.name, _BY_TYPE[field.type]) for field in known)
    return _REMEMBERED[name]


def check_sides(sides: int) -> None:
    """Refuse sides of a P value that are neither 1 nor 2."""
    if sides not in (1, 2):
        raise EntryError(f"sides is {shown(sides)}; a P value is one-sided (1) or two-sided (2).")


def _confirm(route: Route) -> None:
    log_hr, se = route.log_hr, route.se
    if not 0 < se < math.inf:
        raise EntryError(
            f"The printed numbers give a standard error of {se:g}; it has to be above 0. "
            "Check the limits of the interval: one that equals the hazard ratio has no width."
        )
    if not abs(log_hr) <= _LARGEST:
        raise EntryError(
            f"The log hazard ratio is {log_hr:g}: no hazard ratio is e to that power. "
            "Give hr for a hazard ratio, log_hr for its natural logarithm."
        )
