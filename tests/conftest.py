"""Shared by all tests: metafor's reference values, and the browser harness (every host but loopback is refused)."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import nbformat
import pytest

ARTEFACTS = Path(__file__).parent / "artefacts"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
]
QUIET = '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}'
PANEL = "const panel = [...window.jupyterapp.shell.widgets('main')].find(w => w.context?.sessionContext);"


FAILED = pytest.StashKey[bool]()
REFERENCE = Path(__file__).parent / "fixtures" / "metafor" / "reference.py"


@pytest.fixture(scope="session")
def metafor():
    """What metafor gives for published analyses and for data sets made to set a trap."""
    if "metafor_reference" not in sys.modules:
        spec = spec_from_file_location("metafor_reference", REFERENCE)
        sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules["metafor_reference"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(900):
        if process.poll() is not None:
            pytest.fail(log.read_text()[-3000:])
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer from {url}\n{log.read_text()[-3000:]}")


def own_home(folder: Path) -> dict[str, str]:
    """Keep the reader's own Jupyter settings out of the test, and the test out of them."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    lab = ("JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")
    return {**os.environ, **{name: str(folder / name.lower()) for name in (*names, *lab)}}


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """``serve("jupyterlab", ...)`` starts a Jupyter application; all are stopped at the end."""
    started = []

    def start(module: str, *options: str):
        home, root = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("root")
        (home / "app").mkdir()
        (home / "app" / "overrides.json").write_text(QUIET)
        port, token, log = free_port(), secrets.token_hex(12), home / "server.log"
        command = [sys.executable, "-m", module, "--no-browser", f"--port={port}", *options]
        filled = [part.format(token=token, root=root, home=home) for part in command]
        with log.open("w") as out:
            process = subprocess.Popen(filled, env=own_home(home), cwd=root, stdout=out, stderr=subprocess.STDOUT)
        started.append(process)
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/api", process, log)
        return {"url": url, "token": token, "root": root, "log": log}

    yield start
    for process in started:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def lab(serve):
    return serve(
        "jupyterlab",
        "--allow-root",
        "--ip=127.0.0.1",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token={token}",
        "--ServerApp.root_dir={root}",
        "--expose-app-in-browser",
        "--LabApp.app_settings_dir={home}/app",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, request):
    """A page that may ask loopback only; an outside request or a script error fails the test."""
    asked = {"width": 1280, "height": 1000, "refused": (), **getattr(request, "param", {})}
    context = chromium.new_context(viewport={"width": asked["width"], "height": asked["height"]})
    page, outside, errors = context.new_page(), [], []

    def refuse(route):
        if not any(name in route.request.url for name in asked["refused"]):
            outside.append(route.request.url)
        route.abort()

    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:")
    context.route(lambda url: not url.startswith(local), refuse)
    page.on("pageerror", lambda error: errors.append(str(error.stack)[:400]))
    page.outside, page.errors = outside, errors
    yield page
    if request.node.stash.get(FAILED, False):
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"failed-{request.node.name.replace('/', '-')}.png")
    context.close()
    assert not outside, f"asked the outside: {outside[:5]}"
    assert not errors, f"script errors: {errors[:5]}"


@pytest.fixture
def keep(page):
    """``keep(name)`` keeps a screenshot for a person to look at."""

    def picture(name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png")

    return picture


@pytest.fixture
def notebook(lab, page, request):
    """Open notebooks in JupyterLab: ``notebook(cells)`` makes one and runs it, ``notebook.open(name)`` takes a file."""
    desk = Desk(page, lab, request.node.name)
    yield desk
    desk.shut_down()


class Desk:
    """Opens notebooks, and shuts their kernels down at the end."""

    def __init__(self, page, lab, name: str) -> None:
        self.page, self.lab = page, lab
        self.name = "".join(char if char.isalnum() else "-" for char in name)[:60]

    def __call__(self, cells: list[str], *, theme: str = "") -> Notebook:
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=kernel)
        nbformat.write(made, self.lab["root"] / f"{self.name}.ipynb")
        self.start_kernel(f"{self.name}.ipynb")
        return self.open(f"{self.name}.ipynb", theme=theme)

    def start_kernel(self, name: str) -> None:
        """Start the notebook's kernel now: JupyterLab takes the one that it finds, and loads in the meantime."""
        asked = json.dumps({"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}})
        url = f"{self.lab['url']}/api/sessions?token={self.lab['token']}"
        headers = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(url, asked.encode(), headers), timeout=60).close()

    def open(self, name: str, *, theme: str = "") -> Notebook:
        found = Notebook(self.page)
        self.page.goto(f"{self.lab['url']}/doc/tree/{name}?token={self.lab['token']}&reset")
        found.ready()
        if theme:
            change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
            self.page.evaluate(change, theme)
        found.run_all()
        return found

    def shut_down(self) -> None:
        self.page.evaluate(f"async () => {{ {PANEL} await panel?.context.sessionContext.shutdown() }}")


class Notebook:
    """A notebook that is open in JupyterLab, and the kernel behind it."""

    def __init__(self, page) -> None:
        self.page = page

    def ready(self) -> None:
        idle = "return panel?.context.isReady && panel.context.sessionContext.session?.kernel?.status === 'idle';"
        self.page.wait_for_function(
            f"() => {{ if (!window.jupyterapp) return false; {PANEL} {idle} }}", timeout=90_000
        )

    def run_all(self) -> None:
        errors = self.page.evaluate(
            f"""async () => {{ {PANEL} await window.jupyterapp.commands.execute('notebook:run-all-cells');
            return panel.content.widgets.flatMap(cell => (cell.model.outputs?.toJSON?.() || [])
              .filter(output => output.output_type === 'error')
              .map(output => output.ename + ': ' + output.evalue)) }}"""
        )
        assert not errors, errors

    def python(self, code: str) -> str:
        """Run code in the notebook's kernel, outside of its cells, and return what it prints."""
        return self.page.evaluate(
            f"""async code => {{ {PANEL}
            const future = panel.context.sessionContext.session.kernel.requestExecute({{code, store_history: false}});
            let said = ''; future.onIOPub = message => {{
              if (message.header.msg_type === 'stream') said += message.content.text;
              if (message.header.msg_type === 'error') said += '!! ' + message.content.evalue; }};
            await future.done; return said.trim() }}""",
            code,
        )

    def cells(self) -> int:
        return self.page.evaluate(f"() => {{ {PANEL} return panel.content.widgets.length }}")

    def picture(self, name: str) -> None:
        """Keep a screenshot for a person to look at."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")
