"""The workshop: its lessons in teaching order, and their exercises by name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from netmeta.errors import SelectionError, hint

if TYPE_CHECKING:
    from netmeta.teaching.tasks import Task

__all__ = ["LESSONS", "Lesson", "lesson", "task"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the workshop.

    Parameters
    ----------
    key
        Its name, such as ``"first-forest-plot"``.
    title
        Its heading.
    notebook
        File name of its notebook, without the ending.
    minutes
        How long it takes.
    """

    key: str
    title: str
    notebook: str
    minutes: int

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Its exercises, in order."""
        module = import_module(f"netmeta.teaching.workshop.{self.key.replace('-', '_')}")
        found: tuple[Task, ...] = module.TASKS
        return found


LESSONS: Final = (
    Lesson("first-forest-plot", "Your first forest plot", "01_first_forest_plot", 15),
    Lesson("common-and-random", "Common or random effects", "03_common_or_random_effects", 15),
    Lesson("why-intervals-change", "Why intervals change", "04_why_intervals_change", 20),
    Lesson("heterogeneity", "Heterogeneity and prediction", "05_heterogeneity_and_prediction", 15),
    Lesson("one-trial", "What one trial can do", "06_what_one_trial_can_do", 15),
    Lesson("small-studies", "Small-study effects", "07_small_study_effects", 15),
    Lesson("network", "A network of treatments", "08_a_network_of_treatments", 15),
)
"""The two hours, ten minutes of them for questions. The second notebook is to read afterwards."""


def lesson(key: str) -> Lesson:
    """Return a lesson by its key.

    Raises
    ------
    SelectionError
        For one that is not there.
    """
    for one in LESSONS:
        if one.key == key:
            return one
    raise SelectionError(f"There is no lesson {key!r}.{hint(str(key), [one.key for one in LESSONS])}")


def task(key: str, number: int) -> Task:
    """Return an exercise by its lesson and its number, from 1.

    Raises
    ------
    SelectionError
        For one that is not there.
    """
    tasks = lesson(key).tasks
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(tasks):
        raise SelectionError(f"Lesson {key!r} has exercises 1 to {len(tasks)}; there is no {number!r}.")
    return tasks[number - 1]
