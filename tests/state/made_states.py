"""Random states of an analysis, from a seed: evidence of every kind, hostile names, every model, merges, exclusions."""

from __future__ import annotations

from random import Random

from netmeta.errors import NetmetaError
from netmeta.evidence import Evidence, Selection, Trial, load_trials
from netmeta.network import Merge
from netmeta.network.asking import NetworkQuestion
from netmeta.pooling import Baseline, CommonEffect, RandomEffects
from netmeta.pooling.model import INTERVALS, PREDICTIONS, TAU2_METHODS
from netmeta.state import State

HOSTILE = (
    '"); system("touch pwned"); ("',
    "'''\nimport os; os.system('touch pwned')\n'''",
    '"""\nopen("pwned", "w")\n"""',
    "back\\slash \\u0041 \\x41 \\",
    "# comment\rsystem('touch pwned')",
    "Ünïcode 试验 \U0001f9ea",
    "line\u2028separator\u2029 and \x85 next \x0b\x0c",
    "right \u202eto left\u202c",
    "nul\x00 bell\x07",
    "{curly} %s %d `tick` $(touch pwned)",
    "coding: latin-1",
    "<script>alert(1)</script>",
)
ARMS = ("placebo", "SSA", "high-dose SSA", "everolimus", "cabozantinib")
LEVELS = (0.95, 0.9, 0.8, 0.99, 0.5, 0.683)


def model(rng: Random):
    if rng.random() < 0.15:
        return CommonEffect(rng.choice(LEVELS))
    interval = rng.choice(INTERVALS)
    known = [name for name in PREDICTIONS if interval != "wald" or "hartung" not in name]
    return RandomEffects(rng.choice(TAU2_METHODS), interval, rng.choice(known), rng.choice(LEVELS))


def printed(rng: Random) -> dict:
    """What a paper may print: one of seven ways."""
    log_hr, se = rng.gauss(-0.6, 0.4), rng.uniform(0.08, 0.45)
    hr = round(2.718281828**log_hr, 2) or 0.01
    level = rng.choice((0.95, 0.9, 0.975))
    ways = (
        {"hr": hr, "ci_low": hr * 2.7182 ** (-2 * se), "ci_high": hr * 2.7182 ** (2.1 * se), "level": level},
        {"log_hr": log_hr, "se": se},
        {"o_minus_e": log_hr / se**2, "logrank_v": 1 / se**2},
        {"hr": hr, "events_experimental": rng.randint(20, 90), "events_control": rng.randint(20, 90)},
        {
            "p_value": rng.uniform(0.001, 0.4),
            "p_sides": 2,
            "favours": "experimental",
            "events_total": 120,
            "allocation": 1.5,
        },
        {"hr": hr, "se": se, "n_experimental": 100, "n_control": 98},
        {
            "curve_experimental": "0 1 120; 6 0.8 90; 12 0.6 60; 18 0.5 40; 24 0.42 20",
            "curve_control": "0 1 118; 6 0.6 66; 12 0.4 40; 18 0.28 25; 24 0.2 11",
        },
    )
    return rng.choice(ways)


def trial(rng: Random, at: int, arms: tuple[str, ...]) -> Trial:
    one, other = rng.sample(arms, 2)
    if rng.random() < 0.6:
        one, other = (one, arms[0]) if one != arms[0] else (other, arms[0])
    name = f"{rng.choice(HOSTILE)} {at}" if rng.random() < 0.3 else f"Trial {at}"
    further = {"cohort": "pNET"} if rng.random() < 0.2 else {}
    if rng.random() < 0.5:
        further |= {"year": rng.randint(1990, 2025), "notes": rng.choice(HOSTILE), "median_control": "5.5"}
    return Trial(
        study=name, experimental=one, control=other, endpoint=rng.choice(("PFS",) * 6 + ("OS",)),
        assessor=rng.choice(("central", "investigator", "")), population=rng.choice(("epNET", "pNET", "midgut")),
        **printed(rng), **further,
    )  # fmt: skip


def three_arms(rng: Random, arms: tuple[str, ...]) -> list[Trial]:
    """A study of three arms whose comparisons agree."""
    names, y = rng.sample(arms, 3), [rng.gauss(0, 0.5) for _ in range(3)]
    v = [rng.uniform(0.01, 0.08) for _ in range(3)]
    return [
        Trial(
            study="Three arms", experimental=names[i], control=names[j], log_hr=y[i] - y[j], se=(v[i] + v[j]) ** 0.5
        )
        for i, j in ((0, 1), (0, 2), (1, 2))
    ]


def evidence(rng: Random) -> Evidence:
    if rng.random() < 0.3:
        rows = list(load_trials())
        return Evidence(tuple(rows if rng.random() < 0.5 else rng.sample(rows, 60)))
    arms = ARMS[: rng.randint(2, len(ARMS))]
    if rng.random() < 0.4:
        arms = (*arms[:-1], rng.choice(HOSTILE).strip())
    rows = [trial(rng, at, arms) for at in range(rng.randint(0, 14))]
    if len(arms) > 2 and rng.random() < 0.4:
        rows += three_arms(rng, arms)
    return Evidence(tuple(rows))


def selection(rng: Random, rows: Evidence) -> Selection:
    one = rng.choice(rows.trials) if len(rows) and rng.random() < 0.5 else None
    return Selection(
        endpoint=one.endpoint if one else "PFS",
        population=one.population if one and rng.random() < 0.3 else "",
        control=one.control if one and rng.random() < 0.6 else rng.choice(("", "placebo")),
        treatments=(one.experimental,) if one and rng.random() < 0.2 else (),
        assessor=rng.choice(("primary", "primary", "central", "central first", "investigator first")),
    )


def network(rng: Random, rows: Evidence) -> NetworkQuestion:
    merges = [Merge("high-dose SSA", "SSA")] if rng.random() < 0.4 else []
    if rng.random() < 0.15:
        merges.append(Merge("no such drug", "another"))
    names = [row.control for row in rows]
    reference = rng.choice(names) if names and rng.random() < 0.3 else ""
    return NetworkQuestion(reference, tuple(merges), model(rng))


def baseline(rng: Random) -> Baseline | None:
    if rng.random() < 0.6:
        return None
    own = ({"median": 5.5}, {"event_free": 0.4, "time": 9.0}, {"curve": ((6.0, 0.7), (12.0, 0.4), (24.0, 0.2))})
    return Baseline(source=rng.choice(("", *HOSTILE)), **rng.choice(own))


def state(seed: int) -> State:
    """The state of a seed; the same in every run."""
    rng = Random(seed)  # noqa: S311
    rows = evidence(rng)
    asked = selection(rng, rows)
    out = frozenset(key for key in rows.keys if rng.random() < 0.12) | frozenset({"gone"} if seed % 9 == 0 else ())
    return State(rows, asked, out, model(rng), network(rng, rows), baseline(rng))


def has_answers(found: State) -> tuple[bool, bool]:
    """Whether a state has a pooled result, and a network."""
    try:
        return not hasattr(found.outcome, "message"), not hasattr(found.network_answer, "message")
    except NetmetaError:
        return False, False
