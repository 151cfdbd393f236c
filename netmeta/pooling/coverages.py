"""How often an interval holds the truth: the coverage of each method, counted over simulated meta-analyses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, sqrt
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError, shown
from netmeta.evidence.normal import z_two_sided
from netmeta.pooling.coverage_words import FRAME, TABLE, coverage_in_words
from netmeta.pooling.families import spreads
from netmeta.pooling.interval import Interval
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.simulation import BATCH, Scenario, as_seed, drawn, whole
from netmeta.pooling.simulation_fits import fit_rows
from netmeta.pooling.steps import finish
from netmeta.showing import Tabled, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.kernel import Fits
    from netmeta.pooling.model import Model
    from netmeta.pooling.steps import Steps
    from netmeta.showing import Columns, Table

__all__ = [
    "LATEST",
    "METHODS",
    "Coverage",
    "MethodCoverage",
    "SimulatedIntervals",
    "coverage",
    "coverage_steps",
    "none_yet",
]

METHODS: Final[dict[str, Model]] = {
    "common": CommonEffect(),
    "dl-wald": RandomEffects("DL", "wald", "none"),
    "reml-wald": RandomEffects("REML", "wald", "none"),
    "hartung-knapp": RandomEffects("REML", "hartung-knapp", "none"),
    "modified-hartung-knapp": RandomEffects("REML", "modified-hartung-knapp", "none"),
    "prediction": RandomEffects("REML", "modified-hartung-knapp", "t(k-2)"),
}
"""The methods that are compared, by key. The last is the prediction interval of Higgins, Thompson & Spiegelhalter
2009 (J R Stat Soc A 172:137), which has to hold the true effect of one more trial."""

LATEST: Final = 50
"""Simulated meta-analyses whose intervals are kept."""

_BEAT: Final = 0.02
_MOST: Final = 10**6


@dataclass(frozen=True, slots=True)
class MethodCoverage:
    """How often the intervals of one method held the truth.

    Parameters
    ----------
    method
        Key in `METHODS`.
    n, hits
        Simulated meta-analyses, and those whose interval held the true value.
    log_width
        Mean width of the interval, log HR.
    """

    method: str
    n: int
    hits: int
    log_width: float

    @property
    def coverage(self) -> float:
        """Share of intervals that held the true value, as a fraction; 0 before the first."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval:
        """What the coverage may be, given the number of simulations: 95% interval of Wilson 1927, fractions."""
        if not self.n:
            return Interval(0.0, 1.0)
        p, z = self.coverage, z_two_sided(0.95)
        z2 = z**2 / self.n
        middle = (p + z2 / 2) / (1 + z2)
        half = z * sqrt(p * (1 - p) / self.n + z2 / (4 * self.n)) / (1 + z2)
        return Interval(max(0.0, middle - half), min(1.0, middle + half))

    @property
    def error(self) -> float:
        """Monte Carlo error of the coverage: half of `interval`, a fraction."""
        return self.interval.width / 2

    @property
    def limits(self) -> float:
        """How many times the lower limit the upper one is, at the mean width (HR scale)."""
        return exp(self.log_width)


@dataclass(frozen=True, slots=True)
class SimulatedIntervals:
    """One simulated meta-analysis under every method.

    Parameters
    ----------
    number
        Which one, from 1, as in `netmeta.pooling.simulate`.
    means
        Pooled log HRs, in the order of the methods.
    intervals
        Intervals, log HR, in the same order.
    new
        The true log HR of one more trial: what the prediction interval has to hold.
    """

    number: int
    means: tuple[float, ...]
    intervals: tuple[Interval, ...]
    new: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Coverage(Tabled):
    """The coverage of each method so far.

    Parameters
    ----------
    scenario, seed
        The truth, and what the chances followed from.
    n
        Meta-analyses simulated.
    rows
        One for each method; no prediction interval with two trials.
    latest
        The last `LATEST` of them, the newest at the end.
    """

    scenario: Scenario
    seed: int
    n: int
    rows: tuple[MethodCoverage, ...]
    latest: tuple[SimulatedIntervals, ...]

    def of(self, method: str) -> MethodCoverage:
        """Return the row of a method, by its key in `METHODS`.

        Raises
        ------
        PoolingError
            For a method that is not there.
        """
        for row in self.rows:
            if row.method == method:
                return row
        known = ", ".join(row.method for row in self.rows)
        raise PoolingError(f"There is no coverage of a method {shown(method)}. Choose from: {known}.")

    def more(self, n: int) -> Coverage:
        """Simulate ``n`` further ones, and return the coverage over all."""
        end, found = self.n + n, self
        while found.n < end:
            found = _extended(found, min(end, (found.n // BATCH + 1) * BATCH))
        return found

    def _lines(self) -> tuple[str, ...]:
        return coverage_in_words(self)

    def _brief(self) -> tuple[str, ...]:
        return f"{self.n} meta-analyses", f"k={self.scenario.k}", f"tau={self.scenario.tau:g}"

    def _table(self) -> Table:
        return table_of(TABLE, self.rows)

    def _frame(self) -> tuple[Columns, Sequence[MethodCoverage]]:
        return FRAME, self.rows


def coverage(scenario: Scenario | None = None, *, n: int = 5000, seed: int = 1) -> Coverage:
    """Simulate meta-analyses and count how often each method's interval holds the truth.

    Parameters
    ----------
    scenario
        The truth; ``Scenario()`` by default.
    n
        Meta-analyses to simulate, up to a million.
    seed
        Number that the chances follow from: the same seed gives the same meta-analyses, and scenarios that differ
        in anything but k share their chances.

    Returns
    -------
    Coverage
        With the Monte Carlo error of each method's coverage.

    Raises
    ------
    PoolingError
        For a number or a seed that is none.

    Notes
    -----
    With trials of equal size the Hartung-Knapp interval is exact, and the Wald interval is too narrow with few
    trials (IntHout, Ioannidis & Borm 2014, BMC Med Res Methodol 14:25).
    """
    return finish(coverage_steps(scenario, n=n, seed=seed))


def coverage_steps(scenario: Scenario | None = None, *, n: int = 5000, seed: int = 1) -> Steps[Coverage]:
    """Do what `coverage` does, saying now and then which fraction is done."""
    n = whole("The number of simulations", n, 1, _MOST)
    found, since = none_yet(scenario or Scenario(), as_seed(seed)), perf_counter()
    while found.n < n:
        found = found.more(min(BATCH, n - found.n))
        if perf_counter() - since > _BEAT:
            yield found.n / n
            since = perf_counter()
    return found


def none_yet(scenario: Scenario, seed: int) -> Coverage:
    """Return the coverage of nothing: `Coverage.more` adds to it."""
    keys = [key for key in METHODS if key != "prediction" or scenario.k > 2]  # noqa: PLR2004
    rows = tuple(MethodCoverage(key, 0, 0, 0.0) for key in keys)
    return Coverage(scenario=scenario, seed=seed, n=0, rows=rows, latest=())


def _extended(found: Coverage, end: int) -> Coverage:
    """Count the meta-analyses from ``found.n`` to ``end``, which are of one batch."""
    batch, first = divmod(found.n, BATCH)
    part = slice(first, first + end - found.n)
    sample = drawn(found.scenario, found.seed, batch)
    y, new = sample.y[part], sample.new[part]
    pooled = _pooled(y, found.scenario, tuple(row.method for row in found.rows))
    rows = tuple(
        _counted(row, mean, half, new if row.method == "prediction" else found.scenario.log_hr)
        for row, (mean, half) in zip(found.rows, pooled, strict=True)
    )
    latest = (*found.latest, *_kept(pooled, new, found.n))[-LATEST:]
    return replace(found, n=end, rows=rows, latest=latest)


def _pooled(y: Floats, scenario: Scenario, methods: Sequence[str]) -> list[tuple[Floats, Floats]]:
    """Means and half widths of every method, each of shape (n,); each estimator fits once."""
    fits: dict[str, Fits] = {}
    found = []
    for key in methods:
        model = METHODS[key]
        name = "common" if isinstance(model, CommonEffect) else model.tau2_method
        if name not in fits:
            fits[name] = fit_rows(y, scenario.variances, name)
        fit = fits[name]
        half = _reach(fit, scenario) if key == "prediction" else spreads(fit, model).halves(scenario.level)
        found.append((fit.mean, half))
    return found


def _reach(fits: Fits, scenario: Scenario) -> Floats:
    """Half widths of the prediction interval t(k-2), as in `netmeta.pooling.intervals`, each of shape (n,)."""
    from scipy.special import stdtrit

    quantile = -float(stdtrit(scenario.k - 2, (1 - scenario.level) / 2))
    return np.asarray(quantile * np.sqrt(fits.tau2 + fits.se**2))


def _counted(row: MethodCoverage, mean: Floats, half: Floats, truth: Floats | float) -> MethodCoverage:
    n = row.n + len(mean)
    hits = row.hits + int((np.abs(truth - mean) <= half).sum())
    return replace(row, n=n, hits=hits, log_width=(row.log_width * row.n + 2 * float(half.sum())) / n)


def _kept(pooled: Sequence[tuple[Floats, Floats]], new: Floats, before: int) -> list[SimulatedIntervals]:
    first = max(0, len(new) - LATEST)
    means = np.stack([mean for mean, _ in pooled], axis=1)[first:].tolist()
    halves = np.stack([half for _, half in pooled], axis=1)[first:].tolist()
    return [
        SimulatedIntervals(
            number, tuple(row), tuple(Interval(m - h, m + h) for m, h in zip(row, wide, strict=True)), float(other)
        )
        for number, row, wide, other in zip(
            range(before + first + 1, before + len(new) + 1), means, halves, new[first:], strict=True
        )
    ]
