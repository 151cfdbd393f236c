"""What the README says is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_five_lines_print_what_the_readme_says(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", blocks("python")[0]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == blocks("text")[0]
    assert (tmp_path / "forest.svg").read_text().startswith("<svg")


def test_the_other_lines_run_after_them(tmp_path):
    code = "\n".join(blocks("python"))
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)


def test_the_two_commands_exist_and_the_gate_calls_the_second():
    commands = re.findall(r"^bash (\S+)", blocks("bash")[0], re.MULTILINE)
    assert commands == ["notebooks/open.sh", "tests/run.sh"]
    assert all((ROOT / command).is_file() for command in commands)
    assert "exec bash tests/run.sh" in (ROOT / ".ci" / "run").read_text()


def test_every_file_it_links_to_exists():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(links) > 4
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_badge_opens_the_first_notebook_of_this_repository():
    badge = urlsplit(re.search(r"\]\((https://mybinder\.org/v2/[^)]+)\)", README)[1])
    opened = unquote(parse_qs(badge.query)["urlpath"][0]).removeprefix("lab/tree/")
    assert (ROOT / opened).is_file()
    project = (ROOT / "pyproject.toml").read_text()
    assert f'Source = "https://github.com/{badge.path.removeprefix("/v2/gh/").removesuffix("/HEAD")}"' in project
