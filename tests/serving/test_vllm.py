"""The real thing: vLLM on a tiny Llama with four adapters, started by ``panel serve-models``, used by ``panel run``."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from agents import prompt
from agents.answer import reading_schema
from agents.probe import hash_of
from agents.settings import load
from agents.specialty import load_specialty
from panel import load_case
from tests.serving import tiny

ROOT = Path(__file__).resolve().parents[2]
LUNG = ROOT / "examples" / "cases" / "lung-001.json"
PROBES = 2 * (1 + len(tiny.SEATS))
"""Requests by which a server is proven: schema and canary, of the base and of each adapter."""

pytestmark = [pytest.mark.server, pytest.mark.timeout(400)]


@dataclass
class Served:
    """A server that `panel serve-models --detach` left running."""

    folder: Path
    home: Path
    port: int
    pid: int = 0

    @property
    def settings(self) -> Path:
        return self.folder / "models.yaml"

    def start(self) -> None:
        told = self.panel(
            "serve-models", "--base", self.folder / "base", "--adapters", self.folder, "--name", "tiny", "--cpu",
            "--dtype", "float32", "--answer", "256", "--port", self.port, "--out", self.settings, "--detach",
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        found = re.search(r"stop it with: kill (\d+)", told.stderr)
        assert found, told.stderr
        self.pid = int(found[1])

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def panel(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*arguments), env=self.environment, capture_output=True, text=True, check=False)

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "panel", *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return {**os.environ, "EXPERT_PANEL_HOME": str(self.home), "PYTHONPATH": path}

    def answered(self) -> float:
        """Requests that the server has finished."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/metrics")
        told = connection.getresponse().read().decode()
        connection.close()
        return sum(float(line.rsplit(" ", 1)[1]) for line in told.splitlines() if line.startswith("vllm:request_success_total"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    case = load_case(LUNG)
    tiny.build(folder, [document.text for document in case.documents], steps=150, strength=0.02, dtype="float32")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Served(folder, folder / "home", port)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def told(served: Served) -> subprocess.CompletedProcess[str]:
    """The bundled case through `panel run --json`."""
    return served.panel("run", LUNG, "--models", served.settings, "--json")


def test_each_seat_is_read_by_its_own_adapter(served: Served, told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 3, told.stderr
    report = json.loads(told.stdout)
    base = load(served.settings).base_sha256[:8]
    expected = {seat: f"tiny@{base}+{seat}@{(hash_of(served.folder / seat) or '')[:8]}" for seat in tiny.SEATS}
    models = {o["specialty"]: o["model"] for o in report["opinions"] if o["reader"] == "model"}
    assert models.items() <= expected.items()
    assert len(models) >= 2  # weights that were hardly taught may loop in a seat, which is then the rules'
    assert all(f"{seat}: {seat}@" in report["stamp"]["model"] for seat in tiny.SEATS)


def test_its_answers_keep_to_the_schema_and_nothing_unfounded_becomes_a_finding(told: subprocess.CompletedProcess[str]) -> None:
    assert "not of the form asked for" not in told.stdout
    texts = {d.id: d.text for d in load_case(LUNG).documents}
    for opinion in json.loads(told.stdout)["opinions"]:
        for finding in opinion["findings"]:
            assert all(texts[e["document"]][e["start"] : e["end"]] == e["quote"] for e in finding["evidence"])


def test_the_chart_s_conflicts_are_found_whatever_a_model_says(told: subprocess.CompletedProcess[str]) -> None:
    conflicts = json.loads(told.stdout)["conflicts"]
    assert "laterality" in {c["kind"] for c in conflicts if c["level"] == "chart"}


def test_both_doors_give_the_same_text(served: Served) -> None:
    """Float32, temperature 0, the same weights: token for token."""
    from agents.local import LocalBase
    from agents.model import Server

    settings = load(served.settings)
    case = load_case(LUNG)
    door = Server(settings)
    here = LocalBase(settings.model_copy(update={"engine": "in-process"}))
    compared = 0
    for seat in tiny.SEATS:
        specialty = load_specialty(seat)
        desk = tuple(case.of_kind(*specialty.documents))
        asked = prompt.reading(specialty, case, desk)
        schema = reading_schema(specialty, [d.id for d in desk])
        theirs, ours = door.seat(seat).complete(asked, schema), here.seat(seat).complete(asked, schema)
        assert theirs.whole == ours.whole
        if theirs.whole:  # of an answer that was cut the server's client keeps nothing
            compared += 1
            assert (theirs.text, theirs.prompt_tokens) == (ours.text, ours.prompt_tokens)
        free = [door.ask(seat, asked, tokens=48).text, here.generate(seat, asked, None, tokens=48).text]
        assert free[0] == free[1]
    assert compared
    door.close()


def test_a_server_killed_while_a_chart_is_read_loses_nothing(served: Served) -> None:
    before = served.answered()
    command = served.command("run", LUNG, "--models", served.settings, "--json")
    with subprocess.Popen(
        command, env=served.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        while served.answered() < before + PROBES:
            assert running.poll() is None
            time.sleep(0.01)
        served.kill()
        out, err = running.communicate(timeout=120)
    assert running.returncode == 2, err
    assert out == ""
    assert "cannot be reached, or broke off" in err
    run = re.findall(r"continue with `panel run --resume (\S+)`", err)[-1]
    assert not any(word in err for word in ("Spiculated", "osimertinib", "Apixaban"))

    away = served.panel("run", "--resume", run, "--models", served.settings, "--json")
    assert (away.returncode, away.stdout) == (2, "")

    served.start()
    resumed = served.panel("run", "--resume", run, "--models", served.settings, "--json")
    assert resumed.returncode == 3, resumed.stderr
    report = json.loads(resumed.stdout)
    assert report["run_id"] == run
    assert [o["specialty"] for o in report["opinions"]][1:] == list(dict.fromkeys(("radiology", "pathology", "oncology", "surgery")))
    assert sum(o["reader"] == "model" for o in report["opinions"]) >= 2
    assert not any("failed" in a["reason"] for o in report["opinions"] for a in o["abstentions"])
