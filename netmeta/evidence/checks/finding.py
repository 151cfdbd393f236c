"""What a check found: about which row, how bad, with the numbers in it, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netmeta.errors import EntryError, hint, shown
from netmeta.evidence.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netmeta.evidence.trial import Trial

__all__ = ["SEVERITIES", "Finding", "Findings", "Mend", "found", "worst"]

SEVERITIES: Final = ("error", "warning", "note")
"""Worst first: cannot be right; should be checked against the paper; good to know."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What was probably meant.

    Parameters
    ----------
    words
        A sentence.
    changes
        Fields of `Trial` with their new values, for ``trial.change(**dict(mend.changes))``; empty where there are
        only words.
    """

    words: str
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a row, or about rows together, that should be checked against the paper.

    Parameters
    ----------
    key, label
        Of the row (`Trial.key`, `Trial.label`); empty for what concerns all rows together.
    kind
        A few words that name the check: ``"asymmetric interval"``.
    severity
        ``"error"``, ``"warning"`` or ``"note"``.
    message
        A sentence with the numbers in it.
    numbers
        The same numbers by name, HR scale unless the name says otherwise.
    mend
        What would mend it, if that is known.
    """

    key: str
    label: str
    kind: str
    severity: str
    message: str
    numbers: tuple[tuple[str, float], ...] = ()
    mend: Mend | None = None

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise EntryError(f"severity is {shown(self.severity)}.{hint(str(self.severity), SEVERITIES)}")


class Findings(Listing[Finding]):
    """What should be checked against the paper, a line each."""

    __slots__ = ()
    head = ("", "Trial", "What", "What to do")
    nothing = "Nothing was found that needs checking."

    @classmethod
    def cells(cls, one: Finding) -> tuple[str, ...]:
        """Return severity, label, message and mend."""
        return one.severity, one.label, one.message, one.mend.words if one.mend else ""


def found(
    trial: Trial,
    kind: str,
    severity: str,
    message: str,
    *,
    numbers: Mapping[str, float] | None = None,
    mend: Mend | None = None,
) -> Finding:
    """Make a finding about one row."""
    return Finding(
        key=trial.key,
        label=trial.label,
        kind=kind,
        severity=severity,
        message=message,
        numbers=tuple((numbers or {}).items()),
        mend=mend,
    )


def worst(findings: Iterable[Finding]) -> str:
    """Return the worst severity among findings; empty where there are none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in present), "")
