"""What MkDocs calls: the pages that are made, and how they are laid out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
sys.path.insert(0, str(DOCS))

from building.links import MOVED, site_links, sound_lists  # noqa: E402
from building.reference import ROOMS, reference_pages  # noqa: E402
from building.running import run_page  # noqa: E402
from building.showing import Sheet  # noqa: E402
from building.tutorials import executed, notebook_page, title  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

TASKS = ("teaching", "deploy")
EXPLANATION = ("conventions", "routes", "curves", "tables", "networks", "absolute", "report")
FIGURES = ("validation", "benchmarks", "data")
_made: dict[str, Any] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Execute the notebooks and write the pages that are made; lay out all pages there are."""
    own = (file.relative_to(DOCS / "pages").as_posix() for file in sorted((DOCS / "pages").rglob("*.md")))
    pages = {place: f"docs/pages/{place}" for place in own}
    plain = {file.name: f"docs/{file.name}" for file in sorted(DOCS.glob("*.md"))}
    moved = {place: source for source, place in MOVED.items()}
    _made.clear()
    _made.update(sources={**pages, **plain, **moved}, tutorials=executed(ROOT), reference=reference_pages())
    config.nav = _nav(set(_made["sources"]))
    config.watch = [str(DOCS), str(ROOT / "netmeta"), str(ROOT / "notebooks")]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page that is made or lies elsewhere, and its pictures."""
    for picture in DOCS.glob("*.png"):
        files.append(File.generated(config, picture.name, abs_src_path=str(picture)))
    names = {*_made["sources"], *(f"tutorials/{stem}.md" for stem in _made["tutorials"]), *_made["reference"]}
    names |= {picture.name for picture in DOCS.glob("*.png")}
    for place, source in _made["sources"].items():
        sheet = _sheet(place)
        text = site_links((ROOT / source).read_text(encoding="utf-8"), source, place, names)
        _put(files, config, place, run_page(text, sheet) if source.startswith("docs/pages/") else text, sheet)
    for stem, notebook in _made["tutorials"].items():
        sheet = _sheet(place := f"tutorials/{stem}.md")
        text = notebook_page(notebook, sheet)
        text = site_links(text, f"notebooks/{stem}.ipynb", place, names | set(sheet.pictures))
        _put(files, config, place, text, sheet)
    for place, text in _made["reference"].items():
        _put(files, config, place, text, _sheet(place))
    return files


def on_page_markdown(markdown: str, **_others: Any) -> str:  # noqa: ANN401
    """Make lists that are tight in Jupyter lists here, too."""
    return sound_lists(markdown)


def _sheet(place: str) -> Sheet:
    return Sheet(place.removesuffix(".md").replace("/", "-"), "../" * place.count("/"))


def _put(files: Files, config: MkDocsConfig, place: str, text: str, sheet: Sheet) -> None:
    old = files.get_file_from_path(place)
    if old is not None:
        files.remove(old)
    files.append(File.generated(config, place, content=text))
    for picture, svg in sheet.pictures.items():
        files.append(File.generated(config, picture, content=svg))


def _nav(have: set[str]) -> list[Any]:
    """Lay out all pages there are; one that nobody placed comes last among the explanations."""

    def those(names: Iterable[str]) -> list[str]:
        return [f"{name}.md" for name in names if f"{name}.md" in have]

    placed = {*TASKS, *EXPLANATION, *FIGURES, "index", "gallery", "changelog", "contributing"}
    others = sorted(name.removesuffix(".md") for name in have if "/" not in name)
    tutorials = [{title(notebook): f"tutorials/{stem}.md"} for stem, notebook in _made["tutorials"].items()]
    howto = sorted(name for name in have if name.startswith("howto/") and name != "howto/index.md")
    reference = [
        {ROOMS[Path(place).stem][0]: place} for place in _made["reference"] if not place.endswith("index.md")
    ]
    explained = those((*EXPLANATION, *(name for name in others if name not in placed), *FIGURES))
    return [
        {"Home": "index.md"},
        {"Tutorials": ["tutorials/index.md", *tutorials]},
        {"How to": ["howto/index.md", *howto, *those(TASKS)]},
        "gallery.md",
        {"Explanation": ["explanation/index.md", *explained]},
        {"Reference": ["reference/index.md", *reference]},
        {"Project": ["changelog.md", "contributing.md"]},
    ]
