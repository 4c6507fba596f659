"""What a generation of the library says of itself: its documents, and everything its index depends on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from knowledge import chunk, lexical
from knowledge.card import Card
from knowledge.embed import Choice
from knowledge.papers import Paper
from knowledge.phrasings import FOLDER as PHRASINGS
from knowledge.phrasings import phrasing
from panel.case import Frozen
from panel.errors import StoreError
from panel.opinion import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAYOUT = 1
MANIFEST, PASSAGES, IDS, TEXTS = "manifest.json", "passages.jsonl", "ids.json", "texts"
REBUILD = "Run `panel knowledge build`"


class Entry(Frozen):
    """One document."""

    card: Card
    sha256: str
    """Of the file it was read from."""
    path: str = ""
    """Where that was; empty for a shipped one."""
    markup: chunk.Markup
    body: int
    """Offset behind the front matter."""
    characters: int
    """Length of the text."""
    passages: int
    """How many it was cut into."""


class Manifest(Frozen):
    """A generation."""

    layout: int = LAYOUT
    chunker: str = chunk.VERSION
    words: str = lexical.VERSION
    choice: Choice
    """Which model embeds."""
    embedder: str
    """Its identity: names and hashes of weights."""
    dimensions: int
    place: str
    """``embedded``, or the URL of the Chroma server."""
    collection: str
    """Name of the collection."""
    shipped: str
    """Hash of the references of the package."""
    inputs: str
    """Hash of all documents and of everything above that decides what the index holds."""
    made: dt.datetime
    documents: tuple[Entry, ...]
    passages: int

    def entry(self, id: str) -> Entry | None:
        """The document of that id."""
        return next((entry for entry in self.documents if entry.card.id == id), None)


def inputs_hash(entries: Sequence[Entry], embedder: str) -> str:
    """What an index is made of, as one hash."""
    parts = [LAYOUT, chunk.VERSION, lexical.VERSION, embedder]
    rows = [[e.card.model_dump(mode="json"), e.sha256, e.passages] for e in entries]
    return hashlib.sha256(json.dumps([parts, rows], sort_keys=True).encode()).hexdigest()


def shipped_hash(folder: Path) -> str:
    """Of the references of the package, and of the other words for them, as they lie there."""
    digest = hashlib.sha256()
    for path in (*sorted(folder.glob("*.md")), *sorted(PHRASINGS.glob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def passages_of(paper: Paper) -> tuple[Passage, ...]:
    """The paper cut into passages."""
    card = paper.card
    return tuple(
        Passage(
            id=f"{card.id}#{piece.slug}",
            source=card.id,
            title=card.title,
            organisation=card.organisation,
            edition=card.edition,
            year=card.year,
            citation=card.cited,
            locator=" > ".join(_below(card.title, piece.path)) or card.title,
            text=paper.text[piece.start : piece.end],
            start=piece.start,
            end=piece.end,
            specialties=card.specialties,
            tumours=card.tumours,
        )
        for piece in chunk.chunks(paper.text, paper.markup, paper.body)
    )


def _below(title: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The heading path without the document's own title."""
    return path[1:] if len(path) > 1 and path[0].startswith(title[:20]) else path


def write(folder: Path, manifest: Manifest, passages: Iterable[Passage], texts: Iterable[tuple[str, str]]) -> None:
    """Manifest, passages and the texts of the site's own documents into a folder."""
    ids = []
    with (folder / PASSAGES).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for passage in passages:
            ids.append(passage.id)
            file.write(passage.model_dump_json() + "\n")
    (folder / IDS).write_text(json.dumps(ids), "ascii")
    (folder / TEXTS).mkdir(mode=0o700, exist_ok=True)
    for id, text in texts:
        (folder / TEXTS / f"{id}.txt").write_text(text, "utf-8", "backslashreplace", "")
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        StoreError: it is damaged, or of a newer version.
    """
    try:
        text = (folder / MANIFEST).read_text("utf-8")
        layout = json.loads(text)["layout"]
        if layout != LAYOUT:
            raise StoreError(str(folder), "was written by another version", REBUILD)
        return Manifest.model_validate_json(text)
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        remedy = "Run `panel knowledge build --fresh`, then add the site's own documents again"
        raise StoreError(str(folder), "the library's manifest is damaged", remedy) from None


def read_text(folder: Path, entry: Entry) -> str:
    """The text of one of the site's own documents, as it was when it was added.

    Raises:
        StoreError: it is not there or no longer what it was.
    """
    try:
        with (folder / TEXTS / f"{entry.card.id}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, ValueError):
        text = ""
    if len(text) != entry.characters:
        remedy = "Run `panel knowledge build --fresh`, then add the site's own documents again"
        raise StoreError(f"document {entry.card.id}", "its stored text is damaged", remedy)
    return text


class PassageFile:
    """The passages of a generation, read one by one from the disk.

    Args:
        folder: of the generation.
        count: how many the manifest promises.

    Raises:
        StoreError: there are others, or the file is damaged.
    """

    def __init__(self, folder: Path, count: int) -> None:
        import numpy as np

        self._spot = str(folder)
        try:
            ids = json.loads((folder / IDS).read_text("ascii"))
            size = (folder / PASSAGES).stat().st_size
            self._bytes: NDArray[np.uint8] = np.memmap(folder / PASSAGES, np.uint8, "r") if size else np.zeros(0, np.uint8)
        except (OSError, ValueError):
            raise self._damaged() from None
        self._ends = np.flatnonzero(self._bytes == ord("\n"))
        if len(ids) != count or len(self._ends) != count:
            raise self._damaged()
        self.ids: list[str] = ids
        """Of every row."""
        self.rows = {id: row for row, id in enumerate(ids)}
        """The row of every id."""

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> Passage:
        start = 0 if row == 0 else int(self._ends[row - 1]) + 1
        try:
            return Passage.model_validate_json(self._bytes[start : int(self._ends[row])].tobytes())
        except ValidationError:
            raise self._damaged() from None

    def __iter__(self) -> Iterator[Passage]:
        return (self[row] for row in range(len(self)))

    def _damaged(self) -> StoreError:
        return StoreError(self._spot, "the library's passages are damaged", REBUILD)


def indexed(passage: Passage) -> str:
    """What stands in both indexes for a passage: title and headings say what it is about, and other words how it is asked for."""
    return f"{passage.title}. {passage.locator}. {passage.text} {phrasing(passage.id)}".rstrip()
