"""The model of an analysis in the words of a methods section, with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.pooling import CommonEffect
from netmeta.report.section import joined

if TYPE_CHECKING:
    from netmeta.pooling import Model, RandomEffects
    from netmeta.report.citations import Citations

__all__ = ["heterogeneity_said", "level_of", "model_said"]

_ESTIMATORS: Final = {
    "REML": ("restricted maximum likelihood (REML)", ("viechtbauer2005",)),
    "DL": ("the method of DerSimonian and Laird (DL)", ("dersimonian1986",)),
    "HE": ("the method of Hedges (HE)", ("hedges1985",)),
    "ML": ("maximum likelihood (ML)", ("hardy1996",)),
    "PM": ("the method of Paule and Mandel (PM)", ("paule1982",)),
    "SJ": ("the method of Sidik and Jonkman (SJ)", ("sidik2005",)),
    "EB": ("empirical Bayes (EB)", ("morris1983",)),
    "HS": ("the method of Hunter and Schmidt (HS)", ("hunter1990",)),
}
_INTERVALS: Final = {
    "wald": ("normal quantiles (Wald)", ()),
    "hartung-knapp": (
        "the method of Hartung, Knapp, Sidik and Jonkman, with t quantiles on k − 1 degrees of freedom",
        ("hartung2001", "sidik2002"),
    ),
    "modified-hartung-knapp": (
        "the modified Hartung-Knapp method, which never lets the standard error fall below the ordinary one",
        ("rover2015",),
    ),
}
_PREDICTIONS: Final = {
    "t(k-2)": ("t quantiles on k − 2 degrees of freedom", ("higgins2009",)),
    "t(k-1)": ("t quantiles on k − 1 degrees of freedom and the ordinary standard error", ("higgins2009",)),
    "t(k-2) hartung-knapp": (
        "t quantiles on k − 2 degrees of freedom and the Hartung-Knapp standard error",
        ("higgins2009", "hartung2001"),
    ),
    "t(k-1) hartung-knapp": (
        "t quantiles on k − 1 degrees of freedom and the Hartung-Knapp standard error",
        ("viechtbauer2010", "hartung2001"),
    ),
    "normal": ("normal quantiles", ("viechtbauer2010",)),
}


def level_of(model: Model) -> str:
    """Write the level of a model's intervals: ``95%``."""
    return f"{100 * model.level:g}%"


def model_said(model: Model, cite: Citations) -> str:
    """Say how effects are pooled, and by what intervals."""
    if isinstance(model, CommonEffect):
        return (
            "A common-effect model was fitted: log hazard ratios were weighted by the inverse of their variance, "
            "on the assumption that all trials estimate one and the same effect. "
            f"The {level_of(model)} confidence interval is by normal quantiles (Wald)."
        )
    how, keys = _ESTIMATORS[model.tau2_method]
    return joined(
        "A random-effects model was fitted: log hazard ratios were weighted by the inverse of the sum of their "
        f"variance and the variance between trials (τ²), which was estimated by {how} {cite(*keys)}.",
        _interval_said(model, cite),
        _prediction_said(model, cite),
    )


def _interval_said(model: RandomEffects, cite: Citations) -> str:
    how, keys = _INTERVALS[model.interval]
    by = f"{how} {cite(*keys)}" if keys else how
    return f"The {level_of(model)} confidence interval of the mean is by {by}."


def _prediction_said(model: RandomEffects, cite: Citations) -> str:
    if model.prediction == "none":
        return "No prediction interval was asked for."
    how, keys = _PREDICTIONS[model.prediction]
    return (
        f"The {level_of(model)} prediction interval, within which the effect of a new trial is expected, uses "
        f"{how} {cite(*keys)}; it is given from three trials on."
    )


def heterogeneity_said(model: Model, cite: Citations) -> str:
    """Say how the difference between trials is described."""
    if isinstance(model, CommonEffect):
        return f"Heterogeneity is described by Cochran's Q and by I² from Q {cite('higgins2002')}."
    return (
        f"Heterogeneity is described by τ² with its Q-profile interval {cite('viechtbauer2007')}, by I² from τ² "
        f"{cite('higgins2002')} and by Cochran's Q."
    )
