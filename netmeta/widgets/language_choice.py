"""The choice of language, in the corner of the workbench."""

from __future__ import annotations

from netmeta import language
from netmeta.widgets import controls as w

__all__ = ["LanguageChoice"]


class LanguageChoice(w.HBox):  # type: ignore[misc]
    """A choice of languages, each named in itself; all that is on the page follows at once."""

    def __init__(self) -> None:
        options = [(name, code) for code, name in language.LANGUAGES.items()]
        self.choice = w.Dropdown(
            options=options,
            value=language.language(),
            description="Language",
            tooltip="Language of everything shown here",
            layout={"width": "auto"},
        )
        self.choice.observe(lambda change: language.use_language(change["new"]), "value")
        super().__init__(children=(self.choice,))
        self.add_class("netmeta-language")
        language.listen(self)

    def speak(self) -> None:
        """Show the language that was chosen elsewhere."""
        self.choice.value = language.language()

    def close(self) -> None:
        """Take the choice off the page."""
        self.choice.close()
        super().close()
