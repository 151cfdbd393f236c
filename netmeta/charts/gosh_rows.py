"""The cloud of all subsets as a table of cells: never one row a subset. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netmeta import numerals
from netmeta.charts.axis import RatioAxis
from netmeta.charts.narrow_axis import narrow_axis
from netmeta.errors import SelectionError, hint

if TYPE_CHECKING:
    import numpy.typing as npt

    from netmeta.pooling import Gosh

__all__ = ["SPREADS", "GoshRows", "gosh_rows", "gosh_signals", "spread_of"]

SPREADS: Final = {"i2": "I², %", "tau2": "τ²"}
"""What can stand on the upright axis, with its title."""

ACROSS, UP = 56, 28

Row = dict[str, Any]
_NO_AXIS: Final = RatioAxis(0.5, 2.0, (0.5, 1.0, 2.0))


@dataclass(frozen=True, slots=True)
class GoshRows:
    """Cells of the cloud and of its margins, its axis of hazard ratios, and the reach of the other one."""

    rows: tuple[Row, ...]
    axis: RatioAxis
    reach: float


def gosh_rows(found: Gosh | None, *, by: str = "i2", picked: str = "") -> GoshRows:
    """Count subsets in cells of pooled hazard ratio and heterogeneity; nothing for ``None``.

    Parameters
    ----------
    found
        What `gosh` gave.
    by
        ``"i2"`` or ``"tau2"``.
    picked
        Key of a trial: cells then say which share of their subsets has it.

    Returns
    -------
    GoshRows
        Rows of kind ``cell`` (``hr`` to ``hr_to``, ``spread`` to ``spread_to``, count ``n``, ``share`` with the
        picked trial), ``top`` and ``right`` (margins: heights ``h`` of all, ``h_with`` the trial, from 0 to 1),
        ``overall`` and, where a trial is picked, ``legend``.

    Raises
    ------
    SelectionError
        For another ``by``.
    """
    if by not in SPREADS:
        raise SelectionError(f"The cloud has no axis {by!r}.{hint(str(by), SPREADS)}")
    if found is None:
        return GoshRows((), _NO_AXIS, 100.0)
    spread = spread_of(found, by)
    reach = 100.0 if by == "i2" else float(spread.max()) * 1.02 or 1.0
    axis = narrow_axis(np.exp(found.log_hr[[found.log_hr.argmin(), found.log_hr.argmax()]]).tolist())
    inside = found.including(picked) if picked in found.overall.evidence.keys else None
    x = _bins(found.log_hr, np.log(axis.low), np.log(axis.high), ACROSS)
    y = _bins(spread, 0.0, reach, UP)
    edges = np.exp(np.linspace(np.log(axis.low), np.log(axis.high), ACROSS + 1)), np.linspace(0, reach, UP + 1)
    rows = _cells(x, y, inside, edges, by)
    rows += _margin("top", x, inside, edges[0], ("hr", "hr_to"))
    rows += _margin("right", y, inside, edges[1], ("spread", "spread_to"))
    rows.append(_overall(found, by))
    if inside is not None:
        label = found.overall.evidence[picked].label
        rows += [
            {"kind": "legend", "text": f"■ subsets with {label}", "with": True},
            {"kind": "legend", "text": "■ subsets without", "with": False},
        ]
    return GoshRows(tuple(rows), axis, reach)


def gosh_signals(table: GoshRows, *, by: str = "i2", space: int = 900) -> dict[str, Any]:
    """Return the signals of the cloud: its axes and their title."""
    return {
        "space": space,
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "axis_ticks": list(table.axis.ticks),
        "reach": table.reach,
        "up_title": SPREADS[by],
        "focused": "",
        "picked": "",
    }


def spread_of(found: Gosh, by: str) -> npt.NDArray[np.float64]:
    """Return what stands on the upright axis for each subset, shape (n,)."""
    return found.i2 if by == "i2" else found.tau2


def _bins(values: npt.NDArray[np.float64], low: float, high: float, n: int) -> npt.NDArray[np.intp]:
    at = ((values - low) * (n / (high - low))).astype(np.intp)
    return np.clip(at, 0, n - 1)


def _cells(
    x: npt.NDArray[np.intp],
    y: npt.NDArray[np.intp],
    inside: npt.NDArray[np.bool_] | None,
    edges: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    by: str,
) -> list[Row]:
    place, size = x * UP + y, ACROSS * UP
    counts = np.bincount(place, minlength=size)
    with_it = np.zeros(size) if inside is None else np.bincount(place[inside], minlength=size)
    most, across, up = counts.max(), edges[0].tolist(), edges[1].tolist()
    places = 0 if by == "i2" else 3
    rows = []
    for cell in np.flatnonzero(counts).tolist():
        i, j, n = cell // UP, cell % UP, int(counts[cell])
        share = float(with_it[cell] / n)
        tip = f"{numerals.count(n)} {'subset' if n == 1 else 'subsets'}"
        tip += f"\nHR {numerals.interval(across[i], across[i + 1])}"
        tip += f"\n{SPREADS[by]}: {numerals.decimal(up[j], places)}–{numerals.decimal(up[j + 1], places)}"
        if inside is not None:
            tip += f"\n{numerals.percent(100 * share)} of them with the picked trial"
        rows.append(
            {"kind": "cell", "hr": across[i], "hr_to": across[i + 1], "spread": up[j], "spread_to": up[j + 1],
             "n": n, "ink": float((n / most) ** 0.4), "share": share, "tip": tip}
        )  # fmt: skip
    return rows


def _margin(
    kind: str,
    place: npt.NDArray[np.intp],
    inside: npt.NDArray[np.bool_] | None,
    edges: npt.NDArray[np.float64],
    names: tuple[str, str],
) -> list[Row]:
    n = len(edges) - 1
    counts = np.bincount(place, minlength=n)
    with_it = np.zeros(n) if inside is None else np.bincount(place[inside], minlength=n)
    most, ends = counts.max(), edges.tolist()
    return [
        {"kind": kind, names[0]: ends[at], names[1]: ends[at + 1],
         "h": float(counts[at] / most), "h_with": float(with_it[at] / most)}
        for at in np.flatnonzero(counts).tolist()
    ]  # fmt: skip


def _overall(found: Gosh, by: str) -> Row:
    result = found.overall
    spread = result.i2 if by == "i2" else result.tau2
    return {
        "kind": "overall",
        "hr": result.hr,
        "spread": spread,
        "tip": f"All {result.k} trials\nHR {numerals.ratio(result.hr)}",
    }
