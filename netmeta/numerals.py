"""How numbers are written, everywhere: one house style for charts, sentences and tables.

Hazard ratios have two decimals (three under 0.10), P values three, percentages none; minus signs are
minus signs, ranges have an en dash, thousands a thin space.
"""

from __future__ import annotations

import math

__all__ = [
    "chance",
    "count",
    "decimal",
    "estimate",
    "interval",
    "p_value",
    "percent",
    "percents",
    "ratio",
    "signed",
]

MINUS, THIN, DASH = "\u2212", "\u2009", "\u2013"
_SMALL, _TEN, _HUNDRED = 0.0995, 9.995, 99.95


def decimal(value: float, places: int = 2) -> str:
    """Write ``value`` with fixed decimals, a true minus sign, and no negative zero."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    text = f"{value:,.{places}f}".replace(",", THIN)
    return text.lstrip("-") if float(f"{value:.{places}f}") == 0 else text.replace("-", MINUS)


def signed(value: float, places: int = 2) -> str:
    """Write a difference with its sign; one that rounds to nothing has none."""
    text = decimal(value, places)
    return f"+{text}" if value > 0 and text != decimal(0.0, places) else text


def ratio(value: float) -> str:
    """Write a hazard ratio: 0.38, 0.054, 12.7, 240."""
    if 0 < value < 0.0005:  # noqa: PLR2004
        return "<0.001"
    return decimal(value, 3 if abs(value) < _SMALL else 2 if value < _TEN else 1 if value < _HUNDRED else 0)


def interval(low: float, high: float) -> str:
    """Write an interval of hazard ratios with an en dash: 0.25–0.59."""
    return f"{ratio(low)}{DASH}{ratio(high)}"


def estimate(hr: float, low: float, high: float) -> str:
    """Write a hazard ratio with its interval: 0.38 (0.25–0.59)."""
    return f"{ratio(hr)} ({interval(low, high)})"


def p_value(p: float) -> str:
    """Write a P value with its sign: ``P = 0.034``, ``P < 0.001``."""
    return "P < 0.001" if p < 0.001 else "P > 0.999" if p > 0.999 else f"P = {decimal(p, 3)}"  # noqa: PLR2004


def percent(value: float) -> str:
    """Write a percentage (0 to 100) as a whole number: 62%."""
    return f"{decimal(value, 0)}%"


def chance(probability: float) -> str:
    """Write a probability (0 to 1) as a percentage that never claims certainty: 62%, over 99%, under 1%."""
    return "over 99%" if probability > 0.99 else "under 1%" if probability < 0.01 else percent(100 * probability)  # noqa: PLR2004


def percents(low: float, high: float) -> str:
    """Write an interval of percentages with an en dash: 20–81%."""
    return f"{decimal(low, 0)}{DASH}{percent(high)}"


def count(value: int) -> str:
    """Write a count with a thin space between thousands."""
    return f"{value:,}".replace(",", THIN)
