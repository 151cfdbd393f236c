"""Everything that two arms of patient data say, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError
from netmeta.evidence.curves.proportional import CoxFit, ProportionalityTest, cox, proportionality
from netmeta.evidence.curves.rank_test import LogRank, log_rank
from netmeta.evidence.curves.restricted_mean import RestrictedMeans, restricted_means
from netmeta.evidence.curves.survival import Survival, survival

if TYPE_CHECKING:
    from netmeta.evidence.curves.patients import PatientData

__all__ = ["ArmComparison", "compare_arms"]

_DOUBT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmComparison:
    """Two arms with their survival, and what compares them; ``proportional`` is ``None`` where it cannot be tested."""

    experimental: PatientData
    control: PatientData
    survival: tuple[Survival, Survival]
    cox: CoxFit
    log_rank: LogRank
    proportional: ProportionalityTest | None
    restricted_means: RestrictedMeans

    @property
    def kind(self) -> str:
        """What the numbers are from: ``"approximate patient data"`` or ``"patient data"``."""
        approximate = self.experimental.approximate or self.control.approximate
        return "approximate patient data" if approximate else "patient data"

    @property
    def lines(self) -> tuple[str, ...]:
        """The comparison in words."""
        return (
            f"From {self.kind}: HR {numerals.estimate(self.cox.hr, *self.cox.interval())} "
            f"(Cox, {self.cox.ties.capitalize()} ties); log-rank {numerals.p_value(self.log_rank.p_value)}.",
            f"{_median('experimental', self.survival[0])}; {_median('control', self.survival[1])} "
            f"({self.experimental.unit}).",
            f"Restricted mean to {numerals.decimal(self.restricted_means.horizon, 1)} {self.experimental.unit}: "
            f"{_signed(self.restricted_means)}.",
        )

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to beware of in both arms together."""
        if self.proportional is None or self.proportional.p_value >= _DOUBT:
            return ()
        said = numerals.p_value(self.proportional.p_value)
        return (
            f"The hazard ratio is not the same throughout ({said}): one number says less here than the curves "
            "or the difference of the restricted means.",
        )


def compare_arms(
    experimental: PatientData, control: PatientData, *, ties: str = "efron", horizon: float | None = None
) -> ArmComparison:
    """Compare two arms: `cox`, `log_rank`, `proportionality`, `restricted_means` and each arm's `survival`.

    Raises
    ------
    EntryError
        As those do; of the proportionality test the refusal is kept as ``None``.
    """
    fit = cox(experimental, control, ties=ties)
    try:
        proportional = proportionality(experimental, control, ties=ties)
    except EntryError:
        proportional = None
    return ArmComparison(
        experimental=experimental,
        control=control,
        survival=(survival(experimental), survival(control)),
        cox=fit,
        log_rank=log_rank(experimental, control),
        proportional=proportional,
        restricted_means=restricted_means(experimental, control, horizon=horizon),
    )


def _median(name: str, found: Survival) -> str:
    if found.median is None:
        return f"Median, {name} arm: not reached"
    low, high = (
        "not reached" if limit is None else numerals.decimal(limit, 1)
        for limit in (found.median_low, found.median_high)
    )
    return f"Median, {name} arm: {numerals.decimal(found.median, 1)} ({low} to {high})"


def _signed(means: RestrictedMeans) -> str:
    low, high = (numerals.decimal(limit, 1) for limit in means.interval())
    return f"{numerals.decimal(means.difference, 1)} longer in the experimental arm ({low} to {high})"
