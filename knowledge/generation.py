"""Making and opening one generation of the library: passages, words and vectors that belong together."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge import manifest as files
from knowledge.embed import Choice, Embedder
from knowledge.index import ANY, Metadata, Place, VectorIndex
from knowledge.lexical import WordIndex
from knowledge.manifest import REBUILD, Entry, Manifest, PassageFile, indexed, inputs_hash
from knowledge.papers import Paper
from panel.errors import PanelError, StoreError
from panel.opinion import Passage

Progress = Callable[[str, int, int], None]
"""Told a step, how much of it is done, and how much there is."""
CHROMA, WORDS, REMOTE = "chroma", "words", "remote.json"


@dataclass(frozen=True, slots=True)
class Document:
    """A document on its way into a generation."""

    entry: Entry
    passages: tuple[Passage, ...]
    text: str | None
    """Of a site's own; None for a shipped one, which lies in the package."""
    fresh: bool
    """Whether its vectors are still to be made."""


@dataclass(frozen=True, slots=True)
class Old:
    """The generation that the new one takes its vectors from."""

    folder: Path
    manifest: Manifest
    place: Place


@dataclass(frozen=True, slots=True)
class Means:
    """With what a generation is made."""

    place: Place
    """Where the vectors go: a server, or (the default) a folder of the generation."""
    choice: Choice
    embedder: Embedder


def document(paper: Paper) -> Document:
    """A paper, cut."""
    cut = files.passages_of(paper)
    entry = Entry(
        card=paper.card,
        sha256=paper.sha256,
        path=paper.path,
        markup=paper.markup,
        body=paper.body,
        characters=len(paper.text),
        passages=len(cut),
    )
    return Document(entry, cut, None if paper.shipped else paper.text, fresh=True)


def make(
    draft: Path,
    documents: Sequence[Document],
    means: Means,
    *,
    old: Old | None,
    shipped: str,
    progress: Progress,
) -> None:
    """Write a whole generation into an empty folder.

    Raises:
        PanelError: something of it cannot be made; the folder is then of no use.
    """
    place, embedder = means.place, means.embedder
    passages = [passage for each in documents for passage in each.passages]
    fresh = [passage for each in documents if each.fresh for passage in each.passages]
    entries = tuple(each.entry for each in documents)
    collection = f"expert-panel-{secrets.token_hex(8)}" if old is None or place.url else old.manifest.collection
    made = Manifest(
        choice=means.choice,
        embedder=embedder.identity,
        dimensions=embedder.dimensions,
        place=place.name,
        collection=collection,
        shipped=shipped,
        inputs=inputs_hash(entries, embedder.identity),
        made=dt.datetime.now(dt.UTC),
        documents=entries,
        passages=len(passages),
    )
    index = _begun(draft, place, collection, old, {passage.id for passage in passages})
    try:
        _embed(index, fresh, embedder, progress)
        if index.count() != len(passages):
            raise StoreError(str(draft.parent), "the index does not hold what was put in", REBUILD)
    finally:
        index.close()
    progress("words", 0, len(passages))
    words = [f"{indexed(p)} {' '.join(each.entry.card.topics)}" for each in documents for p in each.passages]
    WordIndex.build(words).save(draft / WORDS)
    files.write(draft, made, passages, [(d.entry.card.id, d.text) for d in documents if d.text is not None])
    progress("words", len(passages), len(passages))


def _begun(draft: Path, place: Place, collection: str, old: Old | None, wanted: set[str]) -> VectorIndex:
    """The new collection with the vectors that stay."""
    if place.url:
        (draft / REMOTE).write_text(json.dumps({"url": place.url, "collection": collection}), "utf-8")
        index = VectorIndex(place, collection, create=True)
        if old is not None:
            before = VectorIndex(old.place, old.manifest.collection)
            for ids, vectors, metadata in before.pages():
                stay = [n for n, id in enumerate(ids) if id in wanted]
                index.add([ids[n] for n in stay], vectors[stay], [metadata[n] for n in stay])
            before.close()
        return index
    here = Place(folder=draft / CHROMA)
    if old is None:
        (draft / CHROMA).mkdir(mode=0o700)
        return VectorIndex(here, collection, create=True)
    shutil.copytree(old.folder / CHROMA, draft / CHROMA)
    index = VectorIndex(here, collection)
    index.delete(sorted(index.ids() - wanted))
    return index


def _embed(index: VectorIndex, passages: Sequence[Passage], embedder: Embedder, progress: Progress) -> None:
    done, total, step = 0, len(passages), 256
    progress("meaning", 0, total)
    for start in range(0, total, step):
        part = passages[start : start + step]
        vectors = embedder.documents([indexed(passage) for passage in part])
        index.add([passage.id for passage in part], vectors, [_metadata(passage) for passage in part])
        done += len(part)
        progress("meaning", done, total)


def _metadata(passage: Passage) -> Metadata:
    return {
        "specialties": list(passage.specialties) or [ANY],
        "tumours": list(passage.tumours) or [ANY],
        "year": passage.year or 0,
    }


@dataclass(frozen=True, slots=True)
class Parts:
    """An open generation."""

    manifest: Manifest
    passages: PassageFile
    words: WordIndex
    vectors: VectorIndex


def place_of(folder: Path, manifest: Manifest, token: str) -> Place:
    """Where a generation's vectors are."""
    if manifest.place == Place().name:
        return Place(folder=folder / CHROMA)
    return Place(url=manifest.place, token=token)


def opened(folder: Path, manifest: Manifest, token: str) -> Parts:
    """A generation's parts, each held against the manifest.

    Raises:
        StoreError: one of them is damaged or missing, or the server does not answer.
    """
    passages = PassageFile(folder, manifest.passages)
    words = WordIndex.load(folder / WORDS, manifest.passages)
    place = place_of(folder, manifest, token)
    if place.folder is not None and not (place.folder / "chroma.sqlite3").is_file():
        raise StoreError(str(folder), "the index is damaged", REBUILD)  # Chroma would make an empty one in its place
    vectors = VectorIndex(place, manifest.collection)
    if vectors.count() != manifest.passages:
        vectors.close()
        raise StoreError(str(folder), "the index does not hold all passages", REBUILD)
    return Parts(manifest, passages, words, vectors)


def discard(folder: Path, token: str) -> None:
    """Before a generation is deleted: its collection on a server, if the server still answers."""
    with suppress(OSError, ValueError, KeyError, PanelError):
        remote = json.loads((folder / REMOTE).read_text("utf-8"))
        index = VectorIndex(Place(url=remote["url"], token=token), remote["collection"])
        index.drop()
        index.close()
