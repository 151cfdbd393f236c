"""Checks of a P value: does it go with the interval, and on how many sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.evidence.checks.finding import Finding, Mend, found
from netmeta.evidence.checks.rounding import Span, span_of_p, span_of_trial
from netmeta.evidence.normal import p_two_sided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.evidence.trial import Trial

__all__ = ["check_p"]

# A log-rank P value and a Wald interval are two tests of one thing: their z differ by a few per cent, more in
# strong effects (SUN-1111's central review: 4.33 and 4.10). Beyond this share they do not tell the same story.
_ALLOWED = 0.075
_MILLIONTH, _PLAIN = 1e-6, 1e-4


def check_p(trial: Trial) -> Iterator[Finding]:
    """Look at P beside the interval, with rounding allowed for on both, and say where P is one-sided."""
    p = trial.p_value
    if p is None:
        return
    if p == 0:
        yield _zero(trial)
        return
    wald = span_of_trial(trial)
    stated = trial.p_sides or 2
    if wald is not None and not _coherent(span_of_p(p, trial.p_relation, stated), wald):
        yield _incoherent(trial, p, wald, stated)
    elif stated == 1:
        both = f"{trial.p_relation} {_written(2 * p)}".removeprefix("= ")
        said = f"P {trial.p_relation} {_written(p)} is one-sided; two-sided it is {both}."
        yield found(trial, "one-sided P", "note", said, numbers={"p": p, "two-sided p": min(2 * p, 1.0)})


def _zero(trial: Trial) -> Finding:
    return found(
        trial,
        "P of zero",
        "warning",
        "P = 0 is no value but a rounded small one.",
        numbers={"p": 0.0},
        mend=Mend("Did you mean P < 0.001?", (("p_value", 0.001), ("p_relation", "<"))),
    )


def _coherent(printed: Span | None, wald: Span) -> bool:
    """Say whether both tell the same story: within rounding, or z of both alike."""
    if printed is None or _within_rounding(printed, wald):
        return True
    far = max(printed.middle - wald.middle if printed.low > wald.high else wald.middle - printed.middle, 0.0)
    return far <= _ALLOWED * wald.middle


def _within_rounding(printed: Span | None, wald: Span) -> bool:
    return printed is not None and printed.low <= wald.high and wald.low <= printed.high


def _incoherent(trial: Trial, p: float, wald: Span, stated: int) -> Finding:
    other = 3 - stated
    implied = p_two_sided(wald.middle) / (3 - stated)
    sides = {1: "one-sided", 2: "two-sided"}
    said = (
        f"P {trial.p_relation} {_written(p)} does not go with the interval, which gives "
        f"{sides[stated]} P = {_written(implied)}."
    )
    numbers = {"p": p, "p by the interval": implied, "z by the interval": wald.middle}
    if not _within_rounding(span_of_p(p, trial.p_relation, other), wald):
        return found(trial, "P against interval", "warning", f"{said} Check both.", numbers=numbers)
    mend = Mend(f"It would as a {sides[other]} P value: does the paper say so?", (("p_sides", other),))
    return found(trial, "P against interval", "warning", f"{said} {mend.words}", numbers=numbers, mend=mend)


def _written(p: float) -> str:
    """Write P as a number of two digits, without an exponent down to a millionth."""
    return f"{p:.2g}" if not _MILLIONTH <= p < _PLAIN else f"{p:.7f}".rstrip("0")
