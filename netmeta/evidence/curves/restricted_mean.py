"""Restricted mean survival time of two arms, and its difference, up to a common horizon."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.errors import EntryError
from netmeta.evidence.curves.curve import check_horizon
from netmeta.evidence.curves.patients import PatientData, check_arm
from netmeta.evidence.curves.proportional import chi2_p
from netmeta.evidence.curves.risk_table import arm_table
from netmeta.evidence.normal import z_two_sided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["RestrictedMeans", "restricted_means"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedMeans:
    """Mean time without the event up to ``horizon``, by arm; difference is experimental minus control.

    All in the data's unit of time. The standard error of the difference is the root of the two squares' sum.
    """

    horizon: float
    experimental: float
    se_experimental: float
    control: float
    se_control: float

    @property
    def difference(self) -> float:
        """Time gained without the event, up to the horizon."""
        return self.experimental - self.control

    @property
    def se(self) -> float:
        """Return the standard error of the difference."""
        return math.hypot(self.se_experimental, self.se_control)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the normal interval of the difference."""
        half = z_two_sided(level) * self.se
        return self.difference - half, self.difference + half

    @property
    def p_value(self) -> float:
        """Two-sided P value of no difference."""
        return chi2_p((self.difference / self.se) ** 2) if self.se > 0 else math.nan


def restricted_means(
    experimental: PatientData, control: PatientData, *, horizon: float | None = None
) -> RestrictedMeans:
    """Integrate both Kaplan-Meier estimates to a common horizon (Royston and Parmar 2013).

    ``var = sum A_j^2 d_j / (n_j (n_j - d_j))`` over the times t_j of events up to the horizon, with A_j the area
    under the estimate from t_j to the horizon (Klein and Moeschberger 2003, section 4.5).

    Parameters
    ----------
    experimental, control
        Patient data of the two arms, in the same unit of time.
    horizon
        The time up to which to integrate; by default the last time that both arms reach. Where all of an arm had
        the event, its survival is known, as 0, beyond its last time too.

    Raises
    ------
    EntryError
        For a horizon that is not above 0, or beyond what either arm was followed for.
    """
    arms = [check_arm("experimental", experimental), check_arm("control", control)]
    if arms[0].unit != arms[1].unit:
        raise EntryError(f"One arm is in {arms[0].unit}, the other in {arms[1].unit}; bring them to one unit.")
    asked = check_horizon("horizon", horizon)
    until = min(arm.times[-1] for arm in arms) if asked is None else asked
    most = min(_reach(arm) for arm in arms)
    if not 0 < until <= most:
        raise EntryError(
            f"horizon is {until:g}, and both arms are followed up to {most:g} {arms[0].unit}: choose one within."
        )
    (mean_e, se_e), (mean_c, se_c) = (_restricted_mean(arm, until) for arm in arms)
    return RestrictedMeans(
        horizon=until, experimental=mean_e, se_experimental=se_e, control=mean_c, se_control=se_c
    )


def _reach(patients: PatientData) -> float:
    """Return the last time at which survival is known: for ever, where nobody is left without the event."""
    return patients.times[-1] if arm_table(patients).survival[-1] > 0 else math.inf


def _restricted_mean(patients: PatientData, horizon: float) -> tuple[float, float]:
    import numpy as np

    table = arm_table(patients)
    inside = table.times < horizon
    widths = np.diff(np.concatenate([[0.0], table.times[inside], [horizon]]))
    areas = np.concatenate([[1.0], table.survival[inside]]) * widths
    beyond: NDArray[np.float64] = np.cumsum(areas[::-1])[::-1][1:]
    n, d = table.at_risk[inside], table.deaths[inside]
    # Where everybody has the event no area is left beyond it, and 0 times infinity is meant as 0.
    terms = np.divide(beyond**2 * d, n * (n - d), out=np.zeros_like(n), where=n > d)
    return float(areas.sum()), math.sqrt(float(terms.sum()))
