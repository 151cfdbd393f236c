"""Numbers in brackets for what a text cites, in the order in which it is first cited."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from netmeta.numerals import DASH
from netmeta.report.source import Source, slug, trial_source
from netmeta.report.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netmeta.evidence import Trial

__all__ = ["Citations", "bracketed"]

_RANGE: Final = 3


def bracketed(numbers: Iterable[int]) -> str:
    """Write numbers in brackets, three or more in a row as a range: ``[1, 2, 5–8]``."""
    runs: list[list[int]] = []
    for at in sorted(set(numbers)):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    parts = (f"{run[0]}{DASH}{run[-1]}" if len(run) >= _RANGE else ", ".join(map(str, run)) for run in runs)
    return f"[{', '.join(parts)}]"


class Citations:
    """What one text has cited so far.

    Examples
    --------
    >>> cite = Citations()
    >>> cite("viechtbauer2005"), cite("rover2015", "viechtbauer2005")
    ('[1]', '[1, 2]')
    """

    def __init__(self) -> None:
        self._found: dict[str, Source] = {}
        self._keys: dict[tuple[str, str, str], str] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """What was cited, in order: the first has the number 1."""
        return tuple(self._found.values())

    @property
    def texts(self) -> tuple[str, ...]:
        """The list of references, a line each."""
        return tuple(source.text for source in self.sources)

    def __call__(self, *keys: str) -> str:
        """Cite methods by their keys in `SOURCES` and return ``[1, 2]``."""
        for key in keys:
            self._found.setdefault(key, SOURCES[key])
        order = list(self._found)
        return bracketed(order.index(key) + 1 for key in keys)

    def trial(self, trial: Trial) -> str:
        """Cite what a trial's row was taken from and return ``[3]``; ``""`` where it names no source."""
        number = self.number(trial)
        return f"[{number}]" if number else ""

    def number(self, trial: Trial) -> int:
        """Cite what a trial's row was taken from and return its number; 0 where it names no source."""
        which = trial.source, trial.doi, trial.nct
        if which not in self._keys:
            found = trial_source(trial, self._free(trial))
            if found is None:
                return 0
            self._keys[which] = found.key
            self._found[found.key] = found
        return list(self._found).index(self._keys[which]) + 1

    def bibliography(self) -> str:
        """Write everything cited as a .bib file."""
        return "\n".join(source.bib for source in self.sources)

    def _free(self, trial: Trial) -> str:
        start = f"{slug(trial.study)[:40]}{trial.year or ''}"
        names = (start if at == 1 else f"{start}x{at}" for at in count(1))
        return next(name for name in names if name not in self._found and name not in SOURCES)
