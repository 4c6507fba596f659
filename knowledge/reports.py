"""A site's own reports as examples: findings with the impression that a radiologist drew from them, nearest first.

They are patients' texts: kept in the library's folder for their owner only (0600), never in a message or a log.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from knowledge.embed import Choice, Embedder, SentenceEmbedder
from knowledge.generation import CHROMA, REMOTE, Progress, discard
from knowledge.index import Place, VectorIndex
from knowledge.lexical import tokens
from knowledge.library import Configuration
from knowledge.pairs import read_pairs, report_files
from knowledge.shelf import WAIT_SECONDS, Shelf
from panel.case import Frozen
from panel.errors import InputError, StoreError
from panel.store import home

ALIKE = 0.9
"""Two findings whose sets of words overlap by this much (Jaccard) are near-duplicates: only the nearer is given."""
_EXAMPLES, _ABOUT = "examples.jsonl", "reports.json"
_AGAIN = "Load the reports again with `panel knowledge add-reports --fresh`"


class Example(Frozen):
    """One report's findings and impression."""

    id: str
    """Hash of the findings' words."""
    findings: str
    impression: str
    score: float = 0.0
    """Cosine similarity to what was asked."""


class _About(Frozen):
    choice: Choice
    embedder: str
    place: str
    collection: str
    count: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading reports came to."""

    added: int
    known: int
    """Findings that were there already, word for word, or twice in what was given."""
    incomplete: int
    """Rows and reports without findings or without an impression: passed over."""
    total: int
    """Examples there are now."""


class Reports:
    """The collection of examples.

    Args:
        folder: where it is kept; ``reports`` in the library's folder by default.
        configuration: models and servers; the environment's by default.
        embedder: makes the embedder of a choice.
        wait: seconds to wait for another process that is changing it.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        configuration: Configuration | None = None,
        embedder: Callable[[Choice], Embedder] = SentenceEmbedder,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self.folder = folder or home() / "library" / "reports"
        self._configuration = configuration or Configuration.from_environment()
        self._embedder = embedder
        token = self._configuration.token
        self._shelf = Shelf(self.folder, wait=wait, discard=lambda folder: discard(folder, token))

    def add(self, paths: Sequence[Path], *, fresh: bool = False, progress: Progress = lambda *_: None) -> Loaded:
        """Load reports: all of the files or, when one cannot be read, none. Loading the same again changes nothing.

        Args:
            paths: ``.jsonl``, ``.json`` and ``.csv`` with ``findings`` and ``impression``; reports as text, Word or PDF
                with such sections; folders of them.
            fresh: forget what was loaded before.
            progress: told how far it is.

        Raises:
            PanelError: a file is broken, nothing in it is a report, or somebody else is writing.
        """
        pairs = [pair for path in report_files(paths) for pair in read_pairs(path)]
        whole = [(f.strip(), i.strip()) for f, i in pairs if f.strip() and i.strip()]
        if not whole:
            remedy = "Give the columns findings and impression, or reports with these sections"
            raise InputError(str(paths[0]), "holds no report with findings and an impression", remedy)
        found = {_id(findings): (findings, impression) for findings, impression in reversed(whole)}
        with self._shelf.writing():
            if fresh:
                self._shelf.forget()
            before = {example.id: example for example in self.examples()}
            new = [Example(id=id, findings=f, impression=i) for id, (f, i) in found.items() if id not in before]
            if new or fresh:
                self._publish([*before.values(), *new], [example.id for example in new], progress)
        return Loaded(len(new), len(whole) - len(new), len(pairs) - len(whole), len(before) + len(new))

    def clear(self) -> None:
        """Delete all examples."""
        with self._shelf.writing():
            self._shelf.forget()
            if kept := self._shelf.sweep():
                raise StoreError(str(self.folder), f"{len(kept)} readers still use it", "Try again when they are done")

    def examples(self) -> list[Example]:
        """All of them; none when nothing was loaded.

        Raises:
            StoreError: the collection is damaged.
        """
        held = self._shelf.hold()
        if held is None:
            return []
        try:
            return _examples(held.folder)
        finally:
            held.close()

    def open(self) -> Nearest:
        """The examples ready for questions; close after use.

        Raises:
            StoreError: nothing was loaded, or the collection is damaged or of another embedder.
        """
        held = self._shelf.hold()
        if held is None:
            raise StoreError(str(self.folder), "no reports are loaded", "Load them with `panel knowledge add-reports`")
        with ExitStack() as stack:
            stack.callback(held.close)
            about, examples = _about(held.folder), _examples(held.folder)
            index = VectorIndex(self._place(held.folder, about.place), about.collection)
            stack.callback(index.close)
            if index.count() != about.count or len(examples) != about.count:
                raise StoreError(str(self.folder), "the collection is damaged", _AGAIN)
            embedder = self._embedder(about.choice)
            if embedder.identity != about.embedder:
                raise StoreError(str(self.folder), "was built with another embedder", _AGAIN)
            return Nearest({example.id: example for example in examples}, index, embedder, stack.pop_all().close)

    def _publish(self, examples: Sequence[Example], new: Sequence[str], progress: Progress) -> None:
        held = self._shelf.hold()
        try:
            before = _about(held.folder) if held else None
            choice = self._configuration.choice or (before.choice if before else Choice())
            embedder = self._embedder(choice)
            url = self._configuration.url
            url = ("" if before is None or before.place == Place().name else before.place) if url is None else url
            place = Place(url=url, token=self._configuration.token)
            kept = before is not None and not url and (before.embedder, before.place) == (embedder.identity, place.name)
            about = _About(
                choice=choice,
                embedder=embedder.identity,
                place=place.name,
                collection=before.collection if before and kept else f"expert-panel-{secrets.token_hex(8)}",
                count=len(examples),
            )
            todo = [example for example in examples if not kept or example.id in set(new)]
            old = held.folder if held and kept else None

            def fill(draft: Path) -> None:
                _embed(_collection(draft, old, place, about.collection), todo, embedder, progress)
                lines = "".join(example.model_dump_json() + "\n" for example in examples)
                (draft / _EXAMPLES).write_text(lines, "utf-8", "backslashreplace", "\n")
                (draft / _ABOUT).write_text(about.model_dump_json(), "utf-8")

            self._shelf.publish(fill)
        finally:
            if held:
                held.close()

    def _place(self, folder: Path, name: str) -> Place:
        return Place(folder=folder / CHROMA) if name == Place().name else Place(url=name, token=self._configuration.token)


class Nearest:
    """Open examples."""

    def __init__(
        self, examples: dict[str, Example], index: VectorIndex, embedder: Embedder, released: Callable[[], None]
    ) -> None:
        self._examples = examples
        self._index = index
        self._embedder = embedder
        self._released = released

    def search(self, findings: str, k: int = 3) -> tuple[Example, ...]:
        """The examples whose findings are nearest, near-duplicates of one another and the very same text left out.

        Args:
            findings: of the report to be read.
            k: how many at most.
        """
        if not findings.strip() or k < 1:
            return ()
        depth = min(len(self._examples), 4 * k + 10)
        chosen: list[Example] = []
        seen = [(set(tokens(findings)), 1.0)]
        for id, score in self._index.nearest(self._embedder.query(findings), depth):
            example = self._examples.get(id)
            if example is None or id == _id(findings):
                continue
            words = set(tokens(example.findings))
            if any(_overlap(words, other) >= limit for other, limit in seen):
                continue
            seen.append((words, ALIKE))
            chosen.append(example.model_copy(update={"score": round(score, 6)}))
            if len(chosen) == k:
                break
        return tuple(chosen)

    def close(self) -> None:
        """Let go of files and connections."""
        self._released()


def _id(findings: str) -> str:
    return hashlib.sha256(" ".join(findings.lower().split()).encode("utf-8", "replace")).hexdigest()[:24]


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _collection(draft: Path, old: Path | None, place: Place, name: str) -> VectorIndex:
    """The new collection, with the vectors of the old one where that is kept."""
    if place.url:
        (draft / REMOTE).write_text(json.dumps({"url": place.url, "collection": name}), "utf-8")
        return VectorIndex(place, name, create=True)
    if old is not None:
        shutil.copytree(old / CHROMA, draft / CHROMA)
        return VectorIndex(Place(folder=draft / CHROMA), name)
    (draft / CHROMA).mkdir(mode=0o700)
    return VectorIndex(Place(folder=draft / CHROMA), name, create=True)


def _embed(index: VectorIndex, todo: Sequence[Example], embedder: Embedder, progress: Progress) -> None:
    try:
        for start in range(0, len(todo), 256):
            progress("reports", start, len(todo))
            part = todo[start : start + 256]
            vectors = embedder.documents([example.findings for example in part])
            index.add([example.id for example in part], vectors, [{"kind": "report"} for _ in part])
        progress("reports", len(todo), len(todo))
    finally:
        index.close()


def _about(folder: Path) -> _About:
    try:
        return _About.model_validate_json((folder / _ABOUT).read_text("utf-8"))
    except (OSError, ValidationError, ValueError):
        raise StoreError(str(folder), "the collection of reports is damaged", _AGAIN) from None


def _examples(folder: Path) -> list[Example]:
    try:
        lines = (folder / _EXAMPLES).read_bytes().split(b"\n")
        return [Example.model_validate_json(line) for line in lines if line]
    except (OSError, ValidationError, ValueError):
        raise StoreError(str(folder), "the collection of reports is damaged", _AGAIN) from None
