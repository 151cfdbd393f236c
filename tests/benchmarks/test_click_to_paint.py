"""From a click in the browser, through the kernel, to the repainted picture: LiveChart beside Altair's JupyterChart."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

EVIDENCE = """
import random
import netmeta as nm
from netmeta.widgets import Analysis
random.seed(1)
trials = [nm.Trial(study=f"Trial {{at:03d}}", experimental="therapy", control="placebo", n_experimental=100, n_control=100,
                   log_hr=random.gauss(-0.5, 0.3), se=random.uniform(0.1, 0.4)) for at in range({k})]
analysis = Analysis(nm.Evidence(trials))
keys = analysis.selected.keys
"""
LIVE = "view = nm.ForestView(analysis)\nview"
REPLACED = """
import altair as alt, ipywidgets as w
alt.JupyterChart.enable_offline(True)
draw = lambda: nm.forest(analysis.outcome, trials=analysis.selected)
chart = alt.JupyterChart(draw(), embed_options={"renderer": "svg", "actions": False})
clicks = []
def click(_button):
    analysis.toggle(keys[len(clicks) // 2 % len(keys)]); clicks.append(1); chart.chart = draw()
button = w.Button(description="next"); button.on_click(click)
w.VBox([button, chart])
"""
# Time from the click until the frame with the changed numbers has been painted.
MEASURE = """async ([times, live]) => {
  const root = document.querySelector('.jp-OutputArea-output');
  const said = () => { const texts = [...root.querySelectorAll('svg text')].map(text => text.textContent);
    return texts.some(text => text.startsWith('Random effects')) ? texts.join('|') : ''; };
  const painted = () => new Promise(done => requestAnimationFrame(() => {
    const channel = new MessageChannel(); channel.port1.onmessage = () => done(performance.now()); channel.port2.postMessage(0); }));
  const press = target => { const box = target.getBoundingClientRect();
    target.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, view: window,
      clientX: box.x + box.width / 2, clientY: box.y + box.height / 2})); };
  const found = [];
  for (let i = 0; i < times; i++) {
    const lines = root.querySelectorAll('.lines_marks path');
    const target = live ? lines[Math.floor(i / 2) % lines.length] : root.querySelector('button');
    const before = said(), from = performance.now();
    const changed = new Promise((done, fail) => { setTimeout(() => fail(new Error('nothing changed')), 20000); const observer = new MutationObserver(() => {
      const now = said(); if (now && now !== before) { observer.disconnect(); done(); } });
      observer.observe(root, {childList: true, subtree: true, characterData: true, attributes: true}); });
    press(target);
    await changed;
    found.push((await painted()) - from);
    await new Promise(done => setTimeout(done, 120));
  }
  return found;
}"""
KERNEL = """
from time import perf_counter
spent = []
for at in range({times}):
    start = perf_counter(); {step}; spent.append((perf_counter() - start) * 1000)
print(sorted(spent)[{times} // 2])
"""


def times(request, full: int = 40) -> int:
    return 3 if request.config.getoption("benchmark_disable") else full


@pytest.mark.parametrize("k", [12, 100])
def test_live_chart(notebook, page, request, figures, k):
    book = notebook([EVIDENCE.format(k=k), LIVE])
    page.locator(".squares_marks path").first.wait_for(state="attached", timeout=60_000)
    page.evaluate("() => { window.kept = document.querySelector('.netmeta-figure svg') }")
    page.evaluate(MEASURE, [3, True])
    found = page.evaluate(MEASURE, [times(request), True])
    kernel = float(book.python(KERNEL.format(step="view.click(keys[at // 2 % len(keys)])", times=40)))
    assert page.evaluate("kept === document.querySelector('.netmeta-figure svg')")
    figures(f"LiveChart, {k} trials", found, kernel=round(kernel, 1))


@pytest.mark.parametrize("k", [12, 100])
def test_chart_replaced(notebook, page, request, figures, k):
    book = notebook([EVIDENCE.format(k=k), REPLACED])
    page.locator(".jp-OutputArea-output svg .squares_marks path").first.wait_for(state="attached", timeout=60_000)
    page.evaluate(MEASURE, [3, False])
    found = page.evaluate(MEASURE, [times(request, full=20), False])
    kernel = float(book.python(KERNEL.format(step="click(None)", times=10)))
    # JupyterChart's own script throws while it is replaced ("Cannot convert undefined or null to object").
    page.errors.clear()
    figures(f"JupyterChart.chart = ..., {k} trials", found, kernel=round(kernel, 1))


def test_first_plot_in_a_fresh_kernel(notebook, page, request, figures):
    found = []
    for _ in range(1 if times(request) == 3 else 5):
        book = notebook([""])
        page.evaluate("""() => { const panel = [...jupyterapp.shell.widgets('main')].find(w => w.context?.sessionContext);
          panel.content.widgets[0].model.sharedModel.setSource('import netmeta as nm; nm.Workbench()') }""")
        start = page.evaluate("performance.now()")
        book.run_all()
        page.wait_for_function(
            "() => document.querySelectorAll('.netmeta-figure .squares_marks path').length === 9"
        )
        found.append(page.evaluate("performance.now()") - start)
        notebook.shut_down()
    figures("Workbench: from running the cell to the first plot", found)
