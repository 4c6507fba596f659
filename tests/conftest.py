"""For every test: no network, no telemetry, no one's real run store."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from panel import privacy

privacy.enforce()  # before any test imports a dependency


class NoNetwork(socket.socket):
    """A socket that can be had for this machine's own pipes (asyncio needs one), and for nothing else."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if fileno is None and family != socket.AF_UNIX:
            raise AssertionError("a test opened a network socket")
        super().__init__(family, type, proto, fileno)


def _refuse(*_: Any, **__: Any) -> None:
    raise AssertionError("a test looked up a host or opened a connection")


class OwnMachine(socket.socket):
    """A socket that connects to this machine alone."""

    def connect(self, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] != "127.0.0.1":
            raise AssertionError("a test opened a connection to another machine")
        super().connect(address)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that opens a socket; those marked ``server`` may reach this machine's own ports."""
    if request.node.get_closest_marker("server"):
        monkeypatch.setattr(socket, "socket", OwnMachine)
        return
    monkeypatch.setattr(socket, "socket", NoNetwork)
    monkeypatch.setattr(socket, "create_connection", _refuse)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A run store of the test's own, made only when something is kept in it."""
    home = tmp_path / "panel-home"
    monkeypatch.setenv("EXPERT_PANEL_HOME", str(home))
    return home
