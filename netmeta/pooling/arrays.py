"""Arrays that may be pooled: checked once, sorted and brought to one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from netmeta.errors import PoolingError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Floats", "Standard", "checked", "standardise"]

Floats: TypeAlias = npt.NDArray[np.float64]

# Squares of weights, and of the unit, must stay inside a double.
_WIDEST = 1e60
_SMALLEST, _LARGEST = 1e-290, 1e290


def _vector(values: Sequence[float] | Floats, name: str) -> Floats:
    """Return a new one-dimensional array of floats, or raise naming the first value that is not one."""
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"{name} must be numbers, one for each trial: {error}.") from error
    if array.ndim != 1:
        raise PoolingError(f"{name} must be one number for each trial; its shape is {array.shape}.")
    return array


def _refuse(bad: npt.NDArray[np.bool_], values: Floats, what: str) -> None:
    if bad.any():
        index = int(np.argmax(bad))
        raise PoolingError(f"{what}; trial {index + 1} (index {index}) has {float(values[index])!r}.")


def checked(y: Sequence[float] | Floats, v: Sequence[float] | Floats, *, least: int = 2) -> tuple[Floats, Floats]:
    """Copy effects and variances into arrays that can be pooled.

    Parameters
    ----------
    y
        Log hazard ratios, shape (k,).
    v
        Their variances (standard errors squared), shape (k,).
    least
        How many trials it takes: 2, or 1 where a prior stands beside them.

    Returns
    -------
    tuple of array
        Copies of both as floats, shape (k,).

    Raises
    ------
    PoolingError
        For shapes that differ or are not (k,), fewer than ``least`` trials, a value that is not finite, a
        variance that is not positive, or variances so far apart that sums in double precision lose one.
    """
    effects, variances = _vector(y, "Effects"), _vector(v, "Variances")
    if len(effects) != len(variances):
        raise PoolingError(f"{len(effects)} effects, {len(variances)} variances: give as many of each.")
    _enough(len(effects), least)
    _refuse(~np.isfinite(effects), effects, "Every effect must be a finite number")
    outside = ~((variances >= _SMALLEST) & (variances <= _LARGEST))
    _refuse(outside, variances, f"Every variance must be positive and finite ({_SMALLEST:g} to {_LARGEST:g})")
    _comparable(effects, variances)
    return effects, variances


def _enough(k: int, least: int) -> None:
    if k < least:
        there = "there is 1" if k else "there are none"
        raise PoolingError(f"Pooling needs at least {least} trial{'s' if least > 1 else ''}; {there}.")


def _comparable(y: Floats, v: Floats) -> None:
    low, high = float(v.min()), float(v.max())
    reach = max(np.sqrt(high), float(np.abs(y).max()))
    if reach / np.sqrt(low) > np.sqrt(_WIDEST):
        index = int(np.argmin(v))
        raise PoolingError(
            f"Trial {index + 1} (index {index}) has variance {low:.3g}, too small beside effects or "
            f"standard errors of {reach:.3g}: is it in other units?"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """The same trials on a scale where nothing overflows or cancels.

    Parameters
    ----------
    y, v
        Effects and variances, shape (k,), the least precise trial first: ``(y - shift) / unit`` and
        ``v / unit**2``.
    shift
        Effect of the most precise trial, so that the largest weight meets a residual near zero.
    unit
        A power of two near the median standard error: dividing by it rounds nothing.
    """

    y: Floats
    v: Floats
    shift: float
    unit: float


def standardise(y: Floats, v: Floats) -> Standard:
    """Sort, centre and scale checked arrays (see `Standard`)."""
    order = np.argsort(-v, kind="stable")
    sorted_y, sorted_v = y[order], v[order]
    shift = float(sorted_y[-1])
    exponent = int(np.frexp(np.sqrt(np.median(v)))[1])
    scaled_y = np.ldexp(sorted_y - shift, -exponent)
    return Standard(scaled_y, np.ldexp(sorted_v, -2 * exponent), shift, float(np.ldexp(1.0, exponent)))
