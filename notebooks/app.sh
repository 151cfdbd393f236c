#!/usr/bin/env bash
# Set up everything and open the workbench as an app: no code, no menus. Options are passed on to Voila (--theme=dark).
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/environment app
# The template asks no other host for icons; a page that was left is forgotten after half an hour.
export JUPYTER_PATH="$PWD/binder${JUPYTER_PATH:+:$JUPYTER_PATH}"
# Nobody saves this notebook: no picture of it is drawn beside the live one.
export NETMETA_SAVED_PICTURES=off
exec .venv/bin/voila --template=netmeta --VoilaKernelManager.cull_interval=60 --VoilaKernelManager.cull_idle_timeout=1800 \
    --Voila.ip=127.0.0.1 "$@" notebooks/workbench.ipynb
