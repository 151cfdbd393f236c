"""Widgets in the reader's language: their words are translated on the way to the page, and stay English here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

import traitlets as t

from netmeta import language
from netmeta.widgets.turns import InTurn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Spoken", "Worded", "each", "in_json", "in_pairs", "one"]


def one(value: Any) -> Any:  # noqa: ANN401
    """Translate a text; what is none stays."""
    return language.translate(value) if isinstance(value, str) else value


def each(values: Iterable[Any]) -> list[Any]:
    """Translate every text of a list."""
    return [one(value) for value in values]


def in_json(*silent: str) -> Callable[[str], str]:
    """Return a function that translates the texts of a JSON text, but for those under the ``silent`` names."""
    kept = frozenset(silent)

    def turned(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {name: inner if name in kept else turned(inner) for name, inner in value.items()}
        return [turned(inner) for inner in value] if isinstance(value, list) else one(value)

    return lambda text: json.dumps(turned(json.loads(text)), ensure_ascii=False, separators=(",", ":"))


def in_pairs(text: str) -> str:
    """Translate the second of each pair in a JSON text: words beside the name of a field."""
    return json.dumps([[name, one(words)] for name, words in json.loads(text)], ensure_ascii=False)


class Spoken(InTurn):
    """Mixin for a widget: the traits named in ``spoken`` are translated when they go to the page.

    In the kernel they keep their English words, so that code may read them. They are sent anew when the language
    changes.
    """

    spoken: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"description": one, "tooltip": one}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        language.listen(self)

    def get_state(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return what goes to the page, in the reader's language."""
        state: dict[str, Any] = super().get_state(*args, **kwargs)  # type: ignore[misc]
        if language.language() != language.ENGLISH:
            state |= {name: self.in_language(name, state[name]) for name in self.spoken if name in state}
        return state

    def in_language(self, name: str, value: Any) -> Any:  # noqa: ANN401
        """Translate the value of a trait named in ``spoken``."""
        return self.spoken[name](value)

    def speak(self) -> None:
        """Send all words to the page anew."""
        if self.comm is not None:  # type: ignore[attr-defined]
            self.send_state([name for name in self.spoken if name in self.keys])  # type: ignore[attr-defined]


class Worded(Spoken, t.HasTraits):
    """A widget whose script has words of its own: the page's catalogue goes over in ``words``."""

    words = t.Unicode("{}", help="The page's words by their English ones; none in English.").tag(sync=True)
    spoken: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"words": lambda _none: language.page_words()}
