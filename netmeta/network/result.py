"""What came back from a network meta-analysis, with what went in."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from netmeta.errors import NetworkError, hint, shown
from netmeta.network.columns import EFFECTS, against_reference
from netmeta.network.effects import NetworkEffect, Spread, network_effect
from netmeta.network.graph import graph, pairs_of
from netmeta.network.words import sentences
from netmeta.showing import Tabled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netmeta.evidence import Evidence
    from netmeta.network.assumptions import Assumptions
    from netmeta.network.graph import Graph
    from netmeta.pooling.interval import Interval
    from netmeta.pooling.model import Model
    from netmeta.showing import Columns, Table

__all__ = ["NetworkResult"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkResult(Tabled):
    """A network meta-analysis: its numbers, with the evidence, the assumptions and the model they came from.

    Parameters
    ----------
    evidence
        The trials, as they were given.
    assumptions
        Treatments or endpoints that were taken as one (`Merge`); part of every account of the result.
    model
        The model that was asked for.
    reference
        The treatment that others are shown against; no number of another comparison depends on it.
    better
        ``"lower"`` where a low hazard ratio is good, ``"higher"`` where a high one is.
    treatments
        In alphabetical order.
    k, m, designs
        Independent studies; comparisons that they give (a study of a arms gives a - 1); sets of treatments
        compared.
    log_hrs, covariance
        Log HR of each treatment against the first of ``treatments``, and their covariance by the model, without any
        small-sample factor, as rows.
    tau2, tau2_ci
        Variance between trials, (log HR) squared, the same for all comparisons, and its Q-profile interval; 0 and
        ``None`` for a common effect.
    q, q_df, q_p
        Generalised Q of the whole network (heterogeneity and inconsistency), degrees of freedom, P.
    i2, i2_ci
        I2 from Q, in percent, and its test-based interval (Higgins & Thompson 2002).
    factor, df
        Small-sample factor on the variances and degrees of freedom of the model's interval; 1 and ``None`` for
        Wald.
    scores
        P-score of each treatment (Rucker & Schwarzer 2015, BMC Med Res Methodol 15:58), from 0 to 1.
    """

    evidence: Evidence
    assumptions: Assumptions
    model: Model
    reference: str
    better: str
    treatments: tuple[str, ...]
    k: int
    m: int
    designs: int
    log_hrs: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    tau2: float
    tau2_ci: Interval | None
    q: float
    q_df: int
    q_p: float
    i2: float
    i2_ci: Interval | None
    factor: float
    df: int | None
    scores: tuple[float, ...]

    @property
    def graph(self) -> Graph:
        """Treatments, direct comparisons with their trials, designs and loops."""
        return graph(self.evidence, self.assumptions)

    @property
    def p_scores(self) -> Mapping[str, float]:
        """P-score by treatment, the best first: the mean certainty that it is better than another one."""
        pairs = zip(self.treatments, self.scores, strict=True)
        return MappingProxyType(dict(sorted(pairs, key=lambda pair: -pair[1])))

    @property
    def ranking(self) -> tuple[str, ...]:
        """Treatments by P-score, the best first; never to be shown without intervals."""
        return tuple(self.p_scores)

    def effect(self, experimental: str, control: str = "") -> NetworkEffect:
        """Return the effect of one treatment against another, by default the reference.

        Raises
        ------
        NetworkError
            For a treatment that the network does not have, and one against itself.
        """
        one, other = (self.place(name) for name in (experimental, control or self.reference))
        pair = self.treatments[one], self.treatments[other]
        if one == other:
            raise NetworkError(f"{pair[0]} cannot be compared with itself.")
        row, column = self.covariance[one], self.covariance[other]
        edge = self.graph.edge(*pair)
        return network_effect(
            pair, self.log_hrs[one] - self.log_hrs[other], row[one] + column[other] - 2 * row[other],
            self.spread, len(edge.keys) if edge else 0,
        )  # fmt: skip

    @property
    def spread(self) -> Spread:
        """What the intervals of all its effects share."""
        return Spread(
            model=self.model, factor=self.factor, df=self.df, tau2=self.tau2, q_df=self.q_df,
            assumptions=self.assumptions,
        )  # fmt: skip

    def place(self, name: str) -> int:
        """Return where a treatment stands in ``treatments``, or raise naming it."""
        if name not in self.treatments:
            raise NetworkError(f"The network has no treatment {shown(name)}.{hint(str(name), self.treatments)}")
        return self.treatments.index(name)

    @property
    def effects(self) -> tuple[NetworkEffect, ...]:
        """Every treatment against the reference, the best first."""
        return tuple(self.effect(name) for name in self.ranking if name != self.reference)

    @property
    def pairs(self) -> tuple[NetworkEffect, ...]:
        """Every pair of treatments once, the earlier in ``treatments`` as experimental."""
        return tuple(self.effect(*pair) for pair in pairs_of(self.treatments))

    def _lines(self) -> tuple[str, ...]:
        return sentences(self)

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.treatments)} treatments", f"{self.k} trials", f"reference {self.reference}"

    def _table(self) -> Table:
        return against_reference(self)

    def _frame(self) -> tuple[Columns, tuple[NetworkEffect, ...]]:
        return EFFECTS, self.pairs
