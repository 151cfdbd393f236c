"""R's reference values of the routes."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "fixtures" / "routes" / "reference.py"


@pytest.fixture(scope="session")
def reference():
    spec = spec_from_file_location("routes_reference", PATH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
