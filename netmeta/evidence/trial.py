"""One randomised comparison on one endpoint, as its paper prints it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from dataclasses import replace as dataclass_replace
from typing import Any

from netmeta.errors import EntryError, SelectionError, hint, shown
from netmeta.evidence import entry
from netmeta.evidence.effects import (
    Effect,
    HazardRatioBound,
    HazardRatioInterval,
    HazardRatioP,
    LogHazardRatio,
    as_ratio,
    z_two_sided,
)

__all__ = ["FIELDS", "Trial"]

_AGREE = 1e-9
_LARGEST = 100.0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trial:
    """One randomised comparison of two treatments on one endpoint.

    Give what the paper prints: ``hr`` with ``ci_low``, ``ci_high`` and ``level`` (the HR scale), or one
    limit with ``sides=1``, or ``hr`` with an exact ``p_value`` and ``p_sides``, or ``hr`` with ``se``; or
    ``log_hr`` and ``se`` (the log scale). What is not given of these two is derived (Parmar 1998, Tierney 2007).
    HR below 1 favours the experimental arm.

    Parameters
    ----------
    study, experimental, control
        The trial's name and its two treatments.
    hr, ci_low, ci_high, level, sides
        Hazard ratio, its interval (HR scale), the level as a fraction, and 2 or 1 for the interval's sides.
    p_value, p_relation, p_sides
        P value, ``"="`` or a bound (``"<"``, ``">"``), and 1, 2 or ``None`` where the paper does not say.
    log_hr, se
        Log hazard ratio and standard error; given, or derived. ``None`` where nothing allows them.
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
        self._read_fields()
        self._check_names()
        self._check_numbers()
        self._derive()

    def _read_fields(self) -> None:
        for name, read in _READERS.items():
            object.__setattr__(self, name, read(name, getattr(self, name)))

    def _check_names(self) -> None:
        for name in ("study", "experimental", "control"):
            if not getattr(self, name):
                raise EntryError(f"{name} is empty; give its name.")
        if self.experimental == self.control:
            raise EntryError(f"{shown(self.experimental)} is compared with itself; name two different treatments.")
        for name in entry.VOCABULARY:
            entry.check_word(name, getattr(self, name))

    def _check_numbers(self) -> None:
        for name in ("hr", "ci_low", "ci_high", "se"):
            entry.check_positive(name, getattr(self, name))
        entry.check_level(self.level)
        if self.sides not in (1, 2) or self.p_sides not in (None, 1, 2):
            raise EntryError(f"sides is {self.sides} and p_sides {self.p_sides}; each is 1 or 2.")
        if self.p_value is not None and not 0 <= self.p_value <= 1:
            raise EntryError(f"p_value is {self.p_value:g}; it has to lie between 0 and 1.")
        if self.hr is None and (self.ci_low is not None or self.ci_high is not None):
            raise EntryError("There is an interval without a hazard ratio; give hr as well.")
        if self.sides == 1 and self.ci_low is not None and self.ci_high is not None:
            raise EntryError(
                f"A one-sided interval has one limit, and there are two ({self.ci_low:g} and {self.ci_high:g}); "
                "leave one out, or give sides=2 with the level of the two-sided interval."
            )
        if self.hr is not None:
            entry.check_interval(self.hr, self.ci_low, self.ci_high)

    def _derive(self) -> None:
        if self.hr is None and (self.log_hr is None) != (self.se is None):
            given, lacking = ("log_hr", "se") if self.se is None else ("se", "log_hr")
            raise EntryError(f"There is {given} without {lacking}; give both.")
        effect = self.effect
        if effect is not None:
            _check_effect(effect)
            self._settle("log_hr", effect.log_hr)
            self._settle("se", effect.se)
        elif self.hr is not None and self.log_hr is not None:
            self._settle("log_hr", math.log(self.hr))

    def _settle(self, name: str, derived: float) -> None:
        """Store what the printed numbers say; a given value has to agree, else one of them is a misprint."""
        given = getattr(self, name)
        if given is not None and not math.isclose(given, derived, rel_tol=_AGREE, abs_tol=_AGREE):
            raise EntryError(
                f"{name} is {given:.10g}, and the printed numbers give {derived:.10g}; "
                "give one of them, or use trial.change(...) to change the printed numbers."
            )
        object.__setattr__(self, name, derived)

    @property
    def effect(self) -> Effect | None:
        """The route from the printed numbers, best first: interval, one limit, exact P, HR or log HR with SE."""
        if self.hr is None:
            return _generic(self.log_hr, self.se)
        if self.ci_low is not None and self.ci_high is not None and self.sides == 2:  # noqa: PLR2004
            return HazardRatioInterval(self.hr, self.ci_low, self.ci_high, self.level)
        bound = self.ci_high if self.ci_high is not None else self.ci_low
        if bound is not None and self.sides == 1:
            return HazardRatioBound(self.hr, bound, self.level)
        if self.p_value is not None and self.p_relation == "=" and self.p_sides is not None:
            return HazardRatioP(self.hr, self.p_value, self.p_sides)
        return _generic(math.log(self.hr), self.se)

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
        return f"hazard ratio {self.hr:g} without an interval or an exact P value of stated sides"

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the interval of the hazard ratio (HR scale) at ``level``.

        The printed limits where the paper gives a two-sided interval of this level, so that a figure shows
        the paper's own digits; otherwise the normal interval from ``log_hr`` and ``se``.
        """
        if self.ci_low is not None and self.ci_high is not None and math.isclose(self.level, level):
            return self.ci_low, self.ci_high
        if self.log_hr is None or self.se is None:
            raise EntryError(f"{self.label} has no interval: {self.why_not_poolable}.")
        if not 0 < level < 1:
            raise EntryError(f"level is {level:g}; give a fraction between 0 and 1, such as 0.95.")
        half = z_two_sided(level) * self.se
        return as_ratio(self.log_hr - half), as_ratio(self.log_hr + half)

    def change(self, **changes: Any) -> Trial:  # noqa: ANN401
        """Return a copy with other values; changing a printed number derives ``log_hr`` and ``se`` anew."""
        for name in changes:
            if name not in FIELDS:
                raise SelectionError(f"A trial has no field {name!r}.{hint(name, FIELDS)}")
        if "hr" in changes or (self.hr is not None and _PRINTED & changes.keys()):
            kept = self.se if isinstance(self.effect, LogHazardRatio) and not _LIMITS & changes.keys() else None
            changes = {"log_hr": None, "se": kept, **changes}
        elif {"log_hr", "se"} & changes.keys():
            changes = {**dict.fromkeys(("hr", "ci_low", "ci_high")), **changes}
        return dataclass_replace(self, **changes)

    def __repr__(self) -> str:
        given = [f"{name}={getattr(self, name)!r}" for name in FIELDS if getattr(self, name) != _DEFAULTS[name]]
        return f"Trial({', '.join(given)})"

    def _repr_html_(self) -> str:
        from netmeta.evidence.show import trial_card

        return trial_card(self)


_PRINTED = frozenset({"hr", "ci_low", "ci_high", "level", "sides", "p_value", "p_relation", "p_sides"})
_LIMITS = frozenset({"ci_low", "ci_high"})
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


def _generic(log_hr: float | None, se: float | None) -> Effect | None:
    return None if log_hr is None or se is None else LogHazardRatio(log_hr, se)


def _check_effect(effect: Effect) -> None:
    if not 0 < effect.se < math.inf:
        raise EntryError(
            f"The printed numbers give a standard error of {effect.se:g}; it has to be above 0. "
            "Check the limits of the interval: one that equals the hazard ratio has no width."
        )
    if abs(effect.log_hr) > _LARGEST:
        raise EntryError(
            f"The log hazard ratio is {effect.log_hr:g}: no hazard ratio is e to that power. "
            "Give hr for a hazard ratio, log_hr for its natural logarithm."
        )
