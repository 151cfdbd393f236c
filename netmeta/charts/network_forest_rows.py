"""A network as a forest plot: every treatment against the reference, the best P-score first. Tests read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import MOST, ForestRows, Row, line, place
from netmeta.charts.network_graph_rows import node_id
from netmeta.charts.wrapping import lettered
from netmeta.network.words import assumptions_in_words
from netmeta.pooling.model import CommonEffect
from netmeta.pooling.words import effect, model_in_words, trials_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.network import NetworkEffect, NetworkResult

__all__ = ["network_forest_rows"]

_LARGEST, _LEAST = 190.0, 16.0
_NAME: Final = 34
_NOTE: Final = 110
_CHAR: Final = 6.0
_NARROWEST: Final = 540


def network_forest_rows(
    result: NetworkResult, *, feeds: Mapping[str, str] | None = None, space: int = 900
) -> ForestRows:
    """Lay out a network meta-analysis, one line a treatment.

    Parameters
    ----------
    result
        What `compare` gave.
    feeds
        A last line for the tooltips of some treatments: where their estimates come from.
    space
        Width to fill, in pixels: notes are broken to it.

    Returns
    -------
    ForestRows
        ``pi_low``, ``pi_high``, ``pi_left`` and ``pi_right`` of a line are its prediction interval, placed as
        ``low``, ``high``, ``left`` and ``right`` are; without one they are ``None``.
    """
    shown = result.effects[:MOST]
    axis = _axis(shown)
    most = max(one.se**-2 for one in shown)
    level = f"{result.model.level * 100:g}%"
    head = line("head", f"Against {result.reference}", f"HR ({level} CI)", "P-score")
    lines = [{**head, "n": "Trials"}]
    lines += [
        _treatment(one, result, axis, one.se**-2 / most, (feeds or {}).get(one.experimental, "")) for one in shown
    ]
    lines += [
        line("note", note, "", "") for note in _notes(result, min(int(max(space, _NARROWEST) / _CHAR), _NOTE))
    ]
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, _favours(result), len(result.effects) - len(shown))


def _axis(shown: tuple[NetworkEffect, ...]) -> RatioAxis:
    found = [interval.exp() for one in shown for interval in (one.ci, one.pi) if interval is not None]
    return ratio_axis([one.hr for one in shown], [bound for each in found for bound in (each.low, each.high)])


def _treatment(one: NetworkEffect, result: NetworkResult, axis: RatioAxis, share: float, feed: str) -> Row:
    ci = one.ci.exp()
    texts = line("trial", one.experimental, effect(one), numerals.decimal(result.p_scores[one.experimental]))
    return {
        **texts,
        **place(one.hr, ci.low, ci.high, axis),
        **_prediction(one, axis),
        "n": numerals.count(one.direct),
        "id": node_id(one.experimental),
        "size": max(_LEAST, _LARGEST * share),
        "tip": "\n".join(filter(None, (_tip(one), feed))),
    }


def _prediction(one: NetworkEffect, axis: RatioAxis) -> Row:
    names = ("low", "high", "left", "right")
    if one.pi is None:
        return {f"pi_{name}": None for name in names}
    pi = one.pi.exp()
    placed = place(one.hr, pi.low, pi.high, axis)
    return {f"pi_{name}": placed[name] for name in names}


def _tip(one: NetworkEffect) -> str:
    level = f"{one.level * 100:g}%"
    said = [one.comparison, f"HR {effect(one)}, {level} CI, {numerals.p_value(one.p_value)}"]
    if one.pi is not None:
        pi = one.pi.exp()
        said.append(f"In a new trial: {numerals.interval(pi.low, pi.high)}, {level} prediction interval")
    compared = f"{trials_in_words(one.direct)} compared them directly" if one.direct else "Indirect evidence alone"
    return "\n".join([*said, compared])


def _notes(result: NetworkResult, most: int) -> list[str]:
    bars = "Pale bars: prediction intervals. " if any(one.pi for one in result.effects) else ""
    score = numerals.decimal(result.p_scores[result.reference])
    notes = (
        f"{bars}Trials: those that compare the two directly. P-score of {_clipped(result.reference)}: {score}.",
        f"Network of {trials_in_words(result.k)}, {model_in_words(result.model)}",
        _heterogeneity(result),
        assumptions_in_words(result.assumptions),
    )
    return [part for note in notes for part in lettered(note, most)]


def _heterogeneity(result: NetworkResult) -> str:
    """Write the spread as journals print it; Q is that of the whole network, inconsistency within."""
    if not result.q_df:
        return "Heterogeneity: no comparison is made twice and no loop closes"
    tau2 = "" if isinstance(result.model, CommonEffect) else f"τ² = {numerals.decimal(result.tau2, 3)}, "
    return (
        f"Heterogeneity and inconsistency: {tau2}I² = {numerals.percent(result.i2)}, "
        f"Q = {numerals.decimal(result.q, 1)} on {result.q_df} df, {numerals.p_value(result.q_p)}"
    )


def _favours(result: NetworkResult) -> tuple[str, str]:
    """Say which side favours the reference, by name: the right one, where a low hazard ratio is good."""
    name = _clipped(result.reference)
    left, right = ("the therapy", name) if result.better == "lower" else (name, "the therapy")
    return f"← favours {left}", f"favours {right} →"


def _clipped(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
