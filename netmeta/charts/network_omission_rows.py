"""A network without each trial as a forest plot: one treatment against the reference. Tests read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.few_ticks import with_room
from netmeta.charts.forest_rows import MOST, ForestRows, Row, diamond, line, place
from netmeta.charts.theme import SIZE
from netmeta.charts.wrapping import notes_of, wrapped
from netmeta.errors import NetworkError
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.network import NetworkOmission, NetworkOmissions, OmittedEffect

__all__ = ["most_moved", "network_omission_rows"]

_SIZE: Final = 70.0
_ROOM, _NAME, _NARROW = 40, 34, 640
_LABEL, _LABEL_NARROW = 240, 140


def most_moved(found: NetworkOmissions) -> str:
    """Return the treatment whose effect against the reference moves most when some trial is left out."""
    overall = {one.experimental: one.log_hr for one in found.overall.effects}
    moves = ((abs(one.log_hr - overall[one.treatment]), one.treatment) for row in found.rows for one in row.effects)
    return max(moves, key=lambda move: move[0], default=(0.0, next(iter(overall))))[1]


def network_omission_rows(found: NetworkOmissions | None, treatment: str = "", *, space: int = 900) -> ForestRows:
    """Lay out the network without each trial: a line a trial, and all of them.

    Parameters
    ----------
    found
        What `omit_trials` gave; ``None`` for an empty plot.
    treatment
        The treatment that is shown against the reference; by default the one that moves most.
    space
        Width to stay within, in pixels: notes are broken to it.

    Returns
    -------
    ForestRows
        The id of a line is the key of the trial's first row. Where nothing joins the treatment to the reference
        without a trial, its line, of kind ``out``, says so and has no marks.

    Raises
    ------
    NetworkError
        For a treatment that the network does not have, and the reference.
    """
    if found is None:
        return ForestRows((), ratio_axis((), ()), ("", ""), 0)
    name = treatment or most_moved(found)
    found.overall.place(name)
    if name == found.overall.reference:
        raise NetworkError(f"{name} is the reference: choose a treatment that is shown against it.")
    shown, axis = found.rows[:MOST], with_room(_axis(found, name), space)
    room = _LABEL if space >= _NARROW else _LABEL_NARROW
    lines = [_head(found), *(_line(row, row.effect(name), axis, room) for row in shown)]
    lines.append(_overall(found, name, axis))
    lines += [line("note", note, "", "") for note in _notes(found, name, space)]
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(tuple(lines), axis, _favours(found, name), len(found.rows) - len(shown))


def _axis(found: NetworkOmissions, name: str) -> RatioAxis:
    effects = [one for row in found.rows[:MOST] if (one := row.effect(name)) is not None]
    overall = found.overall.effect(name)
    intervals = [overall.ci.exp(), *(one.ci.exp() for one in effects)]
    return ratio_axis(
        [overall.hr, *(one.hr for one in effects)], [end for ci in intervals for end in (ci.low, ci.high)]
    )


def _head(found: NetworkOmissions) -> Row:
    return line("head", "Without", f"HR ({found.overall.model.level * 100:g}% CI)", "τ²")


def _line(row: NetworkOmission, one: OmittedEffect | None, axis: RatioAxis, room: int) -> Row:
    tau2, (label,) = numerals.decimal(row.tau2, 3), wrapped(row.label, room, SIZE, 1)
    said = [f"Without {row.label}", f"τ² = {tau2}; highest P-score: {row.best}"]
    if row.lost:
        said.append(f"Not connected without it: {', '.join(row.lost)}")
    tip = {"id": row.keys[0], "tip": "\n".join(said)}
    if one is None:
        return {**line("out", label, "not connected", tau2), **tip}
    ci = one.ci.exp()
    return {
        **line("trial", label, effect(one), tau2),
        **place(one.hr, ci.low, ci.high, axis),
        "size": _SIZE,
        **tip,
    }


def _overall(found: NetworkOmissions, name: str, axis: RatioAxis) -> Row:
    one = found.overall.effect(name)
    ci = one.ci.exp()
    row = line("pooled", "All of them", effect(one), numerals.decimal(found.overall.tau2, 3))
    return {**row, **diamond(one.hr, ci.low, ci.high, axis)}


def _favours(found: NetworkOmissions, name: str) -> tuple[str, str]:
    """Name both arms; the treatment is favoured to the left, where a low hazard ratio is good."""
    names = [each if len(each) <= _NAME else f"{each[: _NAME - 1]}…" for each in (name, found.overall.reference)]
    left, right = names if found.overall.better == "lower" else reversed(names)
    return f"← favours {left}", f"favours {right} →"


def _notes(found: NetworkOmissions, name: str, space: int) -> tuple[str, ...]:
    lost = sum(name in row.lost for row in found.rows)
    only = f"Without {'one' if lost == 1 else 'any one'} of {lost} trials" if lost > 1 else "Without one trial"
    notes = (
        f"{name} against {found.overall.reference}, in the network without each trial in turn.",
        f"{only}, nothing joins the two." if lost else "",
    )
    return notes_of(notes, space - _ROOM)
