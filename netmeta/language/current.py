"""Which language is shown, and who is told when that changes."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from netmeta.errors import SelectionError, hint, shown
from netmeta.language.catalogue import catalogue, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Listener(Protocol):
        """Something on the page that is shown anew in another language."""

        def speak(self) -> None:
            """Show all words anew."""


__all__ = ["ENGLISH", "LANGUAGES", "language", "listen", "page_words", "speaking", "translate", "use_language"]

ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "zh": "简体中文"}
"""Languages by their codes, each named in itself."""

_now = {"language": ENGLISH}
# A report may be written in one thread while another answers a click.
_for_a_while: ContextVar[str | None] = ContextVar("language", default=None)
_listeners: WeakSet[Listener] = WeakSet()


def language() -> str:
    """Return the code of the language that is shown now: ``"en"`` or ``"zh"``."""
    return _for_a_while.get() or _now["language"]


def use_language(code: str) -> None:
    """Show everything in another language from now on, what is on the page already too.

    Parameters
    ----------
    code
        ``"en"`` for English or ``"zh"`` for Simplified Chinese.

    Raises
    ------
    SelectionError
        For a language that there is not.
    """
    checked(code)
    if code == _now["language"]:
        return
    _now["language"] = code
    for listener in tuple(_listeners):
        listener.speak()


def checked(code: str) -> str:
    """Return the code of a language, or raise `SelectionError`."""
    if code not in LANGUAGES:
        raise SelectionError(f"There is no language {shown(code)}.{hint(str(code), LANGUAGES)}")
    return code


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Translate into a language for a while, for a file that is written; what is on the page stays as it is."""
    token = _for_a_while.set(language() if code is None else checked(code))
    try:
        yield
    finally:
        _for_a_while.reset(token)


def listen(listener: Listener) -> None:
    """Tell a listener when the language changes, as long as it lives."""
    _listeners.add(listener)


def translate(text: str) -> str:
    """Return an English text of the code in the language that is shown now.

    What is no text of the code (a trial's name, a source) comes back as it is.
    """
    return text if language() == ENGLISH else catalogue(language()).translate(text)


def page_words() -> str:
    """Return the words of the page's own scripts as a JSON object, English to what is shown now."""
    return "{}" if language() == ENGLISH else page(language())
