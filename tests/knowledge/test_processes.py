"""Several processes, and processes that are killed: never a half index, never a lost paper."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.index import Place, _client
from knowledge.library import Library
from panel.errors import StoreError
from tests.knowledge.conftest import MakeLibrary

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import os, sys, time
from pathlib import Path
from knowledge.library import Configuration, Library
from tests.knowledge.fakes import HashEmbedder

folder, references, url, stop, *papers = sys.argv[1:]

def halt():
    print("halted", flush=True)
    time.sleep(600)

class Embedder(HashEmbedder):
    def documents(self, texts, tick=None):
        if stop == "embedding" and texts:
            halt()
        return super().documents(texts)

if stop == "publishing":
    replace = os.replace
    os.replace = lambda old, new: replace(old, new) if Path(new).name != "current" else halt()
library = Library(Path(folder), configuration=Configuration(url=url), embedder=Embedder, references=Path(references), wait=60)
library.add([Path(each) for each in papers]) if papers else library.build()
"""


def start(library: Library, url: str, stop: str, *papers: Path) -> subprocess.Popen[bytes]:
    """A process that adds papers, or builds; it halts where it is told to."""
    arguments = [str(library.folder), str(library.references), url, stop, *map(str, papers)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", WORKER, *arguments], cwd=ROOT, env=env, stdout=subprocess.PIPE)


def paper(folder: Path, name: str) -> Path:
    path = folder / f"{name}.md"
    path.write_text(f"# {name}\n\nThe {name} protocol asks for a biopsy within {len(name)} days.\n")
    return path


def test_two_processes_that_add_at_once_both_succeed(library: Library, url: str, papers: Path) -> None:
    workers = [start(library, url, "", paper(papers, name)) for name in ("alpha", "beta")]
    for worker in workers:
        worker.communicate(timeout=120)
    assert [worker.returncode for worker in workers] == [0, 0]
    made = library.manifest()
    assert made is not None
    assert {entry.card.id for entry in made.documents if entry.path} == {"alpha", "beta"}
    retriever = library.open()
    assert retriever.search("beta protocol biopsy days", 1)[0].source == "beta"
    retriever.close()


@pytest.mark.parametrize("stop", ["embedding", "publishing"])
def test_a_killed_writer_leaves_the_old_library_and_nothing_in_the_way(
    make: MakeLibrary, library: Library, url: str, papers: Path, stop: str
) -> None:
    before = library.manifest()
    with start(library, url, stop, paper(papers, "alpha")) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"halted\n"
        with pytest.raises(StoreError, match="another process is changing it"):
            make(wait=0.1).build()
        worker.send_signal(signal.SIGKILL)
    assert library.manifest() == before
    retriever = library.open()
    assert retriever.search("solid lung nodule over 8 mm")
    retriever.close()
    assert library.add([papers]).added == ("alpha",)
    left = sorted(path.name for path in library.folder.iterdir() if path.name not in ("lock", "current"))
    assert len(left) == 1, left
    if url:
        client = _client(Place(url=url))
        made = library.manifest()
        assert made is not None
        assert made.collection in {collection.name for collection in client.list_collections()}
        retriever = library.open()
        retriever.close()
