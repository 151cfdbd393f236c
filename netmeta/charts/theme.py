"""Colours, sizes and type of every chart: the one place for them."""

from __future__ import annotations

from typing import Final

__all__ = ["DARK", "FONT", "LIGHT", "PALETTES", "ROW", "SERIES", "SIZE", "palette", "text_width"]

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
SIZE: Final = 13
ROW: Final = 25

# Blue and vermilion of Okabe and Ito, darkened or lightened until text on the theme's ground passes 4.5:1.
LIGHT: Final = {
    "ground": "#ffffff",
    "ink": "#1b1f24",
    "muted": "#5a6470",
    "faint": "#d9dee4",
    "mark": "#0b5c9e",
    "pooled": "#b8440a",
    "prediction": "#b8440a",
    "out": "#8a939d",
    "band": "#0b5c9e",
}
DARK: Final = {
    "ground": "#16191d",
    "ink": "#e8ebee",
    "muted": "#a9b3bd",
    "faint": "#3d444c",
    "mark": "#6cb6f0",
    "pooled": "#ff9d66",
    "prediction": "#ff9d66",
    "out": "#87919b",
    "band": "#6cb6f0",
}
# Green and purple of Okabe and Ito, likewise; for charts that tell more than two groups apart.
SERIES: Final = {
    "light": {"green": "#00734f", "purple": "#97407a"},
    "dark": {"green": "#3cc79a", "purple": "#e39ac6"},
}
PALETTES: Final = {"light": LIGHT | SERIES["light"], "dark": DARK | SERIES["dark"]}

_NARROW, _WIDE = set("iljtf.,:;|!'()[] Ir1\u2009"), set("mwMW@%—")


def palette(theme: str, *, series: bool = False) -> dict[str, str]:
    """Return the colours of ``"light"`` or ``"dark"``, with those of `SERIES` where a chart asks for them."""
    from netmeta.errors import SelectionError, hint

    if theme not in PALETTES:
        raise SelectionError(f"There is no theme {theme!r}.{hint(theme, PALETTES)}")
    return PALETTES[theme] if series else {"light": LIGHT, "dark": DARK}[theme]


def text_width(text: str, size: float = SIZE) -> float:
    """Estimate the width of a text in pixels, a little on the generous side."""
    ems = sum(0.34 if char in _NARROW else 0.88 if char in _WIDE else _em(char) for char in text)
    return ems * size


def _em(char: str) -> float:
    return 1.0 if ord(char) > 0x2E80 else 0.70 if char.isupper() else 0.575  # noqa: PLR2004
