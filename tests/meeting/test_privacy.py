"""Nothing leaves, nothing is logged: sockets, telemetry, tracers, tracebacks."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest

from panel import privacy
from panel.testing import ScriptedReviewer, ScriptedSpecialist

from . import fakes

ROOT = Path(__file__).parents[2]
HOSTILE = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_0000",
    "LANGSMITH_ENDPOINT": "http://127.0.0.1:9",
    "ANONYMIZED_TELEMETRY": "True",
    "DO_NOT_TRACK": "0",
    "LANGGRAPH_STRICT_MSGPACK": "false",
}


def test_every_switch_is_forced_over_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in privacy.SILENCED:
        monkeypatch.setenv(name, "true")
    privacy.enforce()
    assert {name: os.environ[name] for name in privacy.SILENCED} == privacy.SILENCED


def test_making_a_panel_forces_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    fakes.panel()
    assert os.environ["LANGSMITH_TRACING"] == "false"


def test_a_run_opens_no_socket_even_with_tracing_turned_on(tmp_path: Path) -> None:
    """In a fresh interpreter whose audit hook sees every socket, whatever opens it."""
    script = """
import json, sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event.startswith("socket.") else None)
from tests.meeting import fakes
from panel.testing import ScriptedReviewer
from pathlib import Path
panel = fakes.panel(store=Path(sys.argv[1]))
report = panel.review(panel.run(fakes.case()).run_id, ScriptedReviewer())
panel.close()
import langsmith.utils
json.dump([report.status, seen, bool(langsmith.utils.tracing_is_enabled())], sys.stdout)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "store")]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **HOSTILE}, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["final", [], False]
    assert done.stderr == ""


@pytest.mark.filterwarnings("ignore::langsmith.utils.LangSmithMissingAPIKeyWarning")
def test_a_caller_that_traces_does_not_see_the_chart() -> None:
    """A notebook may trace its own chain; what happens inside the meeting is not part of it."""
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.runnables import RunnableLambda
    from langsmith.run_helpers import tracing_context

    class Spy(BaseCallbackHandler):
        seen: ClassVar[list[str]] = []

        def on_chain_start(self, serialized: Any, inputs: Any, **_: Any) -> None:
            self.seen.append(repr(inputs))

        def on_chain_end(self, outputs: Any, **_: Any) -> None:
            self.seen.append(repr(outputs))

    def meet(_: str) -> str:
        return fakes.panel().run(fakes.case()).status

    with tracing_context(enabled="local"):
        assert RunnableLambda(meet).invoke("go", {"callbacks": [Spy()]}) == "awaiting_review"
    assert Spy.seen == ["'go'", "'awaiting_review'"]


def test_our_logs_and_warnings_say_nothing(caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        panel = fakes.panel(specialists=[*fakes.seats()[:4], ScriptedSpecialist("surgery", ValueError("upper lobe"))])
        panel.review(panel.run(fakes.case()).run_id, ScriptedReviewer())
    said = "".join(record.getMessage() for record in caplog.records) + "".join(capfd.readouterr())
    for word in ("upper lobe", "adenocarcinoma", "apixaban"):
        assert word not in said


def test_the_tests_themselves_cannot_reach_the_network() -> None:
    import socket
    import urllib.request

    with pytest.raises(AssertionError):
        socket.socket()
    with pytest.raises(AssertionError):
        urllib.request.urlopen("http://127.0.0.1:9")
