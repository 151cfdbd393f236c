"""The gate before tests of small-study effects: ten trials, or a reason in words that stays with the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netmeta.errors import PoolingError, shown
from netmeta.pooling.families import enough

if TYPE_CHECKING:
    from netmeta.evidence import Evidence

__all__ = ["LEAST", "override_in_words", "permitted"]

LEAST: Final = 10
"""Trials that a test of asymmetry asks for (Sterne 2011, BMJ 343:d4002, recommendation 1)."""

_BARE: Final = 3


def permitted(evidence: Evidence, verb: str, override: object) -> str:
    """Let a test of small-study effects pass, or say why not.

    Parameters
    ----------
    evidence
        Trials that `netmeta.pooling.pool` takes.
    verb
        The test, as the start of a sentence: ``"Egger's test"``.
    override
        Why it is wanted below ten trials; ``""`` for no reason.

    Returns
    -------
    str
        The reason where it was needed, to be kept with the result; ``""`` from ten trials on.

    Raises
    ------
    PoolingError
        For fewer than three trials, whatever the reason; for fewer than ten without one; for what is no text.
    """
    if not isinstance(override, str):
        raise PoolingError(f"override is the reason in words, not {shown(override)}.")
    enough(evidence, _BARE, verb)
    reason, k = " ".join(override.split()), len(evidence)
    if k >= LEAST:
        return ""
    if not any(letter.isalpha() for letter in reason):
        raise PoolingError(
            f"{verb} asks for at least {LEAST} trials, and there are {k}: with so few it cannot tell asymmetry "
            "from chance (Sterne 2011, BMJ 343:d4002). The funnel plot can still be looked at. To run it all the "
            'same, say why: override="the reason in words", which is kept with the result.'
        )
    return reason


def override_in_words(k: int, reason: str) -> str:
    """Say that the gate was overridden, and why; ``""`` where it was not."""
    if not reason:
        return ""
    return f"Caution: {k} trials are fewer than the {LEAST} this test asks for. Run all the same because: {reason}"
