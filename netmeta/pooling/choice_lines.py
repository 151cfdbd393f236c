"""The choices of a multiverse, one line each, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.pooling.inclusions import EACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netmeta.pooling.specifications import Multiverse, Specification

__all__ = ["Line", "choice_lines", "choices_made", "in_words", "leaving_one_out"]

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
        "central first": "central review where reported",
        "investigator first": "the investigators where reported",
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


def choices_made(row: Specification, singles: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Return every (field, value) that leads to an analysis, by any way; one of ``singles`` is `EACH` as well."""
    made = {(field, value) for field in _TITLES for value in _values(row, field)}
    single = any(field == "inclusion" and value in singles for field, value in made)
    return frozenset(made | {("inclusion", EACH)} if single else made)


def leaving_one_out(found: Multiverse) -> frozenset[str]:
    """Return the inclusions that leave out one trial: a reader's own filter may be called "without ..." too."""
    values = {value for row in found.rows for value in _values(row, "inclusion")}
    own = {one.name for one in found.axes.filters}
    return frozenset(value for value in values - own if value.startswith(_WITHOUT))


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
        values = _inclusions(values, leaving_one_out(found))
    if not values:
        return
    own = _values(found.prespecified, field)[0]
    yield Line(field, "", _TITLES[field])
    for value in values:
        key = _key(found, value) if field == "inclusion" else ""
        yield Line(field, value, in_words(field, value), key, own=value == own)


def _inclusions(values: list[str], singles: frozenset[str]) -> list[str]:
    """Put what leaves one trial out last; many of those are one line."""
    single = [value for value in values if value in singles]
    rest = [value for value in values if value not in singles]
    return [*rest, *(single if len(single) <= _MANY else [EACH])]


def _key(found: Multiverse, value: str) -> str:
    name = value.removeprefix(_WITHOUT)
    rows = (trial for trial in found.overall.evidence if name in (trial.label, trial.key))
    return next((trial.key for trial in rows), "") if value.startswith(_WITHOUT) else ""
