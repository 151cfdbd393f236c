"""What the page sends is answered in the order in which it was sent, and by one thread at a time.

Kernels with subshells (ipykernel 7) answer the page beside a running cell, in a thread of its own. ipykernel 7.4
moreover answers each widget in the thread that spoke for it last: a button in the main one, say, and the field
beside it in the other. A click can then overtake the words typed before it, and they would be lost.
"""

from __future__ import annotations

from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["InTurn", "in_turn"]

P = ParamSpec("P")
T = TypeVar("T")
# Who holds it may change what the views share.
_TURN: Final = RLock()


def in_turn(change: Callable[P, T]) -> Callable[P, T]:
    """Make a function that changes what the views share wait until no other thread is in the midst of that."""

    @wraps(change)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> T:
        with _TURN:
            return change(*args, **kwargs)

    return waiting


def _as_sent(_data: object, default: str | None) -> str | None:
    return default


class InTurn:
    """Mixin for a widget whose page sends messages."""

    def open(self) -> None:
        """Open the way to the page, and have what comes from there answered where the page asks for it.

        A page asks for the same thread for all its widgets, and a thread keeps the order.
        """
        super().open()  # type: ignore[misc]
        comm = self.comm  # type: ignore[attr-defined]
        # No public name: an ipykernel that has no such rule is left as it is.
        if hasattr(comm, "_reply_subshell_for"):
            comm._reply_subshell_for = _as_sent  # noqa: SLF001

    @in_turn
    def _handle_msg(self, message: dict[str, Any]) -> None:
        super()._handle_msg(message)  # type: ignore[misc]
