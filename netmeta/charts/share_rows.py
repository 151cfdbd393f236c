"""Which trials make a part of the cloud: their share of its subsets beside their share of all. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta import numerals
from netmeta.charts.gosh_rows import spread_of
from netmeta.charts.theme import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from netmeta.pooling import Gosh

__all__ = ["ShareRows", "inside", "share_rows", "share_signals"]

MOST: Final = 60
_LABEL: Final = 250

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShareRows:
    """One row a trial, and how many subsets lie in the region."""

    rows: tuple[Row, ...]
    n: int
    lines: int


def inside(found: Gosh, region: Mapping[str, Sequence[float]], by: str = "i2") -> npt.NDArray[np.bool_]:
    """Say which subsets lie in a region, as booleans of shape (n,).

    Parameters
    ----------
    found
        What `gosh` gave.
    region
        ``{"hr": (low, high), "spread": (low, high)}``: pooled hazard ratio (HR scale) and what ``by`` names, either
        or both; ends count as in. No region is everything.
    by
        ``"i2"`` (percent) or ``"tau2"``.
    """
    kept = np.ones(found.n, dtype=bool)
    for name, values in (("hr", np.exp(found.log_hr)), ("spread", spread_of(found, by))):
        if name in region:
            low, high = sorted(region[name])
            kept &= (values >= low) & (values <= high)
    return kept


def share_rows(
    found: Gosh | None, region: Mapping[str, Sequence[float]] | None = None, *, by: str = "i2"
) -> ShareRows:
    """Compare how often each trial is in the subsets of a region with how often it is in all of them.

    Parameters
    ----------
    found, region, by
        As in `inside`.

    Returns
    -------
    ShareRows
        ``share`` in the region and ``usual`` in all, as fractions; the trial whose share differs most comes first,
        of the trials over- and under-represented alike. Without a region, the trials as they stand.
    """
    if found is None:
        return ShareRows((), 0, 0)
    kept = inside(found, region or {}, by)
    n = int(kept.sum())
    bits = np.unpackbits(found.packed, axis=1, count=found.overall.k)
    usual = bits.mean(0)
    share = bits[kept].mean(0) if n else np.zeros(found.overall.k)
    order = np.argsort(-np.abs(share - usual), kind="stable") if region and n else np.arange(found.overall.k)
    trials = tuple(found.overall.evidence)
    rows = [_head(n, found.n, region)] if trials else []
    for line, at in enumerate(order[:MOST].tolist()):
        own = {"row": line, "id": trials[at].key, "label": trials[at].label}
        rows.append({**own, **_row(trials[at].label, float(share[at]), float(usual[at]), brushed=bool(region))})
    return ShareRows(tuple(rows), n, min(len(trials), MOST))


def share_signals(table: ShareRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of the bars: the width of their labels, and how many there are."""
    labels = (text_width(row["label"]) for row in table.rows if row["kind"] == "trial")
    width = int(min(max(labels, default=0.0), _LABEL) + 1)
    return {"space": space, "w_label": width, "lines": table.lines, "focused": "", "picked": ""}


def _head(n: int, total: int, region: object) -> Row:
    where = f"{numerals.count(n)} of {numerals.count(total)} subsets brushed" if region else "All subsets"
    return {"kind": "head", "title": where, "text": "have the trial", "row": -1}


def _row(label: str, share: float, usual: float, *, brushed: bool) -> Row:
    said = numerals.percent(100 * share)
    against = f"{said}, against {numerals.percent(100 * usual)} of all"
    beside = f"In {said} of the brushed subsets, in {numerals.percent(100 * usual)} of all"
    return {
        "kind": "trial", "share": share, "usual": usual,
        "text": against if brushed else said,
        "tip": f"{label}\n{beside}" if brushed else f"{label}\nIn {said} of all subsets",
    }  # fmt: skip
