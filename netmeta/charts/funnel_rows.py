"""The funnel plot as tables: where trials, contours and lines stand, and what they say. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, log10
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import favours
from netmeta.charts.funnel_key import funnel_key
from netmeta.errors import PoolingError

if TYPE_CHECKING:
    from netmeta.evidence import Trial
    from netmeta.pooling import PooledResult, RegressionTest, TrimAndFill

__all__ = ["MOST", "FunnelRows", "funnel_note", "funnel_rows"]

MOST: Final = 1000
Row = dict[str, Any]

# Normal quantiles between which a trial's two-sided P lies above 0.10, from 0.05 to 0.10, from 0.01 to 0.05, below.
_CONTOURS: Final = ((0.0, 1.6448536269514722), (1.6448536269514722, 1.959963984540054),
                    (1.959963984540054, 2.5758293035489004), (2.5758293035489004, 0.0))  # fmt: skip
_LIMIT: Final = 1.959963984540054
_FEW: Final = 10


@dataclass(frozen=True, slots=True)
class FunnelRows:
    """The tables of a funnel plot and its axes.

    Parameters
    ----------
    rows
        Trials and imagined ones: ``hr``, ``se``, ``kind`` (``"trial"``, ``"filled"``), ``id``, ``label``, ``tip``.
    regions
        Corners of the contours: ``band`` names one side of one, ``low`` and ``high`` (HR) are its ends at ``se``.
    lines
        Points of lines: ``kind`` is ``"pooled"``, ``"adjusted"``, ``"limit"`` or ``"egger"``, ``path`` one line.
    key
        What colours and marks mean, in order.
    axis, top, ticks
        The HR axis; the largest standard error shown, and the ticks of its axis.
    favours
        What each side of an HR of 1 speaks for.
    note
        The caution under the plot.
    """

    rows: tuple[Row, ...]
    regions: tuple[Row, ...]
    lines: tuple[Row, ...]
    key: tuple[Row, ...]
    axis: RatioAxis
    top: float
    ticks: tuple[float, ...]
    favours: tuple[str, str]
    note: str

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The tables by their names in the specification."""
        return {name: list(getattr(self, name)) for name in ("rows", "regions", "lines", "key")}


def funnel_rows(
    result: PooledResult | None,
    *,
    contours: bool = True,
    line: RegressionTest | None = None,
    filled: TrimAndFill | None = None,
) -> FunnelRows:
    """Lay out a funnel plot: hazard ratio across, standard error of its logarithm downwards.

    Parameters
    ----------
    result
        The pooled trials; ``None`` for an empty plot.
    contours
        Whether the regions of P values of a trial alone are shaded.
    line
        A regression test whose line is drawn; its predictor is the standard error or its square.
    filled
        Trim and fill, whose imagined trials are drawn hollow.

    Raises
    ------
    PoolingError
        For a test or a trim and fill of other trials, or a line that a funnel has no place for.
    """
    if result is None:
        return _empty()
    _check(result, line, filled)
    trials = sorted(result.evidence, key=lambda trial: trial.se or 0.0)[:MOST]
    points = [_trial(trial, result.model.level) for trial in trials]
    points += [_filled(one.label, one.log_hr, one.se) for one in (filled.filled if filled else ())]
    top, ticks = _ticks(max(row["se"] for row in points))
    ends = [exp(result.log_hr + side * _LIMIT * top) for side in (-1, 1)]
    axis = ratio_axis([row["hr"] for row in points], ends)
    lines = [*_pooled(result, top), *_adjusted(filled, top), *_line(line, top)]
    regions = _regions(axis, top) if contours else []
    kinds = {row["kind"] for row in (*points, *lines)}
    return FunnelRows(
        rows=tuple(points), regions=tuple(regions), lines=tuple(lines), key=funnel_key(kinds, contours=contours),
        axis=axis, top=top, ticks=ticks, favours=favours(tuple(result.evidence)), note=funnel_note(result.k),
    )  # fmt: skip


def _empty() -> FunnelRows:
    return FunnelRows((), (), (), (), ratio_axis((), ()), 1.0, (0.0, 0.5, 1.0), ("", ""), "")


def funnel_note(k: int) -> str:
    """Say what a funnel plot of ``k`` trials can and cannot show."""
    if k < _FEW:
        return f"With {k} trials, a funnel often looks lopsided by chance alone."
    if k > MOST:
        return f"The {numerals.count(MOST)} most precise of {numerals.count(k)} trials are drawn."
    return "A lopsided funnel is no proof that trials are missing."


def _check(result: PooledResult, line: RegressionTest | None, filled: TrimAndFill | None) -> None:
    tested = {"line": line.evidence} if line else {}
    if filled:
        tested["filled"] = filled.overall.evidence
    for name, found in tested.items():
        if found != result.evidence:
            raise PoolingError(
                f"funnel() draws {len(result.evidence)} trials, and {name} was computed from other ones "
                f"({len(found)}). Compute both from the same evidence."
            )
    if line is not None and line.predictor not in ("se", "variance"):
        raise PoolingError(
            f"A funnel plot has no place for a line over {line.predictor!r}: its axis is the standard error. "
            "Draw egger(evidence) with predictor 'se' or 'variance'."
        )


def _trial(trial: Trial, level: float) -> Row:
    hr, se = exp(trial.log_hr or 0.0), trial.se or 0.0
    facts = (
        trial.label,
        trial.comparison,
        f"HR {numerals.estimate(hr, *trial.interval(level))}",
        f"Standard error {numerals.decimal(se, 3)}",
    )
    return {"id": trial.key, "kind": "trial", "label": trial.label, "hr": hr, "se": se, "tip": "\n".join(facts)}


def _filled(label: str, log_hr: float, se: float) -> Row:
    tip = f"Imagined: the mirror image of {label}\nHR {numerals.ratio(exp(log_hr))}"
    return {"id": "", "kind": "filled", "label": "", "hr": exp(log_hr), "se": se, "tip": tip}


def _ticks(most: float) -> tuple[float, tuple[float, ...]]:
    """Choose a round end a little beyond the largest standard error, and three to six ticks."""
    reach = most * 1.04
    power = 10.0 ** floor(log10(reach))
    step = next(power * part for part in (0.2, 0.25, 0.5, 1.0, 2.0) if reach / (power * part) <= 6)  # noqa: PLR2004
    ticks = tuple(round(at * step, 12) for at in range(int(reach / step + 1e-9) + 1))
    return reach, ticks


def _pooled(result: PooledResult, top: float) -> list[Row]:
    rows = [{"kind": "pooled", "path": "pooled", "hr": result.hr, "se": se} for se in (0.0, top)]
    for side, path in ((-1, "limit left"), (1, "limit right")):
        ends = ((0.0, result.hr), (top, exp(result.log_hr + side * _LIMIT * top)))
        rows += [{"kind": "limit", "path": path, "hr": hr, "se": se} for se, hr in ends]
    return rows


def _adjusted(filled: TrimAndFill | None, top: float) -> list[Row]:
    if filled is None or not filled.missing:
        return []
    return [{"kind": "adjusted", "path": "adjusted", "hr": filled.adjusted.hr, "se": se} for se in (0.0, top)]


def _line(line: RegressionTest | None, top: float) -> list[Row]:
    if line is None:
        return []
    places = [top * part / 24 for part in range(25)]
    power = 2 if line.predictor == "variance" else 1
    return [{"kind": "egger", "path": "egger", "hr": exp(line.at(se**power)), "se": se} for se in places]


def _regions(axis: RatioAxis, top: float) -> list[Row]:
    """Give each contour's corners, at standard error 0 and at the foot; beyond the last line to the axis's end."""
    rows: list[Row] = []
    least, most = min(axis.low, exp(-_CONTOURS[-1][0] * top)), max(axis.high, exp(_CONTOURS[-1][0] * top))
    for shade, (near, far) in enumerate(_CONTOURS):
        for side in (-1, 1):
            for se in (0.0, top):
                end = exp(side * far * se) if far else (least if side < 0 else most)
                low, high = sorted((exp(side * near * se), end))
                rows.append({"band": f"{shade} {side}", "shade": shade, "low": low, "high": high, "se": se})
    return rows
