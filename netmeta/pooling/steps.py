"""Long work in slices, so that a notebook stays awake: a generator that says how far it is."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

__all__ = ["Steps", "finish"]

T = TypeVar("T")

Steps: TypeAlias = Generator[float, None, T]
"""Yields the fraction done, from 0 to 1, every few hundredths of a second of work, and returns the result."""


def finish(steps: Steps[T]) -> T:
    """Do all of the work at once and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
