"""``panel serve-models``: what it refuses, each in one line, and the command it plans; no server is started."""

from __future__ import annotations

import json
import shlex
import socket
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from agents import recipe
from agents.serving import Machine, Wish, plan
from agents.settings import load
from agents.weights import RANKS
from panel.cli.entry import run as panel_command
from panel.errors import ConfigurationError

Change = Callable[[Path], object]
CONFIG = {
    "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "intermediate_size": 96, "vocab_size": 100, "max_position_embeddings": 4096,
}  # fmt: skip
LORA = {"peft_type": "LORA", "r": 8, "lora_alpha": 16, "bias": "none", "target_modules": ["q_proj", "v_proj"], "use_dora": False}
WIDE = {"q_proj": (64, 64), "v_proj": (64, 32), "down_proj": (96, 64)}


def tensors(path: Path, shapes: Mapping[str, tuple[int, ...]], fill: int = 0) -> None:
    """A safetensors file of bytes."""
    entries: dict[str, Any] = {}
    at = 0
    for name, shape in shapes.items():
        size = 4
        for width in shape:
            size *= width
        entries[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    header = json.dumps(entries).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes([fill]) * at)


def lora(folder: Path, fill: int = 1, rank: int = 8, layers: int = 2, **config: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps({**LORA, "r": rank, **config}))
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in range(layers):
        for module in ("q_proj", "v_proj"):
            stem = f"base_model.model.model.layers.{layer}.self_attn.{module}"
            shapes[f"{stem}.lora_A.weight"] = (rank, WIDE[module][0])
            shapes[f"{stem}.lora_B.weight"] = (WIDE[module][1], rank)
    tensors(folder / "adapter_model.safetensors", shapes, fill)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with ``base`` and two adapters, as small as files can be."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "config.json").write_text(json.dumps(CONFIG))
    (base / "tokenizer.json").write_text("{}")
    tensors(base / "model.safetensors", {"model.norm.weight": (64,)})
    lora(tmp_path / "radiology", 1)
    lora(tmp_path / "pathology", 2)
    return tmp_path


def wish(models: Path, **more: Any) -> Wish:
    adapters = {seat: models / seat for seat in ("radiology", "pathology")}
    return Wish(**{"base": models / "base", "adapters": adapters, **more})


def flag(arguments: tuple[str, ...], name: str) -> str:
    return arguments[arguments.index(name) + 1]


def rewrite(file: str, **fields: object) -> Change:
    def change(models: Path) -> None:
        path = models / file
        path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))

    return change


def cut(file: str) -> Change:
    return lambda models: (models / file).write_bytes((models / file).read_bytes()[:-10])


def gone(file: str) -> Change:
    return lambda models: (models / file).unlink()


def weights(name: str, shape: tuple[int, ...]) -> Change:
    return lambda models: tensors(models / "radiology" / "adapter_model.safetensors", {f"base_model.model.{name}": shape})


ADAPTER = "radiology/adapter_config.json"
WEIGHTS = "radiology/adapter_model.safetensors"
STEM = "model.layers.0.self_attn"
REFUSED: dict[str, tuple[Change, str, str]] = {
    "DoRA": (rewrite(ADAPTER, use_dora=True), ADAPTER, "use_dora"),
    "bias": (rewrite(ADAPTER, bias="all"), ADAPTER, "bias"),
    "lora bias": (rewrite(ADAPTER, lora_bias=True), ADAPTER, "bias"),
    "whole modules": (rewrite(ADAPTER, modules_to_save=["lm_head"]), ADAPTER, "modules_to_save"),
    "new tokens": (rewrite(ADAPTER, trainable_token_indices=[100]), ADAPTER, "trainable_token_indices"),
    "another method": (rewrite(ADAPTER, peft_type="IA3"), ADAPTER, "peft_type"),
    "PiSSA": (rewrite(ADAPTER, init_lora_weights="pissa"), ADAPTER, "init_lora_weights"),
    "rank above all": (rewrite(ADAPTER, r=1024), ADAPTER, "rank 1024 is above 512"),
    "no rank": (rewrite(ADAPTER, r=None), ADAPTER, "r: "),
    "rank pattern": (rewrite(ADAPTER, rank_pattern={"q_proj": 600}), ADAPTER, "rank 600"),
    "no JSON": (lambda m: (m / ADAPTER).write_text("{"), ADAPTER, "not JSON"),
    "no configuration": (gone(ADAPTER), ADAPTER, "cannot be read"),
    "no weights": (gone(WEIGHTS), WEIGHTS, "does not exist"),
    "cut weights": (cut(WEIGHTS), WEIGHTS, "cut short"),
    "noise": (lambda m: (m / WEIGHTS).write_bytes(b"\xff" * 64), WEIGHTS, "no safetensors"),
    "empty": (lambda m: (m / WEIGHTS).write_bytes(b""), WEIGHTS, "no safetensors"),
    "another base's width": (weights(f"{STEM}.q_proj.lora_A.weight", (8, 128)), WEIGHTS, "q_proj: is 128 wide and the base's 64"),
    "another base's heads": (weights(f"{STEM}.v_proj.lora_B.weight", (64, 8)), WEIGHTS, "v_proj: is 64 wide and the base's 32"),
    "another base's depth": (weights("model.layers.7.mlp.down_proj.lora_A.weight", (8, 96)), WEIGHTS, "layer 7"),
    "unknown module": (weights("model.layers.0.mlp.router.lora_A.weight", (8, 64)), WEIGHTS, "vLLM knows no router"),
    "trained tokens": (weights("model.embed_tokens.token_adapter.trainable_tokens_delta", (1, 64)), WEIGHTS, "no LoRA weight"),
    "another rank": (weights(f"{STEM}.q_proj.lora_A.weight", (4, 64)), WEIGHTS, "has rank 4"),
    "no tokenizer": (gone("base/tokenizer.json"), "base", "holds no tokenizer"),
    "no base config": (gone("base/config.json"), "base/config.json", "cannot be read"),
    "no base weights": (gone("base/model.safetensors"), "base", "no *.safetensors"),
    "cut base": (cut("base/model.safetensors"), "base/model.safetensors", "cut short"),
    "a shard is missing": (
        lambda m: (m / "base/model.safetensors.index.json").write_text('{"weight_map": {"a": "model-2.safetensors"}}'),
        "base/model-2.safetensors",
        "does not exist",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_vllm_would_refuse_is_one_line(models: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    change, file, says = REFUSED[case]
    change(models)
    adapters = [f"--adapter={seat}={models / seat}" for seat in ("radiology", "pathology")]
    assert panel_command(["serve-models", "--base", str(models / "base"), *adapters, "--cpu", "--dry-run"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    line = told.err.removesuffix("\n")
    assert "\n" not in line
    assert line.startswith(f"{models / file}: ")
    assert says in line
    assert line.count(". ") >= 1  # what to do about it


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--base", "nowhere", "--adapter", "radiology=x"], "nowhere: is no folder"),
        (["--base", "{base}"], "no adapter is given"),
        (["--base", "{base}", "--adapter", "radiology"], "is not SEAT=DIR"),
        (["--base", "{base}", "--adapter", "registrar={radiology}"], "is no seat that a model reads for"),
        (["--base", "{base}", "--adapters", "{base}"], "holds no adapter"),
        (["--base", "{base}", "--adapters", "{all}", "--template", "chatml"], "Use one of alpaca, llama2"),
        (["--base", "{base}", "--adapters", "{all}", "--base-recipe", "gpt"], "Use one of alpaca-7b, llama-2-13b"),
        (["--base", "{base}", "--adapters", "{all}", "--base-recipe", "llama-2-7b"], "is not shaped as Llama 2 7B"),
        (["--base", "{base}", "--adapters", "{all}", "--window", "8192"], "is above the base's 4096"),
        (["--base", "{base}", "--adapters", "{all}", "--window", "1024", "--answer", "900"], "more than half"),
        (["--base", "{base}", "--adapters", "{all}", "--name", "radiology"], "is an adapter's name"),
    ],
)
def test_a_wrong_option_is_one_line(
    models: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = {"base": models / "base", "radiology": models / "radiology", "all": models}
    told = [word.format(**paths) for word in arguments]
    assert panel_command(["serve-models", *told, "--cpu", "--dry-run"]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_the_command_is_printed_as_a_shell_takes_it(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spaced = models / "an adapter"
    (models / "radiology").rename(spaced)
    arguments = ["--base", str(models / "base"), "--adapter", f"radiology={spaced}", "--cpu", "--dry-run", "--port", "8123"]
    assert panel_command(["serve-models", *arguments, "--python", "/opt/vllm/bin/python", "--", "--max-num-seqs", "16"]) == 0
    words = shlex.split(capsys.readouterr().out.replace("\\\n", " "))
    assert words[0] == "env"
    assert {"VLLM_NO_USAGE_STATS=1", "DO_NOT_TRACK=1", "HF_HUB_OFFLINE=1", "VLLM_CPU_KVCACHE_SPACE=1"} <= set(words)
    python = words.index("/opt/vllm/bin/python")
    assert words[python + 1 : python + 3] == ["-m", "vllm.entrypoints.openai.api_server"]
    assert f"radiology={spaced}" in words
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert words[-2:] == ["--max-num-seqs", "16"]
    held = json.loads(words[words.index("--structured-outputs-config") + 1])
    assert held == {"backend": "xgrammar", "disable_any_whitespace": True}
    assert Path(words[words.index("--chat-template") + 1]).name == "llama2.jinja"


@pytest.mark.parametrize(("rank", "flagged"), [(1, 1), (2, 8), (8, 8), (9, 16), (129, 256), (300, 320), (321, 512), (512, 512)])
def test_the_rank_is_the_next_that_vllm_takes(models: Path, rank: int, flagged: int) -> None:
    assert flagged in RANKS
    lora(models / "radiology", rank=rank)
    assert flag(plan(wish(models), Machine("cpu")).arguments, "--max-lora-rank") == str(flagged if rank > 8 else 8)
    alone = plan(wish(models, adapters={"radiology": models / "radiology"}), Machine("cpu"))
    assert flag(alone.arguments, "--max-lora-rank") == str(flagged)


def test_every_seat_s_adapter_fits_into_one_batch(models: Path) -> None:
    assert flag(plan(wish(models), Machine("cpu")).arguments, "--max-loras") == "2"


def test_one_adapter_for_two_seats_is_served_once(models: Path) -> None:
    lora(models / "pathology", 1)  # the same weights in another folder
    planned = plan(wish(models), Machine("cpu"))
    assert flag(planned.arguments, "--max-loras") == "1"
    assert {a.name for a in planned.settings.adapters.values()} == {"radiology"}


@pytest.mark.parametrize(
    ("machine", "dtype"),
    [(Machine("cpu"), "bfloat16"), (Machine("cuda", 9.0), "bfloat16"), (Machine("cuda", 7.5), "float16")],
)
def test_the_numbers_are_those_the_machine_is_good_at(models: Path, machine: Machine, dtype: str) -> None:
    planned = plan(wish(models, tensor_parallel=2), machine)
    assert flag(planned.arguments, "--dtype") == dtype
    assert flag(planned.arguments, "--tensor-parallel-size") == "2"
    assert ("VLLM_CPU_KVCACHE_SPACE" in planned.environment) == (machine.device == "cpu")


def test_the_settings_record_what_is_served(models: Path, tmp_path: Path) -> None:
    planned = plan(wish(models, window=2048, name="base"), Machine("cpu"))
    file = tmp_path / "models.yaml"
    file.write_text(planned.settings.as_yaml())
    read = load(file)
    assert read == planned.settings
    assert (read.window, read.answer) == (2048, 512)
    hashes = {read.base_sha256, *(a.sha256 for a in read.adapters.values())}
    assert {len(digest) for digest in hashes} == {64}
    assert len(hashes) == 3
    (models / "base" / "model.safetensors").write_bytes((models / "base" / "model.safetensors").read_bytes()[:-1] + b"\1")
    assert plan(wish(models), Machine("cpu")).settings.base_sha256 != read.base_sha256


def test_another_architecture_is_left_to_vllm(models: Path) -> None:
    rewrite("base/config.json", architectures=["PhiForCausalLM"])(models)
    weights("model.layers.0.self_attn.dense.lora_A.weight", (8, 2560))(models)
    assert plan(wish(models), Machine("cpu")).settings.base == "base"


@pytest.mark.loopback
def test_a_port_in_use_is_one_line(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = ["--base", str(models / "base"), "--adapters", str(models), "--cpu", "--port", port]
        assert panel_command(["serve-models", *arguments]) == 2
    assert capsys.readouterr().err == f"port {port}: is in use. Stop what listens there, or give another --port\n"


@pytest.mark.loopback
def test_a_server_that_dies_at_once_is_told_with_its_last_lines(
    models: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = models / "python"
    fake.write_text("#!/bin/sh\necho loading\necho 'RuntimeError: no memory'\nexit 7\n")
    fake.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    arguments = ["--base", str(models / "base"), "--adapters", str(models), "--cpu", "--port", port, "--python", str(fake)]
    assert panel_command(["serve-models", *arguments]) == 2
    told = capsys.readouterr().err.splitlines()
    log = own_home / "serving" / f"{port}.log"
    assert told[-1] == f"vLLM: ended while starting (exit code 7). The whole log is {log}"
    assert "  | RuntimeError: no memory" in told
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert not (own_home / "models.yaml").exists()


@pytest.mark.loopback
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child that its parent died")
def test_a_killed_command_takes_its_server_with_it(models: Path) -> None:
    fake, told = models / "python", models / "pid"
    fake.write_text(f"#!/bin/sh\necho $$ > {told}.part\nmv {told}.part {told}\nexec sleep 60\n")
    fake.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    arguments = ["--base", str(models / "base"), "--adapters", str(models), "--cpu", "--port", port, "--python", str(fake)]
    command = subprocess.Popen([sys.executable, "-m", "panel", "serve-models", *arguments], stderr=subprocess.DEVNULL)
    pid = int(soon(lambda: told.exists() and told.read_text()))
    command.kill()
    command.wait()
    assert soon(lambda: not running(pid))


def soon(look: Callable[[], Any], most: float = 20.0) -> Any:
    """What it sees at last."""
    end = time.monotonic() + most
    while not (seen := look()) and time.monotonic() < end:
        time.sleep(0.02)
    return seen


def running(pid: int) -> bool:
    """Whether it is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.loopback
def test_without_vllm_the_line_says_how_to_get_it(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--base", str(models / "base"), "--adapters", str(models), "--cpu", "--python", "/nowhere/python"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    assert panel_command(["serve-models", *arguments, "--port", port]) == 2
    assert "make vllm-env" in capsys.readouterr().err


@pytest.mark.parametrize("name", recipe.names())
def test_a_recipe_is_the_base_its_makers_published(name: str) -> None:
    pytest.importorskip("transformers")
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    from agents import prompt

    known = recipe.load(name)
    shape = known.shape
    assert known.template in prompt.templates()
    assert known.licence
    assert known.source
    config = LlamaConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        intermediate_size=shape.intermediate,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.kv_heads,
    )
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    count = sum(weight.numel() for weight in model.parameters())
    assert count == known.parameters
    digits = len(known.published.removesuffix("B").partition(".")[2])
    assert f"{count / 1e9:.{digits}f}B" == known.published
    adapted = get_peft_model(model, LoraConfig(r=8, target_modules=["q_proj", "v_proj"]))
    lora = sum(weight.numel() for weight in adapted.parameters() if weight.requires_grad)
    assert lora == shape.layers * 2 * 8 * 2 * shape.hidden


def test_a_broken_recipe_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "FOLDER", tmp_path)
    (tmp_path / "x.yaml").write_text("name: x\n")
    with pytest.raises(ConfigurationError, match="is no recipe"):
        recipe.load("x")
