"""The number needed to treat, with the interval that passes through infinity where no effect is possible."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.showing import Shown

if TYPE_CHECKING:
    from netmeta.pooling.interval import Interval

__all__ = ["NumberNeeded"]

_FEW, _MANY = 9.95, 100_000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NumberNeeded(Shown):
    """How many patients are treated for one more, or one fewer, without the event at a time.

    Parameters
    ----------
    benefit
        Share more without the event under the experimental arm, from -1 to 1; below 0 for harm.
    ci
        Its interval.

    Notes
    -----
    ``1 / benefit`` (Altman & Andersen 1999, BMJ 319:1492). Where the interval of the benefit holds 0, that of the
    number needed is in two parts, from one to benefit through infinity to one to harm (Altman 1998, BMJ 317:1309).
    """

    benefit: float
    ci: Interval

    @property
    def value(self) -> float:
        """Patients treated for one more (positive) or one fewer (negative) without the event; infinity for none."""
        return inverse(self.benefit)

    @property
    def through_infinity(self) -> bool:
        """Whether the interval holds no effect at all, and so is in two parts."""
        return self.ci.low < 0 < self.ci.high

    @property
    def in_words(self) -> str:
        """``"NNTB 3.1 (2.2–4.9)"``, or ``"NNTB 12 (NNTB 5.1 to ∞ to NNTH 30)"``."""
        if self.benefit == 0:
            return f"no difference ({self._two_parts()})" if self.through_infinity else "no difference"
        if self.through_infinity:
            return f"{_named(self.benefit)} ({self._two_parts()})"
        near, far = sorted(abs(inverse(bound)) for bound in self.ci)
        return f"{_named(self.benefit)} ({_written(near)}{numerals.DASH}{_written(far)})"

    def _two_parts(self) -> str:
        return f"{_named(self.ci.high)} to ∞ to {_named(self.ci.low)}"

    def _lines(self) -> tuple[str, ...]:
        return (f"{self.in_words}.",)

    def _brief(self) -> tuple[str, ...]:
        return (self.in_words,)


def inverse(benefit: float) -> float:
    """Return ``1 / benefit``, and infinity for none."""
    return 1 / benefit if benefit else inf


def _named(benefit: float) -> str:
    number = _written(abs(inverse(benefit)))
    return f"NNTB {number}" if benefit > 0 else f"NNTH {number}"


def _written(number: float) -> str:
    """Write a number of patients: one decimal below 10, and rounded up to whole patients from there on."""
    if number > _MANY:
        return "∞" if number == inf else f"over {numerals.count(_MANY)}"
    return numerals.decimal(number, 1) if number < _FEW else numerals.count(ceil(number - 1e-9))
