"""Direct against indirect evidence as a forest plot: three lines for each comparison with both. Tests read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.few_ticks import with_room
from netmeta.charts.forest_rows import MOST, ForestRows, Row, line, place
from netmeta.charts.network_graph_rows import edge_id
from netmeta.charts.theme import SIZE, text_width
from netmeta.charts.wrapping import notes_of, wrapped
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.network import NodeSplits, Source, Split

__all__ = ["split_note", "split_rows"]

_SIZE: Final = 70.0
_HEADING, _HEADING_NARROW, _BOLD = 240, 150, 1.1
_NARROW: Final = 640
_ROOM: Final = 40


def split_note(found: NodeSplits) -> str:
    """Count the comparisons that cannot be split; empty where all can."""
    alone = len(found.rows) - len(found.split)
    if not alone:
        return ""
    if not found.split:
        return "No comparison has both direct and indirect evidence: inconsistency cannot be tested here."
    return f"{alone} of {len(found.rows)} direct comparisons have no indirect evidence and are left out."


def split_rows(found: NodeSplits | None, *, space: int = 900) -> ForestRows:
    """Lay out node splits: a heading with the P value of the difference, then direct, indirect and network.

    Parameters
    ----------
    found
        What `node_splits` gave; ``None`` for an empty plot.
    space
        Width to stay within, in pixels: notes are broken to it.

    Returns
    -------
    ForestRows
        Lines of the direct and the indirect estimate, of kind ``trial``, carry the id of the comparison. Without
        any comparison that can be split, there is a note and nothing else.
    """
    if found is None:
        return ForestRows((), ratio_axis((), ()), ("", ""), 0)
    shown = found.split[: MOST // 3]
    axis = with_room(_axis(shown), space)
    level = f"{found.result.model.level * 100:g}%"
    lines = [{**line("head", "Comparison", f"HR ({level} CI)", "Weight"), "n": "Trials"}] if shown else []
    for split in shown:
        lines += _group(split, axis, space)
    lines += [line("note", note, "", "") for note in _notes(found, space)]
    for at, row in enumerate(lines):
        row["row"] = at
    return ForestRows(
        tuple(lines), axis, ("← favours the first", "favours the second →"), len(found.split) - len(shown)
    )


def _sources(split: Split) -> list[Source]:
    return [one for one in (split.direct, split.indirect, split.network) if one is not None]


def _axis(shown: tuple[Split, ...]) -> RatioAxis:
    sources = [one for split in shown for one in _sources(split)]
    return ratio_axis(
        [one.hr for one in sources], [end for one in sources for end in (one.ci.exp().low, one.ci.exp().high)]
    )


def _group(split: Split, axis: RatioAxis, space: int) -> list[Row]:
    """Make the heading of a comparison, in two lines where it is long, and its three estimates."""
    heading = [line("group", name, "", "") for name in _heading(split, space)]
    heading[-1]["effect"] = f"difference: {numerals.p_value(split.difference.p_value)}" if split.difference else ""
    share = split.share
    parts = (
        ("trial", "direct", split.direct, numerals.count(split.k), numerals.percent(share)),
        ("trial", "indirect", split.indirect, "", numerals.percent(100 - share)),
        ("subtotal", "network", split.network, "", ""),
    )
    return [*heading, *(_line(split, part, axis) for part in parts), line("gap", "", "", "")]


def _heading(split: Split, space: int) -> tuple[str, ...]:
    """Name both treatments in a line, or in a line each."""
    room = (_HEADING if space >= _NARROW else _HEADING_NARROW) / _BOLD
    if text_width(split.comparison, SIZE) <= room:
        return (split.comparison,)
    (first,) = wrapped(split.experimental, room - text_width(" vs", SIZE), SIZE, 1)
    return f"{first} vs", *wrapped(split.control, room, SIZE, 1)


def _line(split: Split, part: tuple[str, str, Source | None, str, str], axis: RatioAxis) -> Row:
    kind, name, source, trials, share = part
    if source is None:
        return line("gap", "", "", "")
    ci = source.ci.exp()
    row = {**line(kind, name, effect(source), share), **place(source.hr, ci.low, ci.high, axis), "n": trials}
    if kind == "trial":
        return {**row, "id": edge_id(split.experimental, split.control), "size": _SIZE, "tip": _tip(split, name)}
    return {**row, "hr": min(max(source.hr, axis.low), axis.high)}


def _tip(split: Split, name: str) -> str:
    said = [f"{split.comparison}, {name} evidence"]
    if split.difference is not None:
        ratio = split.difference.ci.exp()
        said.append(
            f"Direct / indirect: {numerals.estimate(split.difference.hr, ratio.low, ratio.high)}, "
            f"{numerals.p_value(split.difference.p_value)}"
        )
    return "\n".join([*said, f"Direct evidence is {numerals.percent(split.share)} of the network estimate"])


def _notes(found: NodeSplits, space: int) -> tuple[str, ...]:
    weak = "Such tests have little power: agreement is no proof of consistency." if found.split else ""
    return notes_of((split_note(found), weak), space - _ROOM)
