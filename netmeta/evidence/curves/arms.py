"""Everything that two arms of patient data say, in one value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import EntryError
from netmeta.evidence import entry
from netmeta.evidence.curves.proportional import CoxFit, ProportionalityTest, cox, proportionality
from netmeta.evidence.curves.rank_test import LogRank, log_rank
from netmeta.evidence.curves.restricted_mean import RestrictedMeans, restricted_means
from netmeta.evidence.curves.survival import Survival, survival
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.evidence.curves.patients import PatientData

__all__ = ["ArmComparison", "compare_arms"]

_DOUBT, _FAR = 0.05, 0.5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ArmComparison(Shown):
    """Two arms, their survival, and what compares them; ``proportional`` is ``None`` where it cannot be tested."""

    experimental: PatientData
    control: PatientData
    survival: tuple[Survival, Survival]
    cox: CoxFit
    log_rank: LogRank
    proportional: ProportionalityTest | None
    restricted_means: RestrictedMeans
    published_hr: float | None = None

    @property
    def published_gap(self) -> float | None:
        """Reconstructed minus published log hazard ratio, in standard errors; ``None`` without one."""
        if self.published_hr is None:
            return None
        return (self.cox.log_hr - math.log(self.published_hr)) / self.cox.se

    @property
    def kind(self) -> str:
        """What the numbers are from: ``"approximate patient data"`` or ``"patient data"``."""
        approximate = self.experimental.approximate or self.control.approximate
        return "approximate patient data" if approximate else "patient data"

    @property
    def lines(self) -> tuple[str, ...]:
        """The comparison in words."""
        hr, unit = numerals.estimate(self.cox.hr, *self.cox.interval()), self.experimental.unit
        ties, p = self.cox.ties.capitalize(), numerals.p_value(self.log_rank.p_value)
        medians = "; ".join(
            f"{name} {found.median_in_words}"
            for name, found in zip(("experimental", "control"), self.survival, strict=True)
        )
        return (
            f"From {self.kind}: HR {hr} (Cox model, {ties} ties); log-rank {p}.",
            f"Median {unit}: {medians}.",
            _gained(self.restricted_means, unit),
            *(() if self.published_hr is None else (f"Published HR {numerals.ratio(self.published_hr)}.",)),
        )

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to beware of in both arms together."""
        return tuple(filter(None, (self._far_from_published(), self._not_proportional())))

    def _lines(self) -> tuple[str, ...]:
        return self.lines

    def _asides(self) -> tuple[str, ...]:
        return self.cautions

    def _brief(self) -> tuple[str, ...]:
        return f"HR {numerals.estimate(self.cox.hr, *self.cox.interval())}", f"from {self.kind}"

    def _far_from_published(self) -> str:
        if self.published_gap is None or abs(self.published_gap) <= _FAR:
            return ""
        gap, published = numerals.decimal(abs(self.published_gap), 1), numerals.ratio(self.published_hr or 0.0)
        return (
            f"The published HR {published} is {gap} standard errors away: it may be stratified or adjusted, "
            "the curves may be exchanged, or a number at risk may be wrong."
        )

    def _not_proportional(self) -> str:
        if self.proportional is None or self.proportional.p_value >= _DOUBT:
            return ""
        said = numerals.p_value(self.proportional.p_value)
        return f"The hazard ratio changes over time ({said}), so that one number says less than the curves do."


def compare_arms(
    experimental: PatientData,
    control: PatientData,
    *,
    ties: str = "efron",
    horizon: float | None = None,
    published_hr: float | None = None,
) -> ArmComparison:
    """Compare two arms: `cox`, `log_rank`, `proportionality`, `restricted_means` and each arm's `survival`.

    Parameters
    ----------
    experimental, control
        Patient data of the two arms.
    ties, horizon
        As in `cox` and `restricted_means`.
    published_hr
        The hazard ratio that the paper prints; more than half a standard error of difference is remarked on.

    Raises
    ------
    EntryError
        As those do; of the proportionality test the refusal is kept as ``None``.
    """
    published = entry.number("published_hr", published_hr)
    entry.check_positive("published_hr", published)
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
        published_hr=published,
    )


def _gained(means: RestrictedMeans, unit: str) -> str:
    low, high = (numerals.decimal(limit, 1) for limit in means.interval())
    gained, until = numerals.decimal(means.difference, 1), numerals.decimal(means.horizon, 1)
    return f"Mean gain without the event in the first {until} {unit}: {gained} ({low} to {high})."
