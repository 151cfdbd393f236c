"""Signs of anybody's texts that a file or a page cannot hold, and what stands in their place."""

from __future__ import annotations

import re
from typing import Any, Final

from netmeta.numerals import THIN

__all__ = ["cleaned", "drawable"]

_MISSING: Final = "\ufffd"
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2): control characters, halves of surrogate pairs, U+FFFE and U+FFFF."""


def cleaned(text: str) -> str:
    """Put a text on one line, without signs that a file or a page cannot hold or that turn its direction."""
    said = "".join(char if char.isspace() or char.isprintable() else _MISSING for char in text)
    return " ".join(part for part in said.replace(THIN, "\0").split()).replace("\0", THIN)


def drawable(value: Any) -> Any:  # noqa: ANN401
    """Return a value of JSON with U+FFFD for each sign that XML, and so an SVG, cannot hold; line breaks stay."""
    if isinstance(value, str):
        return _NO_XML.sub(_MISSING, value)
    if isinstance(value, dict):
        return {name: drawable(one) for name, one in value.items()}
    return [drawable(one) for one in value] if isinstance(value, list | tuple) else value
