"""One thread at a time changes an analysis, and what a page sends stays in the order in which it was sent."""

from __future__ import annotations

import threading
import time

import anywidget
import ipywidgets
import pytest

import netmeta as nm
from netmeta.widgets import controls as w
from netmeta.widgets.turns import InTurn

ANSWERING = (ipywidgets.Button, ipywidgets.FileUpload, ipywidgets.Checkbox, ipywidgets.widget_string._String)
ANSWERING += (ipywidgets.widget_selection._Selection, ipywidgets.widget_selection._MultipleSelection)
ANSWERING += (ipywidgets.FloatSlider, ipywidgets.IntSlider)
# They bring the page what it needs, and are sent nothing.
SILENT = ("Page", "VegaEngine")


def below(kind: type) -> set[type]:
    return {kind}.union(*(below(one) for one in kind.__subclasses__()))


def test_every_widget_that_a_page_answers_waits_for_its_turn():
    nm.Workbench()
    ours = {one for one in below(ipywidgets.Widget) if one.__module__.startswith("netmeta.")}
    asked = {
        one for one in ours if issubclass(one, (*ANSWERING, anywidget.AnyWidget)) and one.__name__ not in SILENT
    }
    assert len(asked) > 15
    assert not [one for one in asked if not issubclass(one, InTurn)]


def test_the_kernel_answers_a_widget_where_the_page_asks_for_it(monkeypatch):
    comms = pytest.importorskip("ipykernel.comm.comm")
    if not hasattr(comms.BaseComm, "_reply_subshell_for"):
        pytest.skip("this ipykernel answers where the page asks for it")
    monkeypatch.setattr("ipywidgets.widgets.widget.comm.create_comm", comms.BaseComm)
    plain, ours = ipywidgets.Text(), w.Text()
    for one in (plain, ours):
        one.comm._reply_subshell_id = "where it spoke last"
    assert plain.comm._reply_subshell_for({}, "asked") == "where it spoke last"
    assert ours.comm._reply_subshell_for({}, "asked") == "asked"


@pytest.mark.parametrize("way", ["cell", "page"])
def test_no_two_threads_change_an_analysis_at_once(way):
    analysis, busy, overlaps = nm.Analysis(), threading.Lock(), []
    box = w.Checkbox()
    box.observe(lambda _change: analysis.change(excluded=frozenset()), "value")

    def slow(_change):
        if not busy.acquire(blocking=False):
            overlaps.append(threading.current_thread().name)
            return
        time.sleep(0.05)
        busy.release()

    analysis.observe(slow, "state")
    ticked = {
        "content": {"data": {"method": "update", "state": {"value": True}, "buffer_paths": []}},
        "buffers": [],
    }
    second = {"cell": lambda: analysis.toggle("SANET-p"), "page": lambda: box._handle_msg(ticked)}[way]
    threads = [threading.Thread(target=lambda: analysis.toggle("CABINET pNET")), threading.Thread(target=second)]
    for one in threads:
        one.start()
        time.sleep(0.02)
    for one in threads:
        one.join()
    assert not overlaps
    both = {analysis._row(name).key for name in ("CABINET pNET", "SANET-p")}
    assert analysis.excluded == {"cell": both, "page": frozenset()}[way]
