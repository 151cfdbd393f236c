"""Net heat as a table: which designs disagree, and with which others. Tests read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.charts.matrix_names import Heading, most_columns
from netmeta.charts.matrix_rows import Matrix, MatrixFrame, Row, matrix_of
from netmeta.charts.network_graph_rows import edge_id
from netmeta.charts.wrapping import pair_name

if TYPE_CHECKING:
    from netmeta.network import NetHeat

__all__ = ["design_id", "heat_order", "heat_rows"]

_FULL: Final = 0.9
_FLOOR, _ROOF = 4.0, 8.0
_HEARD: Final = 0.005
_TWO: Final = 2
_SHARE: Final = 1.0


def design_id(design: tuple[str, ...]) -> str:
    """Return the id of a design's line: that of its comparison where it has two arms."""
    return edge_id(*design) if len(design) == _TWO else f"design:{'|'.join(design)}"


def heat_order(found: NetHeat) -> tuple[int, ...]:
    """Order the designs that have any part, hot ones together.

    From the design with the largest part on, each time the one follows that has the largest change with any before
    it: so a maximum spanning tree grows (Prim 1957).
    """
    size = range(len(found.designs))
    ties = [[abs(found.heat[one][other]) + abs(found.heat[other][one]) for other in size] for one in size]
    left = [at for at in size if max(ties[at]) >= _HEARD]
    order: list[int] = []
    while left:
        before = order

        def near(at: int, before: list[int] = before) -> tuple[float, float]:
            return max((ties[at][other] for other in before), default=0.0), abs(found.parts[at])

        order = [*before, max(left, key=near)]
        left.remove(order[-1])
    return tuple(order)


def heat_rows(found: NetHeat | None, *, space: int = 900) -> Matrix:
    """Lay out the net heat: a line for the design that is looked at, a column for the one that is detached.

    Parameters
    ----------
    found
        What `net_heat` gave; ``None`` for an empty matrix.
    space
        Width to stay within, in pixels.

    Returns
    -------
    Matrix
        ``tint`` of a cell is the change, warm where the two disagree; it is full at the largest change, or at 4
        where that is less (and at 8 where it is more): chance alone gives 4 in one of twenty comparisons. ``share``
        is the area of the square in it. Designs that have no part are left out and counted, as are those without
        room.
    """
    if found is None:
        return Matrix(rows=())
    order = heat_order(found)[: most_columns(space)]
    full = min(max([_FLOOR, *(abs(found.heat[one][other]) for one in order for other in order)]), _ROOF)
    columns = [
        Heading(pair_name(found.designs[at], " : ", space), design_id(found.designs[at]), _named(found, at))
        for at in order
    ]
    lines = [
        Heading(head.text, head.id, head.tip, numerals.decimal(found.parts[at]))
        for at, head in zip(order, columns, strict=True)
    ]
    cells = [
        _cell(found, (row, one), (at, other), full)
        for row, one in enumerate(order)
        for at, other in enumerate(order)
    ]
    frame = MatrixFrame(
        title="Design" if order else "", across="Design that is detached" if order else "",
        side="Part of Q" if order else "", key=_key() if order else (), notes=_notes(found, len(order), full),
        widest=64, square=True,
    )  # fmt: skip
    return matrix_of(lines, columns, [cell for cell in cells if cell], frame, space=space)


def _cell(found: NetHeat, line: tuple[int, int], column: tuple[int, int], full: float) -> Row:
    """Make a cell; nothing where there is nothing to see."""
    (row, one), (at, other) = line, column
    change, share = found.heat[one][other], found.shares[one][other]
    if abs(change) < _HEARD and share < _SHARE:
        return {}
    return {
        "kind": "cell", "row": row, "at": at, "id": design_id(found.designs[one]), "text": "",
        "tone": "warm" if change > 0 else "cool", "tint": round(min(1.0, abs(change) / full) * _FULL, 4),
        "share": round(min(1.0, share / 100), 4), "tip": _tip(found, one, other),
    }  # fmt: skip


def _tip(found: NetHeat, one: int, other: int) -> str:
    change, share = found.heat[one][other], numerals.percent(found.shares[one][other])
    name, detached = found.names[one], found.names[other]
    if one == other:
        return f"{_named(found, one)}\nIt weighs {share} in its own network estimate"
    weight = f"{detached} weighs {share} in the network estimate of {name}"
    if abs(change) < _HEARD:
        return f"Detaching {detached} leaves the part of {name} as it is\n{weight}"
    size = numerals.decimal(abs(change))
    part = f"the part of {name} in the inconsistency by {size}"
    if change > 0:
        return f"Detaching {detached} lowers {part}: they disagree\n{weight}"
    return f"Detaching {detached} raises {part}: it holds the other to the network\n{weight}"


def _named(found: NetHeat, at: int) -> str:
    return f"{found.names[at]}\nPart of Q between designs: {numerals.decimal(found.parts[at])}"


def _key() -> tuple[Row, ...]:
    """Say what colours and squares mean."""
    return (
        {"text": "disagree", "tone": "warm", "tint": 0.7},
        {"text": "support each other", "tone": "cool", "tint": 0.7},
        {"text": "weight of the column in the line's estimate", "share": 0.5},
    )


def _notes(found: NetHeat, shown: int, full: float) -> tuple[str, ...]:
    total, named = len(found.designs), sum(1 for _ in heat_order(found))
    if not shown:
        return ("No design disagrees with the network: no loop joins designs, or they agree.",)
    left, cut = total - named, named - shown
    top = numerals.decimal(full, 0 if full in (_FLOOR, _ROOF) else 1)
    without = f"{left} of {total} designs have no part in the inconsistency and are left out." if left else ""
    return (
        f"Q between designs = {numerals.decimal(sum(found.parts))} at τ² = {numerals.decimal(found.tau2, 3)}.",
        f"Colour: how much of a line's part goes when a column is detached (diagonal: the part). Full at {top}.",
        without,
        f"The first {shown} of {named} designs are drawn." if cut else "",
    )
