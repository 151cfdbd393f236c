"""Room for the names in a network graph: on which side of its node each stands, and nodes moved out of the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.charts.network_layout import circle, crossed_by, spread_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmeta.charts.network_layout import Links
    from netmeta.pooling.arrays import Floats

__all__ = ["GAP", "Drawing", "drawn", "free", "named"]

GAP: Final = 7.0
"""Pixels between a node and its name."""
_TURNS: Final = 16
_RINGS: Final = (0.0, 14.0)
_WAYS: Final = 16
_STRETCH: Final = 1.6
_STEPS: Final = (0.4, 0.25, 0.4, 0.25, 0.15, 0.1, 0.25, 0.15, 0.08, 0.05, 0.03, 0.02)
_APART, _CLEAR, _EDGE = 26.0, 12.0, 3.0
_CROSSING, _THROUGH, _OVER, _STRUCK, _OUTSIDE, _AWAY = 1.0, 1.6, 3.0, 0.8, 0.3, 3.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network on paper, in pixels: centres and radii of nodes, names beside them, and lines.

    Parameters
    ----------
    spots, radii
        Centre and radius of each node.
    halves
        Half the width and height of each name.
    offsets
        From the centre of each node to that of its name.
    links
        The nodes that each line joins, one row a line.
    size
        Width and height of the picture.
    """

    spots: Floats
    radii: Floats
    halves: Floats
    offsets: Floats
    links: NDArray[np.int64]
    size: Floats


@lru_cache(maxsize=64)
def drawn(
    layout: str, links: Links, halves: tuple[tuple[float, float], ...], radius: float, size: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Return the place of each node, in pixels, with room for its name; the same for the same network.

    Parameters
    ----------
    layout
        ``"stress"`` or ``"circle"``.
    links
        The nodes that each line joins.
    halves
        Half the width and height of each name, pixels.
    radius
        Of the largest node: how large one is in truth does not move it.
    size
        Width and height of the picture, pixels.
    """
    count = len(halves)
    margin = _margin(halves, radius, size)
    if layout == "circle":
        return _pairs(circle(count, size, margin))
    picture = Drawing(
        spread_out(count, links, size, margin), np.full(count, radius), np.array(halves),
        np.zeros((count, 2)), np.array(links), np.array(size),
    )  # fmt: skip
    anchors = picture.spots.copy()
    for step in _STEPS:
        named(picture)
        for at in range(count):
            _move(picture, at, anchors[at], step * float(min(size)))
    return _pairs(_fitted(picture))


def _margin(
    halves: tuple[tuple[float, float], ...], radius: float, size: tuple[float, float]
) -> tuple[float, float]:
    """Leave room for the largest name outside of a node, up to a fifth of the picture on each side."""
    across, down = (max(half[axis] for half in halves) for axis in (0, 1))
    reach = radius + GAP + _EDGE
    return min(2 * across + reach, size[0] / 5), min(2 * down + reach, size[1] / 5)


def _pairs(spots: Floats) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in spots)


def _fitted(picture: Drawing) -> Floats:
    """Spread nodes until they fill the picture, names and all, and put the whole in the middle."""
    named(picture)
    spread = [_spread(picture, axis) for axis in (0, 1)]
    return np.column_stack(spread)


def _spread(picture: Drawing, axis: int) -> Floats:
    spots, room = picture.spots[:, axis], float(picture.size[axis]) - 2 * _EDGE
    names, halves = picture.offsets[:, axis], picture.halves[:, axis]
    low, high = np.minimum(names - halves, -picture.radii), np.maximum(names + halves, picture.radii)
    scales = np.linspace(_STRETCH, 1.0, 21)
    fits = [scale for scale in scales if (scale * spots + high).max() - (scale * spots + low).min() <= room]
    wide: Floats = spots * (fits[0] if fits else 1.0)
    moved: Floats = wide + (room - (wide + high).max() - (wide + low).min()) / 2 + _EDGE
    return moved


def named(picture: Drawing, sweeps: int = 3) -> Floats:
    """Choose on which side of its node each name stands; return their costs, under `_OVER` where nothing is met."""
    costs = np.zeros(len(picture.spots))
    for _ in range(sweeps):
        for at in range(len(costs)):
            offsets = _offsets(picture, at)
            cost = _name_cost(picture, at, picture.spots[at] + offsets) + _inwards(picture, at, offsets)
            best = int(np.argmin(cost))
            picture.offsets[at], costs[at] = offsets[best], cost[best]
    return costs


def _sides() -> Floats:
    """Return where a name may stand, all round a node: the directions, pushed out to the sides of a square."""
    turn = 2 * np.pi * np.arange(_TURNS) / _TURNS
    ways = np.column_stack((np.cos(turn), np.sin(turn)))
    found: Floats = np.round(2 * ways / np.abs(ways).max(axis=1, keepdims=True)) / 2
    return found


_SIDES: Final = _sides()


def _offsets(picture: Drawing, at: int) -> Floats:
    slant = 1 / np.hypot(_SIDES[:, 0], _SIDES[:, 1])
    rings = [_SIDES * (picture.halves[at] + ((picture.radii[at] + GAP) * slant + more)[:, None]) for more in _RINGS]
    return np.concatenate(rings)


def _inwards(picture: Drawing, at: int, offsets: Floats) -> Floats:
    """Make a name a little dearer towards the neighbours of its node, askew, and farther away."""
    ends = picture.links
    near = np.concatenate((ends[ends[:, 0] == at, 1], ends[ends[:, 1] == at, 0]))
    ways = _unit(picture.spots[near] - picture.spots[at]).sum(axis=0)
    outside = _unit(offsets) @ -_unit(ways[None])[0]
    askew = 0.1 * np.abs(_SIDES).min(axis=1)
    found: Floats = 0.12 * (1 - outside) + np.concatenate([askew + more / 25 for more in _RINGS])
    return found


def _unit(ways: Floats) -> Floats:
    found: Floats = ways / np.maximum(np.hypot(ways[..., 0], ways[..., 1]), 1e-9)[..., None]
    return found


def _name_cost(picture: Drawing, at: int, centres: Floats) -> Floats:
    """Return what a name costs at some places: on nodes, other names and lines, and outside the picture."""
    others = np.arange(len(picture.spots)) != at
    half = picture.halves[at]
    gaps = _from_box(picture.spots[others][None], centres[:, None], half) - picture.radii[others]
    cost = _OVER * _near(gaps, 4.0).sum(axis=1)
    names = (picture.spots + picture.offsets)[others]
    room = half + picture.halves[others] + _EDGE - np.abs(centres[:, None] - names[None])
    met = (room > 0).all(axis=2)
    cost += _OVER * (met * (1 + room.min(axis=2) / 20)).sum(axis=1)
    one, other = picture.spots[picture.links[:, 0]], picture.spots[picture.links[:, 1]]
    cost += _STRUCK * _strikes(one[None], other[None], centres[:, None], half).sum(axis=1)
    beyond = np.abs(centres - picture.size / 2) + half - picture.size / 2 + 2
    found: Floats = cost + _OVER * (beyond > 0).any(axis=1) + _OUTSIDE * np.maximum(beyond, 0).sum(axis=1)
    return found


def _near(gaps: Floats, least: float) -> Floats:
    """Return 0 from ``least`` pixels on, and 1 and more where two things touch."""
    found: Floats = np.maximum(0.0, 1 - gaps / least)
    return found


def _from_box(points: Floats, centres: Floats, half: Floats) -> Floats:
    found: Floats = np.hypot(*np.moveaxis(np.maximum(np.abs(points - centres) - half, 0.0), -1, 0))
    return found


def _strikes(one: Floats, other: Floats, centres: Floats, half: Floats) -> NDArray[np.bool_]:
    """Say which lines run through which boxes: those that are within both extents of a box at one time."""
    way = other - one
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)  # noqa: PLR2004
    first, last = (centres - half - one) / way, (centres + half - one) / way
    enters = np.maximum(np.minimum(first, last).max(axis=-1), 0.0)
    leaves = np.minimum(np.maximum(first, last).min(axis=-1), 1.0)
    found: NDArray[np.bool_] = enters < leaves
    return found


def _move(picture: Drawing, at: int, anchor: Floats, step: float) -> None:
    """Move a node, with its name, to the best place within a step: where it stands costs nothing to keep."""
    turn = 2 * np.pi * np.arange(_WAYS) / _WAYS
    ring = np.column_stack((np.cos(turn), np.sin(turn)))
    tried = picture.spots[at] + np.concatenate((np.zeros((1, 2)), step * ring, step / 2 * ring))
    # A hub stays in the middle of what hangs on it.
    held = _AWAY * float((picture.links == at).sum())
    away = held * (((tried - anchor) / picture.size) ** 2).sum(axis=1)
    cost = _node_cost(picture, at, tried) + _line_cost(picture, at, tried) + away
    cost += _name_cost(picture, at, tried + picture.offsets[at])
    picture.spots[at] = tried[int(np.argmin(cost))]


def _node_cost(picture: Drawing, at: int, tried: Floats) -> Floats:
    """Return what a node costs at some places: near nodes, on names, on lines of others, outside."""
    others = np.arange(len(picture.spots)) != at
    radius, spots = picture.radii[at], picture.spots
    gaps = np.hypot(*np.moveaxis(tried[:, None] - spots[others], -1, 0)) - radius - picture.radii[others]
    cost = _OVER * _near(gaps, _APART).sum(axis=1)
    names = _from_box(tried[:, None], (spots + picture.offsets)[others], picture.halves[others]) - radius
    cost += _OVER * _near(names, _EDGE).sum(axis=1)
    apart = (picture.links != at).all(axis=1)
    one, other = spots[picture.links[apart, 0]], spots[picture.links[apart, 1]]
    cost += _THROUGH * _near(_from_line(tried[:, None], one, other) - radius, _CLEAR).sum(axis=1)
    beyond = np.abs(tried - picture.size / 2) + radius - picture.size / 2 + _EDGE
    found: Floats = cost + _OUTSIDE * np.maximum(beyond, 0).sum(axis=1)
    return found


def _line_cost(picture: Drawing, at: int, tried: Floats) -> Floats:
    """Return what the lines of a node cost: through nodes and names, over other lines, and close to each other."""
    ends, spots = picture.links, picture.spots
    near = np.concatenate((ends[ends[:, 0] == at, 1], ends[ends[:, 1] == at, 0]))
    here, there = tried[:, None, None], spots[near][None, :, None]
    passed = np.arange(len(spots))[None] != np.column_stack((near, np.full(len(near), at)))[:, :, None]
    others = passed.all(axis=1)
    through = _near(_from_line(spots[None, None], here, there) - picture.radii, _CLEAR)
    struck = _strikes(here, there, (spots + picture.offsets)[None, None], picture.halves)
    cost = _THROUGH * (through * others).sum(axis=(1, 2)) + _STRUCK * (struck * others).sum(axis=(1, 2))
    apart = (ends != at).all(axis=1)
    free_ends = (ends[apart][None] != near[:, None, None]).all(axis=2)
    crossed = crossed_by(here, there, spots[ends[apart, 0]], spots[ends[apart, 1]])
    ways = _unit(spots[near][None] - tried[:, None])
    narrow = np.maximum(np.einsum("cad,cbd->cab", ways, ways) - 0.92, 0).sum(axis=(1, 2)) - 0.08 * len(near)
    found: Floats = cost + _CROSSING * (crossed & free_ends).sum(axis=(1, 2)) + 4 * narrow
    return found


def _from_line(points: Floats, one: Floats, other: Floats) -> Floats:
    way = other - one
    long = np.maximum((way**2).sum(axis=-1), 1e-9)
    along = np.clip(((points - one) * way).sum(axis=-1) / long, 0.0, 1.0)
    found: Floats = np.hypot(*np.moveaxis(points - one - along[..., None] * way, -1, 0))
    return found


def free(picture: Drawing) -> tuple[bool, ...]:
    """Say which names can be written: the others would cover a node or a name, or leave the picture."""
    shown: list[bool] = []
    names = picture.spots + picture.offsets
    for at, name in enumerate(names):
        half = picture.halves[at]
        gaps = _from_box(picture.spots, name, half) - picture.radii
        earlier = [other for other in range(at) if shown[other]]
        met = (half + picture.halves[earlier] > np.abs(name - names[earlier])).all(axis=1)
        inside = (np.abs(name - picture.size / 2) + half <= picture.size / 2).all()
        shown.append(bool((gaps > 0).all() and not met.any() and inside))
    return tuple(shown)
