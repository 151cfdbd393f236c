"""Noisy readings of a falling curve made to fall: monotone regression by medians."""

from __future__ import annotations

from heapq import merge
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["falling"]


def falling(values: Sequence[float]) -> tuple[float, ...]:
    """Return the non-increasing sequence nearest to ``values`` in the sum of absolute errors.

    Pool adjacent violators with block medians (Robertson, Wright and Dykstra 1988, section 1.2). Readings that fall
    throughout come back unchanged. A running minimum would follow each reading that is too low, and sit below the
    curve; means would be moved by a slip of the hand, as medians are not.
    """
    blocks: list[tuple[float, list[float]]] = []
    for value in values:
        level, members = value, [value]
        while blocks and blocks[-1][0] < level:
            members = list(merge(blocks.pop()[1], members))
            level = median(members)
        blocks.append((level, members))
    return tuple(level for level, members in blocks for _ in members)
