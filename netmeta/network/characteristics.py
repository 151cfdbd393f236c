"""Whether trials of different comparisons are alike enough to be put into one network: what is known of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import clipped
from netmeta.network.judged import Judged
from netmeta.network.studies import studies
from netmeta.pooling.words import listed
from netmeta.showing import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netmeta.evidence import Trial
    from netmeta.network.result import NetworkResult
    from netmeta.network.studies import Row
    from netmeta.showing import Columns, Table

__all__ = ["CHARACTERISTICS", "Transitivity", "TransitivityRow", "transitivity"]

_UNKNOWN: Final = "not reported"


def _words(name: str) -> Callable[[Sequence[Trial]], str]:
    return lambda trials: _counted([getattr(trial, name) or _UNKNOWN for trial in trials])


def _span(name: str) -> Callable[[Sequence[Trial]], str]:
    def said(trials: Sequence[Trial]) -> str:
        known = [getattr(trial, name) for trial in trials if getattr(trial, name) is not None]
        if not known:
            return _UNKNOWN
        low, high = min(known), max(known)
        return f"{low}" if low == high else f"{low}{numerals.DASH}{high}"

    return said


def _patients(trials: Sequence[Trial]) -> str:
    known = [trial.n for trial in trials if trial.n is not None]
    least = "" if len(known) == len(trials) else "at least "
    return f"{least}{numerals.count(sum(known))}" if known else _UNKNOWN


def _medians(trials: Sequence[Trial]) -> str:
    known = [trial.median_control for trial in trials]
    return ", ".join(dict.fromkeys(clipped(text) for text in known if text)) or _UNKNOWN


CHARACTERISTICS: Final[dict[str, Callable[[Sequence[Trial]], str]]] = {
    "Patients": _patients,
    "Population": _words("population"),
    "Setting": _words("setting"),
    "Year": _span("year"),
    "Read by": _words("assessor"),
    "Blinding": _words("blinding"),
    "Control regimen": _words("control_regimen"),
    "Median on control": _medians,
    "Risk of bias": _words("risk_of_bias"),
}
"""What is told of the trials of a comparison, by heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitivityRow:
    """What is known of the trials of one comparison.

    Parameters
    ----------
    treatments
        The two, in the order of the graph's edge.
    trials
        Their labels.
    values
        One text a characteristic, in the order of `Transitivity.characteristics`.
    """

    treatments: tuple[str, str]
    trials: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def comparison(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return " vs ".join(self.treatments)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Transitivity(Judged):
    """Characteristics of trials by comparison: a network assumes that they could have had each other's treatments.

    Parameters
    ----------
    result
        The network meta-analysis.
    characteristics
        Headings; what no trial reports, or what is the same for all, is named in `findings` and has a column all
        the same.
    rows
        One a direct comparison.
    """

    result: NetworkResult
    characteristics: tuple[str, ...]
    rows: tuple[TransitivityRow, ...]

    def differing(self) -> tuple[str, ...]:
        """Return the characteristics of words whose values are not the same in all comparisons."""
        words = [at for at, name in enumerate(self.characteristics) if name not in ("Patients", "Year")]
        return tuple(
            self.characteristics[at] for at in words if len({_kinds(row.values[at]) for row in self.rows}) > 1
        )

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        found = self.differing()
        if not found:
            return ("The trials of all comparisons are alike in what is recorded of them; much is not recorded.",)
        return (
            (
                f"Comparisons differ in {listed(tuple(map(str.lower, found)), 9)}. Where such a thing changes "
                "the effect of a treatment, indirect comparisons are biased, and no statistic here can tell."
            ),
        )

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.rows)} comparisons", f"{len(self.characteristics)} characteristics"

    def _columns(self) -> Columns:
        def value(at: int) -> Callable[[TransitivityRow], str]:
            return lambda row: row.values[at]

        own: Columns = (("Comparison", lambda row: row.comparison), ("Trials", lambda row: ", ".join(row.trials)))
        return own + tuple((name, value(at)) for at, name in enumerate(self.characteristics))

    def _table(self) -> Table:
        return table_of(self._columns(), self.rows)

    def _frame(self) -> tuple[Columns, tuple[TransitivityRow, ...]]:
        return self._columns(), self.rows


def _counted(values: list[str]) -> str:
    found = Counter(clipped(value) for value in values)
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{value} ({count})" for value, count in found.most_common())


def _kinds(value: str) -> frozenset[str]:
    return frozenset(part.rsplit(" (", 1)[0] for part in value.split("; "))


def transitivity(result: NetworkResult) -> Transitivity:
    """Lay what is known of the trials side by side, comparison by comparison.

    Parameters
    ----------
    result
        What `compare` gave.
    """
    return _remembered(result)


@lru_cache(maxsize=32)
def _remembered(result: NetworkResult) -> Transitivity:
    rows: dict[frozenset[str], list[Row]] = {}
    for study in studies(result.evidence, result.assumptions):
        for row in study.rows:
            rows.setdefault(frozenset((row.experimental, row.control)), []).append(row)
    return Transitivity(
        result=result, characteristics=tuple(CHARACTERISTICS),
        rows=tuple(_row(edge.treatments, rows[frozenset(edge.treatments)]) for edge in result.graph.edges),
    )  # fmt: skip


def _row(treatments: tuple[str, str], rows: list[Row]) -> TransitivityRow:
    trials = [row.trial for row in rows]
    return TransitivityRow(
        treatments=treatments, trials=tuple(trial.label for trial in trials),
        values=tuple(told(trials) for told in CHARACTERISTICS.values()),
    )  # fmt: skip
