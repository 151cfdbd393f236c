"""The reference values, as a fixture: data sets made to set a trap."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

REFERENCE = Path(__file__).parents[1] / "fixtures" / "metafor" / "reference.py"


@pytest.fixture(scope="session")
def metafor() -> ModuleType:
    if "metafor_reference" not in sys.modules:
        spec = spec_from_file_location("metafor_reference", REFERENCE)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules["metafor_reference"]
