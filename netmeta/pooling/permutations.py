"""The permutation test of a meta-regression: what chance alone makes of the same numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import factorial, prod
from operator import index
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.leastsquares import moderated
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.permutation_kernel import Places, Shuffled, tau2_of
from netmeta.pooling.regressed import MetaRegression
from netmeta.pooling.steps import finish

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.leastsquares import Moderated
    from netmeta.pooling.steps import Steps

__all__ = ["PermutationTest", "permutation_steps", "permutation_test"]

_MOST: Final = 10_000
_LIMIT: Final = 10_000_000
# So many numbers a batch: some 20 ms of REML.
_ELEMENTS: Final = 2**12
# What two orders of the same trials may differ by through rounding, as metafor's ``comptol``.
_TIE: Final = float(np.finfo(float).eps) ** 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """P values of a meta-regression from permutations (Higgins & Thompson 2004, Stat Med 23:1663).

    Parameters
    ----------
    regression
        The meta-regression that was tested.
    every
        Whether all orders of the trials were tried, or a sample of them.
    n
        Number of orders tried; the observed one is among them.
    seed
        What the sample was drawn with; ``None`` where ``every``.
    p_values
        Two-sided, one a coefficient: the share of orders with a statistic at least as far from 0.
    test_p
        The same for the joint test.
    """

    regression: MetaRegression
    every: bool
    n: int
    seed: int | None
    p_values: tuple[float, ...]
    test_p: float

    def __getitem__(self, name: str) -> float:
        at = self.regression.design.names.index(self.regression[name].name)
        return self.p_values[at]


def permutation_test(found: MetaRegression, *, most: int = _MOST, seed: int = 1) -> PermutationTest:
    """Test a meta-regression by permutation (Higgins & Thompson 2004, Stat Med 23:1663).

    Parameters
    ----------
    found
        What `meta_regression` gave.
    most
        All orders of the trials are tried where there are at most so many different ones, equal rows of the design
        being the same; else so many are drawn, the observed one among them, up to ten million.
    seed
        Of that draw; the same seed gives the same P values.

    Returns
    -------
    PermutationTest
        As metafor's ``permutest``, in which the model is fitted anew to each order.

    Raises
    ------
    PoolingError
        For what is no meta-regression, and ``most`` or ``seed`` that is no such number.
    """
    return finish(permutation_steps(found, most=most, seed=seed))


def permutation_steps(found: MetaRegression, *, most: int = _MOST, seed: int = 1) -> Steps[PermutationTest]:
    """Do what `permutation_test` does, and yield the fraction done after each batch."""
    limit, chosen = _asked(found, most, seed)
    rows, count = _orders(found)
    every = count <= limit
    n = count if every else limit
    return _run(found, _exact(rows) if every else _drawn(rows, n, chosen), n, None if every else chosen)


def _asked(found: object, most: object, seed: object) -> tuple[int, int]:
    if not isinstance(found, MetaRegression):
        raise PoolingError(
            f"permutation_test() takes what meta_regression() gives, not a {type(found).__name__}."
        )
    return _whole(most, "most", 1, _LIMIT), _whole(seed, "seed", 0, 2**63)


def _whole(value: object, name: str, low: int, high: int) -> int:
    try:
        number = low - 1 if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if not low <= number <= high:
        raise PoolingError(f"{name} is a whole number from {low:,} to {high:,}, not {value!r}.")
    return number


def _orders(found: MetaRegression) -> tuple[tuple[int, ...], int]:
    """Number the different rows of the design, and count the orders in which they can stand."""
    kinds = {row: at for at, row in enumerate(dict.fromkeys(found.design.matrix))}
    rows = tuple(kinds[row] for row in found.design.matrix)
    return rows, factorial(len(rows)) // prod(factorial(times) for times in Counter(rows).values())


def _exact(rows: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every different order of ``rows``, the smallest first (Knuth's Algorithm L)."""
    order = sorted(rows)
    while True:
        yield tuple(order)
        at = next((i for i in range(len(order) - 2, -1, -1) if order[i] < order[i + 1]), None)
        if at is None:
            return
        other = next(i for i in range(len(order) - 1, at, -1) if order[i] > order[at])
        order[at], order[other] = order[other], order[at]
        order[at + 1 :] = order[: at : -1] if at >= 0 else order


def _drawn(rows: tuple[int, ...], n: int, seed: int) -> Iterator[tuple[int, ...]]:
    rng = np.random.default_rng(seed)
    yield rows
    for _ in range(n - 1):
        yield tuple(rng.permutation(rows).tolist())
