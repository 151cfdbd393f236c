"""Whether a step of a script will work: what is refused is left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.errors import NetmetaError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["works"]


def works(verb: Callable[..., object], *given: Any) -> bool:  # noqa: ANN401
    """Say whether a verb answers to these arguments; its answer is remembered where it was asked before."""
    try:
        verb(*given)
    except NetmetaError:
        return False
    return True
