"""Libraries of three short references, embedded and (marked ``server``) on a Chroma server that the tests start."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.library import Configuration, Library
from tests.knowledge.fakes import HashEmbedder, write_references

MakeLibrary = Callable[..., Library]


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``chroma run`` on a free port of this machine."""
    program = Path(sys.executable).parent / "chroma"
    command = str(program) if program.is_file() else shutil.which("chroma")
    if command is None:
        pytest.skip("the command chroma is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    arguments = [command, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("chroma run did not start")


@pytest.fixture(params=["embedded", pytest.param("server", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest) -> str:
    """Where vectors are kept: every test of a library is run for both."""
    return "" if request.param == "embedded" else str(request.getfixturevalue("chroma_server"))


@pytest.fixture
def references(tmp_path: Path) -> Path:
    """A folder of three references."""
    return write_references(tmp_path / "references")


@pytest.fixture
def make(tmp_path: Path, references: Path, url: str) -> MakeLibrary:
    """Makes the library of this test, again and again the same one."""
    configuration = Configuration(url=url)

    def made(**options: object) -> Library:
        given = {"configuration": configuration, "embedder": HashEmbedder, "references": references, "wait": 60.0}
        return Library(tmp_path / "library", **(given | options))  # type: ignore[arg-type]

    return made


@pytest.fixture
def library(make: MakeLibrary) -> Library:
    """One that is built."""
    library = make()
    library.build()
    return library


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder for a site's own papers."""
    folder = tmp_path / f"papers-{secrets.token_hex(2)}"
    folder.mkdir()
    return folder
