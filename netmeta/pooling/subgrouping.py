"""Subgroups: trials pooled within groups, and a test of whether the groups differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from netmeta.errors import PoolingError, SelectionError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.evidence.selection import LeftOut
from netmeta.evidence.trial import FIELDS, Trial
from netmeta.pooling.arrays import standardise
from netmeta.pooling.covariates import KNOWN, Covariate
from netmeta.pooling.design import design
from netmeta.pooling.families import arrays
from netmeta.pooling.formula import Factor, Formula
from netmeta.pooling.heterogeneity import Cochran, cochran, i2_of, typical_variance
from netmeta.pooling.intervals import Distribution
from netmeta.pooling.model import CommonEffect, RandomEffects
from netmeta.pooling.pooled import pool
from netmeta.pooling.regressed import JointTest, Prediction
from netmeta.pooling.regression import regress
from netmeta.pooling.subgrouped import Subgroup, Subgroups

if TYPE_CHECKING:
    from netmeta.pooling.model import Model
    from netmeta.pooling.regressed import MetaRegression
    from netmeta.pooling.result import PooledResult

__all__ = ["By", "subgroups"]

_DEFAULT: Final = RandomEffects()
_TAU2: Final = ("separate", "common")
_NAME: Final = "group"
_MANY: Final = 5

By: TypeAlias = str | Mapping[str, object] | Callable[[Trial], object]
Grouped: TypeAlias = tuple[str, tuple[str, ...]]


def subgroups(evidence: Evidence, by: By, model: Model = _DEFAULT, *, tau2: str = "separate") -> Subgroups:
    """Pool trials within groups, and test whether the groups differ.

    Parameters
    ----------
    evidence
        Two trials or more.
    by
        A field of `Trial` that holds words (``"assessor"``, ``"population"``, ``"control"``); a mapping of labels
        or keys to groups; or a function from `Trial` to its group: ``lambda trial: "to 2015" if trial.year <= 2015
        else "later"``. ``None`` and ``""`` are no group: such trials are left out and listed with the reason.
    model
        `RandomEffects` or `CommonEffect`.
    tau2
        ``"separate"``: each group has a variance between trials of its own, and the estimates are compared by a
        common-effect Q (Cochrane Handbook 10.11.3; metafor's and meta's way), with the standard errors of the
        model's interval. ``"common"``: one variance for all groups, estimated in a mixed-effects model with a
        column a group; the test is that of the model: F under Hartung-Knapp, chi-squared under Wald.

    Returns
    -------
    Subgroups
        Groups in alphabetical order. A group of one trial is that trial, under separate variances with the Wald
        interval.

    Raises
    ------
    SelectionError
        For a field that trials do not have, or one of numbers (use `meta_regression`, or a function that cuts it).
    PoolingError
        For fewer than two groups, groups of one trial only, and what `pool` refuses.
    """
    whole = pool(evidence, model)
    if tau2 not in _TAU2:
        raise PoolingError(
            f"tau2 of subgroups is 'separate' or 'common', not {shown(tau2)}.{hint(str(tau2), _TAU2)}"
        )
    name, groups = _groups(evidence, by)
    left_out = tuple(
        LeftOut(trial, f"{name} not known") for trial, group in zip(evidence, groups, strict=True) if not group
    )
    kept = Evidence(tuple(trial for trial, group in zip(evidence, groups, strict=True) if group))
    present = tuple(group for group in groups if group)
    _enough(kept, name, present, left_out)
    overall = pool(kept, model) if left_out else whole
    return _remembered(overall, (name, present), tau2, left_out)


def _groups(evidence: Evidence, by: object) -> Grouped:
    if isinstance(by, str):
        return _name(by), tuple(_word(by, getattr(trial, _field(by, evidence)), trial) for trial in evidence)
    if isinstance(by, Mapping):
        _matching(by, evidence)
        found = (by.get(trial.key, by.get(trial.label)) for trial in evidence)
        return _NAME, tuple(_word(_NAME, value, trial) for value, trial in zip(found, evidence, strict=True))
    if callable(by):
        return _NAME, tuple(_word(_NAME, by(trial), trial) for trial in evidence)
    raise SelectionError(f"Subgroups are named by a field, a mapping or a function, not {shown(by)}.")


def _name(field: str) -> str:
    return field.replace("_", " ")


def _matching(by: Mapping[str, object], evidence: Evidence) -> None:
    if not any(trial.key in by or trial.label in by for trial in evidence):
        first = next(iter(by), "")
        raise SelectionError(
            f"The mapping names no trial that is here: {shown(first)}.{hint(str(first), evidence.labels)}"
        )


def _field(name: str, evidence: Evidence) -> str:
    if name not in KNOWN:
        raise SelectionError(f"There is no field {shown(name)} to group by.{hint(name, KNOWN)}")
    values = [getattr(trial, name) for trial in evidence]
    if name in (*FIELDS, "n") and any(isinstance(value, int | float) for value in values):
        raise SelectionError(
            f"{name} is a number: use meta_regression(evidence, '~ {name}'), or cut it by a function, such as "
            f"by=lambda trial: 'low' if trial.{name} < {_middle(values)} else 'high'."
        )
    return name


def _middle(values: list[float | None]) -> str:
    known = sorted(value for value in values if value is not None)
    return f"{known[len(known) // 2]:g}"


def _word(name: str, value: object, trial: Trial) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value != value:  # noqa: PLR0124
        return ""
    if isinstance(value, str | int | float):
        return value.strip() if isinstance(value, str) else f"{value:g}"
    raise SelectionError(f"The {name} of {trial.label} is {shown(value)}: a group is a word.")


def _enough(kept: Evidence, name: str, present: tuple[str, ...], left_out: tuple[LeftOut, ...]) -> None:
    different = tuple(dict.fromkeys(present))
    without = f" {len(left_out)} trials have none." if left_out else ""
    if len(different) < 2:  # noqa: PLR2004
        there = f"all {len(kept)} trials have {shown(different[0])}" if different else "no trial has one"
        raise PoolingError(f"Subgroups by {name} need two groups or more; {there}.{without} Choose another field.")
    if len(different) == len(kept):
        raise PoolingError(
            f"Each of the {len(kept)} trials has a {name} of its own ({', '.join(different[:_MANY])}, ...), so "
            "that there is nothing to pool. Choose another field."
        )


@lru_cache(maxsize=128)
def _remembered(overall: PooledResult, grouped: Grouped, tau2: str, left_out: tuple[LeftOut, ...]) -> Subgroups:
    name, present = grouped
    parts = {
        group: Evidence(tuple(trial for trial, own in zip(overall.evidence, present, strict=True) if own == group))
        for group in sorted(dict.fromkeys(present), key=lambda group: (group.casefold(), group))
    }
    make = _separate if tau2 == "separate" or isinstance(overall.model, CommonEffect) else _common
    groups, between = make(overall, parts, present)
    q = sum(group.q for group in groups)
    df = sum(group.q_df for group in groups)
    return Subgroups(
        overall=overall, by=name, tau2=tau2, groups=groups, between=between, q_within=q, q_within_df=df,
        q_within_p=_upper(q, df), left_out=left_out,
    )  # fmt: skip


def _upper(q: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, q))


def _separate(
    overall: PooledResult, parts: dict[str, Evidence], _present: tuple[str, ...]
) -> tuple[tuple[Subgroup, ...], JointTest]:
    groups = tuple(_alone(name, part, overall) for name, part in parts.items())
    precision = [1 / group.se**2 for group in groups]
    mean = sum(w * group.log_hr for w, group in zip(precision, groups, strict=True)) / sum(precision)
    q = sum(w * (group.log_hr - mean) ** 2 for w, group in zip(precision, groups, strict=True))
    df = len(groups) - 1
    return groups, JointTest(statistic=q, df=df, df_residual=None, p_value=_upper(q, df))


def _share(part: Evidence, overall: PooledResult) -> float:
    weights = dict(zip(overall.evidence.keys, overall.weights, strict=True))
    return sum(weights[key] for key in part.keys)


def _alone(name: str, part: Evidence, overall: PooledResult) -> Subgroup:
    if len(part) == 1:
        return _one_trial(name, part, overall)
    found = pool(part, overall.model)
    return Subgroup(
        name=name, evidence=part, log_hr=found.log_hr, se=found.se, ci=found.ci, pi=found.pi, p_value=found.p_value,
        tau2=found.tau2, i2=found.i2, q=found.q, q_df=found.q_df, q_p=found.q_p, weight=_share(part, overall),
    )  # fmt: skip


def _one_trial(name: str, part: Evidence, overall: PooledResult) -> Subgroup:
    trial = part[0]
    alone = Distribution(float(trial.log_hr or 0.0), float(trial.se or 0.0), None)
    return Subgroup(
        name=name, evidence=part, log_hr=alone.mean, se=alone.sd, ci=alone.interval(overall.model.level), pi=None,
        p_value=alone.p_value, tau2=0.0, i2=0.0, q=0.0, q_df=0, q_p=1.0, weight=_share(part, overall),
    )  # fmt: skip


def _common(
    overall: PooledResult, parts: dict[str, Evidence], present: tuple[str, ...]
) -> tuple[tuple[Subgroup, ...], JointTest]:
    if len(overall.evidence) <= len(parts):
        raise PoolingError(
            f"{len(overall.evidence)} trials in {len(parts)} groups leave nothing to estimate tau2 from."
        )
    found = _mixed(overall, present, intercept=False)
    at = found.predictions({_NAME: list(parts)})
    groups = tuple(
        _shared(name, part, found, place, overall) for (name, part), place in zip(parts.items(), at, strict=True)
    )
    return groups, _mixed(overall, present, intercept=True).test


def _mixed(overall: PooledResult, present: tuple[str, ...], *, intercept: bool) -> MetaRegression:
    terms = ((), (0,)) if intercept else ((0,),)
    formula = Formula(f"~ {_NAME}", (Factor(_NAME, "C"),), terms)
    return regress(overall.evidence, design(formula, (Covariate(_NAME, present),)), overall.model, ())


def _within(part: Evidence, tau2: float) -> tuple[float, Cochran]:
    if len(part) == 1:
        return 0.0, Cochran(0.0, 0, 1.0)
    trials = standardise(*arrays(part))
    return i2_of(tau2, typical_variance(trials)), cochran(trials)


def _shared(name: str, part: Evidence, found: MetaRegression, place: Prediction, overall: PooledResult) -> Subgroup:
    one = Distribution(place.log_hr, place.se, found.df)
    i2, test = _within(part, found.tau2)
    return Subgroup(
        name=name, evidence=part, log_hr=place.log_hr, se=place.se, ci=place.ci, pi=place.pi, p_value=one.p_value,
        tau2=found.tau2, i2=i2, q=test.q, q_df=test.df, q_p=test.p, weight=_share(part, overall),
    )  # fmt: skip
