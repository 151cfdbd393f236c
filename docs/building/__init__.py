"""How the documentation site is built; `hooks` is what MkDocs calls."""
