"""Absolute effects under the stated baseline, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netmeta.pooling import absolute_effects

if TYPE_CHECKING:
    from netmeta.pooling import PooledResult
    from netmeta.state import State

__all__ = ["absolute_found"]


def absolute_found(result: PooledResult, state: State) -> tuple[str, ...]:
    """Say what the pooled result means for patients like those of the baseline; empty without one."""
    assumed = state.baseline_in_use
    if assumed is None:
        return ()
    return (absolute_effects(result, assumed).said,)
