"""Charts in the reader's language: texts of specification and rows are translated on the way to the page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, Final

from netmeta.charts.theme import text_width
from netmeta.language import ENGLISH, language, translate

__all__ = ["data_in_language", "in_language", "spec_in_language"]

_CHANNELS: Final = ("text", "tooltip")
_TITLES: Final = frozenset({"title", "description", "subtitle"})
_WIDEST: Final = 260
_CONSTANT: Final = re.compile(r"'([A-Z][^'\\]{3,})'")


def spec_in_language(text: str) -> str:
    """Translate a specification that has no rows, as JSON text."""
    return json.dumps(_turned(json.loads(text), ""), separators=(",", ":"), ensure_ascii=False)


def data_in_language(text: str, spec: str) -> str:
    """Translate what is pushed to a chart: texts of rows, signals that are texts, the chart in words.

    Parameters
    ----------
    text
        JSON text of an object with ``tables``, ``signals``, ``label``, ``choices`` and ``help``.
    spec
        The chart's specification as JSON text: it says which columns are shown as text.
    """
    data, shown = json.loads(text), _shown(spec)
    data["tables"] = {name: _rows(rows, shown) for name, rows in data["tables"].items()}
    data["signals"] = {name: _signal(value) for name, value in data["signals"].items()}
    data["choices"] = [{**choice, "label": translate(choice["label"])} for choice in data["choices"]]
    data |= {name: translate(data[name]) for name in ("label", "help")}
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def in_language(spec: dict[str, Any]) -> dict[str, Any]:
    """Translate a whole specification with its rows, for a still picture; in English it is as it was."""
    if language() == ENGLISH:
        return spec
    tables, rest = spec.get("datasets", {}), {name: part for name, part in spec.items() if name != "datasets"}
    shown = _shown(json.dumps(rest))
    turned: dict[str, Any] = _turned(rest, "")
    told = {name: _rows(rows, shown) for name, rows in tables.items()}
    for param in turned.get("params", ()):
        if "value" in param:
            param["value"] = _roomy(param["name"], _signal(param["value"]), told)
    return turned | ({"datasets": told} if told else {})


def _roomy(name: str, value: Any, tables: dict[str, Any]) -> Any:  # noqa: ANN401
    """Widen a column of text, which has a signal ``w_`` and its name, for what stands in it now."""
    column = name.removeprefix("w_")
    if column == name or not isinstance(value, int | float):
        return value
    texts = (row.get(column) for rows in tables.values() for row in rows if row.get("kind") != "note")
    widths = [text_width(text) for text in texts if isinstance(text, str)]
    return max(value, min(max(widths, default=0), _WIDEST))


@lru_cache(maxsize=64)
def _shown(spec: str) -> frozenset[str]:
    """Return the columns that are shown as texts or tips."""
    return frozenset(_fields(json.loads(spec), ""))


def _fields(part: Any, channel: str) -> set[str]:  # noqa: ANN401
    if isinstance(part, list):
        return set().union(*(_fields(one, channel) for one in part))
    if not isinstance(part, dict):
        return set()
    own = {part["field"]} if channel in _CHANNELS and isinstance(part.get("field"), str) else set()
    return own.union(*(_fields(inner, name) for name, inner in part.items()))


def _turned(part: Any, name: str) -> Any:  # noqa: ANN401
    if isinstance(part, list):
        return [translate(one) if name in _TITLES and isinstance(one, str) else _turned(one, name) for one in part]
    if isinstance(part, dict):
        return {
            inner: translate(value)
            if (name, inner) == ("text", "value") and isinstance(value, str)
            else _turned(value, inner)
            for inner, value in part.items()
        }
    if not isinstance(part, str):
        return part
    if name in _TITLES:
        return translate(part)
    return _CONSTANT.sub(lambda found: f"'{translate(found[1])}'", part) if name in ("expr", "calculate") else part


def _is_text(name: str, inner: str, value: Any) -> bool:  # noqa: ANN401
    return (name, inner) == ("text", "value") and isinstance(value, str)


def _rows(rows: list[dict[str, Any]], shown: frozenset[str]) -> list[dict[str, Any]]:
    return [{name: _text(value) if name in shown else value for name, value in row.items()} for row in rows]


def _text(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return translate(value)
    return [_text(one) for one in value] if isinstance(value, list) else value


def _signal(value: Any) -> Any:  # noqa: ANN401
    """Translate a signal that is a sentence or a name; colours and single lower-case words are keys."""
    if isinstance(value, str) and (" " in value or value[:1].isupper()) and "datum" not in value:
        return translate(value)
    return [_signal(one) for one in value] if isinstance(value, list) else value
