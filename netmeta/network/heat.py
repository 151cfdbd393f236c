"""Net heat: which designs disagree with the network, and through which others (Krahn, Binder & Konig 2013)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.network.designs import inconsistency
from netmeta.network.detaching import Background, by_design
from netmeta.network.fitting import network_fit
from netmeta.network.judged import Judged
from netmeta.pooling.words import listed
from netmeta.showing import table_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.network.detaching import ByDesign
    from netmeta.network.fitting import NetworkFit
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.arrays import Floats
    from netmeta.showing import Columns, Table

__all__ = ["HeatCell", "NetHeat", "net_heat"]

_NOTHING: Final = 1e-9
_HEARD: Final = 0.005


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What detaching one design does to another's part of the inconsistency.

    Parameters
    ----------
    design, detached
        The design that is looked at, and the one that is detached.
    change
        Fall of the first one's part of Q between designs: positive where the two disagree, negative where the
        detached one holds it to the network. On the diagonal, the part itself.
    share
        How much the detached design weighs in the network estimate of the first, in percent (hat matrix).
    """

    design: str
    detached: str
    change: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetHeat(Judged):
    """The net heat of a network, a row and a column for each design.

    Parameters
    ----------
    result
        The network meta-analysis.
    designs
        The designs, in alphabetical order.
    parts
        Part of each design in Q between designs; they add up to it.
    heat
        Change of the row's part when the column is detached (see `HeatCell`).
    shares
        Weight of the column's studies in the row's network estimate, percent; a row need not add to 100.
    tau2
        Variance between trials at which all this is: that within designs for random effects, 0 for a common effect.
    """

    result: NetworkResult
    designs: tuple[tuple[str, ...], ...]
    parts: tuple[float, ...]
    heat: tuple[tuple[float, ...], ...]
    shares: tuple[tuple[float, ...], ...]
    tau2: float

    @property
    def names(self) -> tuple[str, ...]:
        """The designs' names: ``"cabozantinib : placebo"``."""
        return tuple(" : ".join(names) for names in self.designs)

    @property
    def cells(self) -> tuple[HeatCell, ...]:
        """Every cell, row by row."""
        return tuple(
            HeatCell(row, column, change, share)
            for row, changes, shares in zip(self.names, self.heat, self.shares, strict=True)
            for column, change, share in zip(self.names, changes, shares, strict=True)
        )

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        total = sum(self.parts)
        if total < _HEARD:
            return ("No design disagrees with the network: no loop joins designs, or they agree.",)
        order = sorted(range(len(self.parts)), key=lambda at: -self.parts[at])
        hot = [
            f"{self.names[at]} ({numerals.decimal(self.parts[at])})" for at in order[:3] if self.parts[at] > _HEARD
        ]
        return (
            (
                f"Inconsistency between designs: Q = {numerals.decimal(total)} at τ² = {self.tau2:.3g}; the "
                f"largest parts are those of {listed(tuple(hot))}."
            ),
        )

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.designs)} designs", f"Q {numerals.decimal(sum(self.parts))}"

    def _table(self) -> Table:
        columns: Columns = (
            ("Design", lambda cell: cell.design),
            ("Part of Q between designs", lambda cell: numerals.decimal(cell.change)),
        )
        return table_of(columns, tuple(cell for cell in self.cells if cell.design == cell.detached))

    def _frame(self) -> tuple[Columns, tuple[HeatCell, ...]]:
        columns: Columns = (
            ("design", lambda cell: cell.design),
            ("detached", lambda cell: cell.detached),
            ("change", lambda cell: cell.change),
            ("share_percent", lambda cell: cell.share),
        )
        return columns, self.cells


def net_heat(result: NetworkResult) -> NetHeat:
    """Find which designs disagree with the network, and through which others.

    Parameters
    ----------
    result
        What `compare` gave.

    Returns
    -------
    NetHeat
        Krahn, Binder & Konig 2013 (BMC Med Res Methodol 13:35), a design of several arms as one whole: its part
        does not depend on which of its arms is taken as the base.
    """
    return _remembered(result)


@lru_cache(maxsize=64)
def _remembered(result: NetworkResult) -> NetHeat:
    fit = network_fit(result.evidence, result.assumptions, result.model)
    designs, tau2 = by_design(fit.contrasts), inconsistency(result).tau2
    parts, detached = _parts(fit, designs, tau2)
    heat = parts[:, None] - detached
    np.fill_diagonal(heat, parts)
    heat[np.abs(heat) < _NOTHING] = 0.0
    return NetHeat(
        result=result, designs=designs.names, parts=tuple(parts.tolist()), heat=tuple(map(tuple, heat.tolist())),
        shares=tuple(map(tuple, _shares(fit, designs, tau2).tolist())), tau2=tau2,
    )  # fmt: skip


def _parts(fit: NetworkFit, designs: ByDesign, tau2: float) -> tuple[Floats, Floats]:
    """Return each design's part of Q between designs, (d,), and that when each other one is detached, (d, d)."""
    within, background = designs.rest(tau2), Background.of(fit, tau2)
    freed = np.stack([background.freed(designs.x[:, columns]) for _rows, columns in designs.rows])

    def of_designs(residuals: Floats) -> Floats:
        squares = residuals**2 - within**2
        return np.stack([squares[..., rows].sum(-1) for rows, _columns in designs.rows], axis=-1)

    parts = of_designs(background.rest)
    # A design that only joins a treatment to the network has rounding, and no part.
    return np.where(np.abs(parts) < _NOTHING, 0.0, parts), of_designs(freed).T


def _shares(fit: NetworkFit, designs: ByDesign, tau2: float) -> Floats:
    """Return the weight of each design in the network estimates of each, percent, shape (d, d)."""
    place = {name: where for where, name in enumerate(fit.contrasts.treatments)}
    pairs = [
        (row, place[one], place[other])
        for row, names in enumerate(designs.names)
        for one, other in combinations(names, 2)
    ]
    row, one, other = np.array(pairs).T
    weights = _weights(fit, designs, tau2, one, other)
    shares = np.zeros((len(designs.names), len(designs.names)))
    np.add.at(shares, row, weights)
    return np.asarray(100 * shares / np.bincount(row)[:, None])


def _weights(
    fit: NetworkFit, designs: ByDesign, tau2: float, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]
) -> Floats:
    """Return how much each design weighs in some estimates, shape (e, d): what flows into its arms."""
    found, trials = fit.contrasts, fit.regression
    at = trials.one(tau2 / trials.unit**2)
    covariance = np.pad(trials.covariance(at), ((1, 0), (1, 0)))
    pull = (covariance[one] - covariance[other])[:, 1:] @ found.x.T * (at.w[0] / trials.unit**2)
    arms = [np.zeros((len(one), len(names))) for names in designs.names]
    place = {names: where for where, names in enumerate(designs.names)}
    for each in found.studies:
        flow = pull[:, each.rows] @ each.turn
        arms[place[each.study.design]] += np.column_stack([-flow.sum(1), flow])
    return np.stack([np.abs(each).sum(1) / 2 for each in arms], axis=1)
