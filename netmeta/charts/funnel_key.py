"""What the shades, marks and lines of a funnel plot mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["funnel_key"]

_BANDS: Final = ("P > 0.10", "P 0.05–0.10", "P 0.01–0.05", "P < 0.01")
_MARKS: Final = {
    "trial": "a trial",
    "filled": "imagined trial",
    "pooled": "pooled, 95% limits",
    "adjusted": "pooled with imagined",
    "egger": "Egger's line",
}


def funnel_key(kinds: Collection[str], *, contours: bool) -> tuple[dict[str, Any], ...]:
    """List what is drawn, in order: marks and lines, then the shades.

    Parameters
    ----------
    kinds
        Kinds of the rows and lines there are.
    contours
        Whether the shades are.
    """
    marks: list[dict[str, Any]] = [{"kind": kind, "text": text} for kind, text in _MARKS.items() if kind in kinds]
    shown = _BANDS if contours and marks else ()
    bands: list[dict[str, Any]] = [{"kind": "band", "shade": at, "text": text} for at, text in enumerate(shown)]
    return tuple({"shade": 0, **row, "at": at} for group in (marks, bands) for at, row in enumerate(group))
