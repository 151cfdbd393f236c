"""Widgets are closed after each test, so that none hears of the next one."""

from __future__ import annotations

import asyncio.events

import ipywidgets
import pytest


@pytest.fixture(autouse=True)
def _close_widgets():
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture(autouse=True)
def _no_loop_but_ones_own():
    # After a browser test Playwright's event loop counts as running in this thread: a script has none.
    theirs = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    yield
    asyncio.events._set_running_loop(theirs)
