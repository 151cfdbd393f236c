"""The reader's language: what is shown is translated on its way to the page; the code speaks English."""

from netmeta.language.current import (
    ENGLISH,
    LANGUAGES,
    language,
    listen,
    page_words,
    speaking,
    translate,
    use_language,
)

__all__ = ["ENGLISH", "LANGUAGES", "language", "listen", "page_words", "speaking", "translate", "use_language"]
