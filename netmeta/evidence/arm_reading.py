"""From the result of one arm as printed to a count: printed itself, or the one that a percentage allows."""

from __future__ import annotations

import re
from math import ceil, floor
from typing import Final

from netmeta.errors import EntryError
from netmeta.evidence.twobytwo import ArmCount

__all__ = ["allowed", "read_arm"]

_COUNT: Final = re.compile(r"(\d+)\s*/\s*(\d+)")
_PERCENT: Final = re.compile(r"(\d+)(?:\.(\d+))?\s*%")
# A percentage that was rounded half up, half to even or from a longer one: the halves count on both sides.
_SLACK: Final = 1e-9


def read_arm(printed: str, n: int | None = None) -> ArmCount:
    """Read the result of one arm.

    Parameters
    ----------
    printed
        ``"18/101 (18%)"``, ``"23.0% (20/87)"``, ``"4/16"``; or a percentage alone, ``"13.8%"``.
    n
        The arm's size, for a percentage alone.

    Returns
    -------
    ArmCount
        With the printed count; or with the one nearest to the percentage, marked ``reconstructed``, and the
        smallest and largest that its rounding allows. Where no whole number of ``n`` patients gives the percentage,
        it was of another number, such as those who were treated, and the count is ``approximate``.

    Raises
    ------
    EntryError
        For a text that has neither, and a percentage without an arm size or above 100.
    """
    count = _COUNT.search(printed)
    if count:
        return ArmCount(events=int(count[1]), n=int(count[2]), printed=printed)
    percent = _PERCENT.search(printed)
    if not percent:
        raise EntryError(f"{printed!r} has neither a count nor a percentage; write it as '18/101' or '18%'.")
    if n is None:
        raise EntryError(f"{printed!r} is a percentage, and the size of the arm is not known: give the count.")
    return _reconstructed(percent, n)


def _reconstructed(percent: re.Match[str], n: int) -> ArmCount:
    decimals, text = len(percent[2] or ""), percent[0].rstrip("% ")
    nearest, (lowest, highest) = round(float(text) * n / 100), allowed(float(text), decimals, n)
    if lowest > highest:
        return ArmCount(events=nearest, n=n, reconstructed=True, printed=f"{text}%")
    nearest = min(max(nearest, lowest), highest)
    return ArmCount(events=nearest, n=n, reconstructed=True, lowest=lowest, highest=highest, printed=f"{text}%")


def allowed(percent: float, decimals: int, n: int) -> tuple[int, int]:
    """Return the smallest and largest count of ``n`` patients that is written as a percentage.

    Parameters
    ----------
    percent
        As printed, 0 to 100.
    decimals
        How many it is printed with.
    n
        Patients.

    Returns
    -------
    tuple of int
        The first is larger than the second where no whole number gives that percentage.
    """
    half = 0.5 * 10.0**-decimals
    low, high = (percent - half) * n / 100, (percent + half) * n / 100
    return max(0, ceil(low - _SLACK)), min(n, floor(high + _SLACK))
