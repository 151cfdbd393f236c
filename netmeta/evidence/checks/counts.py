"""Checks of counts: events and patients, observed and expected events, and ways that disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.evidence.checks.finding import Finding, Mend, found
from netmeta.evidence.checks.rounding import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.trial import Trial
    from netmeta.evidence.ways import Way

__all__ = ["check_counts", "check_ways"]

_ARMS = ("experimental", "control")
_EXACT = ("logrank", "observed-expected", "interval", "bound", "generic")
_APART, _EXACT_RATIO, _ROUGH_RATIO, _ALIKE = 0.5, 1.25, 2.0, 0.05


def check_counts(trial: Trial) -> Iterator[Finding]:
    """Look at events beside patients, and at sums."""
    for arm in _ARMS:
        events, patients = getattr(trial, f"events_{arm}"), getattr(trial, f"n_{arm}")
        if events is not None and patients is not None and events > patients:
            said = f"There are {events} events in {patients} patients of the {arm} arm; check both."
            yield found(
                trial, "more events than patients", "error", said, numbers={"events": events, "n": patients}
            )
    both = (trial.events_experimental, trial.events_control)
    if both[0] is None or both[1] is None:
        return
    total = both[0] + both[1]
    if trial.events_total is not None and trial.events_total != total:
        said = (
            f"The arms have {both[0]} and {both[1]} events, together {total}; events_total is {trial.events_total}."
        )
        mend = Mend(f"Did you mean {total}?", (("events_total", total),))
        numbers = {"sum": total, "events_total": trial.events_total}
        yield found(trial, "events do not add up", "warning", said, numbers=numbers, mend=mend)
    yield from _expected(trial, total)


def _expected(trial: Trial, total: int) -> Iterator[Finding]:
    """Look at the sum of expected events: a log-rank test expects as many as it observes."""
    one, other = trial.expected_experimental, trial.expected_control
    if one is None or other is None or abs(one + other - total) <= 2 * half_unit(one, other) + 1e-9:
        return
    said = (
        f"The log-rank test expects {one:g} and {other:g} events, together {one + other:g}; observed are {total}."
    )
    numbers = {"expected": one + other, "observed": float(total)}
    yield found(trial, "expected events do not add up", "warning", said, numbers=numbers)


def check_ways(trial: Trial) -> Iterator[Finding]:
    """Say where the ways from the printed numbers disagree by more than rounding and approximation explain."""
    ways = trial.ways()
    used = next((way for way in ways if way.in_use), None)
    far = [way for way in ways if used is not None and not way.in_use and _far(way, used)]
    for way in far[:1]:
        said = (
            f"By {way.title} the hazard ratio is {way.hr:.3g} with a standard error of {way.se:.3g}; by "
            f"{used.title if used else ''}, which is in use, {used.hr if used else 0:.3g} with "
            f"{used.se if used else 0:.3g}. Check the numbers of both."
        )
        numbers = {"shift (log)": way.shift, "ratio of standard errors": way.se_ratio}
        yield found(trial, "ways disagree", "warning", said, numbers=numbers, mend=_plain_scale(trial, way))


def _far(way: Way, used: Way) -> bool:
    exact = way.name in _EXACT and used.name in _EXACT
    allowed = _EXACT_RATIO if exact else _ROUGH_RATIO
    apart = exact and abs(way.shift) > _APART * used.se
    return way.name != "exact-p" and (apart or not 1 / allowed <= way.se_ratio <= allowed)


def _plain_scale(trial: Trial, way: Way) -> Mend | None:
    """See whether a printed standard error is that of the hazard ratio and not of its logarithm."""
    if way.name != "generic" or trial.hr is None or trial.printed_se is None:
        return None
    meant = trial.printed_se / trial.hr
    if trial.se is None or abs(meant / trial.se - 1) > _ALIKE:
        return None
    return Mend(
        f"It is the standard error of the hazard ratio itself; on the log scale it is {meant:.3g}.",
        (("printed_se", meant),),
    )
