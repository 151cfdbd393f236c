"""What netmeta needs in the browser is in Pyodide's distribution, or among the pure wheels that the site carries."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LITE = ROOT / "binder" / "lite"
DISTRIBUTION = json.loads((LITE / "pyodide.json").read_text(encoding="utf-8"))
BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "os_name": "posix",
    "python_version": "3.14",
    "python_full_version": DISTRIBUTION["python"],
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}


def shipped() -> dict[str, str]:
    lines = (line for line in (LITE / "wheels.txt").read_text().splitlines() if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def needed(own: list[str]) -> list[tuple[str, Requirement]]:
    """Walk the requirements as Pyodide's installer does: what the distribution has, it has with its own needs."""
    found, todo, seen = [], [("netmeta", text) for text in own], set()
    while todo:
        by, text = todo.pop()
        need = Requirement(text)
        name = canonicalize_name(need.name)
        if need.marker is not None and not need.marker.evaluate(BROWSER):
            continue
        found.append((by, need))
        if name not in DISTRIBUTION["packages"] and name not in seen:
            seen.add(name)
            todo += [(name, text) for text in requires(name) or []]
    return found


def own_needs() -> list[str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def test_every_requirement_is_met_in_the_browser():
    there = {**DISTRIBUTION["packages"], **shipped()}
    walked = needed(own_needs())
    assert len(walked) > 15
    unmet = [
        f"{by} needs {need}, there is {there.get(canonicalize_name(need.name))}"
        for by, need in walked
        if not need.specifier.contains(there.get(canonicalize_name(need.name), "0"), prereleases=True)
        or canonicalize_name(need.name) not in there
    ]
    assert unmet == []


def test_nothing_is_shipped_that_nobody_needs():
    assert set(shipped()) <= {canonicalize_name(need.name) for _by, need in needed(own_needs())}


@pytest.mark.parametrize("name", ["vl-convert-python", "typst"])
def test_what_has_no_build_for_the_browser_is_not_asked_for_there(name):
    assert name not in {canonicalize_name(need.name) for _by, need in needed(own_needs())}


def test_what_must_come_from_the_distribution_is_named():
    assert set(DISTRIBUTION["compiled"]) >= {"numpy", "scipy", "pandas"}
