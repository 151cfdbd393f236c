"""Where the treatments of a network stand: stress majorisation, or a circle. Pure geometry, the same each time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmeta.pooling.arrays import Floats

__all__ = ["LAYOUTS", "Links", "circle", "crossed_by", "crossings", "distances", "spread_out"]

LAYOUTS: Final = ("stress", "circle")
_ROUNDS: Final = 300
_STILL: Final = 1e-5
_STRETCH: Final = 2.4

Links = tuple[tuple[int, int], ...]


def distances(count: int, links: Links) -> Floats:
    """Return how many comparisons lie between each two treatments; parts that nothing joins are far apart."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in links:
        beside[one].append(other)
        beside[other].append(one)
    found = np.full((count, count), float(count))
    for start in range(count):
        _reach(start, beside, found[start])
    return found


def _reach(start: int, beside: list[list[int]], row: Floats) -> None:
    row[start] = 0.0
    seen, queue = {start}, deque([start])
    while queue:
        here = queue.popleft()
        for there in beside[here]:
            if there not in seen:
                seen.add(there)
                row[there] = row[here] + 1
                queue.append(there)


def circle(count: int, size: tuple[float, float], margin: tuple[float, float] = (0.0, 0.0)) -> Floats:
    """Put the treatments on an ellipse within the margins of a picture, clockwise from the top."""
    turn = 2 * np.pi * np.arange(count) / count - np.pi / 2
    middle = np.array(size) / 2
    found: Floats = middle + (middle - margin) * np.column_stack((np.cos(turn), np.sin(turn)))
    return found


def spread_out(count: int, links: Links, size: tuple[float, float], margin: tuple[float, float]) -> Floats:
    """Put treatments so that distances on paper follow distances in the network.

    Stress majorisation (Gansner, Koren & North 2005, Graph Drawing 3383:239), from the treatments on a circle in
    the order given and in the order in which a walk from the hub meets them; of the two, that with fewer crossings.

    Parameters
    ----------
    count
        Number of treatments.
    links
        The treatments that each direct comparison joins.
    size
        Width and height of the picture, in pixels.
    margin
        Left free on each side, and above and below.

    Returns
    -------
    numpy.ndarray
        Places in pixels, one row a treatment.
    """
    far = distances(count, links)
    tried = [_settled(circle(count, (1.0, 1.0))[np.argsort(order)], far) for order in _orders(count, links, far)]
    best = min(tried, key=lambda spots: (crossings(spots, links), round(_stress(spots, far), 6)))
    return _filled(_turned(best), np.array(size), np.array(margin))


def _orders(count: int, links: Links, far: Floats) -> list[list[int]]:
    degree = np.bincount(np.array(links).ravel(), minlength=count)
    hub = int(np.argmax(degree))
    joined: set[tuple[int, int]] = {pair for one, other in links for pair in ((one, other), (other, one))}
    walk, seen = [hub], {hub}

    def onwards(here: int) -> None:
        for there in sorted(range(count), key=lambda at: (-degree[at], at)):
            if there not in seen and (here, there) in joined:
                seen.add(there)
                walk.append(there)
                onwards(there)

    onwards(hub)
    rest = [at for at in sorted(range(count), key=lambda at: (far[hub, at], at)) if at not in seen]
    return [list(range(count)), walk + rest]


def _weights(far: Floats) -> Floats:
    return np.divide(1.0, far**2, out=np.zeros_like(far), where=far > 0)


def _gaps(spots: Floats) -> Floats:
    found: Floats = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    return found


def _settled(spots: Floats, far: Floats) -> Floats:
    weights = _weights(far)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        gaps = _gaps(spots)
        pull = np.divide(weights * far, gaps, out=np.zeros_like(far), where=gaps > 0)
        moved = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ spots)
        if np.abs(moved - spots).max() < _STILL:
            return moved
        spots = moved
    return spots


def _stress(spots: Floats, far: Floats) -> float:
    return float((_weights(far) * (_gaps(spots) - far) ** 2).sum())


def _turned(spots: Floats) -> Floats:
    """Lay the longest extent across; the first treatment goes to the upper left."""
    centred = spots - spots.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes.T
    signs = np.where(turned[0] > 0, -1.0, 1.0)
    found: Floats = turned * signs
    return found


def _filled(spots: Floats, size: Floats, margin: Floats) -> Floats:
    """Scale to the picture, across more than upwards where that fills it, within reason."""
    extent = np.maximum(np.ptp(spots, axis=0), 1e-6)
    scale = (size - 2 * margin) / extent
    scale = np.minimum(scale, scale.min() * _STRETCH)
    middle = (spots.max(axis=0) + spots.min(axis=0)) / 2
    found: Floats = (spots - middle) * scale + size / 2
    return found


def crossings(spots: Floats, links: Links) -> int:
    """Count the pairs of lines that cross each other."""
    ends = np.array(links)
    one, other = spots[ends[:, 0]], spots[ends[:, 1]]
    crossed = crossed_by(one[:, None], other[:, None], one[None], other[None])
    apart = (ends[:, None, :, None] != ends[None, :, None, :]).all(axis=(2, 3))
    return int((crossed & apart).sum()) // 2


def crossed_by(a: Floats, b: Floats, c: Floats, d: Floats) -> NDArray[np.bool_]:
    """Say whether lines from ``a`` to ``b`` and from ``c`` to ``d`` cross, broadcast over the leading axes."""
    found: NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
    return found


def _side(a: Floats, b: Floats, p: Floats) -> Floats:
    found: Floats = (b[..., 0] - a[..., 0]) * (p[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        p[..., 0] - a[..., 0]
    )
    return found
