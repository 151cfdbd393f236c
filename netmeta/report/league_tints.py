"""The two colours of a league table: tints under text, for light and for dark pages."""

from __future__ import annotations

from typing import Final

from netmeta.report.league_cells import COLUMN, ROW

__all__ = ["STRENGTH", "TINTS", "on_white", "over_page"]

# Blue and vermilion, as in the charts, of middle lightness, under text of more than 4.5:1 on any page.
TINTS: Final = {ROW: (30, 132, 212), COLUMN: (226, 106, 24)}
STRENGTH: Final = 0.34


def over_page(side: str) -> str:
    """Return the tint for a page of any ground, as CSS."""
    red, green, blue = TINTS[side]
    return f"rgba({red},{green},{blue},{STRENGTH})"


def on_white(side: str) -> str:
    """Return the tint on white paper as six hexadecimal digits."""
    return "".join(f"{round(255 + STRENGTH * (part - 255)):02X}" for part in TINTS[side])
