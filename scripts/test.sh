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
pytest -n auto --dist worksteal "$@"  # a process for each core

# What needs a real server, in an environment of its own; left out when pytest's arguments choose other tests.
if [ $# -eq 0 ]; then
    EXPERT_PANEL_VLLM_ENV=${EXPERT_PANEL_VLLM_ENV:-$PWD/.venv-vllm}
    export EXPERT_PANEL_VLLM_ENV
    sh scripts/vllm_env.sh
    pytest -m server
fi
