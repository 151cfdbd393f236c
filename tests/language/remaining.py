"""What English is left in translated texts, beside names, sources and terms that stay."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
WORD = re.compile(r"\b[a-z]{3,}\b|\b[A-Z][a-z]{2,}\b")


@cache
def names_and_sources():
    """What the data print, longest first: names of trials, citations, notes."""
    found = set()
    for name in ("trials", "treatments", "outcomes"):
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    found.update({cell, *(part.strip() for part in re.split(r"[|;.(),]", cell))})
    words = {cell for cell in found if re.search(r"[A-Za-z]{3}", cell)}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def english_left(missed):
    """Return the texts in which English words remain, without names, sources and terms that stay."""
    printed = names_and_sources()
    stays = re.compile("|".join(sorted(STAYS, key=len, reverse=True)))
    rest = {text: stays.sub(" ", printed.sub(" ", CALL.sub(" ", said))) for text, said in missed.items()}
    return {text: missed[text] for text, left in rest.items() if WORD.search(left)}


CALL = re.compile(r"(?<![A-Za-z])[A-Z]\w+\(.*?level=[\d.]+\)|'[^']*'|~ \w+|https?://\S+")
"""What is code in a message: a value as Python writes it, something in quotation marks, a formula."""

STAYS = {
    "Hartung-Knapp", "Hartung", "Knapp", "Wald", "DerSimonian-Laird", "Paule-Mandel", "Sidik-Jonkman", "Hedges",
    "Hunter-Schmidt", "Mantel-Haenszel", "Peto", "Egger", "Begg", "Baujat", "Cook", "English", "RevMan", "Excel",
    "Word", "LaTeX", "Kaplan-Meier", "Guyot", "Parmar", "Tierney", "half-normal", "Stat Med", "Trials", "Rscript",
    "metafor", "netmeta", "Python", "PyMARE", "et al", "edotreotide", "edotreotid",
}  # fmt: skip
