"""Models that others use, by name, as values: ``pool(evidence, presets.revman2025)``.

Each is the whole convention of a program or a guideline: estimator of tau2, interval of the mean, prediction
interval. Another level is ``dataclasses.replace(presets.revman2025, level=0.9)``.

Q, I2 from Q and from tau2, and the Q-profile interval of tau2 come with every random-effects fit, whatever
the preset: `netmeta.pooling.Fit` names which is which.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from netmeta.pooling.model import CommonEffect, RandomEffects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.pooling.model import Model

__all__ = [
    "PRESETS",
    "cochrane_legacy",
    "common_effect",
    "dersimonian_laird",
    "hartung_knapp_dl",
    "metafor_default",
    "metafor_knha",
    "netmeta_default",
    "partlett_riley",
    "paule_mandel",
    "revman2025",
]

netmeta_default: Final = RandomEffects()
"""What `pool` does when nothing is asked for: REML; modified Hartung-Knapp, never narrower than Wald's with t
(Rover, Knapp & Friede 2015, BMC Med Res Methodol 15:99); prediction interval with t(k-2) (Higgins, Thompson &
Spiegelhalter 2009, J R Stat Soc A 172:137)."""

revman2025: Final = RandomEffects("REML", "hartung-knapp", "t(k-1) hartung-knapp")
"""Cochrane's new random-effects methods, in RevMan since January 2025: REML, Hartung-Knapp-Sidik-Jonkman as
published (no factor of at least 1), Q-profile interval of tau2, I2 from tau2, a prediction interval
(methods.cochrane.org, "Random-effects meta-analysis methods for Intervention Reviews"; Cochrane Handbook
chapter 10).

That page allows "the t-distribution or the normal distribution" for the prediction interval and names no
degrees of freedom: here they are those of the Hartung-Knapp interval itself, k - 1, with its standard error.
Plain Hartung-Knapp can be far too narrow when trials agree by chance; where all effects are the same it has
no width, and `pool` refuses. For two trials, or tau2 = 0, a Wald interval belongs beside it."""

cochrane_legacy: Final = RandomEffects("DL", "wald", "none")
"""Random effects in Review Manager 5 and Cochrane reviews before 2025: DerSimonian & Laird with inverse-variance
weights and a Wald interval, and no prediction interval (Deeks & Higgins 2010, Statistical algorithms in Review
Manager 5). Review Manager 5 prints I2 from Q: ``i2_q``; under DL ``i2`` from tau2 is the same number."""

dersimonian_laird: Final = RandomEffects("DL", "wald", "t(k-2)")
"""DerSimonian & Laird 1986 (Control Clin Trials 7:177) with a Wald interval, and the prediction interval that
Higgins, Thompson & Spiegelhalter 2009 (J R Stat Soc A 172:137) and Riley, Higgins & Deeks 2011 (BMJ 342:d549)
put beside it: most meta-analyses in print."""

metafor_default: Final = RandomEffects("REML", "wald", "normal")
"""``rma(yi, vi)`` of R's metafor, with ``predict()``: REML, Wald, and a prediction interval with normal
quantiles (Viechtbauer 2010, J Stat Softw 36(3))."""

metafor_knha: Final = RandomEffects("REML", "hartung-knapp", "t(k-1) hartung-knapp")
"""``rma(yi, vi, test="knha")`` of R's metafor, with ``predict()``: Hartung-Knapp, and t with k - 1 degrees of
freedom and the Hartung-Knapp standard error for the prediction interval as well. The numbers are those of
`revman2025`."""

partlett_riley: Final = RandomEffects("REML", "hartung-knapp", "t(k-2) hartung-knapp")
"""Partlett & Riley 2017 (Stat Med 36:301), whose simulations are of this model: the Higgins prediction interval,
t(k-2), with REML and the Hartung-Knapp standard error."""

hartung_knapp_dl: Final = RandomEffects("DL", "hartung-knapp", "none")
"""Hartung & Knapp 2001 (Stat Med 20:3875) around the DerSimonian-Laird estimate, which IntHout, Ioannidis &
Borm 2014 (BMC Med Res Methodol 14:25) recommend over the Wald interval; neither draws a prediction interval."""

paule_mandel: Final = RandomEffects("PM", "modified-hartung-knapp", "t(k-2)")
"""The estimator that Veroniki et al. 2016 (Res Synth Methods 7:55) recommend beside REML, which assumes no
normal distribution, with the intervals of `netmeta_default`."""

common_effect: Final = CommonEffect()
"""Inverse-variance weights, no variance between trials: what a "fixed-effect" analysis of hazard ratios is."""

PRESETS: Final[Mapping[str, Model]] = MappingProxyType(
    {
        "netmeta_default": netmeta_default,
        "revman2025": revman2025,
        "cochrane_legacy": cochrane_legacy,
        "dersimonian_laird": dersimonian_laird,
        "metafor_default": metafor_default,
        "metafor_knha": metafor_knha,
        "partlett_riley": partlett_riley,
        "hartung_knapp_dl": hartung_knapp_dl,
        "paule_mandel": paule_mandel,
        "common_effect": common_effect,
    }
)
"""Every preset by its name, for menus and for ``PRESETS[name]``."""
