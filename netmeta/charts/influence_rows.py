"""Influence diagnostics as a table: one line a trial, one column a diagnostic. Tests read this."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.theme import text_width
from netmeta.pooling.sensitivity_words import DIAGNOSTICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from netmeta.pooling import Influence, TrialInfluence

__all__ = ["MOST", "PANELS", "InfluenceRows", "Panel", "influence_rows", "influence_signals"]

MOST: Final = 150
_COOK: Final = 0.45493642311957283
_APART: Final = 0.36
_LABEL: Final = 230

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagnostic: its field and what it tells, where it starts from, and its rule of thumb.

    Parameters
    ----------
    field
        Of `netmeta.pooling.TrialInfluence`.
    says
        A few plain words.
    reference
        What a trial without influence would have.
    thresholds
        Beyond which a trial is looked at twice, by the number of trials.
    """

    field: str
    says: str
    reference: Callable[[Influence], float]
    thresholds: Callable[[int], tuple[float, ...]]

    @property
    def title(self) -> str:
        """Heading."""
        return DIAGNOSTICS[self.field][0]

    @property
    def places(self) -> int:
        """Decimals."""
        return DIAGNOSTICS[self.field][1]


def _none(_k: int) -> tuple[float, ...]:
    return ()


def _zero(_found: Influence) -> float:
    return 0.0


PANELS: Final = (
    Panel("rstudent", "off the others", _zero, lambda _k: (-1.96, 1.96)),
    Panel("dffits", "pull on its fit", _zero, lambda k: (-3 / sqrt(k - 1), 3 / sqrt(k - 1))),
    Panel("cook_d", "pull on the HR", _zero, lambda _k: (_COOK,)),
    Panel("dfbetas", "pull, in SEs", _zero, lambda _k: (-1.0, 1.0)),
    Panel("cov_r", "adds precision", lambda _found: 1.0, _none),
    Panel("tau2_del", "without it", lambda found: found.overall.tau2, _none),
    Panel("q_del", "without it", lambda found: found.overall.q, _none),
    Panel("weight", "share of pool", _zero, lambda k: (300 / k,)),
)
"""Defined in `netmeta.pooling.TrialInfluence`; the thresholds are metafor's, and 1.96 for a residual."""

_REASON: Final = {"hat": "weight"}


@dataclass(frozen=True, slots=True)
class InfluenceRows:
    """The rows of an influence plot: how many trials have a line, and how many did not fit."""

    rows: tuple[Row, ...]
    lines: int
    hidden: int


def influence_rows(found: Influence | None) -> InfluenceRows:
    """Lay out influence diagnostics; nothing for ``None``.

    Parameters
    ----------
    found
        What `influence` gave; the first lines of it where there are very many.

    Returns
    -------
    InfluenceRows
        Rows of kind ``trial``, ``cell`` (``f`` from 0 to 1 across its panel, ``f0`` where it starts), ``rule``
        (reference and thresholds), ``tick`` and ``title``.
    """
    if found is None:
        return InfluenceRows((), 0, 0)
    shown = found.rows[:MOST]
    rows = [_trial(at, trial) for at, trial in enumerate(shown)]
    for at, panel in enumerate(PANELS):
        rows += _panel(at, panel, found, shown)
    return InfluenceRows(tuple(rows), len(shown), len(found.rows) - len(shown))


def influence_signals(table: InfluenceRows, *, space: int = 900) -> dict[str, Any]:
    """Return the signals of an influence plot: the width of its labels, and how many lines it has."""
    labels = (text_width(row["label"]) * 1.08 for row in table.rows if row["kind"] == "trial")
    width = int(min(max(labels, default=0.0), _LABEL) + 1)
    return {"space": space, "w_label": width, "lines": table.lines, "focused": "", "picked": ""}


def _trial(at: int, trial: TrialInfluence) -> Row:
    return {
        "kind": "trial",
        "row": at,
        "id": trial.key,
        "label": trial.label,
        "flagged": trial.influential,
        "tip": _tip(trial),
    }


def _tip(trial: TrialInfluence) -> str:
    lines = [f"{panel.title}: {numerals.decimal(getattr(trial, panel.field), panel.places)}" for panel in PANELS]
    titles = {panel.field: panel.title.removesuffix(", %") for panel in PANELS}
    beyond = [titles[_REASON.get(name, name)] for name in trial.reasons]
    said = f"Beyond the rule of thumb: {', '.join(beyond)}" if beyond else "Within every rule of thumb"
    return "\n".join([trial.label, said, *lines])


def _panel(at: int, panel: Panel, found: Influence, shown: tuple[TrialInfluence, ...]) -> list[Row]:
    values = [float(getattr(trial, panel.field)) for trial in shown]
    reference, limits = panel.reference(found), panel.thresholds(found.overall.k)
    low, high = _reach([*values, reference, *limits])

    def across(value: float) -> float:
        return (value - low) / (high - low)

    rows: list[Row] = [{"kind": "title", "panel": at, "text": panel.title, "says": panel.says}]
    marks = (("reference", (reference,)), ("threshold", limits))
    rows += [{"kind": "rule", "panel": at, "f": across(x), "style": style} for style, xs in marks for x in xs]
    ticks = _ticks([reference, *limits, high if high - reference > reference - low else low], low, high)
    rows += [
        {"kind": "tick", "panel": at, "f": across(x), "text": _number(x, panel.places), "minor": place > 0}
        for place, x in enumerate(ticks)
    ]
    beyond = {_REASON.get(name, name): name for name in ("dffits", "cook_d", "hat", "dfbetas")}
    for row, (trial, value) in enumerate(zip(shown, values, strict=True)):
        flagged = beyond.get(panel.field, "") in trial.reasons
        rows.append(
            {"kind": "cell", "panel": at, "row": row, "f": across(value), "f0": across(reference),
             "flagged": flagged, "id": trial.key}
        )  # fmt: skip
    return rows


def _number(value: float, places: int) -> str:
    whole = abs(value - round(value)) < 1e-9  # noqa: PLR2004
    return numerals.decimal(value, 0 if whole else places)


def _reach(values: list[float]) -> tuple[float, float]:
    """Return the ends of a panel: all its values, and a little beyond."""
    low, high = min(values), max(values)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        low, high = low - max(abs(low), 1.0) / 2, high + max(abs(high), 1.0) / 2
    room = 0.06 * (high - low)
    return low - room, high + room


def _ticks(wanted: list[float], low: float, high: float) -> list[float]:
    """Keep the ticks that have room beside those before them; an end of the panel is rounded inwards."""
    kept: list[float] = []
    for value in wanted:
        inside = min(max(value, low + 0.06 / 1.12 * (high - low)), high - 0.06 / 1.12 * (high - low))
        if all(abs(inside - other) > _APART * (high - low) for other in kept):
            kept.append(inside)
    return kept
