"""Networks for the tests of charts: the package's own, published ones, and some that set a trap."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import netmeta as nm

CONTRASTS = Path(__file__).parents[1] / "fixtures" / "network" / "netmeta_contrasts.csv"
HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "peptide receptor radionuclide therapy with lutetium-177 dotatate plus octreotide LAR 30 mg",
    "placebo",
    "{{x}} datum.id \\ ' \u202eright to left",
    "𝔘" * 90,
]


def made_up(names, trials, seed=1, label="Trial <b>{}</b> & co"):
    """Compare treatments in a network with loops; every treatment has a trial against the third name."""
    rng = np.random.default_rng(seed)
    others = [name for name in names if name != "placebo"]
    pairs = [(name, "placebo") for name in others]
    while len(pairs) < trials:
        one, other = rng.choice(len(names), 2, replace=False)
        pairs.append((names[one], names[other]))
    rows = (
        nm.Trial(
            study=label.format(at), experimental=one, control=other, log_hr=float(rng.normal(-0.3, 0.3)),
            se=float(rng.uniform(0.1, 0.3)),
        )
        for at, (one, other) in enumerate(pairs)
    )  # fmt: skip
    return nm.compare(nm.Evidence(tuple(rows)), reference="placebo")


@pytest.fixture(scope="session")
def net():
    """Progression-free survival of neuroendocrine tumours."""
    trials = nm.select(nm.load_trials(), nm.Selection("PFS")).evidence
    merge = nm.Merge("high-dose SSA", into="SSA")
    return nm.compare(nm.connected_to(trials, "placebo", merge), assumptions=merge)


@pytest.fixture(scope="session")
def senn():
    """Drugs for diabetes (Senn 2013), as R's netmeta has them."""
    with CONTRASTS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["data"] == "senn2013"]
    trials = (
        nm.Trial(study=row["study"], experimental=row["treat1"], control=row["treat2"], log_hr=float(row["effect"]),
                 se=float(row["se"]))
        for row in rows
    )  # fmt: skip
    return nm.compare(nm.Evidence(tuple(trials)), reference="plac")


@pytest.fixture(scope="session")
def hostile():
    """Treatments and trials with names that are long or markup."""
    return made_up(HOSTILE, 16)


@pytest.fixture(scope="session")
def large():
    """Thirty treatments in a network with many loops."""
    return made_up(["placebo", *(f"treatment {at}" for at in range(1, 30))], 75, label="STUDY-{}")


@pytest.fixture(scope="session")
def two():
    """Two treatments, two trials."""
    rows = (("A", -0.4, 0.2), ("B", -0.1, 0.25))
    trials = (
        nm.Trial(study=name, experimental="x", control="placebo", log_hr=log_hr, se=se) for name, log_hr, se in rows
    )
    return nm.compare(nm.Evidence(tuple(trials)), reference="placebo")
