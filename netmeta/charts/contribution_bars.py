"""What feeds one network estimate, as bars: trials or direct comparisons, the largest first. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.contribution_rows import BY
from netmeta.charts.network_graph_rows import edge_id
from netmeta.charts.theme import SIZE
from netmeta.charts.wrapping import block_width, blocks, notes_of, pair_name
from netmeta.errors import SelectionError, hint, shown
from netmeta.pooling.words import effect

if TYPE_CHECKING:
    from netmeta.network import NetworkContributions

__all__ = ["ContributionBars", "bar_signals", "contribution_bars"]

_MOST: Final = 40
_NARROW: Final = 640
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContributionBars:
    """Bars of an estimate.

    Parameters
    ----------
    rows
        By ``kind``: ``head`` (the estimate), ``bar`` (``share`` from 0 to 1 and ``length``, its part of the
        longest) and ``note``.
    lines
        How many bars there are.
    tall
        Height of a line, pixels.
    """

    rows: tuple[Row, ...]
    lines: int = 0
    tall: int = 24


def contribution_bars(
    found: NetworkContributions | None, comparison: tuple[str, str] = ("", ""), *, by: str = "trial",
    space: int = 900,
) -> ContributionBars:  # fmt: skip
    """Lay out what feeds one estimate.

    Parameters
    ----------
    found
        What `network_contributions` gave; ``None`` for an empty plot.
    comparison
        The two treatments of the estimate.
    by
        What gives: ``"trial"`` or ``"comparison"``.
    space
        Width to stay within, in pixels.

    Returns
    -------
    ContributionBars
        The first 40 bars; what is left out is counted.

    Raises
    ------
    NetworkError
        For a pair that the network does not have.
    SelectionError
        For another ``by``.
    """
    if by not in BY:
        raise SelectionError(f"Contributions are by comparison or by trial, not by {shown(by)}.{hint(str(by), BY)}")
    if found is None:
        return ContributionBars(())
    sources = _trials(found, comparison, space) if by == "trial" else _comparisons(found, comparison, space)
    bars, most = sources[:_MOST], max((row["share"] for row in sources), default=1.0)
    names = blocks([row["label"] for row in bars], _room(space), SIZE, 2)
    rows = [
        {**row, "row": at, "length": row["share"] / most, "label": "\n".join(name), "lift": -(len(name) - 1) / 2}
        for at, (row, name) in enumerate(zip(bars, names, strict=True))
    ]
    notes = enumerate(notes_of(_notes(sources[_MOST:], by), space))
    notes_below = [{"kind": "note", "text": note, "at": at} for at, note in notes]
    tall = 9 + 15 * max(map(len, names), default=1)
    return ContributionBars((_head(found, comparison, by), *rows, *notes_below), len(bars), tall)


def bar_signals(table: ContributionBars, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of the bars: widths of their texts, and how many there are."""
    bars = [row for row in table.rows if row["kind"] == "bar"]
    return {
        "space": space,
        "w_label": int(block_width(tuple(line for row in bars for line in row["label"].split("\n")))) + 1,
        "w_text": int(block_width(tuple(row["text"] for row in bars), SIZE - 1)) + 1,
        "lines": table.lines,
        "tall": table.tall,
        "notes": sum(row["kind"] == "note" for row in table.rows),
        "focused": "",
        "picked": "",
    }


def _head(found: NetworkContributions, comparison: tuple[str, str], by: str) -> Row:
    one = found.result.effect(*comparison)
    sources = {"trial": "Trials", "comparison": "Direct comparisons"}[by]
    return {"kind": "head", "title": f"{sources} that feed {one.comparison}", "text": f"Network HR {effect(one)}"}


def _room(space: int) -> int:
    return 130 if space < _NARROW else 250


def _trials(found: NetworkContributions, comparison: tuple[str, str], space: int) -> list[Row]:
    rows = []
    for key, share in found.of(*comparison).items():
        trial = found.result.evidence[key]
        tip = f"{trial.label}\n{trial.comparison}\n{_percent(share)} of the estimate"
        about = pair_name((trial.experimental, trial.control), " vs ", space) if space >= _NARROW else ""
        rows.append(_bar(key, trial.label, share, about, tip))
    return rows


def _comparisons(found: NetworkContributions, comparison: tuple[str, str], space: int) -> list[Row]:
    rows = []
    for edge, share in found.of_comparisons(*comparison).items():
        graph_edge = found.result.graph.edge(*edge)
        k = len(graph_edge.keys) if graph_edge else 0
        trials = "1 trial" if k == 1 else f"{numerals.count(k)} trials"
        tip = f"{' vs '.join(edge)}\n{trials}\n{_percent(share)} of the estimate"
        rows.append(
            _bar(edge_id(*edge), pair_name(edge, " vs ", space), share, trials if space >= _NARROW else "", tip)
        )
    return rows


def _bar(key: str, label: str, share: float, about: str, tip: str) -> Row:
    text = f"{_percent(share)} · {about}" if about else _percent(share)
    return {"kind": "bar", "id": key, "label": label, "share": share / 100, "text": text, "tip": tip}


def _percent(share: float) -> str:
    return numerals.percent(share) if share >= 1 else "under 1%"


def _notes(left: list[Row], by: str) -> tuple[str, ...]:
    if not left:
        return ()
    names = {"trial": "trials", "comparison": "direct comparisons"}[by]
    share = 100 * sum(row["share"] for row in left)
    return (f"{len(left)} more {names} give {_percent(share)} together.",)
