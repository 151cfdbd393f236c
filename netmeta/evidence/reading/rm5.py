"""RevMan 5's .rm5: time-to-event outcomes, subgroups and risk of bias, read as a stream from the XML.

A document type, and with it every entity, is refused: nothing outside the file is opened, nothing expands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NoReturn

from netmeta.errors import EntryError, TableError, shown
from netmeta.evidence.reading.numeral import read_numeral
from netmeta.evidence.reading.reading import Reading, Refusal
from netmeta.evidence.reading.revman_terms import (
    JUDGEMENTS,
    arms,
    endpoint_of,
    from_log,
    from_o_minus_e,
    is_hazard_ratio,
    unescaped,
    year_of,
)
from netmeta.evidence.reading.rows import read_values

__all__ = ["read_rm5"]

_OUTCOMES = {"IV_OUTCOME", "IPD_OUTCOME", "DICH_OUTCOME", "CONT_OUTCOME"}
_SUBGROUPS = {"IV_SUBGROUP", "IPD_SUBGROUP"}
_DATA = {"IV_DATA", "IPD_DATA"}
_TEXTS = {"NAME", "GROUP_LABEL_1", "GROUP_LABEL_2", "EFFECT_MEASURE"}
_DEEPEST, _MOST_TEXT = 200, 10_000
_NOTE = (
    "RevMan 5 file: log hazard ratios and O-E with V as entered; a study in several subgroups is a subgroup there."
)
Attributes = dict[str, str]


@dataclass(slots=True)
class _Outcome:
    """One outcome with its rows, while the file is read."""

    kind: str
    given: Attributes
    comparison: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, Attributes, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Review:
    """Everything that is kept of a file: studies, judgements and outcomes."""

    studies: dict[str, Attributes] = field(default_factory=dict)
    registered: dict[str, dict[str, str]] = field(default_factory=dict)
    bias: dict[str, list[str]] = field(default_factory=dict)
    outcomes: list[_Outcome] = field(default_factory=list)


def read_rm5(raw: bytes) -> Reading:
    """Read every time-to-event row of a review.

    Parameters
    ----------
    raw
        The file.

    Returns
    -------
    Reading
        Rows of outcomes whose measure is a hazard ratio; other outcomes are refused as a whole.

    Raises
    ------
    TableError
        If the file is no XML, has a document type or entities, is nested too deeply, or is no review.
    """
    review = _Parser().read(raw)
    read: list[tuple[str, dict[str, Any]]] = []
    refused: list[Refusal] = []
    for outcome in review.outcomes:
        _read_outcome(outcome, review, read, refused)
    done = read_values(read, tuple(refused))
    return Reading(evidence=done.evidence, refused=done.refused, notes=(_NOTE,))


class _Parser:
    """Handlers of one pass through the XML."""

    def __init__(self) -> None:
        self.review = _Review()
        self.path: list[str] = []
        self.text: list[str] = []
        self.comparison = self.item = self.subgroup = self.study = ""
        self.outcome: _Outcome | None = None

    def read(self, raw: bytes) -> _Review:
        from xml.parsers import expat

        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        try:
            self.parser.Parse(raw, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, TableError):
                raise
            raise TableError(f"The XML is damaged: {error}.") from None
        return self.review

    def start(self, tag: str, given: Attributes) -> None:
        if not self.path and tag != "COCHRANE_REVIEW":
            raise TableError(f"This is XML, but no RevMan file: its root is {shown(tag)}, not 'COCHRANE_REVIEW'.")
        self.path.append(tag)
        if tag in _TEXTS:
            self.text = []
        if len(self.path) > _DEEPEST:
            raise TableError("The XML is nested too deeply for a review.")
        if tag == "STUDY" and "ID" in given:
            self.study = given["ID"]
            self.review.studies[self.study] = given
        elif tag == "IDENTIFIER" and self.path[-3:-1] == ["STUDY", "IDENTIFIERS"]:
            self.review.registered.setdefault(self.study, {})[given.get("TYPE", "")] = given.get("VALUE", "")
        elif tag == "QUALITY_ITEM_DATA_ENTRY" and given.get("RESULT") in JUDGEMENTS:
            said = f"{self.item}: {JUDGEMENTS[given['RESULT']]}"
            self.review.bias.setdefault(given.get("STUDY_ID", ""), []).append(said)
        elif tag in ("COMPARISON", *_SUBGROUPS, *_OUTCOMES, *_DATA):
            self.start_analysis(tag, given)

    def start_analysis(self, tag: str, given: Attributes) -> None:
        if tag == "COMPARISON":
            self.comparison = ""
        elif tag in _OUTCOMES:
            self.outcome = _Outcome(tag, given, self.comparison, self.parser.CurrentLineNumber)
            self.review.outcomes.append(self.outcome)
            self.subgroup = ""
        elif tag in _DATA and self.outcome is not None:
            self.outcome.rows.append((self.parser.CurrentLineNumber, given, self.subgroup))

    def words(self, text: str) -> None:
        # A name may have markup in it.
        if _TEXTS.intersection(self.path[-3:]) and sum(map(len, self.text)) < _MOST_TEXT:
            self.text.append(text)

    def end(self, tag: str) -> None:
        self.path.pop()
        if tag in _TEXTS and self.path:
            self.named(self.path[-1], tag, " ".join("".join(self.text).split()))
        elif tag in _OUTCOMES:
            self.outcome = None
        elif tag in _SUBGROUPS:
            self.subgroup = ""

    def named(self, owner: str, tag: str, text: str) -> None:
        if owner == "COMPARISON" and tag == "NAME":
            self.comparison = text
        elif owner == "QUALITY_ITEM" and tag == "NAME":
            self.item = text
        elif owner in _SUBGROUPS and tag == "NAME":
            self.subgroup = text
        elif owner in _OUTCOMES and self.outcome is not None:
            self.outcome.texts[tag] = text


def _refuse_doctype(*_given: object) -> NoReturn:
    raise TableError("The XML declares a document type, which can hide entities; RevMan writes none. Take it out.")


def _read_outcome(
    outcome: _Outcome, review: _Review, read: list[tuple[str, dict[str, Any]]], refused: list[Refusal]
) -> None:
    name = outcome.texts.get("NAME", "")
    measure = outcome.given.get("EFFECT_MEASURE") or outcome.texts.get("EFFECT_MEASURE", "")
    if outcome.kind not in ("IV_OUTCOME", "IPD_OUTCOME") or not is_hazard_ratio(measure):
        why = f"its measure is {shown(measure)}, not a hazard ratio; the whole outcome is left out."
        refused.append(Refusal(place=f"line {outcome.line}", column="outcome", value=name, reason=why))
        return
    times = Counter(given.get("STUDY_ID", "") for _, given, _ in outcome.rows)
    for line, given, group in outcome.rows:
        id_ = given.get("STUDY_ID", "")
        values = _about(outcome, given, group if times[id_] > 1 else "", review)
        try:
            effect = _effect(outcome, given, measure)
        except EntryError as error:
            refused.append(Refusal(place=f"line {line}", study=values["study"], reason=f"{name}: {error}"))
            continue
        read.append((f"line {line}", {**values, "population": "" if times[id_] > 1 else group, **effect}))


def _about(outcome: _Outcome, given: Attributes, within: str, review: _Review) -> dict[str, Any]:
    id_ = given.get("STUDY_ID", "")
    study, registered = review.studies.get(id_, {}), review.registered.get(id_, {})
    texts = outcome.texts
    experimental, control = arms(texts.get("GROUP_LABEL_1", ""), texts.get("GROUP_LABEL_2", ""), outcome.comparison)
    return {
        "study": study.get("NAME") or unescaped(id_.removeprefix("STD-")),
        "experimental": experimental,
        "control": control,
        "endpoint": endpoint_of(texts.get("NAME", "")),
        "subgroup": within,
        "use": "subgroup" if within else "primary",
        "year": year_of(study.get("YEAR", "")),
        "risk_of_bias": "; ".join(review.bias.get(id_, ())),
        "doi": registered.get("DOI", ""),
        "nct": registered.get("CTG", ""),
        "notes": f"RevMan outcome {outcome.given.get('ID', '')}, {outcome.comparison}".strip(" ,"),
    }


def _effect(outcome: _Outcome, given: Attributes, measure: str) -> dict[str, Any]:
    if given.get("ESTIMABLE", "YES") == "NO":
        raise EntryError("RevMan says that its effect is not estimable.")
    sizes = {
        name: _number(given, attribute) or None
        for name, attribute in (("n_experimental", "TOTAL_1"), ("n_control", "TOTAL_2"))
    }
    if outcome.kind == "IPD_OUTCOME":
        events = {
            name: _number(given, attribute) or None
            for name, attribute in (("events_experimental", "EVENTS_1"), ("events_control", "EVENTS_2"))
        }
        return {**sizes, **events, **from_o_minus_e(_needed(given, "O_E"), _needed(given, "VAR"))}
    # LOG_EFFECT_SIZE is to the base 10: never read it as a log hazard ratio.
    logged = outcome.given.get("LOG_DATA", "YES") != "NO"
    estimate, se = _needed(given, "ESTIMATE"), _needed(given, "SE")
    printed = _number(given, "EFFECT_SIZE")
    return {**sizes, **from_log(estimate, se, logged=logged, measure=measure, printed=printed)}


def _number(given: Attributes, name: str) -> float | None:
    text = given.get(name, "")
    return read_numeral(text).settle(".", whole=False, text=text) if text else None


def _needed(given: Attributes, name: str) -> float:
    found = _number(given, name)
    if found is None:
        raise EntryError(f"{name} is missing.")
    return found
