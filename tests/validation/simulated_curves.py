"""Simulated trials, their curves drawn and clicked as a digitiser would, reconstructed, and compared with the truth.

python tests/validation/simulated_curves.py            # 400 trials in each setting: the table of docs/curves.md
python tests/validation/simulated_curves.py 40 7       # 40 trials, seed 7
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field

import numpy as np

from netmeta.evidence import curves
from netmeta.evidence.curves import DigitisedCurve, PatientData

SEED, TRIALS = 20_260, 400


@dataclass(frozen=True)
class Setting:
    """How a curve is drawn and clicked, and what is printed under it."""

    name: str
    points: int = 40
    noise: float = 1.0  # standard deviation of a click, in pixels
    height: int = 300  # pixels of the survival axis
    width: int = 480
    every: float = 3.0  # months between printed numbers at risk; 0: none but at time 0
    total: bool = True
    clicks: str = "along"
    slips: float = 0.0  # share of clicks that miss the curve altogether


SETTINGS = (
    Setting("usual: 40 clicks, 1 pixel, every 3 months, events"),
    Setting("no total of events", total=False),
    Setting("risk table every 6 months, no events", every=6, total=False),
    Setting("15 clicks, 2 pixels, every 6 months, no events", points=15, noise=2, every=6, total=False),
    Setting("traced: 400 points, 0.5 pixel", points=400, noise=0.5),
    Setting("feet of the steps clicked, 1 pixel", clicks="steps"),
    Setting("small figure (120 pixels high)", height=120, width=200),
    Setting("1 click in 20 slips", slips=0.05),
    Setting("no risk table, events printed", every=0),
    Setting("no risk table, no events", every=0, total=False),
)


@dataclass(frozen=True)
class Truth:
    """A simulated trial: both arms, and the end of the time axis of its figure."""

    arms: tuple[PatientData, PatientData]
    axis: float


def simulate(rng: np.random.Generator) -> Truth:
    """Draw a trial: 60 to 600 patients, 1:1 or 2:1, HR 0.3 to 1.2, Weibull hazards, staggered entry, some dropout."""
    n = int(rng.integers(60, 601))
    share = rng.choice([1 / 2, 2 / 3])
    hr, shape, median = (
        math.exp(rng.uniform(math.log(0.3), math.log(1.2))),
        rng.uniform(0.8, 1.4),
        rng.uniform(4, 18),
    )
    accrual, after, dropout = rng.uniform(12, 30), rng.uniform(4, 18), rng.uniform(0, 0.03)
    arms = []
    for size, ratio in ((round(n * share), hr), (n - round(n * share), 1.0)):
        scale = median / (math.log(2) / 1) ** (1 / shape) / ratio ** (1 / shape)
        event = scale * rng.weibull(shape, size)
        leave = rng.exponential(1 / dropout, size) if dropout > 0 else np.full(size, np.inf)
        censor = np.minimum(accrual + after - rng.uniform(0, accrual, size), leave)
        times = np.maximum(np.round(np.minimum(event, censor), 3), 0.001)
        arms.append(PatientData(times=times, events=event <= censor))
    return Truth((arms[0], arms[1]), 6 * math.ceil(max(arm.times[-1] for arm in arms) / 6))


def digitise(arm: PatientData, axis: float, setting: Setting, rng: np.random.Generator) -> DigitisedCurve:
    """Click along the drawn curve: to the nearest pixel, a little off, and as far as it is drawn."""
    found, end = curves.survival(arm), arm.times[-1]
    if setting.clicks == "steps":
        times = np.array([time for time, events in zip(found.times, found.events, strict=True) if events])
        levels = np.array([found.at(time) for time in times])
        times, levels = np.append(times, end), np.append(levels, found.at(end))
    else:
        times = np.append(np.sort(rng.uniform(0, end, setting.points - 1)), end)
        levels = np.array([found.at(time) for time in times])
    across = np.round(times / axis * setting.width + rng.normal(0, setting.noise, len(times)))
    up = np.round(levels * setting.height + rng.normal(0, setting.noise, len(levels)))
    up = np.where(rng.random(len(up)) < setting.slips, up + rng.normal(0, setting.height / 8, len(up)), up)
    seen = sorted(
        zip(np.clip(across, 1, None) / setting.width * axis, np.clip(up / setting.height, 0, 1), strict=True)
    )
    if setting.clicks != "steps" and found.at(end) > 0:
        seen = [(time, max(level, 0.5 / setting.height)) for time, level in seen]
    last = max(end, seen[-1][0])
    marks = np.arange(0, last if setting.every else 1, setting.every or 1)
    risk = [(float(time), arm.at_risk(float(time))) for time in marks]
    dead = next((time for time, level in seen if level == 0), math.inf)
    return DigitisedCurve(
        points=seen,
        numbers_at_risk=[(time, n) for time, n in risk if time <= dead],
        total_events=arm.n_events if setting.total else None,
        clicks=setting.clicks,
    )


@dataclass
class Errors:
    """Reconstructed minus true, trial by trial."""

    log_hr: list[float] = field(default_factory=list)
    se: list[float] = field(default_factory=list)
    median: list[float] = field(default_factory=list)
    rmst: list[float] = field(default_factory=list)
    events: list[float] = field(default_factory=list)
    rmse: list[float] = field(default_factory=list)

    def add(self, truth: Truth, found: tuple[PatientData, PatientData]) -> None:
        own, ours = curves.cox(*truth.arms), curves.cox(*found)
        self.log_hr.append(ours.log_hr - own.log_hr)
        self.se.append(ours.se / own.se - 1)
        horizon = 0.8 * min(arm.times[-1] for arm in (*truth.arms, *found))
        means = [curves.restricted_means(*arms, horizon=horizon).difference for arms in (found, truth.arms)]
        self.rmst.append(means[0] - means[1])
        for arm, made in zip(truth.arms, found, strict=True):
            medians = [curves.survival(one).median for one in (made, arm)]
            if None not in medians:
                self.median.append(medians[0] - medians[1])
            self.events.append(made.n_events - arm.n_events)
            self.rmse.append(made.diagnostics.rmse)


def run(setting: Setting, trials: int = TRIALS, seed: int = SEED) -> Errors:
    """Simulate, digitise, reconstruct and compare ``trials`` trials; the trials are the same in every setting."""
    errors = Errors()
    for at in range(trials):
        truth = simulate(np.random.default_rng([seed, at]))
        rng = np.random.default_rng([seed, at, 1])
        made = [curves.reconstruct(digitise(arm, truth.axis, setting, rng)) for arm in truth.arms]
        errors.add(truth, (made[0], made[1]))
    return errors


def summary(values: list[float]) -> tuple[float, float, float, float]:
    """Return bias, root mean square error, and the range of the middle 95%."""
    found = np.array(values)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(found.mean()), float(np.sqrt((found**2).mean())), float(low), float(high)


COLUMNS = {"log_hr": "log HR", "median": "median, months", "rmst": "RMST difference, months", "se": "SE, relative"}


def line(setting: Setting, errors: Errors) -> str:
    cells = []
    for name in COLUMNS:
        bias, rmse, low, high = summary(getattr(errors, name))
        cells.append(f"{bias:+.3f}; {rmse:.3f}; {low:+.3f} to {high:+.3f}")
    return f"| {setting.name} | {' | '.join(cells)} |"


def main(trials: int = TRIALS, seed: int = SEED) -> None:
    print(f"{trials} trials in each setting, seed {seed}. Bias; RMSE; middle 95% of reconstructed minus true.\n")
    print(f"| setting | {' | '.join(COLUMNS.values())} |\n|---|{'---|' * len(COLUMNS)}")
    for setting in SETTINGS:
        print(line(setting, run(setting, trials, seed)), flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
