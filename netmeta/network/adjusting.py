"""The comparison-adjusted funnel: each trial against the mean of its own comparison (Chaimani & Salanti 2012)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.errors import NetworkError, hint, shown
from netmeta.evidence.evidence import Evidence
from netmeta.network.direct import direct_effect
from netmeta.network.judged import Judged
from netmeta.network.studies import studies
from netmeta.pooling.asymmetry import egger
from netmeta.pooling.interval import hazard_ratio
from netmeta.showing import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.network.result import NetworkResult
    from netmeta.network.studies import Row
    from netmeta.pooling import RegressionTest
    from netmeta.showing import Columns, Table

__all__ = ["AdjustedFunnel", "AdjustedTrial", "adjusted_funnel_data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedTrial:
    """A comparison of a trial, against the mean of all trials that make it.

    Parameters
    ----------
    key, label
        The row of the evidence.
    newer, older
        Its treatments in the order that was asked for; the effect is that of ``newer`` against ``older``.
    log_hr, se
        Its log HR and standard error.
    centred
        Its log HR less the comparison's direct estimate at the network's tau2.
    alone
        Whether no other trial makes the comparison: it stands in the middle by construction.
    """

    key: str
    label: str
    newer: str
    older: str
    log_hr: float
    se: float
    centred: float
    alone: bool

    @property
    def ratio(self) -> float:
        """Ratio of its hazard ratio to the comparison's."""
        return hazard_ratio(self.centred)

    @property
    def comparison(self) -> str:
        """``"cabozantinib vs placebo"``."""
        return f"{self.newer} vs {self.older}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AdjustedFunnel(Judged):
    """All trials of a network in one funnel.

    Parameters
    ----------
    result
        The network meta-analysis.
    order
        Treatments from the one expected to be favoured by small studies to the one that is not; the reference
        last by default.
    rows
        One a row of the evidence.
    """

    result: NetworkResult
    order: tuple[str, ...]
    rows: tuple[AdjustedTrial, ...]

    @property
    def telling(self) -> tuple[AdjustedTrial, ...]:
        """Trials whose comparison others make too: the rest stand in the middle by construction."""
        return tuple(row for row in self.rows if not row.alone)

    def egger(self, override: str = "") -> RegressionTest:
        """Test whether small trials favour the newer treatment: Egger's regression over the centred log HRs.

        Parameters
        ----------
        override
            Why it is wanted with fewer than ten telling trials; see `netmeta.pooling.asymmetry.egger`.

        Raises
        ------
        PoolingError
            As `egger` does.
        """
        trials = tuple(self.result.evidence[row.key].change(log_hr=row.centred, se=row.se) for row in self.telling)
        return egger(Evidence(trials), override=override)

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        telling, rows = len(self.telling), len(self.rows)
        return (
            (
                f"{telling} of {rows} trials have another trial of the same comparison beside them; the others "
                "stand in the middle by construction and say nothing."
            ),
            "To the left are trials that favour the newer treatment more than the mean of their comparison. The "
            "order of treatments is an assumption: " + ", ".join(self.order) + ".",
        )

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.rows)} trials", f"{len(self.telling)} telling"

    def _table(self) -> Table:
        columns: Columns = (
            ("Trial", lambda row: row.label),
            ("Comparison", lambda row: row.comparison),
            ("HR / mean of comparison", lambda row: numerals.DASH if row.alone else numerals.ratio(row.ratio)),
            ("SE", lambda row: numerals.decimal(row.se)),
        )
        return table_of(columns, self.rows)

    def _frame(self) -> tuple[Columns, tuple[AdjustedTrial, ...]]:
        columns: Columns = (
            ("key", lambda row: row.key),
            ("newer", lambda row: row.newer),
            ("older", lambda row: row.older),
            ("log_hr", lambda row: row.log_hr),
            ("log_hr_se", lambda row: row.se),
            ("log_hr_centred", lambda row: row.centred),
            ("alone", lambda row: row.alone),
        )
        return columns, self.rows


def adjusted_funnel_data(result: NetworkResult, order: Iterable[str] = ()) -> AdjustedFunnel:
    """Centre every trial at the mean of its comparison.

    Parameters
    ----------
    result
        What `compare` gave.
    order
        Treatments from newest to oldest, or from whichever small studies may favour. Those that are not named
        follow in alphabetical order, and the reference last.

    Raises
    ------
    NetworkError
        For a name that the network does not have, or one that stands twice.
    """
    given = (order,) if isinstance(order, str) else tuple(order)
    for name in given:
        if name not in result.treatments:
            raise NetworkError(f"The network has no treatment {shown(name)}.{hint(str(name), result.treatments)}")
    if len(set(given)) < len(given):
        raise NetworkError(f"A treatment stands twice in the order {', '.join(given)}.")
    rest = [name for name in result.treatments if name not in given and name != result.reference]
    last = () if result.reference in given else (result.reference,)
    return _remembered(result, (*given, *rest, *last))


@lru_cache(maxsize=32)
def _remembered(result: NetworkResult, order: tuple[str, ...]) -> AdjustedFunnel:
    rows = [row for study in studies(result.evidence, result.assumptions) for row in study.rows]
    return AdjustedFunnel(result=result, order=order, rows=tuple(_centred(result, order, row) for row in rows))


def _centred(result: NetworkResult, order: tuple[str, ...], row: Row) -> AdjustedTrial:
    newer, older = sorted((row.experimental, row.control), key=order.index)
    mean = direct_effect(result, newer, older)
    effect = row.towards(newer)
    centred, k = (0.0, 1) if mean is None or mean.k == 1 else (effect - mean.log_hr, mean.k)
    return AdjustedTrial(
        key=row.trial.key, label=row.trial.label, newer=newer, older=older, log_hr=effect, se=row.variance**0.5,
        centred=centred, alone=k == 1,
    )  # fmt: skip
