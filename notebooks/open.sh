#!/usr/bin/env bash
# Set up everything and open the workbench notebook in JupyterLab. Options are passed on to JupyterLab.
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/environment lab
root=()
[ "$(id -u)" != 0 ] || root=(--allow-root)
exec .venv/bin/python -m jupyterlab "${root[@]}" "$@" notebooks/01_first_forest_plot.ipynb
