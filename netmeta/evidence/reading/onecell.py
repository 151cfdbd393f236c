"""One cell with a hazard ratio, its interval and its P value: ``0.38 (0.25-0.59)``, ``<0.001``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, shown
from netmeta.evidence.reading.numeral import LONGEST, Numeral, is_missing, plain, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["numerals_of", "read_estimate", "read_interval", "read_level", "read_p"]

_NUM = r"(?<![0-9.,])[+-]?(?:[0-9]+(?:[.,'][0-9]+)*|[.][0-9]+)(?:e[+-]?[0-9]{1,3})?(?![0-9])"
_NONE = r"n\.?[rec]\.?|n/?a|not (?:reached|estimable|reported|evaluable|calculable|available)|-(?=[ )\]}]|$)"
_SIDES = r"\(? ?(?P<sides>one|two|1|2)[- ]?(?:sided|tailed)(?: p)? ?\)?"
_RELATION = r"(?P<relation><=|>=|=|<|>|≤|≥)"
_PAIR = rf"(?P<low>{_NUM}|{_NONE}) ?(?P<between>-|to|;|,|~|and) ?(?P<high>{_NUM}|{_NONE})"
_GLUED = r"(?P<glued>[0-9]*\.[0-9]+,[0-9]*\.[0-9]+)"
_HR = r"(?:(?:a|adj\.? ?|adjusted |stratified |unadjusted )?(?:hr|hazard ratio) ?[:=,]? ?)?"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ESTIMATE = _compiled(rf"{_HR}(?P<hr>{_NUM})(?:(?: ?[,;:]? ?[(\[{{] ?|[,;:]? )(?P<rest>[^()\[\]{{}}]*)[)\]}}]?)?")
_LEVEL = _compiled(rf"[(\[{{]? ?(?:(?P<level>{_NUM}) ?%[- ]?)?(?:c\.?i\.?|cri|confidence interval)?[:=,]? ?")
_LIMITS = _compiled(rf"[(\[{{]? ?(?:{_GLUED}|{_PAIR}) ?[)\]}}]?")
_P_LAST = _compiled(rf"[,;(\[]? ?\bp(?:[- ]?val(?:ue)?)? ?:? ?{_RELATION} ?(?P<p>{_NUM}) ?(?:{_SIDES})? ?[)\]]?$")
_P = _compiled(rf"(?:p(?:[- ]?val(?:ue)?)? ?:? ?)?(?:{_RELATION} ?)?(?P<p>{_NUM}) ?(?:{_SIDES})?")
_ANY = _compiled(_NUM)


def numerals_of(text: str) -> tuple[Numeral, ...]:
    """Return every number in a cell that can be read, to learn how its writer parts decimals."""
    return tuple(_readable(_ANY.findall(plain(text)))) if len(text) <= LONGEST else ()


def _readable(found: Iterable[str]) -> Iterable[Numeral]:
    for one in found:
        try:
            yield read_numeral(one)
        except EntryError:
            continue


def read_estimate(text: str, decimal: str = "") -> dict[str, Any]:
    """Read a hazard ratio with what stands beside it in the same cell.

    Parameters
    ----------
    text
        A hazard ratio (HR scale), then, if given, its interval in any brackets or none, with or without its
        level, and a P value. ``NR`` and its like mean that nothing was reported; as one limit, that it is open.
    decimal
        The decimal sign of the column: ``"."``, ``","``, ``""`` (not known), ``"?"`` (both).

    Returns
    -------
    dict
        Fields of `netmeta.Trial`: ``hr``, and ``ci_low``, ``ci_high``, ``level``, ``p_value``, ``p_relation``,
        ``p_sides`` where they are given.

    Raises
    ------
    EntryError
        For anything else, and for a number whose decimals cannot be told from thousands.
    """
    _check_length(text)
    if is_missing(text):
        return {}
    whole = plain(text)
    tail = _P_LAST.search(whole)
    body = whole[: tail.start()].strip() if tail else whole
    # A bracket that held interval and P both is open after the cut.
    found = _ESTIMATE.fullmatch(body.rstrip(",; "))
    if found is None:
        raise _not_understood(text, "a hazard ratio such as 0.38 or 0.38 (0.25-0.59)")
    sign = _sign_within(whole, decimal)
    values = {"hr": _number(found["hr"], sign)}
    rest = (found["rest"] or "").strip(" ,;")
    return {**values, **(_pair(rest, sign, text) if rest else {}), **(_p_fields(tail, sign) if tail else {})}


def read_interval(text: str, decimal: str = "") -> dict[str, Any]:
    """Read an interval that stands in a cell of its own: ``0.25-0.59``, ``95% CI 0.25 to 0.59``."""
    _check_length(text)
    return {} if is_missing(text) else _pair(plain(text), _sign_within(plain(text), decimal), text)


def read_p(text: str, decimal: str = "") -> dict[str, Any]:
    """Read a P value: ``0.02``, ``P = .02 (one-sided)``; ``<0.001`` is a bound and stays one."""
    _check_length(text)
    if is_missing(text):
        return {}
    found = _P.fullmatch(plain(text))
    if found is None:
        raise _not_understood(text, "a P value such as 0.02 or <0.001")
    return _p_fields(found, decimal)


def read_level(text: str) -> float:
    """Read the level of an interval: ``95``, ``95%`` and ``0.95`` are all 0.95."""
    number = read_numeral(plain(text).removesuffix("%").strip()).settle(".", whole=False, text=text)
    return float(Decimal(repr(number)) / 100) if number > 1 else number


def _pair(text: str, sign: str, whole: str) -> dict[str, Any]:
    start = _LEVEL.match(text)
    level = start["level"] if start else None
    found = _LIMITS.fullmatch(text[start.end() :] if start else text)
    if found is None:
        raise _not_understood(whole, "an interval with its two limits, such as 0.25-0.59")
    ends = found["glued"].split(",") if found["glued"] else (found["low"], found["high"])
    if found["between"] == "," and sign == ",":
        raise EntryError(f"{shown(whole)} uses the comma for decimals and between the limits; write 0,25-0,59.")
    limits = {
        name: _number(end, sign)
        for name, end in zip(("ci_low", "ci_high"), ends, strict=True)
        if not is_missing(end)
    }
    return {**limits, "level": read_level(level)} if level else limits


def _p_fields(found: re.Match[str], sign: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"p_value": _number(found["p"], sign)}
    if found["relation"]:
        fields["p_relation"] = found["relation"][0].replace("≤", "<").replace("≥", ">")
    if found["sides"]:
        fields["p_sides"] = 1 if found["sides"].casefold() in ("one", "1") else 2
    return fields


def _number(text: str, sign: str) -> float:
    return read_numeral(text).settle(sign, whole=False, text=text)


def _sign_within(text: str, decimal: str) -> str:
    """Return the decimal sign that the cell itself proves, else the column's."""
    signs = {numeral.proves for numeral in numerals_of(text)} - {""}
    return signs.pop() if len(signs) == 1 else decimal


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise EntryError(f"{shown(text)} has {len(text)} characters: that is prose, not a number.")


def _not_understood(text: str, wanted: str) -> EntryError:
    return EntryError(f"{shown(text)} is not understood; give {wanted}.")
