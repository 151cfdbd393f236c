"""A meta-regression as a bubble plot, as a table: a row a trial, and rows along the line. Tests read this."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta import numerals
from netmeta.charts.axis import RatioAxis, ratio_axis
from netmeta.charts.forest_rows import MOST, Row
from netmeta.errors import SelectionError, hint, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netmeta.pooling import MetaRegression, Prediction
    from netmeta.pooling.covariates import Covariate

__all__ = ["HEIGHT", "WIDTH", "BubbleRows", "bubble_rows", "bubble_signals"]

WIDTH, HEIGHT = 620, 380
_LARGEST, _LEAST = 1000.0, 24.0
_STEPS: Final = 60
_MARGIN: Final = 0.06
_SPREAD: Final = 0.55
_LONGEST: Final = 24
_BLANK: Final = dict.fromkeys(("x", "hr", "low", "high", "new_low", "new_high", "size"))


@dataclass(frozen=True, slots=True)
class BubbleRows:
    """The marks of a bubble plot, its axes, and what is held fixed.

    Parameters
    ----------
    rows
        Kinds ``"trial"``, ``"line"`` (along a number) and ``"category"`` (expected for one).
    x_low, x_high, ticks, names
        Ends of the horizontal axis; its ticks and what is written at them.
    axis
        The vertical axis, hazard ratios on a log scale.
    title
        What is on the horizontal axis.
    caption
        What the line is, and at which values of other covariates it is drawn.
    """

    rows: tuple[Row, ...]
    x_low: float
    x_high: float
    ticks: tuple[float, ...]
    names: tuple[str, ...]
    axis: RatioAxis
    title: str
    caption: str


def bubble_rows(
    found: MetaRegression | None, covariate: str | None = None, *, prediction: bool = True
) -> BubbleRows:
    """Lay out a meta-regression over one of its covariates.

    Parameters
    ----------
    found
        What `meta_regression` gave; ``None`` for an empty plot.
    covariate
        Which one; the first by default. Others are held at their mean, or at the category that most trials have.
    prediction
        Whether the band of new trials is drawn beside that of the mean.

    Raises
    ------
    SelectionError
        For a covariate that is not in the regression.
    """
    if found is None:
        return BubbleRows((), 0.0, 1.0, (), (), ratio_axis([], []), "", "")
    chosen = _chosen(found, covariate)
    others = {each.name: _typical(each) for each in found.design.covariates if each.name != chosen.name}
    categories = _categories(found, chosen)
    along = _numbers(chosen) if categories is None else list(categories)
    at = found.predictions({chosen.name: along, **{name: [value] * len(along) for name, value in others.items()}})
    trials = _trials(found, _places(chosen, categories))
    where = _numeric(along) if categories is None else [float(place) for place in range(len(along))]
    expected = [_expected(each, x, categories is None, prediction) for x, each in zip(where, at, strict=True)]
    x_low, x_high, ticks, names = _across(along, categories)
    return BubbleRows(
        rows=(*expected, *trials), x_low=x_low, x_high=x_high, ticks=ticks, names=names, axis=_up(trials, expected),
        title=_title(chosen.name), caption=_caption(found, others, expected),
    )  # fmt: skip


def _chosen(found: MetaRegression, name: str | None) -> Covariate:
    names = found.design.formula.names
    wanted = names[0] if name is None else name
    for each in found.design.covariates:
        if each.name == wanted:
            return each
    raise SelectionError(f"The regression has no covariate {shown(wanted)}.{hint(str(wanted), names)}")


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _categories(found: MetaRegression, chosen: Covariate) -> tuple[str, ...] | None:
    """Return the categories of a covariate; ``None`` where it is a number in any of its forms."""
    parts = [part for part in found.design.parts if part.factor.name == chosen.name]
    return parts[0].levels if all(part.levels for part in parts) else None


def _typical(other: Covariate) -> float | str:
    values = [value for value in other.values if value is not None]
    if other.continuous:
        return sum(_numeric(values)) / len(values)
    return Counter(values).most_common(1)[0][0]


def _numeric(values: Iterable[float | str | None]) -> list[float]:
    return [value for value in values if isinstance(value, float)]


def _numbers(chosen: Covariate) -> list[float | str]:
    values = _numeric(chosen.values)
    low, high = min(values), max(values)
    return [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]


def _word(value: float | str | None) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _places(chosen: Covariate, categories: tuple[str, ...] | None) -> list[float]:
    """Place trials across; those of one category stand side by side, in the order of the evidence."""
    if categories is None:
        return _numeric(chosen.values)
    homes = [categories.index(_word(value)) for value in chosen.values]
    many, seen = Counter(homes), Counter[int]()
    places = []
    for home in homes:
        seen[home] += 1
        places.append(home + _SPREAD * (seen[home] / (many[home] + 1) - 0.5) * min(1.0, many[home] / 3))
    return places


def _trials(found: MetaRegression, places: list[float]) -> list[Row]:
    most = max(found.weights)
    rows = []
    for trial, x, weight in zip(found.evidence, places, found.weights, strict=True):
        hr = math.exp(trial.log_hr or 0.0)
        low, high = trial.interval(found.model.level)
        said = numerals.estimate(hr, low, high)
        tip = f"{trial.label}\n{trial.comparison}\nHR {said}, weight {numerals.decimal(weight, 1)}%"
        size = max(_LEAST, _LARGEST * weight / most * min(1.0, 8 / found.k**0.5))
        rows.append(
            {
                **_BLANK,
                "kind": "trial",
                "id": trial.key,
                "label": trial.label,
                "tip": tip,
                "x": x,
                "hr": hr,
                "size": size,
            }
        )
    return sorted(rows, key=lambda row: -row["size"])[:MOST]


def _expected(each: Prediction, x: float, number: bool, prediction: bool) -> Row:
    ci, pi = each.ci.exp(), each.pi.exp() if each.pi is not None and prediction else None
    new = {"new_low": None, "new_high": None} if pi is None else {"new_low": pi.low, "new_high": pi.high}
    kind = "line" if number else "category"
    said = f"Expected: HR {numerals.estimate(each.hr, ci.low, ci.high)}"
    tip = said if pi is None else f"{said}\nIn a new trial: {numerals.interval(pi.low, pi.high)}"
    return {
        **_BLANK,
        "kind": kind,
        "id": "",
        "label": "",
        "tip": tip,
        "x": x,
        "hr": each.hr,
        "low": ci.low,
        "high": ci.high,
        **new,
    }


def _across(
    along: Sequence[float | str], categories: tuple[str, ...] | None
) -> tuple[float, float, tuple[float, ...], tuple[str, ...]]:
    if categories is not None:
        names = tuple(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…" for name in categories)
        return -0.5, len(categories) - 0.5, tuple(float(at) for at in range(len(categories))), names
    low, *_, high = _numeric(along)
    margin = (high - low) * _MARGIN
    ticks = _ticks(low, high)
    return low - margin, high + margin, ticks, tuple(f"{tick:.10g}".replace("-", numerals.MINUS) for tick in ticks)


def _ticks(low: float, high: float) -> tuple[float, ...]:
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    step = 1.0 if step < 1 and low.is_integer() and high.is_integer() else step
    first = math.ceil(low / step - 1e-9)
    return tuple(float(f"{at * step:.12g}") for at in range(first, math.floor(high / step + 1e-9) + 1))


def _up(trials: list[Row], expected: list[Row]) -> RatioAxis:
    ratios = [row["hr"] for row in trials] + [row["hr"] for row in expected]
    names = ("low", "high", "new_low", "new_high")
    axis = ratio_axis(ratios, [row[name] for row in expected for name in names if row[name] is not None])
    for row in expected:
        for name in names:
            row[name] = None if row[name] is None else min(max(row[name], axis.low), axis.high)
    return axis


def _caption(found: MetaRegression, others: dict[str, float | str], expected: list[Row]) -> str:
    said = [f"{name} {value if isinstance(value, str) else format(value, '.4g')}" for name, value in others.items()]
    at = f" for {', '.join(said)}" if said else ""
    mark = "Line" if expected[0]["kind"] == "line" else "Bar"
    new = "" if expected[0]["new_low"] is None else "; lighter, that of a new trial"
    return f"{mark}: expected HR{at}, with its {found.model.level * 100:g}% interval{new}"


def bubble_signals(table: BubbleRows, *, space: int = WIDTH + 90) -> dict[str, Any]:
    """Return the signals of a bubble plot.

    Parameters
    ----------
    table
        What is drawn.
    space
        Width to stay within, in pixels; a live view says its own.
    """
    return {
        "space": space,
        "x_low": table.x_low,
        "x_high": table.x_high,
        "x_ticks": list(table.ticks),
        "x_names": list(table.names),
        "axis_low": table.axis.low,
        "axis_high": table.axis.high,
        "axis_ticks": list(table.axis.ticks),
        "across": table.title,
        "caption": table.caption,
        "picked": "",
        "focused": "",
    }
