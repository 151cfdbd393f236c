"""A network of treatments as tables: a node for each treatment, a line for each comparison. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2
from typing import TYPE_CHECKING, Any, Final

from netmeta.charts.network_graph_tips import edge_tip, node_tip, note_lines, oriented
from netmeta.charts.network_layout import LAYOUTS
from netmeta.charts.network_patients import arms_of
from netmeta.charts.network_picture import MANY, pictured
from netmeta.charts.theme import SIZE
from netmeta.errors import SelectionError, hint, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.network import NetworkResult

__all__ = [
    "BY", "LEAST", "WIDEST", "NetworkGraphRows", "edge_id", "graph_size", "network_graph_rows",
    "network_graph_signals", "node_id",
]  # fmt: skip

BY: Final = ("precision", "trials")
LEAST: Final = 280
WIDEST: Final = 860
"""Pixels: a wider picture is no easier to read."""
_THINNEST: Final = 1.4
_WRITTEN: Final = 560

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NetworkGraphRows:
    """The tables of a network graph, how high it is, and what stands under it.

    Parameters
    ----------
    nodes
        One row a treatment: ``id``, ``name``, the ``lines`` its name is broken into, ``x`` and ``y`` (0 to 1 from
        the upper left), ``r`` (pixels), where the name stands, whether there is room for it (``named``), ``tip``.
    edges
        One row a comparison: ``id``, ``from`` and ``to`` (node ids), ``x``, ``y``, ``x2``, ``y2``, ``width``
        (pixels), ``trials``, ``tip``; ``kind`` is ``"direct"``, or ``"indirect"`` for a chosen comparison that no
        trial makes.
    areas
        The corners of the areas of studies of several arms, in order: ``area``, ``from`` (a node id), ``x``, ``y``.
    height
        Of the picture, pixels.
    room
        For names, to the left of the plot, above, to the right and below, pixels.
    note
        Lines under the picture.
    reference
        Id of the node that others are compared with.
    size
        Of the type, pixels.
    """

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]
    areas: tuple[Row, ...]
    height: int
    room: tuple[float, float, float, float]
    note: tuple[str, ...]
    reference: str
    size: int

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The rows by the names of their data sets."""
        return {"nodes": list(self.nodes), "edges": list(self.edges), "areas": list(self.areas)}

    def inner(self, width: int) -> tuple[float, float]:
        """Return width and height of the plot in a page of some width, as the chart itself will."""
        left, above, right, below = self.room
        return min(max(width - 40, LEAST), WIDEST) - left - right, self.height - above - below


def node_id(treatment: str) -> str:
    """Return the id of a treatment's row."""
    return f"node:{treatment}"


def edge_id(one: str, other: str) -> str:
    """Return the id of a comparison's row, whichever way round."""
    return "edge:" + "|".join(sorted((one, other), key=lambda name: (name.casefold(), name)))


def graph_size(treatments: int, width: int) -> tuple[int, int]:
    """Return width and height of the graph, in pixels, in a page of some width."""
    return min(max(width - 40, LEAST), WIDEST), min(150 + 28 * treatments, 540 + 7 * max(0, treatments - MANY))


def network_graph_rows(
    result: NetworkResult | None,
    *,
    places: Mapping[str, tuple[float, float]] | None = None,
    chosen: tuple[str, str] | None = None,
    reference: str = "",
    by: str = "precision",
    layout: str = "stress",
    width: int = 900,
    like: NetworkResult | None = None,
) -> NetworkGraphRows:
    """Lay out a network; nothing for ``None``.

    Parameters
    ----------
    result
        What `compare` gave.
    places
        Where treatments were put by hand, as fractions of the picture; the others stand where they stood before.
    chosen
        A comparison that is to have a line even where no trial makes it.
    reference
        The treatment that others are compared with; by default the result's own.
    by
        What the width of a line stands for: ``"precision"`` of its trials (the sum of 1/SE2) or their number,
        ``"trials"``.
    layout
        ``"stress"`` or ``"circle"``.
    width
        Of the page, in pixels: names have to find room.
    like
        A network of more trials, with all of these treatments: they stand where they stand in its picture, so that
        a trial that is taken out moves nothing.

    Raises
    ------
    SelectionError
        For a ``by`` or a ``layout`` that does not exist.
    """
    _one_of("by", by, BY)
    _one_of("layout", layout, LAYOUTS)
    if result is None:
        return NetworkGraphRows((), (), (), graph_size(2, width)[1], (0.0,) * 4, (), "", SIZE)
    main = reference or result.reference
    whole = like if like is not None and set(result.treatments) <= set(like.treatments) else result
    arms, size = arms_of(result), graph_size(len(whole.treatments), width)
    more = _indirect(result, chosen)
    picture = pictured(result, main, arms, size, layout=layout, places=places or {}, more=more, whole=whole)
    nodes = {
        name: {"id": node_id(name), "name": name, **place, "tip": node_tip(name, arms[name], result, main)}
        for name, place in zip(result.treatments, picture.places(), strict=True)
    }
    edges = _edges(result, nodes, main, by, more)
    areas = _areas(result, nodes)
    note = note_lines(result, arms, by, bool(areas), min(max(width - 40, LEAST), _WRITTEN))
    return NetworkGraphRows(
        tuple(nodes.values()), edges, areas, size[1], picture.room, tuple(note), node_id(main), picture.type
    )


def network_graph_signals(table: NetworkGraphRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of a network graph: its height, its type, its reference and what stands under it."""
    return {
        "space": space,
        "tall": table.height,
        **dict(zip(("room_left", "room_above", "room_right", "room_below"), table.room, strict=True)),
        "type": table.size,
        "reference": table.reference,
        "note": list(table.note),
        "drag": "nodes",
        "focused": "",
        "picked": "",
    }


def _one_of(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise SelectionError(f"{name} is one of {', '.join(known)}, not {shown(given)}.{hint(str(given), known)}")


def _indirect(result: NetworkResult, chosen: tuple[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Return a chosen comparison that no trial makes; nothing where its treatments are not in the network."""
    if chosen is None or not set(chosen) <= set(result.treatments) or result.graph.edge(*chosen) is not None:
        return ()
    return (chosen,)


def _edges(
    result: NetworkResult, nodes: dict[str, Row], reference: str, by: str, more: tuple[tuple[str, str], ...]
) -> tuple[Row, ...]:
    trials = {trial.key: trial for trial in result.evidence}
    direct = {edge.treatments: tuple(trials[key] for key in edge.keys) for edge in result.graph.edges}
    weights = {
        pair: float(len(found)) if by == "trials" else sum((trial.se or 1.0) ** -2 for trial in found)
        for pair, found in direct.items()
    }
    most, thickest = max(weights.values()), 9.0 if len(nodes) <= MANY else 6.0
    pairs: dict[tuple[str, str], float] = {
        pair: max(_THINNEST, thickest * weight / most) for pair, weight in weights.items()
    }
    pairs.update(dict.fromkeys(more, _THINNEST))
    return tuple(
        {
            "kind": "direct" if pair in direct else "indirect",
            "id": edge_id(*pair),
            "trials": len(direct.get(pair, ())),
            "width": round(width, 2),
            **_ends(*(nodes[name] for name in pair)),
            "tip": edge_tip(oriented(pair, direct.get(pair, ()), result, reference), direct.get(pair, ()), result),
        }
        for pair, width in pairs.items()
    )


def _ends(one: Row, other: Row) -> Row:
    places = {"x": one["x"], "y": one["y"], "x2": other["x"], "y2": other["y"]}
    return {"from": one["id"], "to": other["id"], **places}


def _areas(result: NetworkResult, nodes: dict[str, Row]) -> tuple[Row, ...]:
    """Return the corners of each design of three treatments and more, in the order round their middle."""
    rows: list[Row] = []
    for at, design in enumerate(result.graph.designs):
        if len(design) > 2:  # noqa: PLR2004
            corners = [nodes[name] for name in design]
            x, y = (sum(corner[axis] for corner in corners) / len(corners) for axis in ("x", "y"))
            corners.sort(key=lambda corner: atan2(corner["y"] - y, corner["x"] - x))
            rows += [{"area": at, "from": corner["id"], "x": corner["x"], "y": corner["y"], "at": place}
                     for place, corner in enumerate(corners)]  # fmt: skip
    return tuple(rows)
