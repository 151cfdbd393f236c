"""What to beware of in a pooled result: plain sentences, most important first."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.evidence.checks.twins import check_twins
from netmeta.pooling import CommonEffect, RandomEffects, pool
from netmeta.report.bayesian_words import beside
from netmeta.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netmeta.evidence import Evidence, Trial
    from netmeta.pooling import PooledResult

__all__ = ["Caution", "cautions"]

_FEW, _PAIR, _ALIKE = 5, 2, 0.99
_CROSSED = re.compile(r"\bcross(?:ed|ing|-?over)", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|nobody|without)\b[^.;]{0,20}\bcross|\bcross[^.;]{0,20}\bnot (?:allowed|permitted|planned)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to beware of: its kind, and a sentence with the numbers in it."""

    kind: str
    message: str


def cautions(result: PooledResult) -> tuple[Caution, ...]:
    """Look at what was pooled, and how, and say what a careful reader would hold against it.

    Returns
    -------
    tuple of Caution
        Most important first; empty where there is nothing to say.
    """
    of_evidence = ((kind, check(result.evidence)) for kind, check in _OF_EVIDENCE)
    of_model = ((kind, check(result)) for kind, check in _OF_MODEL)
    return tuple(Caution(kind, text) for kind, text in (*of_evidence, *of_model) if text)


def _names(trials: Iterable[Trial]) -> str:
    return listed(tuple(trial.label for trial in trials))


def _different(evidence: Evidence, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(getattr(trial, field) for trial in evidence if getattr(trial, field)))


def _unverified(evidence: Evidence) -> str:
    rows = [trial for trial in evidence if trial.verification == "unverified"]
    return f"Not verified against a public source: {_names(rows)}. Check the paper first." if rows else ""


def _direction(evidence: Evidence) -> str:
    rows = [trial for trial in evidence if trial.direction == "not stated"]
    if not rows:
        return ""
    return (
        f"The source does not say which arm the hazard ratio of {_names(rows)} favours: it may point the other way."
    )


def _same_patients(evidence: Evidence) -> str:
    """Find studies whose rows share patients; cohorts are apart, two subgroups may or may not be."""
    studies: dict[str, list[Trial]] = {}
    for trial in evidence:
        studies.setdefault(trial.study, []).append(trial)
    shared = {study: rows for study, rows in studies.items() if _overlap(rows)}
    if not shared:
        return ""
    sure = any(not trial.subgroup for rows in shared.values() for trial in rows)
    verb = "stands" if len(shared) == 1 else "stand"
    return (
        f"{listed(tuple(shared))} {verb} with more than one row: the same patients "
        f"{'are' if sure else 'may be'} counted more than once."
    )


def _overlap(rows: list[Trial]) -> bool:
    cohorts = [trial.cohort for trial in rows]
    return len(rows) > 1 and ("" in cohorts or len(set(cohorts)) < len(cohorts))


def _endpoints(evidence: Evidence) -> str:
    mixed = _different(evidence, "endpoint")
    return f"Different endpoints are pooled as if they were one: {listed(mixed)}." if len(mixed) > 1 else ""


def _controls(evidence: Evidence) -> str:
    mixed = _different(evidence, "control")
    if len(mixed) < _PAIR:
        return ""
    return f"The control arms differ ({listed(mixed)}): the pooled HR compares with a mixture of them."


def _class_effect(evidence: Evidence) -> str:
    drugs = _different(evidence, "experimental")
    if len(drugs) < _PAIR:
        return ""
    return (
        f"These trials test {len(drugs)} different therapies ({listed(drugs)}). The pooled HR is a class effect, "
        "an average over them; it is not the effect of any one of them."
    )


def _assessors(evidence: Evidence) -> str:
    readers = Counter(trial.assessor for trial in evidence if trial.assessor)
    if len(readers) < _PAIR:
        return ""
    words = {"central": "by central review", "investigator": "by the investigators"}
    said = tuple(f"{words.get(reader, reader)} in {count}" for reader, count in readers.most_common())
    return f"Progression was read {listed(said)}: the same patients can give different hazard ratios to each."


def _crossover(evidence: Evidence) -> str:
    rows = [trial for trial in evidence if trial.endpoint == "OS" and _crossed(trial.notes)]
    if not rows:
        return ""
    return f"Control patients crossed over to the study drug in {_names(rows)}: survival differences are diluted."


def _crossed(notes: str) -> bool:
    return bool(_CROSSED.search(notes)) and not _DENIED.search(notes)


def _twins(evidence: Evidence) -> str:
    return " ".join(found.message for found in check_twins(evidence.trials))


def _pair(result: PooledResult) -> str:
    if result.k != _PAIR or isinstance(result.model, CommonEffect):
        return ""
    level = result.model.level
    common = pool(result.evidence, CommonEffect(level=level))
    ci = common.ci.exp()
    return (
        f"Two trials cannot show how much trials differ{_cauchy(level) if _knapp(result) else ''}. "
        f"Under a common effect: HR {numerals.estimate(common.hr, ci.low, ci.high)}. {beside(result)}"
    )


def _cauchy(level: float) -> str:
    """Name the t quantile with one degree of freedom, Cauchy's, beside the normal one."""
    t, z = math.tan(math.pi * level / 2), NormalDist().inv_cdf((1 + level) / 2)
    return f", and the t quantile with one degree of freedom is {t:.3g} instead of {z:.3g}"


def _few(result: PooledResult) -> str:
    if not _PAIR < result.k < _FEW or isinstance(result.model, CommonEffect):
        return ""
    rough = "the interval and still more the prediction interval are rough"
    return f"With {result.k} trials, τ² is hardly known: {rough}."


def _narrow(result: PooledResult) -> str:
    if not isinstance(result.model, RandomEffects) or result.model.interval != "hartung-knapp":
        return ""
    wald = pool(result.evidence, RandomEffects(result.model.tau2_method, "wald", "none", result.model.level))
    if result.se >= _ALIKE * wald.se:
        return ""
    return (
        f"The Hartung-Knapp standard error ({result.se:.3f}) is below the ordinary one ({wald.se:.3f}): "
        "the modified interval guards against that."
    )


def _forced(result: PooledResult) -> str:
    if not isinstance(result.model, CommonEffect) or result.q <= result.q_df:
        return ""
    return (
        f"A common effect is assumed although the trials differ more than chance explains "
        f"(Q = {numerals.decimal(result.q, 1)} on {result.q_df} df): its interval is too narrow if effects differ."
    )


def _knapp(result: PooledResult) -> bool:
    return isinstance(result.model, RandomEffects) and result.model.interval != "wald"


_OF_EVIDENCE: tuple[tuple[str, Callable[[Evidence], str]], ...] = (
    ("unverified", _unverified),
    ("direction", _direction),
    ("same patients", _same_patients),
    ("endpoints", _endpoints),
    ("class effect", _class_effect),
    ("controls", _controls),
    ("assessors", _assessors),
    ("crossover", _crossover),
    ("same numbers", _twins),
)
_OF_MODEL: tuple[tuple[str, Callable[[PooledResult], str]], ...] = (
    ("two trials", _pair),
    ("few trials", _few),
    ("common effect", _forced),
    ("hartung-knapp", _narrow),
)
