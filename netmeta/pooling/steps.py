"""Long work in steps: a generator that says how far it is, and returns what it found."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

__all__ = ["Steps", "finish"]

T = TypeVar("T")

Steps: TypeAlias = Generator[float, None, T]


def finish(steps: Steps[T]) -> T:
    """Run long work to its end and return what it found."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
