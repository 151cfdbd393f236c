"""One number as papers and spreadsheets write it: decimal commas, thousands, raised points, minus signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from netmeta.errors import EntryError, shown

__all__ = ["LONGEST", "Numeral", "is_missing", "plain", "read_numeral"]

LONGEST = 400
"""Characters in a cell that is to hold numbers: a longer one is prose."""

# Digits of other scripts and fractions are left as they are, so that they are refused and not misread.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00b7\u2219\u22c5\u2027", "."),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007\u2002\u2003\t\n\r", " "),
        **dict.fromkeys("\u2019\u02bc", "'"),
        **dict.fromkeys("\ufeff\u200b", ""),
        "\uff1c": "<",
        "\uff1e": ">",
        "\uff08": "(",
        "\uff09": ")",
    }
)
_MISSING = frozenset(
    (
        *("", "-", "--", ".", "..", "?", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nr", "n.r.", "n/r"),
        *("ne", "n.e.", "nc", "n.c.", "nd", "n.d.", "not reported", "not reached", "not estimable", "missing"),
        *("not evaluable", "not available", "not calculable", "not calculated", "not given", "not stated"),
        *("not applicable", "unknown"),
    )
)
_SHAPE = re.compile(r"([+-]?) ?([0-9.,' ]*[0-9][0-9.,' ]*?)(?:[eE]([+-]?[0-9]{1,3}))?")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?")
_MOST_DIGITS = 40
_GROUP = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was read, and what it proves about its writer.

    Parameters
    ----------
    value
        The number with the separator taken as a decimal sign (or with no separator in doubt).
    proves
        The decimal sign that the writer uses, ``"."`` or ``","``; empty where nothing is proved.
    doubt
        The separator that may as well part thousands (``1,234``); empty where there is no doubt.
    grouped
        The number with the doubtful separator parting thousands; equal to ``value`` otherwise.
    """

    value: float
    proves: str = ""
    doubt: str = ""
    grouped: float = 0.0

    def settle(self, decimal: str, *, whole: bool, text: str = "") -> float:
        """Return the number, or refuse it where nothing tells decimals from thousands.

        Parameters
        ----------
        decimal
            The decimal sign of the column: ``"."``, ``","``, ``""`` (nothing known) or ``"?"`` (both are used).
        whole
            Whether the column holds counts.
        text
            The text as written, for the message.

        Raises
        ------
        EntryError
            If the separator stays in doubt.
        """
        if not self.doubt:
            return self.value
        if decimal == self.doubt or (not decimal and not whole and self.doubt == "."):
            return self.value
        if whole and decimal != "?":
            return self.grouped
        why = {
            "": "nothing in the table says which sign parts decimals",
            "?": "the column uses both signs for decimals",
        }.get(decimal, f"the column writes decimals with {decimal!r}")
        raise EntryError(
            f"{shown(text)} is {self.value:g} or {self.grouped:g}: {why}. "
            "Write it without the separator of thousands, or give decimal='.' or decimal=','."
        )


def plain(text: str) -> str:
    """Write signs and spaces in their plain form: ``0·38 (0·25–0·59)`` becomes ``0.38 (0.25-0.59)``."""
    return " ".join((text if text.isascii() else text.translate(_SIGNS)).split())


def is_missing(text: str) -> bool:
    """Say whether a cell for a number says that there is none: ``NR``, ``NE``, ``n/a``, ``-``, or nothing."""
    return plain(text).casefold() in _MISSING if len(text) <= LONGEST else False


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Numeral:
    """Read one number.

    Parameters
    ----------
    text
        Digits with ``.`` or ``,`` for decimals or thousands, spaces or apostrophes for thousands, a sign
        (also U+2212), an exponent.

    Raises
    ------
    EntryError
        If it is not a number, or not a finite one.
    """
    found = _SHAPE.fullmatch(plain(text)) if len(text) <= LONGEST else None
    if found is None or len(found[2]) > _MOST_DIGITS:
        raise EntryError(f"{shown(text)} is not a number; give one such as 0.38.")
    sign, body, power = found[1], found[2], found[3] or ""
    if " " in body or "'" in body:
        if not _SPACED.fullmatch(body):
            raise EntryError(f"{shown(text)} is not one number: its groups are not thousands.")
        body = body.replace(" ", "").replace("'", "")
        return _sure(sign, body.replace(",", "."), power, next((one for one in ",." if one in body), ""), text)
    return _separated(sign, body, power, text)


def _separated(sign: str, body: str, power: str, text: str) -> Numeral:
    signs = [one for one in body if one in ".,"]
    if not signs:
        return _sure(sign, body, power, "", text)
    last = signs[-1]
    other = "," if last == "." else "."
    if len(set(signs)) == 2 and signs.count(last) == 1:  # noqa: PLR2004
        whole, _, rest = body.rpartition(last)
        _check_groups(whole, other, text)
        return _sure(sign, f"{whole.replace(other, '')}.{rest}", power, last, text)
    if len(signs) > 1:
        _check_groups(body, last, text)
        return _sure(sign, body.replace(last, ""), power, other, text)
    whole, _, rest = body.partition(last)
    if not rest or (not whole and last == ","):
        raise EntryError(f"{shown(text)} is not a number; give one such as 0.38.")
    sure = _sure(sign, f"{whole}.{rest}", power, last, text)
    if len(rest) != _GROUP or not 1 <= len(whole) <= _GROUP or whole[0] == "0" or power:
        return sure
    return Numeral(sure.value, "", last, _float(f"{sign}{whole}{rest}", text))


def _check_groups(body: str, sign: str, text: str) -> None:
    first, *groups = body.split(sign)
    if not 1 <= len(first) <= _GROUP or any(len(group) != _GROUP or not group.isdigit() for group in groups):
        raise EntryError(f"{shown(text)} is not one number: its groups are not thousands.")


def _sure(sign: str, digits: str, power: str, proves: str, text: str) -> Numeral:
    value = _float(f"{sign}{digits}{f'e{power}' if power else ''}", text)
    return Numeral(value, proves, "", value)


def _float(digits: str, text: str) -> float:
    try:
        value = float(digits)
    except ValueError:
        raise EntryError(f"{shown(text)} is not a number; give one such as 0.38.") from None
    if value in (float("inf"), float("-inf")):
        raise EntryError(f"{shown(text)} is too large for a number.")
    return value
