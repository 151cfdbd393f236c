"""The same trial twice: under another name, with its arms swapped, or with one registry number."""

from __future__ import annotations

import math
from bisect import bisect
from typing import TYPE_CHECKING

from netmeta.evidence.checks.finding import Finding, Mend, found
from netmeta.evidence.checks.rounding import decimals, half_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netmeta.evidence.trial import Trial

__all__ = ["TWICE", "check_twins"]

TWICE = ("same numbers twice", "same trial with its arms swapped", "same registry number")
"""The kinds of these findings."""

_NEAR = 0.05
_COARSEST = 2


def check_twins(rows: tuple[Trial, ...]) -> Iterator[Finding]:
    """Look for rows that are one trial."""
    same: dict[object, list[Trial]] = {}
    either: dict[object, list[Trial]] = {}
    for trial in rows:
        if trial.poolable:
            same.setdefault((trial.endpoint, trial.experimental, trial.control), []).append(trial)
            either.setdefault((trial.endpoint, frozenset((trial.experimental, trial.control))), []).append(trial)
    for group in same.values():
        yield from _renamed(group)
    place = {trial.key: at for at, trial in enumerate(rows)}
    for group in either.values():
        yield from _swapped(group, place)
    yield from _registered(rows)


def _renamed(group: list[Trial]) -> Iterator[Finding]:
    """Find equal numbers under another name; equal is also what has fewer decimals."""
    exact: dict[object, Trial] = {}
    coarse: dict[object, Trial] = {}
    for trial in group:
        own, *rounded = _prints(trial)
        first = exact.get(own) or coarse.get(own) or next(filter(None, map(exact.get, rounded)), trial)
        exact.setdefault(own, trial)
        for key in rounded:
            coarse.setdefault(key, trial)
        if first.study != trial.study:
            said = f"{trial.label} prints exactly the numbers of {first.label}: "
            question = "is it the same trial under another name?"
            yield found(trial, TWICE[0], "warning", said + question, mend=Mend("If so, leave one of them out."))


def _prints(trial: Trial) -> list[tuple[object, ...]]:
    """Return the printed numbers with their decimals, and what rounding makes of them."""
    numbers = _numbers(trial)
    if len(numbers) < 2:  # noqa: PLR2004
        return [(round(trial.log_hr or 0.0, 6), round(trial.se or 0.0, 6))]
    own = max(decimals(number) for number in numbers)
    places = (own, *range(min(own, 6) - 1, _COARSEST - 1, -1))
    return [(trial.level, at, *(round(number, at) for number in numbers)) for at in places]


def _swapped(group: list[Trial], place: dict[str, int]) -> Iterator[Finding]:
    """Find rows whose arms are swapped and whose effect is turned round."""
    one = sorted((row for row in group if row.experimental < row.control), key=_log_hr)
    effects = [_log_hr(row) for row in one]
    for row in (row for row in group if row.experimental > row.control):
        low, high = (bisect(effects, -_log_hr(row) + side) for side in (-_NEAR, _NEAR))
        other = next((near for near in one[low:high] if _inverse(near, row)), None)
        if other is not None:
            first, second = sorted((row, other), key=lambda trial: place[trial.key])
            said = f"{second.label} is {first.label} with its arms swapped and its hazard ratio turned round."
            yield found(second, TWICE[1], "warning", said, mend=Mend("Leave one of them out."))


def _log_hr(trial: Trial) -> float:
    return trial.log_hr or 0.0


def _numbers(trial: Trial) -> tuple[float, ...]:
    given = (trial.hr, trial.ci_low, trial.ci_high)
    return tuple(number for number in given if number is not None)


def _inverse(one: Trial, other: Trial) -> bool:
    numbers, others = _numbers(one), _numbers(other)
    if len(numbers) != 3 or len(others) != 3 or one.level != other.level:  # noqa: PLR2004
        swapped = other.log_hr is not None and _alike(one.log_hr, -other.log_hr)
        return swapped and _alike(one.se, other.se)
    pairs = zip(numbers, (others[0], others[2], others[1]), strict=True)
    slack, other_slack = half_unit(*numbers), half_unit(*others)
    return all(abs(math.log(a) + math.log(b)) <= slack / a + other_slack / b + 1e-9 for a, b in pairs)


def _alike(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _registered(rows: Iterable[Trial]) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], Trial] = {}
    for trial in rows:
        if not trial.nct or not trial.poolable:
            continue
        arms = frozenset((trial.experimental, trial.control))
        first = seen.setdefault((trial.nct, trial.endpoint, arms), trial)
        if first.study != trial.study:
            said = f"{trial.label} and {first.label} have one registry number, {trial.nct}: are they one trial?"
            yield found(trial, TWICE[2], "warning", said, mend=Mend("If so, give both the same study name."))
