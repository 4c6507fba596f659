"""What the panel costs on top of vLLM, what adapters cost, and what concurrency gains. Last line: one JSON object::

    python benchmarks/serving.py
    python benchmarks/serving.py --device cuda --base Llama-2-7b-chat-hf --adapters adapters --cases 64

throughput_ratio   cases in `panel run`'s batch (reading, rules, proof-reading, comparing, store) over the very prompts that
                   the panel sends, sent by a bare asynchronous client; requests a second; median of the ratios of neighbouring rounds
lora_ratio         the same prompts with four adapters over the base alone; 128 tokens each, tokens a second
concurrency_gain   the panel as it is over the panel with one request under way, cases a second
sequential_calls   most requests that one seat makes for one case, one after the other

Without --base a Llama of 0.6 M parameters is made (bfloat16), so that the figures are the panel's and vLLM's overhead and
not the model's work: with a real base the panel's part is smaller. vLLM's prefix cache is off, for both sides send the
same prompts again and again. The rules share the cores with vLLM on a CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # also from a checkout that is not installed
CASE = ROOT / "examples" / "cases" / "lung-001.json"
LONG = 128
"""Tokens of each answer where the load must be the same to the token."""


class Sent(NamedTuple):
    """One request as the panel made it."""

    case: str
    model: str
    body: bytes


def main() -> None:
    """Serve, record, measure, print."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped all the same
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EXPERT_PANEL_HOME"] = str(Path(folder) / "home")
        os.environ["EXPERT_PANEL_LIBRARY"] = "none"
        where = Path(folder)
        base, adapters = options.base, options.adapters
        if base is None:
            made = made_base(where / "models")
            base, adapters = made / "base", made
        settings, pid = serve(where, base, adapters, options)
        try:
            figures = measure(where, settings, options)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGTERM)
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, help="folder of a base; a tiny one is made without")
    parser.add_argument("--adapters", type=Path, help="folder with a LoRA adapter in a folder for each seat")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--python", default=os.environ.get("EXPERT_PANEL_VLLM", ".venv-vllm/bin/python"), help="vLLM's python")
    parser.add_argument("--cases", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--answer", type=int, default=512, help="most tokens of an answer")
    parser.add_argument("--port", type=int, default=8099)
    options = parser.parse_args()
    if (options.base is None) != (options.adapters is None):
        parser.error("--base and --adapters go together")
    return options


def made_base(folder: Path) -> Path:
    """The tests' tiny Llama, taught to write answers of a usual length."""
    from panel import load_case
    from tests.serving import tiny

    return tiny.build(folder, [d.text for d in load_case(CASE).documents], steps=200, strength=0.02, length=3)


def serve(where: Path, base: Path, adapters: Path, options: argparse.Namespace) -> tuple[Path, int]:
    """The settings file and the process of a running server."""
    file = where / "models.yaml"
    command = [
        sys.executable, "-m", "panel", "serve-models", "--base", str(base), "--adapters", str(adapters), f"--{options.device}",
        "--name", "base", "--answer", str(options.answer), "--port", str(options.port), "--python", options.python,
        "--out", str(file), "--detach", "--", "--no-enable-prefix-caching",
    ]  # fmt: skip
    told = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, check=False)
    found = re.search(r"stop it with: kill (\d+)", told.stderr)
    if found is None:
        raise SystemExit(told.stderr)
    return file, int(found[1])


def measure(where: Path, file: Path, options: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    from agents.settings import load

    settings = load(file)
    paths = write_cases(where, options.cases)
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, fork) as apart:  # its caches go with it: the panel that is timed reads every chart itself
        sent, told = apart.submit(record, paths, file).result()
    panel, bare = [], []
    for _ in range(options.rounds):
        panel.append(len(sent) / batch(paths, file))
        bare.append(len(sent) / send([s.body for s in sent], settings.url, settings.in_flight))
    lora, alone = [], []
    some = sent[: max(2 * settings.in_flight, len(sent) // 4)]
    for _ in range(options.rounds):
        lora.append(LONG * len(some) / send([fixed(s.body, s.model) for s in some], settings.url, settings.in_flight))
        alone.append(LONG * len(some) / send([fixed(s.body, "base") for s in some], settings.url, settings.in_flight))
    few = paths[: min(8, max(2, len(paths) // 4))]
    single = where / "single.yaml"
    single.write_text(settings.model_copy(update={"cases": 1, "in_flight": 1}).as_yaml())
    one_by_one = len(few) / batch(few, single)
    rate = statistics.median(panel) / len(sent) * len(paths)
    calls = [sum(s.case == case and s.model == model for s in sent) for case, model in {(s.case, s.model) for s in sent}]
    return {
        "throughput_ratio": _ratio(panel, bare),
        "lora_ratio": _ratio(lora, alone),
        "concurrency_gain": round(rate / one_by_one, 2),
        "sequential_calls": max(calls),
        "requests_per_second": {"panel": _rounded(panel), "bare": _rounded(bare)},
        "tokens_per_second": {"adapters": _rounded(lora), "base": _rounded(alone)},
        "cases_per_second": {"panel": round(rate, 3), "one_request_at_a_time": round(one_by_one, 3)},
        "cases": len(paths), "requests": len(sent), "in_flight": settings.in_flight,
        "prompt_tokens": statistics.mean(t[0] for t in told), "answer_tokens": statistics.mean(t[1] for t in told),
        "machine": machine(options.device),
    }  # fmt: skip


def write_cases(where: Path, count: int) -> list[str]:
    """Copies of the bundled case, a little different each, so that no cache of a chart answers for another."""
    case = json.loads(CASE.read_text("utf-8"))
    paths = [where / f"case-{number:03d}.json" for number in range(count)]
    for number, path in enumerate(paths):
        documents = [{**d, "text": f"{d['text']}\nReference {1000 + number}.\n"} for d in case["documents"]]
        path.write_text(json.dumps({**case, "id": path.stem, "documents": documents}), "utf-8")
    return [str(path) for path in paths]


def record(paths: Sequence[str], file: Path) -> tuple[list[Sent], list[tuple[int, int]]]:
    """What the panel sends for these cases, and tokens of prompt and answer of each."""
    from agents import default_specialists
    from agents.connection import Connection
    from agents.model import Server
    from agents.settings import load
    from panel import Panel, load_case

    connection = Connection(load(file))
    server = connection.door()
    assert isinstance(server, Server)
    sent: list[Sent] = []
    tokens: list[tuple[int, int]] = []
    ask = server.ask

    def recorded(model: str, messages: Any, schema: Any = None, *, temperature: float = 0.0, **more: Any) -> Any:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
        told = [{"role": m.role, "content": m.content} for m in messages]
        body = {"model": model, "messages": told, "response_format": form, "temperature": temperature,
                "max_tokens": server.settings.answer}  # fmt: skip
        sent.append(Sent(_numbered(told), model, json.dumps(body).encode()))
        answer = ask(model, messages, schema, temperature=temperature, **more)
        tokens.append((answer.prompt_tokens, answer.answer_tokens))
        return answer

    server.ask = recorded  # type: ignore[method-assign]

    def one(path: str) -> None:
        with Panel(default_specialists(connection.model_of)) as panel:
            panel.run(load_case(path))

    with ThreadPoolExecutor(server.settings.cases) as threads:
        list(threads.map(one, paths))
    return sent, tokens


def _numbered(told: Sequence[dict[str, Any]]) -> str:
    """Which of the copies these messages are about: the number that `write_cases` put below every document."""
    found = re.search(r"Reference (\d+)\.", "".join(message["content"] for message in told))
    assert found is not None
    return found[1]


def batch(paths: Sequence[str], file: Path) -> float:
    """Seconds of the panel's batch over these cases: workers forked, charts read, reports in the store."""
    from panel import wiring
    from panel.cli.batch import Wants, each

    os.environ[wiring.MODELS] = str(file)
    for cache in (wiring.models, wiring._seats, wiring.provenance):
        cache.cache_clear()
    connection = wiring.models()
    assert connection is not None
    connection.door()  # proven, and the rules loaded, before the clock starts: once for all cases of a run
    wiring.prepare()
    begun = time.perf_counter()
    outcomes = list(each(paths, Wants(json=True, files=False), 0))
    seconds = time.perf_counter() - begun
    bad = [line for outcome in outcomes for line in outcome.notes if outcome.code not in (0, 3)]
    if bad:
        raise SystemExit(bad[0])
    return seconds


def fixed(body: bytes, model: str) -> bytes:
    """The same prompt, answered by that model with exactly LONG tokens."""
    asked = {**json.loads(body), "model": model, "max_tokens": LONG, "ignore_eos": True, "temperature": 0.0}
    asked.pop("response_format")
    return json.dumps(asked).encode()


def send(bodies: Sequence[bytes], url: str, at_once: int) -> float:
    """Seconds that the bare client needs: bodies made beforehand, connections kept, nothing read but the status."""
    import httpx

    async def all_of_them() -> None:
        limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
        async with httpx.AsyncClient(timeout=600, trust_env=False, limits=limits) as client:
            gate = asyncio.Semaphore(at_once)

            async def one(body: bytes) -> None:
                async with gate:
                    headers = {"Content-Type": "application/json"}
                    answered = await client.post(f"{url}/chat/completions", content=body, headers=headers)
                    answered.raise_for_status()

            await asyncio.gather(*(one(body) for body in bodies))

    begun = time.perf_counter()
    asyncio.run(all_of_them())
    return time.perf_counter() - begun


def machine(device: str) -> str:
    """What it ran on."""
    if device == "cuda":
        asked = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    load = os.getloadavg()[0]
    return f"{found[1] if found else platform.processor()}, {os.cpu_count()} cores, load {load:.1f}"


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median over the rounds: two that follow each other see the same machine."""
    return round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 3)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 2) for value in values]


if __name__ == "__main__":
    main()
