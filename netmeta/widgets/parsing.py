"""Text fields become numbers, or an error that names what was typed."""

from __future__ import annotations

from netmeta.errors import EntryError

__all__ = ["parse_count", "parse_number", "parse_p", "parse_percent"]


def parse_number(name: str, text: str) -> float | None:
    """Read a number field; a decimal comma is understood, an empty field is ``None``."""
    typed = text.strip().replace("\u2212", "-")
    if not typed:
        return None
    try:
        return float(typed.replace(",", ".") if typed.count(",") == 1 and "." not in typed else typed)
    except ValueError:
        raise EntryError(f"{name} is {text!r}; type a number such as 0.38.") from None


def parse_count(name: str, text: str) -> int | None:
    """Read a count field; an empty field is ``None``."""
    found = parse_number(name, text)
    if found is None:
        return None
    if found != found // 1 or found < 0:
        raise EntryError(f"{name} is {text!r}; type a whole number, 0 or more.")
    return int(found)


def parse_percent(name: str, text: str) -> float:
    """Read a confidence level typed as a percentage, and return it as a fraction."""
    found = parse_number(name, text.strip().removesuffix("%"))
    if found is None or not 0 < found < 100:  # noqa: PLR2004
        raise EntryError(f"{name} is {text!r}; type a percentage between 0 and 100, such as 95.")
    return round(found / 100, 12)


def parse_p(name: str, text: str) -> tuple[float | None, str]:
    """Read a P value with its sign: ``"0.022"``, ``"< 0.001"``, ``"P = .04"``; an empty field is ``None``."""
    typed = text.strip().lstrip("pP").strip()
    relation = typed[:1] if typed[:1] in ("<", ">", "=") and typed else "="
    try:
        return parse_number(name, typed.removeprefix(relation)), relation
    except EntryError:
        raise EntryError(f"{name} is {text!r}; type a number such as 0.022, or a bound such as <0.001.") from None
