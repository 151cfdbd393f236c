"""The JupyterLite site: built as ``docs/deploy.md`` says, looked at, and opened in Chromium up to its kernel."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import tarfile
import threading
import zipfile
from pathlib import Path

import pytest

import netmeta as nm

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PYODIDE = "pyodide"
VERSION = json.loads((ROOT / "binder" / "lite" / "pyodide.json").read_text(encoding="utf-8"))["pyodide"]
KERNEL = (
    *(
        "asttokens",
        "decorator",
        "executing",
        "ipython",
        "jedi",
        "matplotlib-inline",
        "micropip",
        "narwhals",
        "parso",
    ),
    *("prompt-toolkit", "pure-eval", "pygments", "six", "stack-data", "traitlets", "typing-extensions", "wcwidth"),
)
"""What a kernel in the browser needs before it runs anything; all pure."""
OWN = ("netmeta", "anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal", "typing-extensions")
READ = """
import sys, netmeta as nm
trials = nm.load_trials()
pfs = trials.where(endpoint="PFS", use="primary", control="placebo")
print(sys.platform, len(trials), *(f"{trial.log_hr:.9f} {trial.se:.9f}" for trial in pfs))
try:
    nm.pool(pfs)
except ModuleNotFoundError as error:
    print(error)
"""
RUN = """async code => {
  const kernels = window.jupyterapp.serviceManager.kernels;
  window.kernel = window.kernel || await kernels.startNew({ name: 'python' });
  const future = window.kernel.requestExecute({ code });
  let said = '';
  future.onIOPub = message => {
    if (message.header.msg_type === 'stream') said += message.content.text;
    if (message.header.msg_type === 'error') said += '!! ' + message.content.evalue; };
  await future.done;
  return said; }"""
KNOWN = "() => 'python' in (window.jupyterapp?.serviceManager.kernelspecs.specs?.kernelspecs ?? {})"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_said):
        return


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The Python of an environment that builds the site."""
    folder = tmp_path_factory.mktemp("lite")
    run(sys.executable, "-m", "venv", str(folder / "env"))
    python = folder / "env" / "bin" / "python"
    run(str(python), "-m", "pip", "install", "-q", "-r", "binder/lite/requirements.txt")
    return python


@pytest.fixture(scope="module")
def distribution(environment, tmp_path_factory):
    """As much of Pyodide as registries have: the interpreter from npm, pure wheels from PyPI. No numpy, no scipy."""
    if shutil.which("npm") is None:
        return None
    folder = tmp_path_factory.mktemp("pyodide")
    run("npm", "pack", "--silent", f"--pack-destination={folder}", f"pyodide@{VERSION}")
    with tarfile.open(next(folder.glob("*.tgz"))) as packed:
        packed.extractall(folder, filter="data")
    lock = folder / "package" / "pyodide-lock.json"
    found = json.loads(lock.read_text(encoding="utf-8"))
    pins = [f"{name}=={found['packages'][name]['version']}" for name in KERNEL]
    pure = ("--no-deps", "--only-binary=:all:", "--platform=any", "--python-version=3.14")
    run(str(environment), "-m", "pip", "download", "-q", *pure, f"--dest={folder / 'package'}", *pins)
    for name in KERNEL:  # Pyodide builds these wheels anew: PyPI's have another sum.
        package = found["packages"][name]
        wheel = folder / "package" / package["file_name"]
        package["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(json.dumps(found), encoding="utf-8")
    return folder / "package"


@pytest.fixture(scope="module")
def site(environment, distribution, tmp_path_factory):
    """The folder of the site; the page's own application can be asked."""
    folder = tmp_path_factory.mktemp("site")
    own = [] if distribution is None else [f"--pyodide={distribution}"]
    run(str(environment), "binder/lite/build.py", str(folder), *own)
    settings = folder / "jupyter-lite.json"
    told = json.loads(settings.read_text(encoding="utf-8"))
    told["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def test_every_notebook_is_there_and_begins_with_the_wheel(site):
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads((site / "files" / notebook.name).read_text(encoding="utf-8"))["cells"]
        first = next(cell for cell in cells if cell["cell_type"] == "code")
        assert first["source"] == "%pip install -q netmeta"
        assert len(cells) == len(json.loads(notebook.read_text(encoding="utf-8"))["cells"]) + 1


def test_the_index_names_pure_wheels_that_are_there(site):
    index = json.loads((site / "pypi" / "all.json").read_text(encoding="utf-8"))
    assert {"netmeta", "pymare", "anywidget", "ipywidgets", "formulaic"} <= set(index)
    files = [file for releases in index.values() for each in releases["releases"].values() for file in each]
    assert all(file["filename"].endswith("py3-none-any.whl") for file in files)
    assert all((site / "pypi" / file["filename"]).is_file() for file in files)
    wheel = next((site / "pypi").glob("netmeta-*.whl"))
    held = zipfile.ZipFile(wheel)
    assert {"netmeta/widgets/static/vega.js.gz", "netmeta/data/trials.csv"} <= set(held.namelist())
    meta = held.read(next(name for name in held.namelist() if name.endswith("/METADATA"))).decode()
    assert "vl-convert-python>=1.9; sys_platform != 'emscripten'" in meta.replace('"', "'")


def test_the_package_index_is_never_asked(site):
    plugins = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]["litePluginSettings"]
    assert plugins["@jupyterlite/pyodide-kernel-extension:kernel"]["disablePyPIFallback"] is True


# The interpreter, numpy, scipy and pandas come from Pyodide's distribution: that is all the page asks for.
@pytest.mark.parametrize("page", [{"refused": (PYODIDE,)}], indirect=True, ids=["offline"])
def test_the_front_end_opens_a_notebook_and_asks_for_nothing_but_pyodide(address, page, keep):
    page.goto(f"{address}/lab/index.html?path=01_first_forest_plot.ipynb")
    page.locator(".jp-NotebookPanel .jp-MarkdownOutput h1").first.wait_for(timeout=90_000)
    page.locator(".jp-NotebookPanel .jp-CodeCell", has_text="import netmeta as nm").first.wait_for()
    assert page.locator(".jp-DirListing-item").count() == len([*(ROOT / "notebooks").glob("*.ipynb")])
    keep("host-jupyterlite")


def test_a_kernel_in_the_browser_reads_the_trials_as_this_one_does(address, distribution, page):
    """numpy, scipy and pandas for the browser cannot be had here: what works without them is what is run."""
    if distribution is None:
        pytest.skip("npm, which brings the interpreter for the browser, is not installed")
    page.set_default_timeout(120_000)
    page.goto(f"{address}/lab/index.html")
    page.wait_for_function(KNOWN)
    assert page.evaluate(RUN, f"import piplite\nawait piplite.install({list(OWN)}, deps=False)") == ""
    said, missing = page.evaluate(RUN, READ).strip().splitlines()
    pfs = nm.load_trials().where(endpoint="PFS", use="primary", control="placebo")
    assert said.split()[:2] == ["emscripten", str(len(nm.load_trials()))]
    assert said.split()[2:] == [text for trial in pfs for text in (f"{trial.log_hr:.9f}", f"{trial.se:.9f}")]
    # Tells when this test can do more.
    assert "numpy" in missing
