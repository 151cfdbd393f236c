#!/usr/bin/env bash
# Set up everything and pass all tests. Options are passed on to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
bash .ci/environment test
unset PYTHONDONTWRITEBYTECODE
export PATH="$PWD/.venv/bin:$PATH"
step() { printf '\n== %s\n' "$*"; "$@"; }
step ruff check .
step ruff format --check .
step mypy
step lint-imports
# Tests share the cores file by file: what a file makes once is made once. Browsers wait until the others are done.
step python -m pytest tests notebooks --benchmark-disable --nbmake --nbmake-timeout 180 -m "not browser" -n 2 --dist loadfile --durations 8 "$@"
step python -m pytest tests/browser -n 2 --dist loadfile --durations 8 "$@"
