"""Texts of anybody as literals and comments of Python and R: nothing in them is ever code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["called", "comment", "in_comment", "packed", "python_value", "r_number", "r_text"]

_WIDTH: Final = 100
_ASCII: Final = range(0x20, 0x7F)
_SHORT: Final = 0xFFFF
_SURROGATES: Final = range(0xD800, 0xE000)


def in_comment(text: str) -> str:
    """Return a text as it may stand behind a ``#``: on one line, without characters that cannot be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def comment(*sentences: str) -> list[str]:
    """Return lines of comments, each sentence broken at the width of a page."""
    return [f"# {line}" for said in sentences for line in _broken(in_comment(said).split(" "))]


def _broken(words: Iterable[str]) -> Iterable[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > _WIDTH - 2:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def python_value(value: object) -> str:
    """Write a text, a number or ``None`` as a Python literal, texts in double quotes where that needs no escape."""
    said = repr(value)
    plain = isinstance(value, str) and said[0] == "'" and '"' not in said and "\\'" not in said
    return f'"{said[1:-1]}"' if plain else said


def packed(parts: Iterable[str], indent: str) -> list[str]:
    """Return parts with commas behind them, as many on a line as a page is wide."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 2 <= _WIDTH:
            lines[-1] += f" {part},"
        else:
            lines.append(f"{indent}{part},")
    return lines


def called(verb: str, /, **values: object) -> str:
    """Write a call with keywords on one line."""
    return f"{verb}({', '.join(f'{key}={python_value(value)}' for key, value in values.items())})"


def r_text(value: str) -> str:
    """Write a text as an R string of ASCII alone, which means the same in every locale.

    R's strings hold neither NUL nor half a surrogate pair: such a character is written out, ``<U+0000>``.
    """
    return f'"{"".join(map(_r_char, value))}"'


def _r_char(char: str) -> str:
    code = ord(char)
    if code == 0 or code in _SURROGATES:
        return f"<U+{code:04X}>"
    if char in '"\\':
        return f"\\{char}"
    if code in _ASCII:
        return char
    return f"\\u{code:04x}" if code <= _SHORT else f"\\U{code:08x}"


def r_number(value: float | None) -> str:
    """Write a number so that R reads the same one; ``NA`` for none."""
    return "NA" if value is None else repr(float(value))
