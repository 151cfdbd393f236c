"""Reads what learners type: decimal commas, ranges, words about a number. What cannot be read is said, kindly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp, sqrt
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import EntryError, clipped
from netmeta.teaching.kinds import ChoiceAsked, IntervalAsked, NumberAsked, OrderAsked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmeta.teaching.kinds import Asked, Prediction

__all__ = ["Read", "read"]

_NUMBER: Final = re.compile(r"-?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
# In 0.4-0.5 the sign is a dash.
_DASH: Final = re.compile(r"(?<=[\d%])\s*-\s*(?=[\d.,])")
_WORDS: Final = {"half": "0.5", "third": "0.333", "quarter": "0.25", "none": "0", "zero": "0"}
_SIGNS: Final = str.maketrans("\u2212\u2013\u2014\u00b7\uff0c\uff0e\uff05\u00a0", "---.,.% ", "\u2009\u202f")
_HUNDRED: Final = 100.0
_LARGEST: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Read:
    """A prediction, and how it was understood where that is not plain.

    Parameters
    ----------
    value
        The prediction.
    notes
        Sentences such as what a range was taken for.
    """

    value: Prediction
    notes: tuple[str, ...] = ()


def read(asked: Asked, typed: Sequence[str]) -> Read:
    """Read what a learner typed or chose.

    Parameters
    ----------
    asked
        What was asked for.
    typed
        One text for a number or a choice, two for an interval, one for each place of an order.

    Raises
    ------
    EntryError
        For what cannot be read, with what to type instead.
    """
    if isinstance(asked, NumberAsked):
        return _number(asked, typed[0])
    if isinstance(asked, IntervalAsked):
        return _interval(typed)
    if isinstance(asked, ChoiceAsked):
        return Read(_choice(asked, typed[0]))
    return Read(_order(asked, tuple(typed)))


def _found(text: str) -> list[float]:
    plain = _DASH.sub(" to ", text.translate(_SIGNS).casefold())
    if "." in plain:
        plain = plain.replace(",", " , ")
    numbers = [float(one.replace(",", ".")) for one in _NUMBER.findall(plain)]
    if numbers:
        return numbers
    return [float(number) for word, number in _WORDS.items() if re.search(rf"\b{word}\b", plain)][:1]


def _number(asked: NumberAsked, text: str) -> Read:
    if not text.strip():
        raise EntryError(f"Make a prediction first: type a number for “{asked.label}”. A guess will do.")
    numbers = _found(text)
    if not numbers:
        raise EntryError(f'There is no number in "{clipped(text)}". Type one such as {_example(asked.scale)}.')
    if len(numbers) != 2:  # noqa: PLR2004
        return _checked(asked, numbers[0], text, ())
    low, high = sorted(numbers)
    middle = sqrt(low * high) if asked.scale == "HR" and low > 0 else (low + high) / 2
    note = f"You gave a range; its middle, {_written(asked.scale, middle)}, is taken as your prediction."
    return _checked(asked, middle, text, (note,))


def _checked(asked: NumberAsked, value: float, text: str, notes: tuple[str, ...]) -> Read:
    if asked.scale == "HR":
        return Read(_ratio(value, text), notes)
    if asked.scale == "percent":
        return _percent(value, text, notes)
    if value < 0:
        raise EntryError(f'"{clipped(text)}" is below 0. Type a count such as 3.')
    return Read(value, notes)


def _ratio(value: float, text: str) -> float:
    if "%" in text.translate(_SIGNS):
        share, left = numerals.ratio(value / _HUNDRED), numerals.ratio(max(0.0, 1 - value / _HUNDRED))
        raise EntryError(
            f'"{clipped(text)}" may mean a hazard ratio of {share} or a reduction to {left}. Type the hazard ratio.'
        )
    if value < 0:
        ratio = numerals.ratio(exp(value))
        raise EntryError(
            f'"{clipped(text)}" looks like a log hazard ratio; as a hazard ratio it is {ratio}. Type the '
            "hazard ratio."
        )
    if not 0 < value < _LARGEST:
        raise EntryError(f'"{clipped(text)}" cannot be a hazard ratio. Type one such as 0.50; no difference is 1.')
    return value


def _percent(value: float, text: str, notes: tuple[str, ...]) -> Read:
    if "%" not in text.translate(_SIGNS) and 0 < value < 1:
        percent = _HUNDRED * value
        return Read(percent, (*notes, f'"{clipped(text)}" was read as {numerals.percent(percent)}.'))
    if not 0 <= value <= _HUNDRED:
        raise EntryError(f'"{clipped(text)}" is no percentage from 0 to 100. Type one such as 40%.')
    return Read(value, notes)


def _interval(typed: Sequence[str]) -> Read:
    low, high = (*typed, "")[:2]
    if not low.strip() and not high.strip():
        raise EntryError("Make a prediction first: type both limits of the interval. A guess will do.")
    numbers = [*_found(low), *_found(high)]
    if len(numbers) != 2:  # noqa: PLR2004
        both = clipped(f"{low} {high}".strip())
        raise EntryError(
            f'An interval has two limits; "{both}" does not give two numbers. Type such as 0.30 and 0.60.'
        )
    first, last = sorted(_ratio(value, f"{low} {high}".strip()) for value in numbers)
    if first == last:
        raise EntryError(f"Both limits are {numerals.ratio(first)}. An interval needs a lower and an upper limit.")
    return Read((first, last))


def _choice(asked: ChoiceAsked, option: str) -> str:
    if option not in asked.options:
        raise EntryError("Make a prediction first: choose one of the options. A guess will do.")
    return option


def _order(asked: OrderAsked, items: tuple[str, ...]) -> tuple[str, ...]:
    if not all(items) or len(items) != len(asked.items):
        raise EntryError("Make a prediction first: choose an item for every place. A guess will do.")
    for item in items:
        if items.count(item) > 1:
            raise EntryError(f"“{item}” stands in more than one place. Give each place an item of its own.")
    return items


def _example(scale: str) -> str:
    return {"HR": "0.50", "percent": "40%"}.get(scale, "3")


def _written(scale: str, value: float) -> str:
    if scale == "HR":
        return numerals.ratio(value)
    return numerals.percent(value) if scale == "percent" else numerals.decimal(value, 1 if value % 1 else 0)
