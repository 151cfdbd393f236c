"""Results that a notebook shows as their sentences."""

from __future__ import annotations

from html import escape

__all__ = ["Spoken"]


class Spoken:
    """A value whose ``str`` is a sentence; a notebook shows that, as text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<div class="netmeta-result">{escape(str(self))}</div>'
