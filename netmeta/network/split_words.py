"""Direct and indirect evidence in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.network.columns import interval_of
from netmeta.pooling.words import effect, listed

if TYPE_CHECKING:
    from netmeta.network.splits import NodeSplits, Source, Split
    from netmeta.showing import Columns

__all__ = ["COLUMNS", "split_in_words", "splits_in_words"]

_CLEAR: Final = 0.05


def _written(source: Source | None) -> str:
    return numerals.DASH if source is None else effect(source)


def _p(row: Split) -> str:
    return numerals.DASH if row.p_value is None else numerals.p_value(row.p_value).removeprefix("P ").lstrip("= ")


COLUMNS: Final[Columns] = (
    ("Comparison", lambda row: row.comparison),
    ("Trials", lambda row: numerals.count(row.k)),
    ("Direct share", lambda row: numerals.percent(row.share)),
    ("Direct HR", lambda row: _written(row.direct)),
    ("Indirect HR", lambda row: _written(row.indirect)),
    ("Network HR", lambda row: _written(row.network)),
    ("Direct / indirect", lambda row: _written(row.difference)),
    ("P", _p),
)


def split_in_words(row: Split) -> str:
    """Say what direct and indirect evidence make of a comparison."""
    trials = "1 trial" if row.k == 1 else f"{numerals.count(row.k)} trials"
    said = f"{row.comparison}: direct HR {effect(row.direct)} from {trials}"
    if row.indirect is None or row.difference is None:
        return f"{said}; no other path joins the two, so that nothing can contradict it."
    ratio = f"ratio of the two {numerals.ratio(row.difference.hr)} ({interval_of(row.difference.ci)})"
    return f"{said}, indirect HR {effect(row.indirect)}; {ratio}, {numerals.p_value(row.difference.p_value)}."


def splits_in_words(found: NodeSplits) -> tuple[str, ...]:
    """Say how many comparisons can be split, which disagree, and how little that may mean."""
    split = found.split
    if not split:
        return ("No comparison has both direct and indirect evidence: inconsistency cannot be tested here.",)
    apart = [row for row in split if (row.p_value or 0.0) < _CLEAR]
    names = listed(tuple(row.comparison for row in apart))
    told = f"They disagree (P < 0.05) on {names}." if apart else "None of them disagrees beyond chance (P < 0.05)."
    counted = f"{len(split)} of {len(found.rows)} direct comparisons have indirect evidence beside them"
    return (
        f"{counted} ({found.method}). {told}",
        "Such tests have little power: agreement is no proof of consistency.",
    )
