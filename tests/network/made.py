"""Networks that are made for the tests: from values of arms, so that the comparisons of a study agree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from netmeta.evidence import Evidence, Trial

LETTERS = "abcdef"


@dataclass(frozen=True, eq=False)
class Arms:
    """A study by its arms: their values, shape (a,), and the covariance of these, shape (a, a)."""

    name: str
    arms: tuple[str, ...]
    y: np.ndarray
    s: np.ndarray

    def variance(self, i, j):
        return self.s[i, i] + self.s[j, j] - 2 * self.s[i, j]

    def trials(self, turned=0):
        """Every pair of arms as a trial; the bits of ``turned`` say which ones are written the other way round."""
        for at, (i, j) in enumerate(combinations(range(len(self.arms)), 2)):
            one, other = (j, i) if turned >> at & 1 else (i, j)
            yield Trial(
                study=self.name, experimental=self.arms[one], control=self.arms[other],
                log_hr=float(self.y[one] - self.y[other]), se=float(self.variance(i, j)) ** 0.5,
            )  # fmt: skip


def evidence(studies, turned=()):
    """The trials of some studies."""
    turns = list(turned) or [0] * len(studies)
    return Evidence(tuple(trial for each, turn in zip(studies, turns, strict=True) for trial in each.trials(turn)))


def related(studies, names):
    """The same studies with other names of the treatments."""
    return [Arms(each.name, tuple(names[arm] for arm in each.arms), each.y, each.s) for each in studies]


def treatments(studies):
    return sorted({arm for each in studies for arm in each.arms})


def random_studies(rng, size, count, most=4):
    """Studies of a connected network whose arms share some of their errors."""
    found = []
    for at in range(count):
        a = int(rng.integers(2, min(most, size) + 1))
        arms = set(rng.permutation(size)[:a].tolist())
        if at < size - 1:
            # A tree: each treatment meets an earlier one.
            arms |= {at + 1, int(rng.integers(at + 1))}
            arms = {at + 1, *sorted(arms - {at + 1}, key=lambda arm: (arm > at, arm))[: a - 1]}
        names = tuple(LETTERS[arm] for arm in sorted(arms))
        common = rng.normal(size=(len(names), 2)) * 0.1
        s = np.diag(rng.uniform(0.05, 0.5, len(names)) ** 2) + common @ common.T
        found.append(Arms(f"T{at}", names, rng.normal(0, 0.5, len(names)), s))
    return found


@st.composite
def networks(draw, least=2, most=6, arms=4, further=6):
    """Studies of a connected network with at least one degree of freedom: from 2 to ``arms`` arms each."""
    size = draw(st.integers(least, most))
    places = [(at, draw(st.integers(0, at - 1))) for at in range(1, size)]
    for _ in range(draw(st.integers(1, further))):
        count = draw(st.integers(2, min(arms, size)))
        places.append(draw(st.lists(st.integers(0, size - 1), min_size=count, max_size=count, unique=True)))
    return [_study(draw, at, sorted(place)) for at, place in enumerate(places)]


def _study(draw, at, place):
    a = len(place)
    y = draw(st.lists(st.integers(-150, 150), min_size=a, max_size=a))
    se = draw(st.lists(st.integers(5, 60), min_size=a, max_size=a))
    return Arms(
        f"T{at}", tuple(LETTERS[arm] for arm in place), np.array(y) / 100, np.diag((np.array(se) / 100) ** 2)
    )
