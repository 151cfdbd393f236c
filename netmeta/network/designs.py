"""Heterogeneity within designs, inconsistency between them, and the design-by-treatment interaction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.network.design_words import COLUMNS, designs_in_words
from netmeta.network.detaching import Background, by_design
from netmeta.network.fitting import method_of, network_fit
from netmeta.network.judged import Judged
from netmeta.pooling.heterogeneity import cochran_of
from netmeta.showing import table_of

if TYPE_CHECKING:
    from netmeta.network.detaching import ByDesign
    from netmeta.network.fitting import NetworkFit
    from netmeta.network.result import NetworkResult
    from netmeta.pooling.arrays import Floats
    from netmeta.pooling.heterogeneity import Cochran
    from netmeta.showing import Columns, Table

__all__ = ["DesignRow", "DesignTest", "Inconsistency", "inconsistency"]


@dataclass(frozen=True, slots=True)
class DesignTest:
    """A test by Q: the sum of squares, its degrees of freedom, and P (1 where nothing can be tested)."""

    q: float
    df: int
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignRow:
    """A design: a set of treatments that some studies compare.

    Parameters
    ----------
    treatments
        The set, in alphabetical order.
    k
        How many studies have it.
    within
        Heterogeneity among them.
    without
        Inconsistency between designs that is left when this one is detached from the network.
    """

    treatments: tuple[str, ...]
    k: int
    within: DesignTest
    without: DesignTest

    @property
    def name(self) -> str:
        """``"cabozantinib : placebo"``."""
        return " : ".join(self.treatments)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Inconsistency(Judged):
    """Q taken apart by design, and the design-by-treatment interaction.

    Parameters
    ----------
    result
        The network meta-analysis.
    total, within, between
        Q of the whole network, of heterogeneity within designs, of inconsistency between them: the second and the
        third add up to the first (Krahn, Binder & Konig 2013, BMC Med Res Methodol 13:35).
    rows
        One a design.
    interaction
        Wald's test of all inconsistency parameters with the variance between trials that is left within designs
        (Higgins et al. 2012, Res Synth Methods 3:98); ``None`` for a common effect and where no design is met
        twice.
    tau2
        That variance, (log HR) squared, by the model's estimator; 0 without an interaction.
    """

    result: NetworkResult
    total: DesignTest
    within: DesignTest
    between: DesignTest
    rows: tuple[DesignRow, ...]
    interaction: DesignTest | None
    tau2: float

    def findings(self) -> tuple[str, ...]:
        """Say what was found, a sentence or two each."""
        return designs_in_words(self)

    def _brief(self) -> tuple[str, ...]:
        return f"{len(self.rows)} designs", f"between designs {numerals.p_value(self.between.p_value)}"

    def _table(self) -> Table:
        return table_of(COLUMNS, self.rows)

    def _frame(self) -> tuple[Columns, tuple[DesignRow, ...]]:
        columns: Columns = (
            ("design", lambda row: row.name),
            ("studies", lambda row: row.k),
            ("q_within", lambda row: row.within.q),
            ("df_within", lambda row: row.within.df),
            ("p_within", lambda row: row.within.p_value),
            ("q_between_without", lambda row: row.without.q),
            ("df_between_without", lambda row: row.without.df),
            ("p_between_without", lambda row: row.without.p_value),
        )
        return columns, self.rows


def _as_test(found: Cochran) -> DesignTest:
    return DesignTest(found.q, found.df, found.p)


def inconsistency(result: NetworkResult) -> Inconsistency:
    """Take Q apart by design, and test the design-by-treatment interaction.

    Parameters
    ----------
    result
        What `compare` gave.

    Returns
    -------
    Inconsistency
        Q within and between designs are those of tau2 = 0, as in R's ``decomp.design``; the interaction, for a
        model of random effects, has the variance within designs by the model's own estimator.
    """
    return _remembered(result)


@lru_cache(maxsize=64)
def _remembered(result: NetworkResult) -> Inconsistency:
    fit = network_fit(result.evidence, result.assumptions, result.model)
    designs = by_design(fit.contrasts)
    squares = designs.rest(0.0) ** 2
    within, inner = _within(designs, squares), float(squares.sum())
    between = cochran_of(max(0.0, fit.test.q - inner), fit.contrasts.df - designs.df)
    detached = _detached(fit, designs, between)
    studies = [each.study.design for each in fit.contrasts.studies]
    tau2, interaction = _interaction(fit, designs, result)
    return Inconsistency(
        result=result, total=_as_test(fit.test),
        within=_as_test(cochran_of(inner, designs.df)), between=_as_test(between),
        rows=tuple(
            DesignRow(treatments=name, k=studies.count(name), within=own, without=without)
            for name, own, without in zip(designs.names, within, detached, strict=True)
        ),
        interaction=interaction, tau2=tau2,
    )  # fmt: skip


def _within(designs: ByDesign, squares: Floats) -> tuple[DesignTest, ...]:
    found = (cochran_of(float(squares[rows].sum()), len(rows) - len(columns)) for rows, columns in designs.rows)
    return tuple(map(_as_test, found))


def _detached(fit: NetworkFit, designs: ByDesign, between: Cochran) -> tuple[DesignTest, ...]:
    """Test what inconsistency is left when each design has effects of its own."""
    found, background = [], Background.of(fit, 0.0)
    for _rows, columns in designs.rows:
        basis = background.basis(designs.x[:, columns])
        left, fall = between.df - int(basis.shape[1]), float(((basis.T @ background.rest) ** 2).sum())
        found.append(_as_test(cochran_of(max(0.0, between.q - fall), left)))
    return tuple(found)


def _interaction(fit: NetworkFit, designs: ByDesign, result: NetworkResult) -> tuple[float, DesignTest | None]:
    method, df = method_of(result.model), fit.contrasts.df - designs.df
    if method is None or not df or not designs.df:
        return 0.0, None
    own = designs.tau2(method)
    outer = fit.regression.one(own / fit.regression.unit**2).squares.item()
    return own, _as_test(cochran_of(max(0.0, outer - float((designs.rest(own) ** 2).sum())), df))
