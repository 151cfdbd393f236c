"""What a network graph says of a treatment, of a comparison, and of itself."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.wrapping import lettered
from netmeta.network.assumptions import merged_arms
from netmeta.network.words import assumptions_in_words
from netmeta.pooling.interval import hazard_ratio
from netmeta.pooling.words import effect, trials_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.charts.network_patients import Arms
    from netmeta.evidence import Trial
    from netmeta.network import NetworkEffect, NetworkResult

__all__ = ["edge_tip", "node_tip", "note_lines", "oriented"]

_MOST: Final = 8
_CHAR: Final = 5.7


def node_tip(name: str, arms: Arms, result: NetworkResult, reference: str) -> str:
    """Say how many were randomised to a treatment, and how it does against the reference."""
    said = [name, _patients(arms)]
    if name == reference:
        return "\n".join([f"{name} (reference)", *said[1:]])
    found = result.effect(name, reference)
    said += [f"Against {reference}: {_interval(found)}", *_new_trial(found)]
    return "\n".join([*said, f"P-score {numerals.decimal(result.p_scores[name])}"])


def _patients(arms: Arms) -> str:
    where = f"in {trials_in_words(arms.all)}"
    if not arms.known:
        return f"Patients randomised to it: not reported, {where}"
    said = f"{numerals.count(arms.patients)} patients randomised to it {where}"
    missing = arms.all - arms.known
    return f"At least {said}; {numerals.count(missing)} not reported" if missing else said


def _interval(found: NetworkEffect) -> str:
    return f"HR {effect(found)}, {100 * found.level:g}% CI"


def _new_trial(found: NetworkEffect) -> list[str]:
    if found.pi is None:
        return []
    pi = found.pi.exp()
    return [f"In a new trial: HR {numerals.interval(pi.low, pi.high)}"]


def oriented(
    pair: tuple[str, str], trials: tuple[Trial, ...], result: NetworkResult, reference: str
) -> tuple[str, str]:
    """Return a pair as experimental and control: the reference is the control, or what most trials have for it."""
    one, other = pair
    if reference in pair:
        return (other, one) if one == reference else pair
    as_given = sum(merged_arms(trial, result.assumptions) == pair for trial in trials)
    return pair if 2 * as_given >= len(trials) else (other, one)


def edge_tip(pair: tuple[str, str], trials: tuple[Trial, ...], result: NetworkResult) -> str:
    """Say what the trials found that compare two treatments directly, and what the network says of the two."""
    found = result.effect(*pair)
    said = [found.comparison, *(_trial(trial, pair, result) for trial in trials[:_MOST])]
    if len(trials) > _MOST:
        said.append(f"and {len(trials) - _MOST} more of its trials")
    if not trials:
        said.append("No trial compares them directly")
    return "\n".join([*said, f"Network: {_interval(found)}", *_new_trial(found)])


def _trial(trial: Trial, pair: tuple[str, str], result: NetworkResult) -> str:
    low, high = trial.interval(result.model.level)
    log_hr = trial.log_hr or 0.0
    if merged_arms(trial, result.assumptions) != pair:
        log_hr, low, high = -log_hr, _inverse(high), _inverse(low)
    return f"{trial.label}: HR {numerals.estimate(hazard_ratio(log_hr), low, high)}"


def _inverse(ratio: float) -> float:
    return 1 / ratio if ratio else inf


def note_lines(result: NetworkResult, arms: Mapping[str, Arms], by: str, several: bool, width: int) -> list[str]:
    """Say under the picture what sizes, widths and numbers mean, and what was assumed, in lines of some pixels."""
    known = [one.patients for one in arms.values() if one.known]
    circles = (
        f"Circle area: patients randomised ({_span(known)})"
        if known
        else "Circles: numbers randomised not reported"
    )
    precise = "Line width: precision (1/variance). Number: direct trials."
    lines = precise if by == "precision" else "Line width and number: direct trials."
    said = [f"{circles}. Ring: reference.", lines]
    if several:
        said.append("Shaded: a study of several arms.")
    assumed = assumptions_in_words(result.assumptions)
    return [line for each in (*said, assumed) for line in lettered(each, int(width / _CHAR), 4)]


def _span(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return numerals.count(low) if low == high else f"{numerals.count(low)} to {numerals.count(high)}"
