"""From the posterior of tau to those of the mean, of a new trial, and of each trial's own effect."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netmeta.pooling.interval import Interval
from netmeta.pooling.mixtures import EffectPosterior, quantiles

if TYPE_CHECKING:
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.tau_marginal import TauGrid

__all__ = ["Effects", "effects"]

_NOTHING: Final = 1e-16


class Effects(NamedTuple):
    """Posteriors in log HR: the mean, a new trial, and each trial with how far it is drawn to the mean."""

    pooled: EffectPosterior
    new_trial: EffectPosterior
    trials: tuple[EffectPosterior, ...]
    pulls: tuple[float, ...]


def effects(grid: TauGrid, level: float) -> Effects:
    """Mix the normal distributions given tau over the posterior of tau.

    Parameters
    ----------
    grid
        The posterior of tau.
    level
        Of the intervals, as a fraction.

    Returns
    -------
    Effects
        Trials are in their order. Given tau, a trial's effect has mean ``B mean + (1 - B) y`` with
        ``B = v / (v + tau^2)`` (Rover 2020, J Stat Softw 93(6), section 2.6).
    """
    marginal = grid.marginal
    tau, weights = grid.nodes()
    mean, precision = marginal.given(tau)
    pull = marginal.v[:, None] / (marginal.v[:, None] + tau**2)
    means = np.vstack((mean, mean, pull * mean + (1 - pull) * marginal.y[:, None]))
    of_trials = pull * tau**2 + pull**2 / precision
    variances = np.vstack((1 / precision, 1 / precision + tau**2, of_trials))
    rows = _posteriors(grid, weights, means, np.sqrt(variances), level)
    return Effects(rows[0], rows[1], tuple(rows[2:]), tuple((pull @ weights).tolist()))


def _posteriors(grid: TauGrid, weights: Floats, means: Floats, sds: Floats, level: float) -> list[EffectPosterior]:
    unit, shift = grid.marginal.unit, grid.marginal.shift
    mean, sd = _moments(grid, weights, means, sds)
    kept = weights > _NOTHING
    share, centres, spreads = weights[kept] / weights[kept].sum(), means[:, kept], sds[:, kept]
    found = quantiles(share, centres, spreads, np.array([(1 - level) / 2, 0.5, (1 + level) / 2]))
    ends = (found * unit + shift).tolist()
    centres, spreads = centres * unit + shift, spreads * unit
    for column in (share, centres, spreads):
        column.flags.writeable = False
    return [
        EffectPosterior(
            mean=mean[at], sd=sd[at], median=median, ci=Interval(low, high),
            weights=share, means=centres[at], sds=spreads[at],
        )
        for at, (low, median, high) in enumerate(ends)
    ]  # fmt: skip


def _moments(grid: TauGrid, weights: Floats, means: Floats, sds: Floats) -> tuple[list[float], list[float]]:
    """Return means and standard deviations in log HR, and say where they do not exist."""
    marginal = grid.marginal
    mean = means @ weights
    sd = np.sqrt((sds**2 + (means - mean[:, None]) ** 2) @ weights)
    # A trial's own effect has tails like its estimate; so has the mean under a normal prior.
    heavy = [1] if marginal.certainty else [0, 1]
    centres, spreads = (mean * marginal.unit + marginal.shift).tolist(), (sd * marginal.unit).tolist()
    for at in heavy:
        if not marginal.has_moment(1):
            centres[at] = math.nan
        if not marginal.has_moment(2):
            spreads[at] = math.inf
    return centres, spreads
