#!/bin/sh
# Everything that must hold before a change is kept: sh scripts/test.sh [pytest's arguments]
# The architecture test (tests/test_architecture.py) is one of pytest's.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
prepare ".[test]"
PATH=$(cd "$venv/bin" && pwd):$PATH

ruff check .
mypy
lint-imports
pytest "$@"
