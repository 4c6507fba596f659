"""The vLLM process: started in its own environment and session, watched until it is healthy, stopped with all it started."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from panel.cli.door import BAD_INPUT, FINAL, note
from panel.errors import ConfigurationError, ModelError, UsageError

if TYPE_CHECKING:
    from agents.serving import Machine, Plan
    from agents.settings import ModelSettings

HOST = "127.0.0.1"
_STEP = 0.5
_TELL = 15
"""Seconds between two lines of progress."""
_GRACE = 20
"""Seconds a server has to stop by itself."""
_TAIL = 12
"""Last lines of its log that are shown when it died."""
_PR_SET_PDEATHSIG = 1
_OURS = ("PYTHON", "VIRTUAL_ENV", "EXPERT_PANEL_")
"""Variables of this process's environment that would bend vLLM's."""


def machine(cuda: bool | None) -> Machine:
    """What the server will run on.

    Args:
        cuda: the operator's word; None to find out.

    Raises:
        UsageError: a GPU is asked for and there is none.
    """
    from agents.serving import Machine

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    capability = _capability() if cuda is not False else None
    if cuda and capability is None:
        raise UsageError("--cuda", "no NVIDIA GPU answers (nvidia-smi)", "Use --cpu, or mend the driver")
    return Machine("cpu", memory=memory) if capability is None else Machine("cuda", capability, memory)


def need_free(port: int) -> None:
    """Refuse a port that somebody listens on.

    Raises:
        UsageError: it is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            raise UsageError(f"port {port}", "is in use", "Stop what listens there, or give another --port") from None


def prove(settings: ModelSettings) -> ModelSettings:
    """The settings as proven by the running server. Raises as :func:`agents.probe.probe`."""
    from agents.model import Server
    from agents.probe import probe

    server = Server(settings)
    try:
        return probe(server)
    finally:
        server.close()


class Process:
    """The running server.

    Args:
        planned: what to start.
        python: of vLLM's environment.
        log: where its output goes (0600).
        keep: whether it outlives this process, once it is healthy.

    Raises:
        ConfigurationError: there is no such python.
    """

    def __init__(self, planned: Plan, python: str, log: Path, *, keep: bool) -> None:
        self.log = log
        self._keep = keep
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        os.fchmod(descriptor, 0o600)
        try:
            self._process = subprocess.Popen(
                [python, *planned.arguments],
                env={**environment, **planned.environment},
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours to answer, and all its processes are one group
                preexec_fn=None if keep else _with_us(),  # noqa: PLW1509  no thread runs yet, and it takes no lock
            )
        except OSError:
            remedy = "Make it with `make vllm-env`, or name it with --python"
            raise ConfigurationError(python, "is no python that can be started", remedy) from None
        finally:
            os.close(descriptor)
        self._before = signal.signal(signal.SIGTERM, _interrupt)

    @property
    def pid(self) -> int:
        """Of the server, and of its process group."""
        return self._process.pid

    def wait_until_healthy(self, port: int, most: float) -> None:
        """Wait until it answers.

        Raises:
            ModelError: it ended, or took longer than ``most`` seconds.
        """
        begun = told = time.monotonic()
        while not _healthy(port):
            if self._process.poll() is not None:
                self._died("while starting")
            now = time.monotonic()
            if now - begun > most:
                remedy = f"Read {self.log}, or allow more with --wait"
                raise ModelError("vLLM", f"was not ready within {most:g} s", remedy)
            if now - told >= _TELL:
                told = now
                note(f"  still starting ({now - begun:.0f} s)")
            time.sleep(_STEP)

    def stay(self) -> int:
        """Wait until Ctrl-C (0), or until the server ends by itself (2)."""
        try:
            while self._process.poll() is None:
                time.sleep(_STEP)
        except KeyboardInterrupt:
            note("stopping vLLM")
            return FINAL
        note(f"vLLM: ended by itself ({_how(self._process.returncode)}). Read {self.log}")
        return BAD_INPUT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not (self._keep and kind is None):
            self._stop()
        signal.signal(signal.SIGTERM, self._before)

    def _died(self, when: str) -> None:
        lines = self._tail()
        for line in lines:
            note(f"  | {line}")
        what = f"ended {when} ({_how(self._process.returncode)})"
        raise ModelError("vLLM", what, f"The whole log is {self.log}")

    def _tail(self) -> list[str]:
        try:
            lines = self.log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        return ["".join(c if c.isprintable() else " " for c in line)[:300] for line in lines if line.strip()][-_TAIL:]

    def _stop(self) -> None:
        """The server and every process of its group."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)


def _with_us() -> Callable[[], object] | None:
    """For the child to call: it is told to stop when this process is killed and cannot stop it (Linux alone can)."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return partial(ctypes.CDLL(None).prctl, _PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)  # no proxy
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _capability() -> float | None:
    """Compute capability of the first NVIDIA GPU; None when there is none."""
    found = shutil.which("nvidia-smi")
    if found is None:
        return None
    asked = [found, "--query-gpu=compute_cap", "--format=csv,noheader"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=True).stdout
        return float(told.splitlines()[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
