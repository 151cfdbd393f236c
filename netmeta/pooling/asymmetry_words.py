"""Tests of small-study effects in plain words: the number, what it is, and no more than it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.pooling.gate import override_in_words

if TYPE_CHECKING:
    from netmeta.pooling.asymmetry import RegressionTest
    from netmeta.pooling.ranks import RankTest

__all__ = ["rank_in_words", "regression_in_words"]

_NAMES: Final = {
    ("Egger", "multiplicative"): "Egger's test (weighted regression)",
    ("Egger", "mixed"): "Egger's test (mixed-effects regression)",
    ("D-FIV", "multiplicative"): "D-FIV, the test for hazard ratios (on 1/events)",
}
_CLEAR: Final = 0.10


def _verdict(p: float, towards: str) -> str:
    # 0.10 is the level that Egger 1997 and Sterne 2011 use: these tests have little power.
    if p < _CLEAR:
        return f"smaller trials show {towards} hazard ratios than larger ones do, more than chance easily explains"
    return "no clear sign that smaller trials differ from larger ones, which is no proof that they do not"


def regression_in_words(found: RegressionTest) -> str:
    """Say what a regression test found, with its number, P value and limit estimate."""
    statistic = f"z = {numerals.decimal(found.statistic)}"
    if found.df is not None:
        statistic = f"t = {numerals.decimal(found.statistic)} on {found.df} df"
    grows = found.limit is None
    towards = "lower" if (found.slope < 0) != grows else "higher"
    on = "" if found.predictor in ("se", "1/events") else f", on {found.predictor}"
    said = f"{_NAMES[found.test, found.form]}{on}: {statistic}, {numerals.p_value(found.p_value)}: "
    parts = (
        said + _verdict(found.p_value, towards) + ".",
        _limit(found),
        override_in_words(found.k, found.override),
    )
    return " ".join(part for part in parts if part)


def _limit(found: RegressionTest) -> str:
    if found.limit_hr is None or found.limit_ci is None:
        return ""
    ci = found.limit_ci.exp()
    level = f"{found.model.level * 100:g}%"
    return (
        f"Drawn out to a trial without sampling error, the line ends at HR {numerals.ratio(found.limit_hr)} "
        f"({level} CI {numerals.interval(ci.low, ci.high)})."
    )


def rank_in_words(found: RankTest) -> str:
    """Say what the rank correlation is, with its P value."""
    towards = "higher" if found.tau > 0 else "lower"
    said = f"Begg's test (rank correlation): Kendall's tau = {numerals.decimal(found.tau)}"
    way = "exact" if found.exact else "normal approximation"
    text = f"{said}, {numerals.p_value(found.p_value)} ({way}): {_verdict(found.p_value, towards)}."
    return " ".join(filter(None, (text, override_in_words(found.k, found.override))))
