"""Widgets are closed after each test, so that none hears of the next one."""

from __future__ import annotations

import ipywidgets
import pytest


@pytest.fixture(autouse=True)
def _close_widgets():
    yield
    ipywidgets.Widget.close_all()
