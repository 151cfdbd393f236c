"""docs/routes.md says of every way what the code does, and names every check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.evidence.recipes import RECIPES
from netmeta.evidence.routes import KINDS, Kind
from netmeta.evidence.trial import FIELDS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
CHECKS = ROOT / "netmeta" / "evidence" / "checks"


def rows(head: str) -> list[list[str]]:
    block = TEXT.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    lines = block.split("\n")[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_table_of_ways_is_that_of_the_code() -> None:
    said = [
        Kind(name.strip("`"), title, formula.replace("\\|", "|"), source)
        for name, title, formula, source in rows("`route=` | printed | formula | source")
    ]
    assert said == list(KINDS.values())


def test_the_fields_of_each_way_are_those_of_the_code() -> None:
    said = {
        name.strip("`"): set(re.findall(r"`(\w+)", cell)) for name, cell in rows("`route=` | fields of `Trial`")
    }
    assert list(said) == list(RECIPES)
    for name, recipe in RECIPES.items():
        assert set(recipe.needs) <= said[name] <= set(FIELDS), name


def test_every_kind_of_finding_is_in_the_table() -> None:
    kinds = {kind for cell, *_ in rows("kind | severity | rule") for kind in cell.split(", ")}
    source = "".join(path.read_text(encoding="utf-8") for path in CHECKS.glob("*.py"))
    for kind in kinds:
        assert f'"{kind}"' in source, kind
    found = {finding.kind for finding in nm.load_trials().findings(pooled=True)}
    assert found <= kinds


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL))
def test_the_example_runs(block: str) -> None:
    exec(block, {})  # noqa: S102
