"""How a trial and an Evidence look in a notebook: escaped HTML that takes the notebook's own colours."""

from __future__ import annotations

from html import escape
from math import exp
from typing import TYPE_CHECKING

from netmeta import numerals
from netmeta.evidence.evidence import size_in_words
from netmeta.showing import LEFT, ROWS, Columns, html_table, table_of

if TYPE_CHECKING:
    from netmeta.evidence.trial import Trial

__all__ = ["card_facts", "evidence_table", "hazard_ratio", "trial_card", "verification_note"]


def hazard_ratio(trial: Trial) -> str:
    """Write the hazard ratio as printed, with the level where it is not a two-sided 95%."""
    if trial.hr is None:
        return "" if trial.log_hr is None else numerals.estimate(exp(trial.log_hr), *trial.interval())
    hr, level = numerals.ratio(trial.hr), f"{trial.level * 100:g}%"
    if trial.ci_low is not None and trial.ci_high is not None:
        stated = "" if trial.level == 0.95 else f", {level}"  # noqa: PLR2004
        return numerals.estimate(trial.hr, trial.ci_low, trial.ci_high) + stated
    limits = [("lower", trial.ci_low), ("upper", trial.ci_high)]
    sided = "one-sided" if trial.sides == 1 else "the other limit not given,"
    said = [
        f"{hr} ({side} {numerals.ratio(limit)}, {sided} {level})" for side, limit in limits if limit is not None
    ]
    return said[0] if said else f"{hr} (no interval)"


def verification_note(trial: Trial) -> str:
    """Say how sure the numbers are, in a few words."""
    if trial.verification == "entered":
        return "entered by the reader"
    if not trial.unverified:
        return trial.verification
    sure = (
        "hazard ratio verified" if trial.verification == "verified" and trial.hr is not None else trial.verification
    )
    return f"{sure}; not verified: {trial.unverified}"


def trial_card(trial: Trial) -> str:
    """Write one trial as a small table of what is known of it."""
    rows = "".join(
        f"<tr><th {LEFT}>{escape(name)}</th><td {LEFT}>{escape(text)}</td></tr>" for name, text in card_facts(trial)
    )
    return f"<table><caption {LEFT}><b>{escape(trial.label)}</b></caption>{rows}</table>"


def card_facts(trial: Trial) -> list[tuple[str, str]]:
    """Return what is known of a trial as (name, text), in reading order."""
    return [(name, text) for name, text in _facts(trial) if text]


def evidence_table(trials: tuple[Trial, ...]) -> str:
    """Write an Evidence as a table, the first rows of it where it is long."""
    more = f", the first {ROWS} shown" if len(trials) > ROWS else ""
    made = table_of(_COLUMNS, trials)
    return html_table(made.head, made.rows, f"Evidence: {size_in_words(trials)}{more}", made.numbers())


def _facts(trial: Trial) -> list[tuple[str, str]]:
    arms = " vs ".join(numerals.count(n) if n is not None else "?" for n in (trial.n_experimental, trial.n_control))
    known = trial.n_experimental is not None or trial.n_control is not None
    return [
        ("Comparison", trial.comparison),
        ("Regimens", " vs ".join(filter(None, (trial.experimental_regimen, trial.control_regimen)))),
        ("Setting", trial.setting or trial.population),
        ("Endpoint", trial.endpoint),
        ("Read by", trial.assessor_as_printed or trial.assessor),
        ("Hazard ratio", hazard_ratio(trial) or trial.why_not_poolable),
        ("Log HR and SE", _derivation(trial)),
        ("Direction", trial.direction),
        ("Events", _events(trial)),
        ("Log-rank test", _logrank(trial)),
        ("P", _p(trial)),
        ("Median (months)", _medians(trial)),
        ("Randomised", arms if known else ""),
        ("Response", _against(trial.response_experimental, trial.response_control, trial.response_basis)),
        ("Grade 3 or higher", _harm(trial)),
        ("Data cut", trial.data_cut),
        ("Use", ": ".join(filter(None, (trial.use, trial.use_note)))),
        ("Verification", verification_note(trial)),
        ("Source", trial.source),
        ("DOI", trial.doi),
        ("Registry", trial.nct),
        ("Notes", trial.notes),
    ]


def _derivation(trial: Trial) -> str:
    """Say by which way log HR and SE were derived, and whether the reader chose it."""
    if trial.effect is None or trial.log_hr is None or trial.se is None:
        return ""
    said = f"{numerals.decimal(trial.log_hr, 3)}, {numerals.decimal(trial.se, 3)}: by {trial.effect.kind.title}"
    if not trial.route:
        return said
    return f"{said} (chosen by the reader; the best is {trial.ways()[0].title})"


def _events(trial: Trial) -> str:
    arms = (trial.events_experimental, trial.events_control)
    said = " vs ".join("?" if events is None else numerals.count(events) for events in arms)
    total = "" if trial.events_total is None else f"{numerals.count(trial.events_total)} in all"
    if arms == (None, None):
        return total
    return f"{said} ({total})" if total else said


def _logrank(trial: Trial) -> str:
    numbers = (
        ("O − E", trial.o_minus_e),
        ("V", trial.logrank_v),
        ("expected, experimental", trial.expected_experimental),
        ("expected, control", trial.expected_control),
    )
    return ", ".join(
        f"{name} {value:g}".replace(" -", f" {numerals.MINUS}") for name, value in numbers if value is not None
    )


def _p(trial: Trial) -> str:
    if trial.p_value is None:
        return ""
    sides = {1: "one-sided", 2: "two-sided", None: "sides not stated"}[trial.p_sides]
    return f"{trial.p_relation} {trial.p_value:g} ({sides})"


def _medians(trial: Trial) -> str:
    pairs = (
        (trial.median_experimental, trial.median_experimental_ci),
        (trial.median_control, trial.median_control_ci),
    )
    experimental, control = (f"{median} ({interval})" if interval else median for median, interval in pairs)
    return _against(experimental, control, "")


def _against(experimental: str, control: str, basis: str) -> str:
    if not experimental and not control:
        return ""
    return f"{experimental or '?'} vs {control or '?'}" + (f" ({basis})" if basis else "")


def _harm(trial: Trial) -> str:
    arms = [f"{arm:g}%" if arm is not None else "" for arm in (trial.grade3_experimental, trial.grade3_control)]
    return _against(arms[0], arms[1], trial.grade3_definition)


_COLUMNS: Columns = (
    ("Trial", lambda trial: trial.label),
    ("Comparison", lambda trial: trial.comparison),
    ("Endpoint", lambda trial: trial.endpoint),
    ("Read by", lambda trial: trial.assessor),
    ("N", lambda trial: "" if trial.n is None else numerals.count(trial.n)),
    ("HR (interval)", lambda trial: hazard_ratio(trial) or trial.why_not_poolable),
    ("Use", lambda trial: trial.use),
    ("Verification", lambda trial: trial.verification),
)
