"""Texts on their way into a document: in the reader's language, and with thousands that no line end tears."""

from __future__ import annotations

from netmeta import language
from netmeta.numerals import THIN

__all__ = ["said"]

_NARROW = "\u202f"


def said(text: str) -> str:
    """Translate a text, and make the thin spaces inside numbers such that no line breaks there."""
    return language.translate(text).replace(THIN, _NARROW)
