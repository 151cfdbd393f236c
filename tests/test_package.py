"""The front door: light to import, complete, and helpful; and the measures of DESIGN.md, section 7."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import netmeta as nm

PACKAGE = Path(nm.__file__).parent
FILES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
HEAVY = ("pymare", "altair", "scipy", "pandas", "ipywidgets", "anywidget", "numpy")


def loaded_after(code: str) -> set[str]:
    """Return the top-level modules of a fresh interpreter that ran ``code``."""
    told = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout.split()
    )


def test_importing_netmeta_loads_nothing_heavy() -> None:
    loaded = loaded_after("import netmeta")
    assert "netmeta" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_loading_the_trials_loads_nothing_heavy() -> None:
    loaded = loaded_after("import netmeta as nm; assert len(nm.load_trials()) == 111")
    assert loaded.isdisjoint({"pymare", "altair", "scipy", "pandas"})


def test_making_a_trial_loads_no_engine_and_no_chart() -> None:
    loaded = loaded_after("import netmeta as nm; nm.Trial(study='A', experimental='x', control='y', hr=0.5)")
    assert loaded.isdisjoint({"pymare", "altair", "scipy", "pandas"})


@pytest.mark.parametrize("name", nm.__all__)
def test_every_public_name_is_there(name: str) -> None:
    found = getattr(nm, name)
    assert found.__name__.rpartition(".")[2] == name
    assert getattr(found, "__module__", found.__name__).startswith("netmeta.")
    assert name in dir(nm)


def test_a_misspelt_name_is_suggested() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'load_trails'. Did you mean 'load_trials'\?"):
        _ = nm.load_trails


def test_the_type_checker_sees_the_names_that_python_sees() -> None:
    source = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in source.body if isinstance(node, ast.If))
    named = [alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(named) == nm.__all__


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_file_is_over_300_lines_and_no_function_over_40(file: Path) -> None:
    text = (PACKAGE / file).read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if code_lines(node) > 40] == []


def code_lines(node: ast.FunctionDef) -> int:
    """Count a function's lines without its docstring, which has to name shapes, units and errors."""
    documented = ast.get_docstring(node, clean=False)
    start = node.body[0].end_lineno if documented is not None else node.lineno
    return (node.end_lineno or 0) - (start or 0)
