"""``panel serve-models``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli.door import FINAL, note, say
from panel.errors import UsageError

if TYPE_CHECKING:
    from agents.serving import Plan, Wish

PYTHON, ENVIRONMENT = "EXPERT_PANEL_VLLM", "EXPERT_PANEL_VLLM_ENV"
"""Environment variables: vLLM's python, or the folder of its virtual environment."""
KEY = "VLLM_API_KEY"
"""Where vLLM itself looks for the key that requests must bring."""

Extra = Annotated[
    list[str] | None, typer.Argument(metavar="-- FLAG...", help="Further flags for vLLM, as they are.", show_default=False)
]
Base = Annotated[Path, typer.Option(metavar="DIR", help="Folder of the base model.")]
Adapters = Annotated[Path | None, typer.Option(metavar="DIR", help="A folder with a LoRA adapter in a folder for each seat.")]
Adapter = Annotated[list[str] | None, typer.Option(metavar="SEAT=DIR", help="One seat's adapter; may be repeated.", show_default=False)]
Recipe = Annotated[str | None, typer.Option(metavar="NAME", help="A known base, for its template and window: llama-2-7b-chat, …")]
Name = Annotated[str | None, typer.Option(help="Under which the base is served; the recipe's or its folder's name by default.")]
Template = Annotated[str | None, typer.Option(help="How conversations are written: llama2 or alpaca.")]
Window = Annotated[int | None, typer.Option(min=256, help="Tokens of prompt and answer together.")]
Answer = Annotated[int | None, typer.Option(min=32, help="Most tokens of an answer.")]
Dtype = Annotated[str | None, typer.Option(help="bfloat16, float16 or float32; chosen for the machine.")]
Cuda = Annotated[bool | None, typer.Option("--cuda/--cpu", help="Where it runs; found out by itself.", show_default=False)]
Gpus = Annotated[int, typer.Option(min=1, metavar="GPUS", help="GPUs that share the model.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="On 127.0.0.1.")]
Python = Annotated[str | None, typer.Option(metavar="PATH", help=f"vLLM's own python; ${PYTHON}, or .venv-vllm/bin/python.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Settings file to write; models.yaml in the panel's home.")]
Wait = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="Longest start-up.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check, print the exact command, start nothing.")]
Detach = Annotated[bool, typer.Option("--detach", help="Leave the server running and return.")]


def serve_models(
    extra: Extra = None,
    *,
    base: Base,
    adapters: Adapters = None,
    adapter: Adapter = None,
    base_recipe: Recipe = None,
    name: Name = None,
    template: Template = None,
    window: Window = None,
    answer: Answer = None,
    dtype: Dtype = None,
    cuda: Cuda = None,
    tensor_parallel: Gpus = 1,
    port: Port = 8000,
    python: Python = None,
    out: Out = None,
    wait: Wait = 1800,
    dry_run: DryRun = False,
    detach: Detach = False,
) -> int:
    """Serve one base with a LoRA adapter for each seat, by vLLM.

    Refuses adapters that vLLM would refuse, starts it in its own environment (`make vllm-env`), has it prove that it
    holds answers to a schema and applies every adapter, and writes the settings that `panel run` reads. Stays until
    Ctrl-C, unless detached. Where $VLLM_API_KEY is set, the server asks for that key and the panel brings it.

    [bold]Examples[/bold]

      panel serve-models --base Llama-2-7b-chat-hf --adapters adapters/ --base-recipe llama-2-7b-chat

      panel serve-models --base alpaca-7b --base-recipe alpaca-7b --adapter radiology=radiology-gpt --dry-run

      panel serve-models --base llama --adapters adapters/ --cpu --port 8010 --out models.yaml --detach

      panel serve-models --base llama --adapters adapters/ -- --gpu-memory-utilization 0.8
    """
    from agents.serving import Wish

    found, key = _found(adapters, adapter or []), KEY if os.environ.get(KEY) else None
    wish = Wish(base, found, base_recipe, name, template, window, answer, dtype, port, tensor_parallel, key, tuple(extra or ()))
    return _do(wish, _Way(cuda, python or _python(), out, wait, detach), dry_run)


@dataclass(frozen=True, slots=True)
class _Way:
    """How to start it."""

    cuda: bool | None
    python: str
    out: Path | None
    wait: float
    detach: bool


def _do(wish: Wish, way: _Way, dry_run: bool) -> int:
    from agents.serving import plan
    from panel.cli import launch

    planned = plan(wish, launch.machine(way.cuda))
    if dry_run:
        say(planned.shell(way.python))
        return FINAL
    launch.need_free(wish.port)
    return _serve(planned, wish.port, way)


def _serve(planned: Plan, port: int, way: _Way) -> int:
    from panel.cli import launch
    from panel.cli.files import write_whole
    from panel.store import home

    file = way.out or home() / "models.yaml"
    with launch.Process(planned, way.python, home() / "serving" / f"{port}.log", keep=way.detach) as server:
        note(f"starting vLLM (process {server.pid}, log {server.log})")
        server.wait_until_healthy(port, way.wait)
        settings = launch.prove(planned.settings)
        write_whole(file, settings.as_yaml())
        served = ", ".join(f"{seat} ({a.sha256[:8]})" for seat, a in settings.adapters.items())
        note(f"ready: {settings.base} at {settings.url} for {served}")
        say(str(file))
        if way.detach:
            note(f"running on its own; stop it with: kill {server.pid}")
            return FINAL
        note(f"use it with: panel run CASE --models {file}   (Ctrl-C stops the server)")
        return server.stay()


def _found(folder: Path | None, given: list[str]) -> dict[str, Path]:
    """Adapters by seat: those of the folder, and those that were named, which come before them."""
    from agents.serving import adapters_in

    found = adapters_in(folder) if folder is not None else {}
    for pair in given:
        seat, sign, path = pair.partition("=")
        if not (seat and sign and path):
            raise UsageError("--adapter", "is not SEAT=DIR", "Write for example --adapter radiology=adapters/radiology")
        found[seat] = Path(path)
    return found


def _python() -> str:
    named = os.environ.get(PYTHON)
    return named or str(Path(os.environ.get(ENVIRONMENT) or ".venv-vllm") / "bin" / "python")
