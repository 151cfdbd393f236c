"""How a trial's card looks: escaped HTML in the notebook's own colours, and the same in plain text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from netmeta import numerals
from netmeta.evidence.show import hazard_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netmeta.evidence.card import TrialCard
    from netmeta.evidence.trial import Trial

__all__ = ["card_html", "card_text", "linked"]

_DOI, _NCT = re.compile(r"10\.\d{4,9}/\S+"), re.compile(r"NCT\d{8}")
_PAGE = re.compile(r"https?://[^\s<>\"']+")
_LEFT = "text-align:left;vertical-align:top;overflow-wrap:break-word"
_RESULTS = ("Endpoint", "Part", "Read by", "Data cut", "HR (interval)", "Medians (months)", "Use")
_ARMS = ("Part", "Randomised", "Regimens")
_OUTCOMES = ("Outcome", "Part", "Experimental", "Control", "As defined", "Use", "Verification")
_WIDE = 44
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def card_html(card: TrialCard) -> str:
    """Write a card as HTML; every word is escaped, and only DOI, registry number and http pages become links."""
    parts = [
        f"<h3 style='margin:0 0 4px'>{escape(card.study)}</h3>",
        f"<p style='margin:0 0 8px'>{escape(_design(card))}</p>",
    ]
    parts += [_html_table(*table) for table in _tables(card)]
    parts += [_html_list("Treatments and approvals", map(escape, _treatments(card)))]
    parts += [_html_list("Publications", _sources(card, html=True))]
    pages = _html_list("", map(linked, _pages(card)))
    notes = _html_list("", map(escape, _notes(card)))
    parts += [_folded("Where the numbers were seen", pages), _folded("Notes", notes)]
    return f"<div class='netmeta-card' style='max-width:1000px'>{''.join(parts)}</div>"


def card_text(card: TrialCard) -> str:
    """Write a card as plain text."""
    blocks = [card.study, _design(card)]
    blocks += [_text_table(*table) for table in _tables(card) if table[2]]
    lists = (
        ("Treatments and approvals", _treatments(card)),
        ("Publications", _sources(card, html=False)),
        ("Notes", _notes(card)),
    )
    blocks += ["\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in lists if lines]
    return "\n\n".join(blocks)


def linked(text: str) -> str:
    """Return a DOI, a registry number or an http page as a link, and any other text escaped."""
    if _DOI.fullmatch(text):
        href = f"https://doi.org/{quote(text, safe='/()')}"
    elif _NCT.fullmatch(text):
        href = f"https://clinicaltrials.gov/study/{text}"
    elif _PAGE.fullmatch(text):
        href = text
    else:
        return escape(text)
    return f"<a href='{escape(href)}' target='_blank' rel='noopener noreferrer'>{escape(text)}</a>"


def _design(card: TrialCard) -> str:
    first = card.rows[0]
    phase = f"phase {first.phase}" if first.phase else ""
    compared = " and ".join(dict.fromkeys(row.comparison for row in card.rows))
    said = "; ".join(filter(None, (phase, first.blinding, compared)))
    setting = next((row.setting for row in card.rows if row.setting), "")
    return ". ".join(part[:1].upper() + part[1:] for part in (said, setting) if part) + "."


def _tables(card: TrialCard) -> list[Table]:
    whole = [row for row in card.rows if not row.subgroup]
    rows = [row for row in whole if row.use == "primary"] or whole
    arms = dict.fromkeys(
        (row.cohort or row.comparison, _randomised(row), _regimens(row)) for row in rows if _randomised(row)
    )
    outcomes: list[tuple[str, ...]] = [
        (
            one.outcome,
            one.part,
            one.experimental_as_printed,
            one.control_as_printed,
            one.definition,
            one.use,
            _trust(one.verification, one.unverified),
        )
        for one in card.outcomes
    ]
    return [
        ("Arms", _ARMS, list(arms)),
        ("Results", _RESULTS, [_result(row) for row in card.rows]),
        ("Responders and adverse events", _OUTCOMES, outcomes),
    ]


def _result(row: Trial) -> tuple[str, ...]:
    part = f"{row.subgroup} subgroup" if row.subgroup else row.cohort
    medians = " vs ".join(filter(None, (row.median_experimental, row.median_control)))
    effect = hazard_ratio(row) or row.why_not_poolable
    use = row.use if row.verification != "unverified" or row.use == "unverified" else f"{row.use}, unverified"
    return row.endpoint, part, row.assessor_as_printed or row.assessor, row.data_cut, effect, medians, use


def _randomised(row: Trial) -> str:
    if row.n_experimental is None and row.n_control is None:
        return ""
    return " vs ".join("?" if n is None else numerals.count(n) for n in (row.n_experimental, row.n_control))


def _regimens(row: Trial) -> str:
    return " vs ".join(filter(None, (row.experimental_regimen, row.control_regimen)))


def _trust(verification: str, unverified: str) -> str:
    return f"{verification}; not: {unverified}" if unverified else verification


def _treatments(card: TrialCard) -> list[str]:
    return [
        f"{one.label} ({one.drug_class}): {one.mechanism}. {one.approvals}"
        for one in card.treatments
        if one.drug_class != "control"
    ]


def _sources(card: TrialCard, *, html: bool) -> list[str]:
    show = linked if html else str
    plain = escape if html else str
    found = dict.fromkeys((row.source, row.doi, row.nct) for row in card.rows if row.source or row.doi or row.nct)
    return [". ".join(filter(None, (plain(source), show(doi), show(nct)))) for source, doi, nct in found]


def _pages(card: TrialCard) -> list[str]:
    return list(
        dict.fromkeys(page.strip() for row in card.rows for page in row.seen_at.split(" | ") if page.strip())
    )


def _notes(card: TrialCard) -> list[str]:
    said: dict[str, str] = {}
    for row in card.rows:
        if row.notes:
            said.setdefault(row.notes, f"{row.label}, {row.endpoint}: {row.notes}")
    return list(said.values())


def _html_table(title: str, head: Sequence[str], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    top = "".join(f"<th scope='col' style='{_LEFT}'>{escape(name)}</th>" for name in head)
    body = "".join(
        f"<tr>{''.join(f'<td style={chr(34)}{_LEFT}{chr(34)}>{escape(cell)}</td>' for cell in row)}</tr>"
        for row in rows
    )
    caption = f"<caption style='text-align:left;font-weight:600;padding:6px 0 2px'>{escape(title)}</caption>"
    table = f"<table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div style='overflow-x:auto'>{table}</div>"


def _html_list(title: str, items: Iterable[str]) -> str:
    lines = "".join(f"<li style='overflow-wrap:break-word'>{item}</li>" for item in items)
    if not lines:
        return ""
    head = f"<p style='font-weight:600;margin:8px 0 2px'>{title}</p>" if title else ""
    return f"{head}<ul style='margin:0 0 4px 1.2em;padding:0'>{lines}</ul>"


def _folded(title: str, inside: str) -> str:
    return f"<details style='margin:4px 0'><summary>{title}</summary>{inside}</details>" if inside else ""


def _text_table(title: str, head: Sequence[str], rows: list[tuple[str, ...]]) -> str:
    cut = [
        tuple(cell if len(cell) <= _WIDE else f"{cell[: _WIDE - 1]}…" for cell in row)
        for row in (tuple(head), *rows)
    ]
    widths = [max(len(row[at]) for row in cut) for at in range(len(head))]
    lines = [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cut
    ]
    return "\n".join([title, *lines])
