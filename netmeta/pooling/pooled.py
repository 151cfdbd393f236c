"""From trials to a pooled result, remembered."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta.errors import PoolingError
from netmeta.pooling.fitting import fit
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.result import Fit, PooledResult

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.pooling.model import Model

__all__ = ["pool"]

_DEFAULT: Final = RandomEffects()
_NAMED = 5


def pool(evidence: Evidence, model: Model = _DEFAULT) -> PooledResult:
    """Pool the trials of ``evidence`` under ``model``.

    Parameters
    ----------
    evidence
        Two trials or more, each with a log HR and its standard error.
    model
        `RandomEffects` (the default: REML, modified Hartung-Knapp, prediction with t(k-2)) or `CommonEffect`.

    Returns
    -------
    PooledResult
        Equal evidence and model give the same object again.

    Raises
    ------
    PoolingError
        For what is no `Evidence` or no model, fewer than two trials, a trial without log HR or standard error
        (named), and numbers that cannot be pooled.
    """
    _check_types(evidence, model)
    _check_trials(evidence)
    return _remembered(evidence, model)


@lru_cache(maxsize=1024)
def _remembered(evidence: Evidence, model: Model) -> PooledResult:
    pairs = [(trial.log_hr, trial.se) for trial in evidence]
    y, se = zip(*((log_hr, se) for log_hr, se in pairs if log_hr is not None and se is not None), strict=True)
    found = fit(y, [value**2 for value in se], model)
    return PooledResult(evidence=evidence, **{field.name: getattr(found, field.name) for field in fields(Fit)})


def _check_types(evidence: object, model: object) -> None:
    from netmeta.evidence import Evidence

    if not isinstance(evidence, Evidence):
        raise PoolingError(
            f"pool() takes an Evidence, not a {type(evidence).__name__}. "
            "From a table: pool(Evidence.from_frame(table))."
        )
    if not isinstance(model, RandomEffects | CommonEffect):
        raise PoolingError(
            f"The model is a RandomEffects(...) or a CommonEffect(...), not {model!r}: "
            "for example RandomEffects(tau2_method='REML')."
        )


def _check_trials(evidence: Evidence) -> None:
    labels = [trial.label for trial in evidence]
    if len(labels) < 2:  # noqa: PLR2004
        there = f"there is 1 ({labels[0]})" if labels else "there are none"
        raise PoolingError(f"Pooling needs at least 2 trials; {there}. Add a trial or widen the endpoint.")
    without = [trial.label for trial in evidence if trial.log_hr is None or trial.se is None]
    if without:
        raise PoolingError(
            f"{len(without)} of {len(labels)} trials have no log HR with a standard error: "
            f"{_listed(without)}. Give a hazard ratio with its interval, or leave them out."
        )


def _listed(labels: list[str]) -> str:
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return ", ".join(labels[:_NAMED]) + more
