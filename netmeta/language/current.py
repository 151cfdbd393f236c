"""Which language is shown, and who is told when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakSet

if TYPE_CHECKING:
    from typing import Protocol

    class Listener(Protocol):
        """Something on the page that is shown anew in another language."""

        def speak(self) -> None:
            """Show all words anew."""


__all__ = ["ENGLISH", "language", "listen", "translate", "use_language"]

ENGLISH: Final = "en"
_now = {"language": ENGLISH}
_listeners: WeakSet[Listener] = WeakSet()


def language() -> str:
    """Return the code of the language that is shown now: ``"en"`` or ``"zh"``."""
    return _now["language"]


def use_language(code: str) -> None:
    """Show everything in another language from now on, what is on the page already too."""
    _now["language"] = code
    for listener in tuple(_listeners):
        listener.speak()


def listen(listener: Listener) -> None:
    """Tell a listener when the language changes, as long as it lives."""
    _listeners.add(listener)


def translate(text: str) -> str:
    """Return an English text of the code in the language that is shown now."""
    return text
