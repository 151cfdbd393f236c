"""The choices of a multiverse, one line each, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.pooling.inclusions import EACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.pooling import Multiverse, Specification

__all__ = ["Line", "choice_lines", "in_words"]

_MANY: Final = 12
_WITHOUT: Final = "without "
_WORDS: Final = {
    "method": {
        "DL": "DerSimonian-Laird",
        "HE": "Hedges",
        "ML": "maximum likelihood",
        "PM": "Paule-Mandel",
        "SJ": "Sidik-Jonkman",
        "EB": "empirical Bayes",
        "HS": "Hunter-Schmidt",
        "common": "common effect",
    },
    "interval": {
        "wald": "Wald",
        "hartung-knapp": "Hartung-Knapp",
        "modified-hartung-knapp": "modified Hartung-Knapp",
    },
    "assessor": {
        "primary": "each primary analysis",
        "central": "central review",
        "investigator": "the investigators",
    },
    "inclusion": {
        "all": "all",
        "verified": "verified only",
        "primary": "primary analyses only",
        "one class": "commonest class only",
        EACH: "all but one",
    },
}
_TITLES: Final = {
    "method": "Variance between trials",
    "interval": "Interval",
    "assessor": "Read by",
    "inclusion": "Trials",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix: a heading (``title``), or a choice on an axis.

    Parameters
    ----------
    field, value
        Of `netmeta.pooling.Specification`; for a heading, ``value`` is empty.
    label
        The line in words.
    key
        Of the trial that this choice leaves out, or empty.
    own
        Whether the prespecified analysis made this choice.
    """

    field: str
    value: str
    label: str
    key: str = ""
    own: bool = False

    @property
    def title(self) -> bool:
        """Whether this is a heading."""
        return not self.value

    def made(self, row: Specification) -> bool:
        """Say whether an analysis made this choice, by any of the ways that lead to it."""
        return any(self._is(value) for value in _values(row, self.field))

    def _is(self, value: str) -> bool:
        return value.startswith(_WITHOUT) if self.value == EACH else value == self.value


def in_words(field: str, value: str) -> str:
    """Say a choice in a few words."""
    return _WORDS[field].get(value, value)


def choice_lines(found: Multiverse) -> tuple[Line, ...]:
    """List every choice that some analysis made, under the headings of their axes."""
    return tuple(line for field in _TITLES for line in _axis(found, field))


def _values(row: Specification, field: str) -> tuple[str, ...]:
    if field == "method":
        return (row.method,)
    if field == "interval":
        return (row.interval,)
    place = 0 if field == "assessor" else 1
    return ((row.assessor, row.inclusion)[place], *(way[place] for way in row.also))


def _axis(found: Multiverse, field: str) -> Iterator[Line]:
    values = list(dict.fromkeys(value for row in found.rows for value in _values(row, field) if value))
    if field == "inclusion":
        values = _inclusions(values)
    if not values:
        return
    own = found.prespecified
    yield Line(field, "", _TITLES[field])
    for value in values:
        line = Line(field, value, in_words(field, value), _key(found, value) if field == "inclusion" else "")
        yield Line(field, value, line.label, line.key, line.made(own) if value == _values(own, field)[0] else False)


def _inclusions(values: list[str]) -> list[str]:
    """Put what leaves one trial out last; many of those are one line."""
    single = [value for value in values if value.startswith(_WITHOUT)]
    rest = [value for value in values if not value.startswith(_WITHOUT)]
    return [*rest, *(single if len(single) <= _MANY else [EACH])]


def _key(found: Multiverse, value: str) -> str:
    name = value.removeprefix(_WITHOUT)
    rows = (trial for trial in found.overall.evidence if name in (trial.label, trial.key))
    return next((trial.key for trial in rows), "") if value.startswith(_WITHOUT) else ""
