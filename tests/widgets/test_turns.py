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


def test_a_press_brings_what_stands_in_the_fields_of_the_page():
    form = nm.TrialForm()
    for name, typed in {
        "study": "T",
        "experimental": "A",
        "hr": "0.3",
        "ci_low": "0.25",
        "ci_high": "0.58",
    }.items():
        form.fields[name].value = typed
    page = {name: field.value for name, field in form.fields.items() if field in form.entry.written} | {
        "hr": "0.38"
    }
    assert form.save.of == [form.fields[name].model_id for name in page]
    form.save._heard(form.save, {"kind": "press", "values": list(page.values())}, [])
    assert form.analysis.evidence[-1].hr == 0.38


@pytest.mark.parametrize(
    "message", ["press", {}, {"kind": "other"}, {"kind": "press"}, {"kind": "press", "values": [None, 3]}]
)
def test_a_press_without_values_takes_what_the_kernel_knows(message):
    form = nm.TrialForm()
    heard = []
    form.save.on_click(lambda _button: heard.append(form.fields["study"].value))
    form.fields["study"].value = "T"
    form.save._heard(form.save, message, [])
    assert heard == (["T"] if message != "press" and message.get("kind") == "press" else [])
    form.save.disabled = True
    form.save._heard(form.save, {"kind": "press"}, [])
    assert len(heard) <= 1
