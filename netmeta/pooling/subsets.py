"""GOSH: the pooled result of every subset of the trials, or of a sample of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta import numerals
from netmeta.errors import PoolingError
from netmeta.pooling.columns import spread_table
from netmeta.pooling.families import arrays, enough
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.kernel import fit_many_steps
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.sensitivity_words import gosh_in_words, ratios
from netmeta.pooling.steps import finish
from netmeta.showing import Shown

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from netmeta.evidence import Evidence, Trial
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.model import Model
    from netmeta.pooling.result import PooledResult
    from netmeta.pooling.steps import Steps
    from netmeta.showing import Table

__all__ = ["Gosh", "gosh", "gosh_steps", "whole"]

_DEFAULT: Final = RandomEffects()
_MOST: Final = 65_536
_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Gosh(Shown):
    """Pooled results of subsets, ordered by size and then by which trials are in (Olkin 2012).

    The columns are read-only arrays and not tuples: 65 519 rows of four numbers would be 260 000 Python objects.
    They follow from the other fields, which alone decide ``==`` and ``hash``.

    Parameters
    ----------
    overall
        The analysis of all trials, with the evidence and the model.
    every
        Whether all subsets of two trials or more are here, or a sample of them.
    seed
        What the sample was drawn with; ``None`` where ``every``.
    n
        Number of subsets.
    log_hr, tau2, i2, k
        Pooled log HR, variance between trials, I2 in percent and number of trials of each subset, shape (n,).
    packed
        Which trials are in each: bits in the order of the evidence, shape (n, ceil(k / 8)); see `including`.
    """

    overall: PooledResult
    every: bool
    seed: int | None
    n: int
    log_hr: Floats = field(compare=False, repr=False)
    tau2: Floats = field(compare=False, repr=False)
    i2: Floats = field(compare=False, repr=False)
    k: npt.NDArray[np.int64] = field(compare=False, repr=False)
    packed: npt.NDArray[np.uint8] = field(compare=False, repr=False)

    def _lines(self) -> tuple[str, ...]:
        return (gosh_in_words(self),)

    def _brief(self) -> tuple[str, ...]:
        low, high = ratios(hazard_ratio(float(edge)) for edge in (self.log_hr.min(), self.log_hr.max()))
        return f"{numerals.count(self.n)} subsets", f"HR {low} to {high}"

    def _table(self) -> Table:
        return spread_table(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a subset: ``k``, ``hr`` (HR scale), ``log_hr``, ``tau2`` (log HR squared), ``i2_percent``.

        Those with a trial in them are ``found.to_frame()[found.including("CLARINET")]``.
        """
        import pandas as pd

        columns = {"log_hr": self.log_hr, "tau2": self.tau2, "i2_percent": self.i2}
        return pd.DataFrame({"k": self.k, "hr": list(map(hazard_ratio, self.log_hr.tolist())), **columns})

    def including(self, trial: str | Trial) -> npt.NDArray[np.bool_]:
        """Return which subsets have the trial of this label or key, as booleans of shape (n,).

        Raises
        ------
        SelectionError
            For a name that no trial has, or that several have.
        """
        evidence = self.overall.evidence
        found = evidence[trial] if isinstance(trial, str) else evidence[trial.key]
        at = evidence.keys.index(found.key)
        return np.asarray((self.packed[:, at // 8] >> (7 - at % 8)) & 1, dtype=bool)

    def members(self, row: int) -> tuple[str, ...]:
        """Return the keys of the trials in a subset, by its index, in the order of the evidence."""
        inside = np.unpackbits(self.packed[row], count=self.overall.k)
        return tuple(key for key, there in zip(self.overall.evidence.keys, inside, strict=True) if there)


def gosh(evidence: Evidence, model: Model = _DEFAULT, *, most: int = _MOST, seed: int = 1) -> Gosh:
    """Pool every subset of the trials (Olkin, Dahabreh & Trikalinos 2012, Res Synth Methods 3:214).

    Parameters
    ----------
    evidence
        Three trials or more.
    model
        `RandomEffects` or `CommonEffect`; what is drawn of it does not depend on its interval.
    most
        At most so many subsets, up to a million: the default takes all of them up to 16 trials. Where there are
        more, so many different ones are drawn, each trial being in or out with probability 1/2.
    seed
        Of that draw; the same seed gives the same subsets.

    Returns
    -------
    Gosh
        Subsets have two trials or more: metafor's ``gosh`` counts single trials too, which have no heterogeneity.
        Equal questions give the same object again.

    Raises
    ------
    PoolingError
        For fewer than three trials, a ``most`` or ``seed`` that is no such number, and for what `pool` refuses.
    """
    return finish(gosh_steps(evidence, model, most=most, seed=seed))


def gosh_steps(evidence: Evidence, model: Model = _DEFAULT, *, most: int = _MOST, seed: int = 1) -> Steps[Gosh]:
    """Do what `gosh` does, saying now and then which fraction of the subsets is done.

    Yields
    ------
    float
        From 0 to 1; nothing where the answer is remembered or comes at once.
    """
    overall = pool(evidence, model)
    enough(evidence, 3, "GOSH")
    limit = whole(most, "most", 1, _LIMIT)
    chosen = whole(seed, "seed", 0, 2**63)
    every = 2**overall.k - overall.k - 1 <= limit
    shelf = _shelf(overall, None if every else limit, None if every else chosen)
    if not shelf:
        shelf.append((yield from _found(overall, None if every else limit, None if every else chosen)))
    return shelf[0]


def whole(value: object, name: str, low: int, high: int) -> int:
    """Return ``value`` as a whole number from ``low`` to ``high``, or raise `PoolingError` naming it."""
    try:
        number = low - 1 if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = low - 1
    if not low <= number <= high:
        raise PoolingError(f"{name} is a whole number from {low:,} to {high:,}, not {value!r}.")
    return number


@lru_cache(maxsize=8)
def _shelf(_overall: PooledResult, _drawn: int | None, _seed: int | None) -> list[Gosh]:
    """Keep a place for the answer to a question: empty until it is found, as work can be stopped before."""
    return []


def _found(overall: PooledResult, drawn: int | None, seed: int | None) -> Steps[Gosh]:
    if drawn is None or seed is None:
        chosen = _all(overall.k)
    else:
        chosen = yield from _sample(overall.k, drawn, seed)
    masks, packed = _ordered(chosen, overall.k)
    method = "common" if isinstance(overall.model, CommonEffect) else overall.model.tau2_method
    fits = yield from fit_many_steps(*arrays(overall.evidence), masks, method)
    for column in (fits.mean, fits.tau2, fits.i2, fits.k, packed):
        column.setflags(write=False)
    return Gosh(
        overall=overall, every=drawn is None, seed=seed, n=len(masks),
        log_hr=fits.mean, tau2=fits.tau2, i2=fits.i2, k=fits.k, packed=packed,
    )  # fmt: skip


def _all(k: int) -> npt.NDArray[np.uint8]:
    width = (k + 7) // 8
    numbers = np.arange(2**k, dtype=np.uint32) << (8 * width - k)
    return numbers.astype(">u4").view(np.uint8).reshape(-1, 4)[:, 4 - width :]


def _sample(k: int, drawn: int, seed: int) -> Steps[npt.NDArray[np.uint8]]:
    """Draw different subsets: rows that stand there already are drawn again."""
    rng = np.random.default_rng(seed)
    packed = np.empty((0, (k + 7) // 8), dtype=np.uint8)
    while len(packed) < drawn:
        bits = rng.integers(0, 2, (max(1024, drawn - len(packed)), k), dtype=np.uint8)
        more = np.packbits(bits[bits.sum(1, dtype=np.int64) > 1], axis=1)
        packed = np.concatenate([packed, more])
        yield 0.0
        packed = packed[np.sort(_first(packed))]
    return packed[:drawn]


def _first(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """Index of the first of equal rows; as one number a row where it fits, which sorts ten times as fast."""
    n, width = packed.shape
    if width > 8:  # noqa: PLR2004
        return np.asarray(np.unique(packed, axis=0, return_index=True)[1])
    wide = np.zeros((n, 8), dtype=np.uint8)
    wide[:, :width] = packed
    return np.asarray(np.unique(wide.view(np.uint64)[:, 0], return_index=True)[1])


def _ordered(packed: npt.NDArray[np.uint8], k: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.uint8]]:
    """Leave out what is smaller than two trials, put the rest in order of size, and unpack it as well."""
    masks = np.unpackbits(packed, axis=1, count=k).view(np.bool_)
    size = masks.sum(1)
    order = np.argsort(size, kind="stable")[int((size < 2).sum()) :]  # noqa: PLR2004
    return masks[order], packed[order]
