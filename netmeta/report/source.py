"""One thing that can be cited, as a line of a list of references and as an entry of a .bib file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmeta.signs import cleaned

if TYPE_CHECKING:
    from netmeta.evidence import Trial

__all__ = ["Source", "slug", "trial_source"]

_MANY: Final = 6
_ESCAPED: Final = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "{": "(",
    "}": ")",
} | {sign: f"\\{sign}" for sign in "$&%#_"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A paper, a book, a program, or what a trial's numbers were taken from.

    Parameters
    ----------
    key
        Its name in a .bib file: letters and digits.
    title, journal, year, volume, number, pages, doi, url
        As a list of references has them; empty where there is none.
    authors
        ``"Viechtbauer W"``; a last one of ``"others"`` stands for the rest.
    kind
        ``"article"``, ``"book"`` or ``"misc"``.
    printed
        The whole citation as somebody else printed it, instead of authors and journal.
    """

    key: str
    title: str
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    kind: str = "article"
    printed: str = ""

    @property
    def text(self) -> str:
        """The citation on one line."""
        where = self.printed or self._where()
        found = (self._authors(), self.title, where, f"doi:{self.doi}" if self.doi else "", self.url)
        return " ".join(f"{part.removesuffix('.')}." for part in map(cleaned, found) if part)

    @property
    def bib(self) -> str:
        """The entry of a .bib file, in UTF-8."""
        fields = {
            "author": " and ".join(map(_bib_name, self.authors)),
            "title": f"{{{_bib(self.title)}}}",
            ("publisher" if self.kind == "book" else "journal"): _bib(self.journal),
            "year": "" if self.year is None else str(self.year),
            "volume": self.volume,
            "number": self.number,
            "pages": self.pages.replace("-", "--"),
            "doi": _plain(self.doi),
            "url": _plain(self.url),
            "note": _bib(self.printed),
        }
        lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@{self.kind}{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    def _authors(self) -> str:
        named = [name for name in self.authors if name != "others"]
        more = len(named) > _MANY or len(named) < len(self.authors)
        return ", ".join([*named[: _MANY if not more else 3], *(["et al"] if more else [])])

    def _where(self) -> str:
        part = f"({self.number})" if self.number else ""
        at = f";{self.volume}{part}" if self.volume else ""
        return f"{self.journal} {self.year or ''}{at}{f':{self.pages}' if self.pages else ''}".strip()


def trial_source(trial: Trial, key: str) -> Source | None:
    """Return what a trial's row cites; ``None`` where it names nothing."""
    if not (trial.source or trial.doi or trial.nct):
        return None
    registered = f"{'ClinicalTrials.gov ' if trial.nct.startswith('NCT') else ''}{cleaned(trial.nct)}"
    printed = ". ".join(filter(None, (cleaned(trial.source).removesuffix("."), registered)))
    return Source(
        key=key, title=cleaned(trial.study), year=trial.year, doi=cleaned(trial.doi), kind="misc", printed=printed
    )


def slug(text: str) -> str:
    """Make a key of a name: its letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]", "", plain) or "trial"


def _bib(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in cleaned(text))


def _plain(text: str) -> str:
    # Addresses are printed verbatim by BibTeX's styles: what could end the field is left out.
    return re.sub(r"[{}\\\s]", "", text)


def _bib_name(name: str) -> str:
    family, _space, initials = name.rpartition(" ")
    return f"{_bib(family)}, {'. '.join(initials)}." if family else _bib(name)
