"""Direct against indirect evidence, comparison by comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import NetworkError, hint, shown
from netmeta.network.direct import direct_effects
from netmeta.network.families import extended
from netmeta.network.fitting import method_of, network_fit
from netmeta.network.judged import Judged
from netmeta.network.split_words import COLUMNS, split_in_words, splits_in_words
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.intervals import Distribution
from netmeta.showing import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.network.contrasts import Contrasts
    from netmeta.network.direct import DirectEffect
    from netmeta.network.families import Extended
    from netmeta.network.result import NetworkResult
    from netmeta.network.studies import Study
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.interval import Interval
    from netmeta.showing import Columns, Table

__all__ = ["SPLITS", "NodeSplits", "Source", "Split", "node_splits"]

SPLITS: Final = ("node-splitting", "back-calculation")
# A comparison whose network estimate is this near to its direct one has nothing indirect in it.
_ALONE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Source:
    """One source of evidence on a comparison: log HR, its standard error, interval (log HR) and P value."""

    log_hr: float
    se: float
    ci: Interval
    p_value: float

    @property
    def hr(self) -> float:
        """Hazard ratio; for a difference, the ratio of the direct to the indirect one."""
        return hazard_ratio(self.log_hr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A comparison that some trial makes: what direct and what indirect evidence say of it.

    Parameters
    ----------
    experimental, control
        HR below 1 favours ``experimental``.
    k, keys
        How many trials compare the two, and the keys of their rows.
    share
        Share of direct evidence in the network estimate, in percent: the ratio of its variance to that of the
        direct one.
    direct, indirect, network
        The three estimates; ``indirect`` is ``None`` where no other path joins the two.
    difference
        Log ratio of the direct to the indirect hazard ratio; ``None`` with ``indirect``.
    tau2
        Variance between trials in the split model, (log HR) squared.
    """

    experimental: str
    control: str
    k: int
    keys: tuple[str, ...]
    share: float
    direct: Source
    indirect: Source | None
    network: Source
    difference: Source | None
    tau2: float

    @property
    def comparison(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return f"{self.experimental} vs {self.control}"

    @property
    def p_value(self) -> float | None:
        """Two-sided P value of the difference, or ``None`` where there is none."""
        return self.difference.p_value if self.difference else None

    def __str__(self) -> str:
        return split_in_words(self)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NodeSplits(Judged):
    """Every direct comparison split into direct and indirect evidence.

    Parameters
    ----------
    result
        The network meta-analysis.
    method
        One of `SPLITS`.
    rows
        One a direct comparison, in the order of the graph's edges.
    """

    result: NetworkResult
    method: str
    rows: tuple[Split, ...]

    @property
    def split(self) -> tuple[Split, ...]:
        """Those with both direct and indirect evidence."""
        return tuple(row for row in self.rows if row.indirect is not None)

    def __getitem__(self, pair: tuple[str, str]) -> Split:
        """Return the split of a pair of treatments, whichever comes first, as it is in ``rows``."""
        found = next((row for row in self.rows if {row.experimental, row.control} == set(pair)), None)
        if found is None:
            raise NetworkError(f"No trial compares {' with '.join(map(str, pair))} directly.")
        return found

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        return splits_in_words(self)

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.split)} of {len(self.rows)} comparisons split", self.method

    def _table(self) -> Table:
        return table_of(COLUMNS, self.rows)

    def _frame(self) -> tuple[Columns, tuple[Split, ...]]:
        return _FRAME, self.rows


_FRAME: Final[Columns] = (
    ("experimental", lambda row: row.experimental),
    ("control", lambda row: row.control),
    ("trials", lambda row: row.k),
    ("direct_percent", lambda row: row.share),
    ("log_hr_direct", lambda row: row.direct.log_hr),
    ("log_hr_direct_se", lambda row: row.direct.se),
    ("log_hr_indirect", lambda row: row.indirect.log_hr if row.indirect else None),
    ("log_hr_indirect_se", lambda row: row.indirect.se if row.indirect else None),
    ("log_hr_network", lambda row: row.network.log_hr),
    ("log_hr_network_se", lambda row: row.network.se),
    ("log_hr_difference", lambda row: row.difference.log_hr if row.difference else None),
    ("log_hr_difference_se", lambda row: row.difference.se if row.difference else None),
    ("p_value", lambda row: row.p_value),
    ("tau2", lambda row: row.tau2),
)


def node_splits(result: NetworkResult, method: str = "node-splitting") -> NodeSplits:
    """Split every direct comparison into what its own trials say and what the rest of the network says.

    Parameters
    ----------
    result
        What `compare` gave.
    method
        ``"node-splitting"``: the network is fitted anew with a parameter for the difference, and tau2 with it
        (Dias et al. 2010, Stat Med 29:932); a study of several arms is split symmetrically between the two (White
        2015, Stata J 15:951). ``"back-calculation"``: the indirect estimate is what the direct one lacks of the
        network's, at the network's tau2 (Bucher-like; R's ``netsplit`` does this).

    Returns
    -------
    NodeSplits
        Normal intervals and P values at the level of the model.

    Raises
    ------
    NetworkError
        For a method that does not exist.
    """
    if method not in SPLITS:
        raise NetworkError(f"There is no way to split called {shown(method)}.{hint(str(method), SPLITS)}")
    return _remembered(result, method)


@lru_cache(maxsize=64)
def _remembered(result: NetworkResult, method: str) -> NodeSplits:
    back = tuple(_back_calculated(one, result) for one in direct_effects(result))
    rows = back if method == "back-calculation" else _refitted(back, result)
    return NodeSplits(result=result, method=method, rows=rows)


def _source(mean: float, se: float, level: float) -> Source:
    found = Distribution(mean, se, None)
    return Source(mean, se, found.interval(level), found.p_value)


def _back_calculated(direct: DirectEffect, result: NetworkResult) -> Split:
    level, one, other = result.model.level, result.place(direct.experimental), result.place(direct.control)
    cov = result.covariance
    variance = cov[one][one] + cov[other][other] - 2 * cov[one][other]
    mean = result.log_hrs[one] - result.log_hrs[other]
    # Precision that the direct evidence does not account for; of rounding only, there is no other.
    rest = 1 / variance - 1 / direct.se**2
    indirect = difference = None
    if rest * variance > _ALONE:
        own = (mean / variance - direct.log_hr / direct.se**2) / rest
        indirect = _source(own, sqrt(1 / rest), level)
        difference = _source(direct.log_hr - own, sqrt(direct.se**2 + 1 / rest), level)
    return Split(
        experimental=direct.experimental, control=direct.control, k=direct.k, keys=direct.keys,
        share=100 * min(1.0, variance / direct.se**2), direct=_source(direct.log_hr, direct.se, level),
        indirect=indirect, network=_source(mean, sqrt(variance), level), difference=difference, tau2=result.tau2,
    )  # fmt: skip


def split_column(found: Contrasts, one: str, other: str) -> Floats:
    """Return the column by which direct evidence on ``one`` against ``other`` may differ, shape (m,)."""

    def shift(study: Study) -> Mapping[str, float]:
        return {one: 0.5, other: -0.5} if {one, other} <= set(study.arms) else {}

    return found.columns(shift)


def _refitted(back: tuple[Split, ...], result: NetworkResult) -> tuple[Split, ...]:
    fit = network_fit(result.evidence, result.assumptions, result.model)
    columns = np.stack([split_column(fit.contrasts, row.experimental, row.control) for row in back], axis=1)
    # What the design spans cannot be told from it: there is no other path, or the study's own arms are the path.
    at = np.flatnonzero(_told_apart(fit.regression.x, columns))
    if not len(at):
        return back
    # With a single degree of freedom the parameter takes it: tau2 is then held at the network's own.
    held = fit.contrasts.df == 1
    found = extended(
        fit.contrasts, fit.regression, columns[:, at], None if held else method_of(result.model),
        held=fit.tau2 if held else 0.0,
    )  # fmt: skip
    rows = list(back)
    for own, place in enumerate(at.tolist()):
        row = back[place]
        pair = result.place(row.experimental), result.place(row.control)
        rows[place] = _with_fit(row, pair, found, own, result.model.level)
    return tuple(rows)


def _told_apart(x: Floats, columns: Floats) -> Floats:
    """Say which columns an orthonormal design does not span, shape (c,)."""
    rest = columns - x @ (x.T @ columns)
    return np.asarray((rest**2).sum(0) > _ALONE * (columns**2).sum(0))


def _with_fit(row: Split, pair: tuple[int, int], found: Extended, at: int, level: float) -> Split:
    one, other = pair
    cov = found.covariance[at]
    mean = float(found.estimates[at, one] - found.estimates[at, other])
    variance = float(cov[one, one] + cov[other, other] - 2 * cov[one, other])
    further, se = float(found.further[at]), float(found.further_se[at])
    # Covariance of the parameter with the indirect estimate: see `netmeta.network.families.Extended`.
    together = float(found.with_further[at, one] - found.with_further[at, other])
    direct = sqrt(variance + se**2 + 2 * together)
    return replace(
        row, direct=_source(mean + further, direct, level), indirect=_source(mean, sqrt(variance), level),
        difference=_source(further, se, level), tau2=float(found.tau2[at]),
    )  # fmt: skip
