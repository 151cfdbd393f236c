"""How near a prediction came: hazard ratios on the log scale, percentages in points, orders in pairs."""

from __future__ import annotations

from itertools import combinations
from math import log
from typing import TYPE_CHECKING, cast

from netmeta import numerals
from netmeta.teaching.kinds import ChoiceAsked, IntervalAsked, NumberAsked

if TYPE_CHECKING:
    from netmeta.teaching.kinds import Asked, Prediction

__all__ = ["compared"]


def compared(asked: Asked, given: Prediction, true: Prediction) -> tuple[bool, str]:
    """Say whether a prediction is near, and how near in words.

    Parameters
    ----------
    asked
        What was asked for; decides on the scale and on what is near.
    given, true
        The prediction and what is found, in the same form.
    """
    if isinstance(asked, NumberAsked):
        return _number(asked, cast("float", given), cast("float", true))
    if isinstance(asked, IntervalAsked):
        return _interval(asked, cast("tuple[float, float]", given), cast("tuple[float, float]", true))
    if isinstance(asked, ChoiceAsked):
        return _choice(cast("str", given), cast("str", true))
    return _order(cast("tuple[str, ...]", given), cast("tuple[str, ...]", true))


def _number(asked: NumberAsked, given: float, true: float) -> tuple[bool, str]:
    if asked.scale == "HR":
        return _ratio(asked, given, true)
    return _percent(asked, given, true) if asked.scale == "percent" else _count(asked, given, true)


def _ratio(asked: NumberAsked, given: float, true: float) -> tuple[bool, str]:
    near = abs(log(given / true)) <= log(asked.near)
    mine, found = numerals.ratio(given), numerals.ratio(true)
    a, b = numerals.decimal(log(given)), numerals.decimal(log(true))
    scale = f"On the log scale, where ratios are compared, {mine} is {a} and {found} is {b}."
    if near:
        return True, f"You predicted {mine}: close to {found}. {scale}"
    if (given - 1) * (true - 1) < 0:
        return (
            False,
            f"You predicted {mine}: on the other side of 1 than {found}, so the other arm would do better.",
        )
    if abs(log(given)) < abs(log(true)):
        return False, f"You predicted {mine}: a weaker effect than {found}. {scale}"
    return False, f"You predicted {mine}: a stronger effect than {found}. {scale}"


def _percent(asked: NumberAsked, given: float, true: float) -> tuple[bool, str]:
    mine, found = numerals.percent(given), numerals.percent(true)
    points = numerals.decimal(abs(given - true), 0)
    if abs(given - true) <= asked.near:
        return True, f"You predicted {mine}: close to {found}."
    if given > true:
        return False, f"You predicted {mine}: {points} percentage points above {found}."
    return False, f"You predicted {mine}: {points} percentage points below {found}."


def _count(asked: NumberAsked, given: float, true: float) -> tuple[bool, str]:
    mine, found = (numerals.decimal(value, 0 if value % 1 == 0 else 1) for value in (given, true))
    if given == true:
        return True, f"You predicted {mine}, and so it is."
    if abs(given - true) <= asked.near:
        return True, f"You predicted {mine}: close to {found}."
    if given > true:
        return False, f"You predicted {mine}: more than the {found} that are found."
    return False, f"You predicted {mine}: fewer than the {found} that are found."


def _interval(asked: IntervalAsked, given: tuple[float, float], true: tuple[float, float]) -> tuple[bool, str]:
    mine, found = numerals.interval(*given), numerals.interval(*true)
    near = all(abs(log(one / other)) <= log(asked.near) for one, other in zip(given, true, strict=True))
    if near:
        return True, f"You predicted {mine}: close to {found} at both ends."
    width = log(given[1] / given[0]) / log(true[1] / true[0])
    wide = f"On the log scale yours has {numerals.percent(100 * width)} of the width of {found}."
    if width > asked.near:
        return False, f"You predicted {mine}: more uncertainty than there is. {wide}"
    if width < 1 / asked.near:
        return False, f"You predicted {mine}: less uncertainty than there is. {wide}"
    side = "nearer to 1" if abs(log(given[0] * given[1])) < abs(log(true[0] * true[1])) else "further from 1"
    return False, f"You predicted {mine}: about as wide as {found}, but {side}."


def _choice(given: str, true: str) -> tuple[bool, str]:
    if given == true:
        return True, f"You chose “{given}”, and so it is."
    return False, f"You chose “{given}”; what is found is “{true}”."


def _order(given: tuple[str, ...], true: tuple[str, ...]) -> tuple[bool, str]:
    pairs = list(combinations(given, 2))
    right = sum(true.index(first) < true.index(second) for first, second in pairs)
    count, total = numerals.count(right), numerals.count(len(pairs))
    if given == true:
        return True, f"Your order is the one that is found: all {total} pairs stand the right way round."
    wrong = next((first, second) for first, second in pairs if true.index(first) > true.index(second))
    one = f"{wrong[1]} comes before {wrong[0]}"
    return False, f"{count} of {total} pairs stand the right way round in your order. For one, {one}."
