"""``panel serve-models``."""

from __future__ import annotations

import os
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


def serve_models(
    extra: Annotated[
        list[str] | None, typer.Argument(metavar="-- FLAG...", help="Further flags for vLLM, as they are.", show_default=False)
    ] = None,
    *,
    base: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the base model.")],
    adapters: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder with a LoRA adapter in a folder for each seat.")
    ] = None,
    adapter: Annotated[
        list[str] | None, typer.Option(metavar="SEAT=DIR", help="One seat's adapter; may be repeated.", show_default=False)
    ] = None,
    base_recipe: Annotated[
        str | None, typer.Option(metavar="NAME", help="A known base, for its template and window: llama-2-7b-chat, …")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Under which the base is served; its folder's name by default.")] = None,
    template: Annotated[str | None, typer.Option(help="How conversations are written: llama2 or alpaca.")] = None,
    window: Annotated[int | None, typer.Option(min=256, help="Tokens of prompt and answer together.")] = None,
    answer: Annotated[int | None, typer.Option(min=32, help="Most tokens of an answer.")] = None,
    dtype: Annotated[str | None, typer.Option(help="bfloat16, float16 or float32; chosen for the machine.")] = None,
    cuda: Annotated[
        bool | None, typer.Option("--cuda/--cpu", help="Where it runs; found out by itself.", show_default=False)
    ] = None,
    tensor_parallel: Annotated[int, typer.Option(min=1, metavar="GPUS", help="GPUs to share one model.")] = 1,
    port: Annotated[int, typer.Option(min=1, max=65535, help="On 127.0.0.1.")] = 8000,
    python: Annotated[
        str | None, typer.Option(metavar="PATH", help=f"vLLM's own python; ${PYTHON}, or .venv-vllm/bin/python.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings file to write; models.yaml in the panel's home.")
    ] = None,
    wait: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="Longest start-up.")] = 1800,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, print the exact command, start nothing.")] = False,
    detach: Annotated[bool, typer.Option("--detach", help="Leave the server running and return.")] = False,
) -> int:
    """Serve one base with a LoRA adapter for each seat, by vLLM.

    Reads every adapter and refuses what vLLM would refuse, starts the server in vLLM's own environment
    (`make vllm-env`), waits until it is healthy, makes it prove that it holds answers to a schema and applies every
    adapter, and writes the settings file that `panel run` reads. Stays until Ctrl-C, unless detached.

    Where $VLLM_API_KEY is set, the server asks for that key, and the panel brings it.

    [bold]Examples[/bold]

      panel serve-models --base Llama-2-7b-chat-hf --adapters adapters/ --base-recipe llama-2-7b-chat

      panel serve-models --base alpaca-7b --base-recipe alpaca-7b --adapter radiology=radiology-gpt --dry-run

      panel serve-models --base llama --adapters adapters/ --cpu --port 8010 --out models.yaml --detach

      panel serve-models --base llama --adapters adapters/ -- --gpu-memory-utilization 0.8
    """
    from agents.serving import Wish, adapters_in, plan
    from panel.cli import launch

    folders = adapters_in(adapters) if adapters is not None else {}
    wish = Wish(
        base=base,
        adapters=folders | _named(adapter or []),
        recipe=base_recipe,
        name=name,
        template=template,
        window=window,
        answer=answer,
        dtype=dtype,
        port=port,
        tensor_parallel=tensor_parallel,
        key_variable=KEY if os.environ.get(KEY) else None,
        extra=tuple(extra or ()),
    )
    planned = plan(wish, launch.machine(cuda))
    interpreter = python or _python()
    if dry_run:
        say(planned.shell(interpreter))
        return FINAL
    return _serve(planned, wish, interpreter, out, wait, detach)


def _serve(planned: Plan, wish: Wish, python: str, out: Path | None, wait: float, detach: bool) -> int:
    from panel.cli import launch
    from panel.cli.files import write_whole
    from panel.store import home

    file = out or home() / "models.yaml"
    launch.need_free(wish.port)
    with launch.Process(planned, python, home() / "serving" / f"{wish.port}.log", keep=detach) as server:
        note(f"starting vLLM (process {server.pid}, log {server.log})")
        server.wait_until_healthy(wish.port, wait)
        settings = launch.prove(planned.settings)
        write_whole(file, settings.as_yaml())
        served = ", ".join(f"{seat} ({a.sha256[:8]})" for seat, a in settings.adapters.items())
        note(f"ready: {settings.base} at {settings.url} for {served}")
        say(str(file))
        if detach:
            note(f"running on its own; stop it with: kill {server.pid}")
            return FINAL
        note(f"use it with: panel run CASE --models {file}   (Ctrl-C stops the server)")
        return server.stay()


def _named(given: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for pair in given:
        seat, sign, folder = pair.partition("=")
        if not (seat and sign and folder):
            raise UsageError("--adapter", "is not SEAT=DIR", "Write for example --adapter radiology=adapters/radiology")
        found[seat] = Path(folder)
    return found


def _python() -> str:
    named = os.environ.get(PYTHON)
    return named or str(Path(os.environ.get(ENVIRONMENT) or ".venv-vllm") / "bin" / "python")
