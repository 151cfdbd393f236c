# ruff: noqa: INP001
"""Build netmeta for JupyterLite: a folder that any web server can give out, with the kernel in the browser.

``python binder/lite/build.py OUT`` in an environment with ``binder/lite/requirements.txt``. numpy, scipy and pandas
for the browser come from Pyodide's own distribution, which the page asks for when its kernel starts; ``--pyodide``
puts a copy of that distribution (a folder) into the site, so that no other host is asked.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FIRST = "%pip install -q netmeta"
"""What a notebook runs first there; the wheel comes from the site."""
KERNEL = "jupyterlite-pyodide-kernel"


def run(*command: str, cwd: Path = ROOT) -> None:
    """Run a command; stop where it fails."""
    subprocess.run([sys.executable, "-m", *command], cwd=cwd, check=True)  # noqa: S603


def download(names: list[str], folder: Path) -> None:
    """Fetch pure wheels from the package index."""
    pure = ("--no-deps", "--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--quiet")
    run("pip", "download", *pure, f"--dest={folder}", *names)


def notebooks(folder: Path) -> None:
    """Copy the notebooks; each gets a first cell that installs netmeta."""
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        content = json.loads(file.read_text(encoding="utf-8"))
        cell = {"cell_type": "code", "id": "lite-install", "metadata": {}, "source": FIRST, "outputs": []}
        content["cells"].insert(1, {**cell, "execution_count": None})
        content["metadata"]["kernelspec"] = {
            "name": "python",
            "display_name": "Python (Pyodide)",
            "language": "python",
        }
        (folder / file.name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def config(wheels: Path, contents: Path, out: Path) -> dict[str, dict[str, object]]:
    """Return what is asked of ``jupyter lite build``, as its ``jupyter_lite_config.json``."""
    pinned = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    front = wheels.parent / "front"
    download([line for line in pinned if line.startswith(KERNEL)], front)
    views = [*front.glob("*.whl"), *wheels.glob("jupyterlab_widgets-*.whl"), *wheels.glob("anywidget-*.whl")]
    lite = {
        "apps": ["lab"],
        "contents": [str(contents)],
        "federated_extensions": [str(wheel) for wheel in views],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(out),
    }
    return {"LiteBuildConfig": lite, "PipliteAddon": {"piplite_urls": [*map(str, sorted(wheels.glob("*.whl")))]}}


def build(out: Path, *, wheel: Path | None, pyodide: Path | None) -> None:
    """Build the site into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        wheels, contents, lite = (Path(scratch, name) for name in ("wheels", "contents", "lite"))
        for folder in (wheels, contents, lite):
            folder.mkdir()
        if wheel is None:
            run("pip", "wheel", "--no-deps", "--quiet", f"--wheel-dir={wheels}", str(ROOT))
        else:
            shutil.copy2(wheel, wheels)
        lines = (HERE / "wheels.txt").read_text(encoding="utf-8").splitlines()
        download([line for line in lines if line and not line.startswith("#")], wheels)
        notebooks(contents)
        shutil.copy2(HERE / "jupyter-lite.json", lite)
        if pyodide is not None:
            shutil.copytree(pyodide, lite / "static" / "pyodide")
        asked = json.dumps(config(wheels, contents, out.resolve()))
        (lite / "jupyter_lite_config.json").write_text(asked, encoding="utf-8")
        run("jupyterlite_core", "build", cwd=lite)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--wheel", type=Path, help="a wheel of netmeta; made from this checkout by default")
    parser.add_argument(
        "--pyodide", type=Path, help="a folder with a Pyodide distribution, to be put into the site"
    )
    asked = parser.parse_args()
    build(asked.out, wheel=asked.wheel, pyodide=asked.pyodide)
