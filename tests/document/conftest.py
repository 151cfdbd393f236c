"""One report of each kind for all tests of documents: making them takes seconds."""

from __future__ import annotations

import datetime as dt
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import netmeta as nm
from netmeta.document.archive import archived
from netmeta.document.contents import contents
from netmeta.document.writing import made

DAY = dt.date(2026, 1, 2)


@pytest.fixture(scope="session")
def hostile():
    """An analysis with texts that try to be something else, and those texts."""
    spec = spec_from_file_location("hostile_analysis", Path(__file__).with_name("hostile.py"))
    sys.modules[spec.name] = found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="session")
def state():
    return nm.Analysis().state


@pytest.fixture(scope="session")
def document(state):
    return contents(state, day=DAY)


@pytest.fixture(scope="session")
def page_text(state):
    return made(state, ".html").decode()


@pytest.fixture(scope="session")
def docx_bytes(state):
    return made(state, ".docx")


@pytest.fixture(scope="session")
def pdf_bytes(state):
    return made(state, ".pdf")


@pytest.fixture(scope="session")
def zip_bytes(state):
    return archived(state, day=DAY)
