"""How many patients were randomised to each treatment of a network, as far as trials say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmeta.network.assumptions import merged_arms

if TYPE_CHECKING:
    from netmeta.network import NetworkResult

__all__ = ["Arms", "arms_of"]


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms that a treatment has in a network.

    Parameters
    ----------
    patients
        Patients randomised to it, in the arms whose size is known.
    known, all
        Arms whose size is known, and all of them.
    """

    patients: int
    known: int
    all: int


def arms_of(result: NetworkResult) -> dict[str, Arms]:
    """Count the patients randomised to each treatment; an arm of a study that has several rows counts once."""
    sizes: dict[str, dict[tuple[str, str, str], int]] = {name: {} for name in result.treatments}
    for trial in result.evidence:
        study = trial.study, trial.cohort, trial.subgroup
        given = trial.n_experimental, trial.n_control
        for name, size in zip(merged_arms(trial, result.assumptions), given, strict=True):
            sizes[name][study] = max(size or 0, sizes[name].get(study, 0))
    return {
        name: Arms(sum(found.values()), sum(size > 0 for size in found.values()), len(found))
        for name, found in sizes.items()
    }
