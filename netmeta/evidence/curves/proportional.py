"""The Cox model of two arms, and whether its hazards are proportional."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import EntryError, hint, shown
from netmeta.evidence.curves.risk_table import PairTable, pair_table
from netmeta.evidence.normal import as_ratio, z_two_sided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from netmeta.evidence.curves.patients import PatientData

    Numbers = NDArray[np.float64]

__all__ = ["TIES", "TRANSFORMS", "CoxFit", "ProportionalityTest", "chi2_p", "cox", "proportionality"]

TIES = ("efron", "breslow")
TRANSFORMS = ("km", "identity", "log")
_STEPS, _NEAR, _FAR = 60, 1e-12, 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoxFit:
    """A Cox regression on treatment alone.

    Attributes
    ----------
    log_hr, se
        Log hazard ratio, experimental over control, and its standard error from the information.
    ties
        ``"efron"`` or ``"breslow"``.
    """

    log_hr: float
    se: float
    ties: str

    @property
    def hr(self) -> float:
        """The hazard ratio."""
        return as_ratio(self.log_hr)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the Wald interval of the hazard ratio (HR scale)."""
        half = z_two_sided(level) * self.se
        return as_ratio(self.log_hr - half), as_ratio(self.log_hr + half)

    @property
    def p_value(self) -> float:
        """Two-sided P value of the Wald test."""
        return chi2_p((self.log_hr / self.se) ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionalityTest:
    """A score test of proportional hazards: chi-squared on 1 degree of freedom, its P value, and the time scale."""

    chi2: float
    p_value: float
    transform: str


def chi2_p(chi2: float) -> float:
    """Return the upper tail of chi-squared on 1 degree of freedom."""
    return math.erfc(math.sqrt(max(chi2, 0.0) / 2))


def cox(experimental: PatientData, control: PatientData, *, ties: str = "efron") -> CoxFit:
    """Fit a Cox model on treatment (Cox 1972), ties by Efron 1977 or Breslow 1974.

    Parameters
    ----------
    experimental, control
        Patient data of the two arms.
    ties
        ``"efron"``, the default of R's survival and of lifelines, or ``"breslow"``, the default of SAS.

    Returns
    -------
    CoxFit
        Log hazard ratio (below 0 favours the experimental arm) and standard error.

    Raises
    ------
    EntryError
        Where the hazard ratio is not finite: no events, events in one arm only, or no overlap in time.
    """
    table = pair_table(experimental, control)
    _check_ties(ties)
    _check_events(table)
    parts = _parts(table, ties)
    log_hr = _climb(parts)
    variance = float((_share(parts, log_hr) * (1 - _share(parts, log_hr))).sum())
    return CoxFit(log_hr=log_hr, se=1 / math.sqrt(variance), ties=ties)


def proportionality(
    experimental: PatientData, control: PatientData, *, ties: str = "efron", transform: str = "km"
) -> ProportionalityTest:
    """Test whether the hazard ratio stays the same over time (Grambsch and Therneau 1994, as a score test).

    The score test of treatment times ``transform`` of time, with the exact information, as ``cox.zph`` of
    R's survival 3 does it; survival 2 and lifelines approximate by one variance for all events.

    Parameters
    ----------
    experimental, control, ties
        As in `cox`.
    transform
        ``"km"``: one minus the pooled Kaplan-Meier estimate just before the time; ``"identity"``; ``"log"``.

    Raises
    ------
    EntryError
        As `cox`; for a transform that does not exist; where events stand at one time only.
    """
    if transform not in TRANSFORMS:
        raise EntryError(f"transform is {shown(transform)}.{hint(str(transform), TRANSFORMS)}")
    fit = cox(experimental, control, ties=ties)
    table = pair_table(experimental, control)
    parts = _parts(table, ties)
    share = _share(parts, fit.log_hr)
    spread = share * (1 - share)
    when = _transformed(table, transform)
    when = when - when.mean()
    score = float((when * table.deaths[:, 0]).sum() - (when[parts.row] * share).sum())
    both, square = float((when[parts.row] * spread).sum()), float((when[parts.row] ** 2 * spread).sum())
    information = square - both**2 / float(spread.sum())
    if information <= _NEAR * square:
        raise EntryError("All events stand at one time: whether hazards are proportional cannot be tested.")
    chi2 = score**2 / information
    return ProportionalityTest(chi2=chi2, p_value=chi2_p(chi2), transform=transform)


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """One entry for each event: the two sums of its risk set, and the row of its time."""

    experimental: Numbers
    control: Numbers
    row: NDArray[np.intp]
    observed: float


def _parts(table: PairTable, ties: str) -> _Parts:
    import numpy as np

    total = table.deaths.sum(axis=1).astype(int)
    row = np.repeat(np.arange(len(total)), total)
    before = np.arange(len(row)) - np.repeat(np.cumsum(total) - total, total)
    gone = (before / total[row])[:, None] if ties == "efron" else 0.0
    left = table.at_risk[row] - gone * table.deaths[row]
    return _Parts(left[:, 0], left[:, 1], row, float(table.deaths[:, 0].sum()))


def _share(parts: _Parts, log_hr: float) -> Numbers:
    """Return the chance, at each event, that it is one of the experimental arm."""
    weight = parts.experimental * math.exp(log_hr)
    share: Numbers = weight / (weight + parts.control)
    return share


def _climb(parts: _Parts) -> float:
    """Solve the score equation by Newton's method, between bounds that close in: the score falls in ``log_hr``."""
    at, low, high = 0.0, -_FAR, _FAR
    for _ in range(_STEPS):
        share = _share(parts, at)
        score, information = parts.observed - float(share.sum()), float((share * (1 - share)).sum())
        low, high = (at, high) if score > 0 else (low, at)
        step = at + score / information if information > 0 else math.inf
        new = step if low < step < high else (low + high) / 2
        if abs(new - at) < _NEAR:
            return new
        at = new
    return at


def _transformed(table: PairTable, transform: str) -> Numbers:
    import numpy as np

    if transform == "identity":
        return table.times
    if transform == "log":
        return np.log(np.maximum(table.times, np.finfo(float).tiny))
    at_risk, deaths = table.at_risk.sum(axis=1), table.deaths.sum(axis=1)
    after = np.cumprod(1 - deaths / at_risk)
    km: Numbers = 1 - np.concatenate([[1.0], after[:-1]])
    return km


def _check_ties(ties: str) -> None:
    if ties not in TIES:
        raise EntryError(f"ties is {shown(ties)}.{hint(str(ties), TIES)}")


def _check_events(table: PairTable) -> None:
    """Refuse data in which the likelihood has no maximum, because every event that had a choice chose one arm."""
    if not len(table.times):
        raise EntryError("There are no events in either arm: there is no hazard ratio.")
    both = (table.at_risk > 0).all(axis=1)
    if not both.any():
        raise EntryError("The arms do not overlap in time: no event happens while both have patients at risk.")
    events = table.deaths[both].sum(axis=0)
    for column, name in enumerate(("experimental", "control")):
        if events[column] == 0:
            raise EntryError(
                f"The {name} arm has no event while both arms have patients at risk: "
                "there is no finite hazard ratio. Compare restricted means."
            )
