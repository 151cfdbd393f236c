"""From a hazard ratio to what it means for patients: risks at a time, number needed to treat, medians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.errors import EntryError, shown
from netmeta.pooling import absolute_words as words
from netmeta.pooling.baseline import Baseline
from netmeta.pooling.interval import Interval, hazard_ratio
from netmeta.pooling.needed import NumberNeeded
from netmeta.pooling.relative import RelativeEffect, relative
from netmeta.showing import Columns, Table, Tabled, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AbsoluteEffect", "AbsoluteEffects", "absolute_effects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsoluteEffect:
    """What a hazard ratio means at one time, under a baseline.

    Parameters
    ----------
    time
        Months from the start.
    control, treated
        Share (0 to 1) without the event in the two arms: ``treated = control ** HR``.
    treated_ci, treated_pi
        Interval of ``treated`` from the confidence and the prediction interval of the HR; ``None`` without one.
    """

    time: float
    control: float
    treated: float
    treated_ci: Interval
    treated_pi: Interval | None

    @property
    def risk_control(self) -> float:
        """Share of the control arm with the event by ``time``."""
        return 1 - self.control

    @property
    def risk_treated(self) -> float:
        """Share of the experimental arm with the event by ``time``: ``1 - (1 - p0) ** HR``."""
        return 1 - self.treated

    @property
    def risk_treated_ci(self) -> Interval:
        """Its interval."""
        return Interval(1 - self.treated_ci.high, 1 - self.treated_ci.low)

    @property
    def difference(self) -> float:
        """Risk of the experimental arm less that of the control arm; below 0 for fewer events."""
        return self.control - self.treated

    @property
    def difference_ci(self) -> Interval:
        """Its interval."""
        return Interval(self.control - self.treated_ci.high, self.control - self.treated_ci.low)

    @property
    def benefit_ci(self) -> Interval:
        """Interval of the share more without the event."""
        return _beyond(self.treated_ci, self.control)

    @property
    def needed(self) -> NumberNeeded:
        """Number needed to treat, with its interval."""
        return NumberNeeded(benefit=self.treated - self.control, ci=self.benefit_ci)

    @property
    def needed_pi(self) -> NumberNeeded | None:
        """Number needed to treat, with the interval for a new trial."""
        if self.treated_pi is None:
            return None
        return NumberNeeded(benefit=self.treated - self.control, ci=_beyond(self.treated_pi, self.control))


def _beyond(shares: Interval, control: float) -> Interval:
    return Interval(shares.low - control, shares.high - control)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AbsoluteEffects(Tabled):
    """What a hazard ratio means at one time or more, under a baseline that is assumed.

    Parameters
    ----------
    effect
        The hazard ratio with its intervals.
    baseline
        How the control arm fares.
    rows
        One for each time.
    """

    effect: RelativeEffect
    baseline: Baseline
    rows: tuple[AbsoluteEffect, ...]

    @property
    def median_control(self) -> float | None:
        """Months until half of the control arm have had the event; ``None`` where the curve ends before."""
        return self.baseline.median_under(1.0)

    @property
    def median_treated(self) -> float | None:
        """The same under the HR."""
        return self.baseline.median_under(self.effect.hr)

    @property
    def median_treated_ci(self) -> tuple[float | None, float | None]:
        """Its interval, the shorter time first; ``None`` for a bound that is not reached."""
        ratios = self.effect.ci.exp()
        return self.baseline.median_under(ratios.high), self.baseline.median_under(ratios.low)

    def restricted_mean(self, months: float) -> tuple[float, float]:
        """Return the mean months without the event up to a time, in the control arm and under the HR.

        Parameters
        ----------
        months
            The horizon; at most the end of a given curve.
        """
        return self.baseline.mean_until(months, 1.0), self.baseline.mean_until(months, self.effect.hr)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What has to be so for these numbers to hold, a sentence each."""
        return words.assumptions(self)

    def _lines(self) -> tuple[str, ...]:
        return words.sentences(self)

    def _brief(self) -> tuple[str, ...]:
        return words.hr_in_words(self.effect), f"{len(self.rows)} times"

    def _table(self) -> Table | None:
        return table_of(words.COLUMNS, self.rows) if len(self.rows) > 1 else None

    def _frame(self) -> tuple[Columns, tuple[AbsoluteEffect, ...]]:
        return _COLUMNS, self.rows


_COLUMNS: Final[Columns] = (
    ("time_months", lambda row: row.time),
    ("control_event_free", lambda row: row.control),
    ("treated_event_free", lambda row: row.treated),
    ("treated_event_free_low", lambda row: row.treated_ci.low),
    ("treated_event_free_high", lambda row: row.treated_ci.high),
    ("treated_event_free_new_low", lambda row: row.treated_pi.low if row.treated_pi else None),
    ("treated_event_free_new_high", lambda row: row.treated_pi.high if row.treated_pi else None),
    ("risk_difference", lambda row: row.difference),
    ("risk_difference_low", lambda row: row.difference_ci.low),
    ("risk_difference_high", lambda row: row.difference_ci.high),
    ("number_needed", lambda row: row.needed.value),
    ("number_needed_words", lambda row: row.needed.in_words),
)


def absolute_effects(result: object, baseline: Baseline, times: Sequence[float] = ()) -> AbsoluteEffects:
    """Return what a relative effect means in patients, under a baseline.

    Parameters
    ----------
    result
        A `PooledResult`, a comparison of a network (`NetworkEffect`), a trial, or a
        `netmeta.pooling.RelativeEffect` of your own.
    baseline
        How the control arm fares: an assumption, which the result carries and says.
    times
        Months; by default the baseline's own ``time``.

    Returns
    -------
    AbsoluteEffects
        Shares and risks with intervals, numbers needed to treat, medians. ``print`` says them in words.

    Raises
    ------
    EntryError
        For what has no hazard ratio, no `Baseline`, and a time at which the baseline says nothing.

    Notes
    -----
    Under proportional hazards the share without the event is ``S0(t) ** HR``, and the number needed to treat
    ``1 / (S0(t) ** HR - S0(t))`` (Altman & Andersen 1999, BMJ 319:1492). The limits of the HR, carried over, give
    those of every number; the baseline is taken as known. See ``docs/absolute.md``.
    """
    effect = relative(result)
    if not isinstance(baseline, Baseline):
        raise EntryError(
            f"Absolute effects need a Baseline, not {shown(baseline)}. "
            "For example Baseline(median=4.4, time=12, source='placebo in CABINET pNET')."
        )
    rows = tuple(_at(float(time), effect, baseline) for time in times or (baseline.time,))
    return AbsoluteEffects(effect=effect, baseline=baseline, rows=rows)


def _at(time: float, effect: RelativeEffect, baseline: Baseline) -> AbsoluteEffect:
    control = baseline.at(time)
    return AbsoluteEffect(
        time=time, control=control, treated=control**effect.hr,
        treated_ci=_shares(control, effect.ci), treated_pi=effect.pi and _shares(control, effect.pi),
    )  # fmt: skip


def _shares(control: float, log_hrs: Interval) -> Interval:
    # A higher hazard ratio leaves fewer without the event.
    return Interval(control ** hazard_ratio(log_hrs.high), control ** hazard_ratio(log_hrs.low))
