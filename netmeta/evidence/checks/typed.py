"""What is being typed: a trial if it can be one, and everything that is to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, clipped
from netmeta.evidence.checks.finding import Finding, Findings, Mend
from netmeta.evidence.checks.row import check_trial
from netmeta.evidence.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_entry", "refusal"]


def check_entry(values: Mapping[str, Any]) -> tuple[Trial | None, Findings]:
    """Make a trial of fields as entered, and check it.

    Parameters
    ----------
    values
        Fields of `Trial`.

    Returns
    -------
    trial, findings
        ``None`` and one finding of severity ``"error"`` where the fields cannot be a trial, with what would mend
        it (limits below zero: "did you mean log_hr?"); otherwise the trial and its findings.
    """
    try:
        trial = Trial(**values)
    except EntryError as error:
        return None, Findings((refusal(error, clipped(values.get("study", ""))),))
    return trial, check_trial(trial)


def refusal(error: EntryError, label: str) -> Finding:
    """Make a finding of an error, with what would mend it."""
    changes = tuple(error.mend.items())
    said = ", ".join(f"{name} = {_written(value)}" for name, value in changes if value is not None)
    mend = Mend(f"Did you mean {said}?", changes) if changes else None
    return Finding(key="", label=label, kind="cannot be right", severity="error", message=str(error), mend=mend)


def _written(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
