# Sourced by demo.sh and test.sh, from the top of the checkout. Makes .venv (or $EXPERT_PANEL_VENV) and installs into it.
# shellcheck shell=sh

venv=${EXPERT_PANEL_VENV:-.venv}

fail() {
    echo "$0: $*" >&2
    exit 2
}

# The first Python that is new enough.
new_enough() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "no Python 3.11 or newer was found. Install one, or name it: PYTHON=/path/to/python3 sh $0"
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# Debian keeps ensurepip in a package of its own.
need_venv() {
    can_make_venv "$1" && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing python3-venv, which Debian keeps apart from Python" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >&2 ||
            fail "apt-get could not install python3-venv"
    fi
    can_make_venv "$1" || fail "$1 cannot make a virtual environment (ensurepip is missing). As root: apt-get install python3-venv"
}

# prepare WHAT: ".", or ".[test]". Does nothing when that is already there and pyproject.toml has not changed.
prepare() {
    mark="$1 $(cksum <pyproject.toml) $(pwd)"
    if [ -x "$venv/bin/python" ] && grep -qxF "$mark" "$venv/.installed" 2>/dev/null; then
        return
    fi
    python=$(new_enough) || exit 2
    need_venv "$python"
    echo "installing expert-panel into $venv (once; about a minute)" >&2
    "$python" -m venv "$venv" || fail "$venv could not be made"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$1" ||
        fail "pip could not install expert-panel and what it needs; its lines above say why"
    echo "$mark" >>"$venv/.installed"
}
