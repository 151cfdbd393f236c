"""What RevMan's words mean here: outcomes, comparisons, effect measures, judgements of bias."""

from __future__ import annotations

import math
import re
from typing import Any

from netmeta.errors import EntryError, shown
from netmeta.evidence.trial import FIELDS

__all__ = [
    "JUDGEMENTS",
    "arms",
    "endpoint_of",
    "from_log",
    "from_o_minus_e",
    "is_hazard_ratio",
    "unescaped",
    "year_of",
]

JUDGEMENTS = {"YES": "low", "NO": "high", "UNKNOWN": "unclear"}
"""RevMan 5's answers to "is it free of this bias?" as the risk of it."""

_ENDPOINTS = {
    "overall survival": "OS",
    "survival": "OS",
    "progression-free survival": "PFS",
    "progression free survival": "PFS",
    "time to progression": "TTP",
    "time to treatment failure": "TTF",
}
_VERSUS = re.compile(r"\s+(?:versus|vs\.?|compared (?:with|to)|against)\s+", re.IGNORECASE)
_BLANK = frozenset({"", "experimental", "control", "treatment", "intervention", "comparator"})
_CODE = re.compile(r"_x([0-9a-fA-F]{4})_")
_AGREE = 1e-3


def endpoint_of(name: str) -> str:
    """Return the endpoint of an outcome's name: ``Overall survival`` is ``OS``; another name stays."""
    return _ENDPOINTS.get(" ".join(name.casefold().split()), name)


def arms(experimental: str, control: str, comparison: str) -> tuple[str, str]:
    """Return the two treatments: the labels of the groups, else the two sides of ``A versus B``."""
    sides = _VERSUS.split(comparison.strip(), maxsplit=1)
    first, second = sides if len(sides) == 2 else ("", "")  # noqa: PLR2004
    one = experimental.strip() if experimental.strip().casefold() not in _BLANK else first or experimental.strip()
    two = control.strip() if control.strip().casefold() not in _BLANK else second or control.strip()
    return one or "Experimental", two or "Control"


def is_hazard_ratio(measure: str) -> bool:
    """Say whether an effect measure is a hazard ratio, or its logarithm."""
    words = measure.casefold()
    return "hazard" in words or words.strip() in ("hr", "loghr", "log hr", "ln hr", "log(hr)", "ln(hr)")


def from_log(estimate: float, se: float, *, logged: bool, measure: str, printed: float | None) -> dict[str, Any]:
    """Return the fields of a generic inverse variance row.

    Parameters
    ----------
    estimate, se
        As entered: the log HR and its standard error.
    logged
        Whether RevMan was told that the data are logarithms.
    measure
        The effect measure's name.
    printed
        The effect as RevMan shows it, on the HR scale where the data are logarithms.

    Raises
    ------
    EntryError
        If the data are not logarithms, or do not agree with the effect that is shown.
    """
    if not logged and not re.match(r"\s*(log|ln)\b", measure, re.IGNORECASE):
        raise EntryError(
            f"the data of the outcome are not logarithms, and the measure is {shown(measure)}: a standard error "
            "of a hazard ratio that is not a logarithm cannot be used. Give the interval instead."
        )
    if logged and printed is not None and not math.isclose(math.exp(min(estimate, 50)), printed, rel_tol=_AGREE):
        raise EntryError(
            f"the log hazard ratio {estimate:g} is a hazard ratio of {math.exp(min(estimate, 50)):.4g}, "
            f"and the file shows {printed:g} beside it."
        )
    return {"log_hr": estimate, "se": se}


def from_o_minus_e(observed: float, variance: float) -> dict[str, Any]:
    """Return the fields of a row with O-E and its variance: log HR (O-E)/V, standard error 1/sqrt(V) (Peto)."""
    if not 0 < variance < math.inf or not math.isfinite(observed):
        raise EntryError(f"O-E is {observed:g} and its variance {variance:g}; the variance has to be above 0.")
    if "o_minus_e" in FIELDS and "logrank_v" in FIELDS:
        return {"o_minus_e": observed, "logrank_v": variance}
    return {"log_hr": observed / variance, "se": 1 / math.sqrt(variance)}


def unescaped(name: str) -> str:
    """Return a name of RevMan 5 with its coded signs: ``ISIS_x002d_2`` is ``ISIS-2``."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), name)


def year_of(text: str) -> float | None:
    """Return the year in a text such as ``2006.``; ``None`` where there is none."""
    found = re.search(r"\b(1[89]|20)[0-9]{2}\b", text)
    return float(found[0]) if found else None
