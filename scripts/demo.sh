#!/bin/sh
# The bundled lung case from chart to signed report: sh scripts/demo.sh
# Everything it writes is under .venv and build/demo.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
prepare .
PATH=$(cd "$venv/bin" && pwd):$PATH
export EXPERT_PANEL_HOME="$PWD/build/demo/runs"
page=build/demo/lung-001.html

step() {
    if [ -t 1 ]; then
        printf '\n\033[1m$ %s\033[0m\n' "$*"
    else
        printf '\n$ %s\n' "$*"
    fi
}

# panel_exits CODE ARGUMENTS...: runs panel and insists on that exit code.
panel_exits() {
    expected=$1
    shift
    step panel "$@"
    code=0
    panel "$@" || code=$?
    [ "$code" -eq "$expected" ] || fail "panel $1 left with exit code $code, not $expected"
}

echo "1. The chart is read, and the meeting stops: a person must decide (exit code 3)."
panel_exits 3 run examples/cases/lung-001.json
run=$(panel runs | sed -n '1s/ .*//p')

printf '\n2. What the documents disagree about, each side in its own words (exit code 3).\n'
panel_exits 3 review "$run" --show

printf '\n3. A named person rules on each, with a reason. The rulings of the example:\n'
step cat examples/cases/lung-001.rulings.json
cat examples/cases/lung-001.rulings.json
panel_exits 0 review "$run" --rulings examples/cases/lung-001.rulings.json

printf '\n4. Only now is there a final report (exit code 0).\n'
panel_exits 0 report "$run" --format html --out "$page"
panel_exits 0 audit verify

printf '\nThe report, every statement linked to its source: file://%s/%s\n' "$PWD" "$page"
echo "Try your own: $venv/bin/panel run CASE.json"
