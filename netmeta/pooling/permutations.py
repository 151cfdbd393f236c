"""The permutation test of a meta-regression: what chance alone makes of the same numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from math import factorial, prod
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError
from netmeta.pooling.columns import PERMUTED
from netmeta.pooling.families import arrays
from netmeta.pooling.leastsquares import orthonormal
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.permutation_kernel import Places, Shuffled, tau2_of
from netmeta.pooling.regressed import MetaRegression
from netmeta.pooling.regression_words import permuted_in_words
from netmeta.pooling.steps import finish
from netmeta.pooling.subsets import whole
from netmeta.showing import Tabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.steps import Steps
    from netmeta.showing import Columns

__all__ = ["PermutationTest", "permutation_steps", "permutation_test"]

_MOST: Final = 10_000
_LIMIT: Final = 10_000_000
# So many numbers a batch: some 20 ms of REML.
_ELEMENTS: Final = 2**13
_WIDEST: Final = 1e10
# What two orders of the same trials may differ by through rounding, as metafor's ``comptol``.
_TIE: Final = float(np.finfo(float).eps) ** 0.5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PermutationTest(Tabled):
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

    def _lines(self) -> tuple[str, ...]:
        return (permuted_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        return self.regression.formula, f"{numerals.count(self.n)} fits", numerals.p_value(self.test_p)

    def _frame(self) -> tuple[Columns, tuple[tuple[str, float], ...]]:
        return PERMUTED, tuple(zip(self.regression.design.names, self.p_values, strict=True))

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
    trial = _Trial.of(found)
    every = trial.count <= limit
    n = trial.count if every else limit
    batches = trial.exact() if every else trial.drawn(n, chosen)
    total = np.zeros(len(found.coefficients) + 1, dtype=np.int64)
    observed, done = trial.statistics(trial.observed), 0
    least = observed - _TIE * np.maximum(1.0, observed)
    for orders in batches:
        total += (trial.statistics(orders) >= least).sum(0)
        done += len(orders)
        yield done / n
    p = tuple((total / n).tolist())
    return PermutationTest(
        regression=found, every=every, n=n, seed=None if every else chosen, p_values=p[:-1], test_p=p[-1]
    )


def _asked(found: object, most: object, seed: object) -> tuple[int, int]:
    if not isinstance(found, MetaRegression):
        raise PoolingError(f"permutation_test() takes what meta_regression() gives, not a {type(found).__name__}.")
    return whole(most, "most", 1, _LIMIT), whole(seed, "seed", 0, 2**63)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """One regression, ready to be fitted to any order of its trials; rows of the design are sorted by kind."""

    found: MetaRegression
    kinds: tuple[int, ...]
    shared: Shuffled
    back: Floats
    offset: Floats
    y: Floats
    v: Floats

    @classmethod
    def of(cls, found: MetaRegression) -> _Trial:
        different = {row: at for at, row in enumerate(dict.fromkeys(found.design.matrix))}
        kinds = tuple(different[row] for row in found.design.matrix)
        y, v = arrays(found.evidence)
        _comparable(v)
        exponent = int(np.frexp(np.sqrt(np.median(v)))[1])
        y, v = np.ldexp(y, -exponent), np.ldexp(v, -2 * exponent)
        centred = found.design.formula.intercept
        x, back = orthonormal(found.design.array()[np.argsort(kinds, kind="stable")], centred)
        offset = np.zeros(len(back))
        offset[0] = y.mean() if centred else 0.0
        return cls(found, kinds, Shuffled.of(x, y - offset[0], v), back, offset, y - offset[0], v)

    @property
    def count(self) -> int:
        """How many different orders there are."""
        return factorial(len(self.kinds)) // prod(factorial(times) for times in Counter(self.kinds).values())

    @property
    def observed(self) -> npt.NDArray[np.intp]:
        """The order that was observed, as an array of one."""
        return np.argsort(self.kinds, kind="stable")[None, :]

    @property
    def batch(self) -> int:
        return max(1, _ELEMENTS // len(self.kinds))

    def exact(self) -> Iterator[npt.NDArray[np.intp]]:
        """Yield every different order of the trials against the rows of the design, in batches."""
        orders = _arrangements(self.kinds)
        while batch := list(islice(orders, self.batch)):
            yield np.argsort(np.array(batch), axis=1, kind="stable")

    def drawn(self, n: int, seed: int) -> Iterator[npt.NDArray[np.intp]]:
        """Yield n orders, the observed one first, in batches."""
        rng = np.random.default_rng(seed)
        yield self.observed
        for at in range(1, n, self.batch):
            rows = np.tile(np.arange(len(self.kinds)), (min(self.batch, n - at), 1))
            yield rng.permuted(rows, axis=1)

    def statistics(self, orders: npt.NDArray[np.intp]) -> Floats:
        """Absolute z or t of each coefficient, and the joint statistic in the last column, shape (n, p + 1)."""
        model = self.found.model
        places = Places(self.shared, self.y[orders], self.v[orders])
        tau2 = tau2_of(places, None if isinstance(model, CommonEffect) else model.tau2_method)
        fit = places.at(tau2)
        factor = self._factor(fit.squares)
        estimates = fit.coefficients @ self.back.T + self.offset
        variances = np.einsum("ij,njk,ik->ni", self.back, fit.covariance, self.back)
        first = 1 if self.found.design.formula.intercept else 0
        inside, tested = fit.covariance[:, first:, first:], fit.coefficients[:, first:]
        joint = np.einsum("ni,ni->n", tested, np.linalg.solve(inside, tested[..., None])[..., 0])
        with np.errstate(divide="ignore"):
            return np.concatenate(
                [np.abs(estimates) / np.sqrt(variances * factor[:, None]), (joint / factor)[:, None]], axis=1
            )

    def _factor(self, squares: Floats) -> Floats:
        model = self.found.model
        if isinstance(model, CommonEffect) or model.interval == "wald":
            return np.ones(len(squares))
        factor = squares / self.shared.df
        return np.maximum(1.0, factor) if model.interval == "modified-hartung-knapp" else factor


def _comparable(v: Floats) -> None:
    if float(v.max() / v.min()) > _WIDEST:
        raise PoolingError(
            f"The largest variance is {float(v.max() / v.min()):.2g} times the smallest, too far apart for a "
            f"permutation test (at most {_WIDEST:g}). Leave out the trial with the largest standard error."
        )


def _arrangements(kinds: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every different order of ``kinds``, the smallest first (Knuth's Algorithm L)."""
    order = sorted(kinds)
    last = len(order) - 1
    while True:
        yield tuple(order)
        at = last - 1
        while at >= 0 and order[at] >= order[at + 1]:
            at -= 1
        if at < 0:
            return
        other = last
        while order[at] >= order[other]:
            other -= 1
        order[at], order[other] = order[other], order[at]
        order[at + 1 :] = order[:at:-1]
