"""Measures of a trial's size that a test of asymmetry may regress on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from netmeta.errors import PoolingError
from netmeta.pooling.families import arrays

if TYPE_CHECKING:
    from netmeta.evidence import Evidence, Trial
    from netmeta.pooling.arrays import Floats

__all__ = ["PREDICTORS", "events_of", "predictor_values"]

PREDICTORS: Final = ("se", "variance", "1/n", "1/sqrt(n)", "n", "sqrt(n)")
"""Standard error, its square, and the patients randomised in both arms in four forms."""

_POWERS: Final = {"n": 1.0, "sqrt(n)": 0.5, "1/n": -1.0, "1/sqrt(n)": -0.5, "1/events": -1.0}
_NAMED: Final = 5
_SAME: Final = 1e-12


def predictor_values(evidence: Evidence, predictor: str) -> Floats:
    """Return the predictor of each trial, shape (k,).

    Raises
    ------
    PoolingError
        For trials without the number, and where all have the same.
    """
    if predictor in ("se", "variance"):
        _, v = arrays(evidence)
        values = v if predictor == "variance" else np.sqrt(v)
    else:
        counts = _events(evidence) if predictor == "1/events" else _patients(evidence)
        values = np.array(counts) ** _POWERS[predictor]
    if float(np.ptp(values)) <= _SAME * float(values.max()):
        raise PoolingError(
            f"All {len(values)} trials have the same {_NAMES[predictor]}: there are no small trials to compare "
            "with large ones, and a test of small-study effects has nothing to go by."
        )
    return values


_NAMES: Final = {
    **dict.fromkeys(("se", "variance"), "standard error"),
    **dict.fromkeys(("n", "sqrt(n)", "1/n", "1/sqrt(n)"), "number of patients"),
    "1/events": "number of events",
}


def events_of(trial: Trial) -> int | None:
    """Return a trial's events in both arms: the total as printed, else the sum of its arms; ``None`` if unknown."""
    if trial.events_total is not None:
        return trial.events_total
    if trial.events_experimental is None or trial.events_control is None:
        return None
    return trial.events_experimental + trial.events_control


def _events(evidence: Evidence) -> list[float]:
    fields = "events_total, or events_experimental and events_control"
    return _known(evidence, [events_of(trial) for trial in evidence], "number of events", fields)


def _patients(evidence: Evidence) -> list[float]:
    return _known(
        evidence, [trial.n for trial in evidence], "number of patients in both arms", "n_experimental and n_control"
    )


def _known(evidence: Evidence, counts: list[int | None], what: str, fields: str) -> list[float]:
    lacking = [label for label, count in zip(evidence.labels, counts, strict=True) if not count]
    if lacking:
        listed = ", ".join(lacking[:_NAMED])
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        raise PoolingError(
            f"{len(lacking)} of {len(counts)} trials have no {what}: {listed}{more}. Give {fields}, leave them "
            "out, or use Egger's test with predictor 'se'."
        )
    return [float(count) for count in counts if count]
