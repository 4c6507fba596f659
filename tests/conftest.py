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


class Loopback(socket.socket):
    """A socket of this machine alone."""

    def connect(self, address: Any) -> None:
        _own(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _own(address)
        return super().connect_ex(address)

    def bind(self, address: Any) -> None:
        _own(address)
        super().bind(address)


def _own(address: Any) -> None:
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError("a test reached beyond this machine")


def _looked_up(host: Any, *rest: Any, **more: Any) -> Any:
    _own((host,))
    return _getaddrinfo(host, *rest, **more)


_getaddrinfo = socket.getaddrinfo


def _refuse(*_: Any, **__: Any) -> None:
    raise AssertionError("a test looked up a host or opened a connection")


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that opens a socket; those marked ``loopback`` or ``server`` may speak to this machine alone."""
    if any(request.node.get_closest_marker(name) for name in ("loopback", "server")):
        monkeypatch.setattr(socket, "socket", Loopback)
        monkeypatch.setattr(socket, "getaddrinfo", _looked_up)
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
