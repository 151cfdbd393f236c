"""One randomised comparison on one endpoint, as its paper prints it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from dataclasses import replace as dataclass_replace
from typing import TYPE_CHECKING, Any

from netmeta.errors import EntryError, SelectionError, hint
from netmeta.evidence import derivation, entry
from netmeta.evidence.normal import as_ratio, z_two_sided
from netmeta.evidence.ways import chosen, closed_ways, open_ways, uses

if TYPE_CHECKING:
    from netmeta.evidence.checks import Findings
    from netmeta.evidence.routes import Curve, Route
    from netmeta.evidence.ways import ClosedWays, Ways

__all__ = ["FIELDS", "Trial"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trial:
    """One randomised comparison of two treatments on one endpoint.

    Give what the paper prints: ``hr`` with ``ci_low``, ``ci_high`` and ``level`` (the HR scale), or any other of
    the ways of ``docs/routes.md``; or ``log_hr`` and ``se`` (the log scale). These two are derived by the best way
    that the numbers allow (Parmar 1998, Tierney 2007); `ways` shows them all. HR below 1 favours the
    experimental arm.

    Parameters
    ----------
    study, experimental, control
        The trial's name and its two treatments.
    hr, ci_low, ci_high, level, sides
        Hazard ratio, its interval (HR scale), the level as a fraction, and 2 or 1 for the interval's sides.
    p_value, p_relation, p_sides, favours
        P value, ``"="`` or a bound (``"<"``, ``">"``), 1, 2 or ``None`` where the paper does not say, and the arm
        that does better (``"experimental"``, ``"control"``) where there is no hazard ratio to say it.
    o_minus_e, logrank_v, expected_experimental, expected_control
        Of the log-rank test: observed minus expected events of the experimental arm, its variance, and the
        expected events of each arm.
    allocation
        Patients in the experimental arm for each in the control arm (1 for 1:1), where arm sizes are not printed.
    curve_experimental, curve_control, followup_min, followup_max
        Points of survival curves, ``"0 1 134; 6 0.62 70"`` (time, survival, number at risk), and the shortest
        and longest follow-up, in one unit of time.
    printed_log_hr, printed_se
        Log hazard ratio and standard error as printed, beside other numbers.
    route
        The name of the way that the reader chose; empty for the best one.
    log_hr, se
        Log hazard ratio and standard error of the way in use. ``None`` where nothing allows them.
    cohort, subgroup
        An independently randomised part of the study (CABINET has two), or a part that is not independent.
    endpoint, assessor, assessor_as_printed, data_cut
        What was measured (``"PFS"``), who read it (``"central"``, ``"investigator"``, ``"not stated"`` or, where
        nobody reads, nothing), in whose words, when.
    use
        ``"primary"``, ``"sensitivity"``, ``"subgroup"``, ``"superseded"``, ``"unverified"`` or ``"no HR"``.
    verification, unverified
        ``"verified"``, ``"unverified"`` or ``"entered"`` (by the reader); which fields are not verified.

    Raises
    ------
    EntryError
        For a number that cannot be right; the message names the field and the value.
    """

    study: str
    experimental: str
    control: str
    hr: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    level: float = 0.95
    sides: int = 2
    p_value: float | None = None
    p_relation: str = "="
    p_sides: int | None = None
    favours: str = ""
    o_minus_e: float | None = None
    logrank_v: float | None = None
    expected_experimental: float | None = None
    expected_control: float | None = None
    allocation: float | None = None
    curve_experimental: str = ""
    curve_control: str = ""
    followup_min: float | None = None
    followup_max: float | None = None
    printed_log_hr: float | None = None
    printed_se: float | None = None
    route: str = ""
    log_hr: float | None = None
    se: float | None = None
    direction: str = "experimental/control"
    cohort: str = ""
    subgroup: str = ""
    population: str = ""
    setting: str = ""
    endpoint: str = "PFS"
    assessor: str = ""
    assessor_as_printed: str = ""
    role: str = ""
    data_cut: str = ""
    use: str = "primary"
    use_note: str = ""
    verification: str = "entered"
    unverified: str = ""
    experimental_regimen: str = ""
    control_regimen: str = ""
    n_experimental: int | None = None
    n_control: int | None = None
    events_experimental: int | None = None
    events_control: int | None = None
    events_total: int | None = None
    median_experimental: str = ""
    median_experimental_ci: str = ""
    median_control: str = ""
    median_control_ci: str = ""
    response_experimental: str = ""
    response_control: str = ""
    response_basis: str = ""
    grade3_experimental: float | None = None
    grade3_control: float | None = None
    grade3_definition: str = ""
    risk_of_bias: str = ""
    phase: str = ""
    blinding: str = ""
    year: int | None = None
    source: str = ""
    doi: str = ""
    nct: str = ""
    seen_at: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        for name, read in _READERS.items():
            object.__setattr__(self, name, read(name, getattr(self, name)))
        derivation.check_names(self)
        derivation.check_numbers(self)
        derivation.derive(self)

    @property
    def effect(self) -> Route | None:
        """The way in use, as a value: the one that the reader chose, or the best that the printed numbers allow."""
        return chosen(self)

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The survival curves that are given, experimental arm first."""
        return derivation.read_curves(self)

    def ways(self) -> Ways:
        """Return every way from the printed numbers to log HR and SE, best first, and how far they disagree.

        See Also
        --------
        closed_ways : the others, each with the reason.
        """
        return open_ways(self)

    def closed_ways(self) -> ClosedWays:
        """Return the ways that are not open, each with what is lacking or in the way."""
        return closed_ways(self)

    def findings(self) -> Findings:
        """Return what a careful reader would check against the paper, worst first."""
        from netmeta.evidence.checks import check_trial

        return check_trial(self)

    @property
    def label(self) -> str:
        """The name on a forest plot: the study, and its cohort or subgroup."""
        part = f"{self.subgroup} subgroup" if self.subgroup else self.cohort
        return f"{self.study} {part}" if part else self.study

    @property
    def key(self) -> str:
        """What tells this row from every other row of an Evidence."""
        parts = (self.label, self.experimental, self.control, self.endpoint)
        more = (self.assessor_as_printed or self.assessor, self.data_cut)
        return " | ".join((*parts, *more)).rstrip(" |")

    @property
    def comparison(self) -> str:
        """The two treatments: ``"cabozantinib vs placebo"``."""
        return f"{self.experimental} vs {self.control}"

    @property
    def n(self) -> int | None:
        """Patients randomised in both arms, or ``None`` where an arm is not known."""
        if self.n_experimental is None or self.n_control is None:
            return None
        return self.n_experimental + self.n_control

    @property
    def poolable(self) -> bool:
        """Whether the row has a log hazard ratio and a standard error."""
        return self.log_hr is not None and self.se is not None

    @property
    def why_not_poolable(self) -> str:
        """Why the row cannot be pooled, in words; empty when it can."""
        if self.poolable:
            return ""
        if self.hr is None:
            return self.use_note or "no hazard ratio reported"
        return f"hazard ratio {self.hr:g} without an interval, an exact P value of stated sides, or events"

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the interval of the hazard ratio (HR scale) at ``level``.

        The printed limits where the paper gives a two-sided interval of this level, so that a figure shows
        the paper's own digits; otherwise the normal interval from ``log_hr`` and ``se``.
        """
        low, high = self.ci_low, self.ci_high
        if low is not None and high is not None and math.isclose(self.level, level) and uses(self, "interval"):
            return low, high
        if self.log_hr is None or self.se is None:
            raise EntryError(f"{self.label} has no interval: {self.why_not_poolable}.")
        if not 0 < level < 1:
            raise EntryError(f"level is {level:g}; give a fraction between 0 and 1, such as 0.95.")
        half = z_two_sided(level) * self.se
        return as_ratio(self.log_hr - half), as_ratio(self.log_hr + half)

    def change(self, **changes: Any) -> Trial:  # noqa: ANN401
        """Return a copy with other values; changing a printed number derives ``log_hr`` and ``se`` anew.

        ``change(route="exact-p")`` takes another way than the best; ``change(log_hr=..., se=...)`` leaves the
        printed effect behind.
        """
        for name in changes:
            if name not in FIELDS:
                raise SelectionError(f"A trial has no field {name!r}.{hint(name, FIELDS)}")
        if "hr" in changes:
            changes = {"printed_log_hr": None, **changes}
        elif {"log_hr", "se"} & changes.keys():
            kept = {"log_hr": self.log_hr, "se": self.se}
            changes = {**dict.fromkeys(_EFFECTS), "route": "", **kept, **changes}
        if _PRINTED & changes.keys():
            changes = {"log_hr": None, "se": None, **changes}
        return dataclass_replace(self, **changes)

    def __repr__(self) -> str:
        hidden = ("log_hr", "se") if self.poolable else ()
        names = (name for name in FIELDS if name not in hidden and getattr(self, name) != _DEFAULTS[name])
        return f"Trial({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    def _repr_html_(self) -> str:
        from netmeta.evidence.show import trial_card

        return trial_card(self)


_EFFECTS = (
    "hr",
    "ci_low",
    "ci_high",
    "o_minus_e",
    "logrank_v",
    "expected_experimental",
    "expected_control",
    "printed_log_hr",
    "printed_se",
)
_PRINTED = frozenset(
    {*_EFFECTS, "level", "sides", "p_value", "p_relation", "p_sides", "favours", "allocation", "route"}
    | {"events_experimental", "events_control", "events_total", "n_experimental", "n_control"}
    | {"curve_experimental", "curve_control", "followup_min", "followup_max"}
)
_DEFAULTS = {field.name: field.default for field in fields(Trial)}
FIELDS: tuple[str, ...] = tuple(_DEFAULTS)
_BY_TYPE = {
    "str": entry.text,
    "float | None": entry.number,
    "int | None": entry.integer,
    "float": entry.level,
    "int": entry.sides,
}
_READERS = {field.name: _BY_TYPE[str(field.type)] for field in fields(Trial)}
