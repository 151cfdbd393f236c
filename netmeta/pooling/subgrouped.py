"""What came back from a subgroup analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta import numerals
from netmeta.errors import SelectionError, hint, shown
from netmeta.pooling.columns import SUBGROUPS
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.words import effect, model_in_words, trials_in_words
from netmeta.showing import Shown, Tabled

if TYPE_CHECKING:
    from netmeta.evidence import Evidence
    from netmeta.evidence.selection import LeftOut
    from netmeta.pooling.regressed import JointTest
    from netmeta.pooling.result import PooledResult
    from netmeta.showing import Columns

__all__ = ["Subgroup", "Subgroups"]

_FEW: Final = 10
_SOME: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Subgroup(Shown):
    """Trials of one group, pooled.

    Parameters
    ----------
    name, evidence
        The group and its trials.
    log_hr, se, ci, p_value
        Pooled log HR, the standard error of its interval, the interval, and the P value of 0. A single trial is
        itself.
    pi
        Prediction interval, log HR; ``None`` where there is none.
    tau2, i2
        Variance between its trials (or between trials of any group, where it is common), and I2 in percent.
    q, q_df, q_p
        Cochran's Q within the group; 0 on 0 degrees of freedom for a single trial.
    weight
        Share of the weights in the overall analysis, in percent.
    """

    name: str
    evidence: Evidence
    log_hr: float
    se: float
    ci: Interval
    p_value: float
    pi: Interval | None
    tau2: float
    i2: float
    q: float
    q_df: int
    q_p: float
    weight: float

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.evidence)

    @property
    def hr(self) -> float:
        """Pooled hazard ratio."""
        return hazard_ratio(self.log_hr)

    def _lines(self) -> tuple[str, ...]:
        return (f"{self.name}: HR {effect(self)}, {trials_in_words(self.k)}, {numerals.p_value(self.p_value)}.",)

    def _brief(self) -> tuple[str, ...]:
        return self.name, trials_in_words(self.k), f"HR {effect(self)}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Subgroups(Tabled):
    """A subgroup analysis.

    Parameters
    ----------
    overall
        All these trials pooled, with the model.
    by
        What the groups are of: ``"assessor"``.
    tau2
        ``"separate"`` or ``"common"`` variance between trials.
    groups
        In alphabetical order.
    between
        Test that all groups have one effect.
    q_within, q_within_df, q_within_p
        Sum of Q within the groups, chi-squared.
    left_out
        Trials without a group, with the reason.
    """

    overall: PooledResult
    by: str
    tau2: str
    groups: tuple[Subgroup, ...]
    between: JointTest
    q_within: float
    q_within_df: int
    q_within_p: float
    left_out: tuple[LeftOut, ...]

    def __getitem__(self, name: str) -> Subgroup:
        for group in self.groups:
            if group.name == name:
                return group
        raise SelectionError(f"There is no group {shown(name)}.{hint(str(name), [g.name for g in self.groups])}")

    @property
    def test_in_words(self) -> str:
        """The test between the groups, as journals print it."""
        test = self.between
        if test.df_residual is None:
            value = f"Q = {numerals.decimal(test.statistic)} on {test.df} df"
        else:
            value = f"F = {numerals.decimal(test.statistic)} on {test.df} and {test.df_residual} df"
        return f"Test for differences between groups: {value}, {numerals.p_value(test.p_value)}"

    @property
    def cautions(self) -> tuple[str, ...]:
        """What has to be known before the numbers are believed, in plain words."""
        single = [group.name for group in self.groups if group.k == 1]
        lines = (
            f"A single trial makes up {', '.join(single)}: that line shows the trial, not a pool."
            if single
            else "",
            _few(self.groups),
            _unknown(self.left_out),
        )
        always = (
            "Trials were not randomised to groups: groups may differ for other reasons, and no difference found is "
            "not the same as no difference."
        )
        return (*(line for line in lines if line), always)

    def _lines(self) -> tuple[str, ...]:
        return _sentences(self)

    def _asides(self) -> tuple[str, ...]:
        return self.cautions

    def _brief(self) -> tuple[str, ...]:
        return f"by {self.by}", f"{len(self.groups)} groups", numerals.p_value(self.between.p_value)

    def _frame(self) -> tuple[Columns, tuple[Subgroup, ...]]:
        return SUBGROUPS, self.groups


def _few(groups: tuple[Subgroup, ...]) -> str:
    total = sum(group.k for group in groups)
    if total >= _FEW * (len(groups) - 1):
        return ""
    return (
        f"{numerals.count(total)} trials for {len(groups)} groups: fewer than {_FEW} for each comparison, so that "
        "chance findings are likely and real ones are easily missed."
    )


def _unknown(left_out: tuple[LeftOut, ...]) -> str:
    if not left_out:
        return ""
    named = "; ".join(f"{out.trial.label} ({out.reason})" for out in left_out[:_SOME])
    more = f"; and {len(left_out) - _SOME} more" if len(left_out) > _SOME else ""
    return f"Left out: {named}{more}."


def _sentences(found: Subgroups) -> tuple[str, ...]:
    level = f"{found.overall.model.level * 100:g}%"
    kind = "one variance between trials for all groups" if found.tau2 == "common" else "a variance for each group"
    head = f"Subgroups by {found.by}: {model_in_words(found.overall.model)}, {kind}."
    return (head, *(_group(group, level) for group in found.groups), f"{found.test_in_words}.")


def _group(group: Subgroup, level: str) -> str:
    spread = "" if group.k == 1 else f", I² = {numerals.percent(group.i2)}"
    ci = group.ci.exp()
    found = f"HR {numerals.ratio(group.hr)} ({level} CI {numerals.interval(ci.low, ci.high)})"
    return f"{group.name}: {found}, {trials_in_words(group.k)}{spread}."
