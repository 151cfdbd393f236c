"""What sensitivity analyses share: many fits of one model to subsets of one evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError
from netmeta.pooling.arrays import checked
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.intervals import no_spread
from netmeta.pooling.kernel import fit_many
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.words import effect, trials_in_words
from netmeta.showing import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from netmeta.evidence import Evidence
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.kernel import Fits
    from netmeta.pooling.model import Model

__all__ = [
    "Spreads",
    "SubsetFit",
    "arrays",
    "enough",
    "fit_subsets",
    "refuse_identical",
    "spreads",
    "subset_fits",
    "without_width",
]

_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SubsetFit(Shown):
    """One pooled analysis of some of the trials.

    Parameters
    ----------
    label, key
        The trial that was left out (leave-one-out) or added (cumulative).
    k
        Number of trials pooled.
    log_hr, se, ci
        Pooled log HR, the standard error of its interval, and the interval (log scale) by the model's method; a
        single trial has the Wald interval, whatever the model.
    p_value
        Two-sided P value of a log HR of 0.
    tau2, i2
        Variance between trials, (log HR) squared, and I2 in percent, as in `netmeta.pooling.Fit`.
    q, q_p
        Cochran's Q and its P value on ``k - 1`` degrees of freedom; 0 and 1 for a single trial.
    """

    label: str
    key: str
    k: int
    log_hr: float
    se: float
    ci: Interval
    p_value: float
    tau2: float
    i2: float
    q: float
    q_p: float

    @property
    def hr(self) -> float:
        """Pooled hazard ratio."""
        return hazard_ratio(self.log_hr)

    def _lines(self) -> tuple[str, ...]:
        found = f"HR {effect(self)}, {numerals.p_value(self.p_value)}"
        return (f"{self.label}: {found}, {trials_in_words(self.k)}, I² = {numerals.percent(self.i2)}.",)

    def _brief(self) -> tuple[str, ...]:
        return self.label, trials_in_words(self.k), f"HR {effect(self)}"


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """Standard errors by the model's interval, each of shape (n,).

    Parameters
    ----------
    factor
        On the variance of the mean: 1 for Wald, Hartung-Knapp's q (Hartung & Knapp 2001), or ``max(1, q)``
        (Rover, Knapp & Friede 2015, BMC Med Res Methodol 15:99). 1 for a single trial.
    se
        Standard error times the root of ``factor``.
    df
        Degrees of freedom of t; 0 where the normal serves.
    """

    factor: Floats
    se: Floats
    df: npt.NDArray[np.int64]

    def p_values(self, mean: Floats) -> Floats:
        """Two-sided P values of a mean of 0, shape (n,)."""
        from scipy.special import ndtr, stdtr

        x = -np.abs(mean / self.se)
        return np.asarray(2 * np.where(self.df > 0, stdtr(np.maximum(self.df, 1), x), ndtr(x)))

    def halves(self, level: float) -> Floats:
        """Half widths of the intervals at a level, shape (n,)."""
        from scipy.special import ndtri, stdtrit

        tail = (1 - level) / 2
        return np.asarray(-np.where(self.df > 0, stdtrit(np.maximum(self.df, 1), tail), ndtri(tail)) * self.se)


def arrays(evidence: Evidence) -> tuple[Floats, Floats]:
    """Effects and variances of evidence that `pool` takes, each of shape (k,)."""
    pairs = [(trial.log_hr, trial.se) for trial in evidence]
    return checked([y for y, _ in pairs if y is not None], [se**2 for _, se in pairs if se is not None])


def enough(evidence: Evidence, least: int, verb: str) -> None:
    """Raise `PoolingError` where there are fewer than ``least`` trials; ``verb`` starts the sentence."""
    labels = evidence.labels
    if len(labels) < least:
        are = "is" if len(labels) == 1 else "are"
        raise PoolingError(
            f"{verb} needs at least {least} trials; there {are} {len(labels)} ({', '.join(labels[:_NAMED])}). "
            "Add a trial or widen the endpoint."
        )


def fit_subsets(y: Floats, v: Floats, masks: npt.NDArray[np.bool_], model: Model) -> Fits:
    """Fit the model to every row of ``masks``, shape (n, k), with the kernel."""
    return fit_many(y, v, masks, "common" if isinstance(model, CommonEffect) else model.tau2_method)


def spreads(fits: Fits, model: Model) -> Spreads:
    """Put the model's interval on every fit (see `Spreads`)."""
    several = fits.k > 1
    if isinstance(model, CommonEffect) or model.interval == "wald":
        return Spreads(np.ones(len(fits.k)), fits.se, np.zeros(len(fits.k), dtype=np.int64))
    factor = np.where(several, fits.spread / np.maximum(1, fits.k - 1), 1.0)
    if model.interval == "modified-hartung-knapp":
        factor = np.maximum(1.0, factor)
    return Spreads(factor, fits.se * np.sqrt(factor), fits.k - 1)


def subset_fits(
    evidence: Evidence, model: Model, masks: npt.NDArray[np.bool_], keys: Sequence[str]
) -> tuple[SubsetFit, ...]:
    """Fit the model to every row of ``masks``, each named by one of ``keys``.

    Raises
    ------
    PoolingError
        For the plain Hartung-Knapp interval of a subset whose trials all have the same effect.
    """
    y, v = arrays(evidence)
    refuse_identical(evidence, (y, v), masks, model)
    fits = fit_subsets(y, v, masks, model)
    return _rows(evidence, model, fits, keys)


def _rows(evidence: Evidence, model: Model, fits: Fits, keys: Sequence[str]) -> tuple[SubsetFit, ...]:
    from scipy.special import chdtrc

    spread = spreads(fits, model)
    half = spread.halves(model.level)
    q_p = np.where(fits.k > 1, chdtrc(np.maximum(1, fits.k - 1), fits.q), 1.0)
    columns = (
        fits.k, fits.mean, spread.se, fits.mean - half, fits.mean + half, spread.p_values(fits.mean),
        fits.tau2, fits.i2, fits.q, q_p,
    )  # fmt: skip
    return tuple(
        SubsetFit(
            label=evidence[key].label, key=key, k=k, log_hr=mean, se=se, ci=Interval(low, high), p_value=p,
            tau2=tau2, i2=i2, q=q, q_p=tail,
        )
        for key, k, mean, se, low, high, p, tau2, i2, q, tail in zip(
            keys, *(column.tolist() for column in columns), strict=True
        )
    )  # fmt: skip


def refuse_identical(
    evidence: Evidence, trials: tuple[Floats, Floats], masks: npt.NDArray[np.bool_], model: Model
) -> None:
    """Raise `PoolingError` where a subset of equal effects would get a plain Hartung-Knapp interval."""
    same = without_width(*trials, masks, model)
    if same.any():
        inside = masks[int(np.argmax(same))]
        labels = [label for label, there in zip(evidence.labels, inside, strict=True) if there]
        raise PoolingError(
            f"Pooled alone, {', '.join(labels[:_NAMED])} ({len(labels)} of {len(evidence)} trials) have the same "
            f"effect (log HR {float(trials[0][inside][0]):.4g}), so that the plain Hartung-Knapp interval has no "
            "width. Choose 'modified-hartung-knapp' or 'wald'."
        )


def without_width(y: Floats, v: Floats, masks: npt.NDArray[np.bool_], model: Model) -> npt.NDArray[np.bool_]:
    """Say of each subset whether all its effects are one number under a plain Hartung-Knapp interval."""
    if isinstance(model, CommonEffect) or model.interval != "hartung-knapp":
        return np.zeros(len(masks), dtype=bool)
    return np.array([row.sum() > 1 and no_spread(y[row], v[row]) for row in masks])
