"""Quantities that are columns of one table and attributes of one result of ours."""

from __future__ import annotations

from math import nan
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from netmeta.validate.quantity import CASE, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netmeta.validate.quantity import Line, Ours

__all__ = ["ZERO", "family", "number"]

ZERO: Final = MappingProxyType({"tau2": 1e-12, "tau2.del": 1e-12, "spread": 1e-12, "I2": 1e-8})
"""What counts as 0, by column: where the likelihood is highest at 0, metafor's search stops at up to 1e-13."""


def number(value: float | None) -> float:
    """Return a number of ours as a float; one that we do not give, though there is a reference, is not a number."""
    return nan if value is None else float(value)


def family(  # noqa: PLR0917
    title: str,
    source: str,
    rows: Callable[[], Iterable[Line]],
    result: Callable[[Line], Any],
    parts: Iterable[Any],
    case: tuple[str, ...] = CASE,
) -> list[Quantity]:
    """Make the quantities of one table.

    Parameters
    ----------
    title, source
        Of all of them.
    rows
        As in `Quantity`.
    result
        Ours for a row.
    parts
        For each quantity its name, and then pairs of a column and the attribute, or function, of the result.
    case
        As in `Quantity`.
    """

    def ours(path: str | Callable[[Any], float | None]) -> Ours:
        found = attrgetter(path) if isinstance(path, str) else path
        return lambda line: number(found(result(line)))

    return [
        Quantity(
            name=f"{title}: {name}",
            source=source,
            rows=rows,
            parts=tuple((column, ours(path)) for column, path in columns),
            zero=ZERO.get(columns[0][0], 0.0),
            case=case,
        )
        for name, *columns in parts
    ]
