"""The library as a whole: the references we ship and a site's own papers, built, added to, taken from, opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from knowledge import chunk, generation, lexical, manifest, papers
from knowledge.embed import Choice, Embedder, Pooling, SentenceEmbedder
from knowledge.generation import Document, Means, Old, Progress
from knowledge.index import Place
from knowledge.manifest import REBUILD, Entry, Manifest
from knowledge.papers import Paper
from knowledge.retrieve import HybridRetriever
from knowledge.shelf import WAIT_SECONDS, Hold, Shelf
from panel.errors import InputError, StoreError, UsageError
from panel.opinion import Passage
from panel.store import home


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the operator says of models and servers; None leaves it as the library was built."""

    choice: Choice | None = None
    url: str | None = None
    """Of a Chroma server; empty for the embedded one."""
    token: str = ""
    """For that server."""

    @classmethod
    def from_environment(cls) -> Configuration:
        """``EXPERT_PANEL_EMBEDDER``, ``…_QUERY_EMBEDDER``, ``…_POOLING``, ``EXPERT_PANEL_CHROMA`` and ``…_CHROMA_TOKEN``."""
        read = os.environ.get
        model, pooling = read("EXPERT_PANEL_EMBEDDER"), read("EXPERT_PANEL_POOLING", "mean")
        if pooling not in ("mean", "cls"):
            raise UsageError("EXPERT_PANEL_POOLING", "is neither mean nor cls", "Correct or unset it")
        kind: Pooling = "cls" if pooling == "cls" else "mean"
        choice = Choice(model=model, query_model=read("EXPERT_PANEL_QUERY_EMBEDDER", ""), pooling=kind) if model else None
        return cls(choice, read("EXPERT_PANEL_CHROMA"), read("EXPERT_PANEL_CHROMA_TOKEN", ""))


@dataclass(frozen=True, slots=True)
class Changes:
    """What adding papers came to."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    """Papers that were there already under another file name; they keep their id."""
    notes: tuple[str, ...] = ()
    """Files passed over, and why."""


@dataclass
class _Plan:
    """The site's papers after a change."""

    papers: dict[str, Paper]
    changed: set[str] = field(default_factory=set)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


class Library:
    """The library of this machine's user.

    Args:
        folder: where it is kept; ``library`` in the panel's home by default.
        configuration: models and servers; the environment's by default.
        embedder: makes the embedder of a choice.
        references: the folder of shipped references.
        wait: seconds to wait for another process that is changing it.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        configuration: Configuration | None = None,
        embedder: Callable[[Choice], Embedder] = SentenceEmbedder,
        references: Path = papers.REFERENCES,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self.folder = folder or home() / "library"
        self._configuration = configuration or Configuration.from_environment()
        self._embedder = embedder
        self.references = references
        """Folder of the shipped references."""
        discard = partial(generation.discard, token=self._configuration.token)
        self._shelf = Shelf(self.folder, wait=wait, discard=discard)

    def build(self, *, fresh: bool = False, progress: Progress = _silent) -> Manifest:
        """Make the whole index anew, from the shipped references and the site's own papers that were added before.

        Args:
            fresh: begin without the site's papers; the way out when the library's folder is damaged.
            progress: told how far it is.

        Raises:
            PanelError: a document is broken, a part is not installed, or somebody else is writing.
        """
        with self._shelf.writing():
            if fresh:
                self._shelf.forget()
            return self._rebuilt(self._site_papers(), progress)

    def add(self, paths: Sequence[Path], *, progress: Progress = _silent) -> Changes:
        """Take files and folders into the library: all of them, or none when one cannot be read.

        What is there already is left as it is, under whatever name it comes; a file that has changed since replaces
        its former self.

        Raises:
            PanelError: as for :meth:`build`, or two papers have one id.
        """
        found, notes = papers.gather(paths)
        read = [papers.read(path) for path in found]
        with self._shelf.writing():
            before = self._site_papers()
            changes, plan = self._merged(before, read)
            if plan.changed or self.manifest() is None:
                self._update(plan, progress)
        return replace(changes, notes=tuple(notes))

    def remove(self, ids: Sequence[str], *, progress: Progress = _silent) -> None:
        """Take a site's own papers out.

        Raises:
            UsageError: one is not there, or is one of ours.
        """
        with self._shelf.writing():
            plan = _Plan(self._site_papers())
            for id in ids:
                if id not in plan.papers:
                    shipped = (self.references / f"{id}.md").is_file()
                    what = "is a shipped reference, which stays" if shipped else "is not in the library"
                    raise UsageError(f"document {id[:100]}", what, "List the documents with `panel knowledge list`")
                del plan.papers[id]
            self._update(plan, progress)

    def manifest(self) -> Manifest | None:
        """What the current generation says of itself; None before the first build.

        Raises:
            StoreError: it is damaged.
        """
        held = self._shelf.hold()
        if held is None:
            return None
        try:
            return manifest.read(held.folder)
        finally:
            held.close()

    def passages(self, id: str | None = None) -> list[Passage]:
        """The passages of a document, or all.

        Raises:
            StoreError: nothing is built yet, or it is damaged.
        """
        held, made = self._current()
        try:
            return [p for p in manifest.PassageFile(held.folder, made.passages) if id in (None, p.source)]
        finally:
            held.close()

    def own_texts(self) -> dict[str, str]:
        """The texts of the site's own papers, by id.

        Raises:
            StoreError: one is damaged.
        """
        return {id: paper.text for id, paper in self._site_papers().items()}

    def open(self) -> HybridRetriever:
        """The library ready for questions; close it after use.

        Raises:
            StoreError: it is not built, was built otherwise than it would be now, or is damaged.
            UsageError: a part is not installed.
        """
        with ExitStack() as stack:
            held, made = self._current()
            stack.callback(held.close)
            if (why := self._stale(made)) is not None:
                raise StoreError(str(self.folder), why, REBUILD)
            parts = generation.opened(held.folder, made, self._configuration.token)
            stack.callback(parts.vectors.close)
            embedder = self._embedder(made.choice)
            if embedder.identity != made.embedder:
                raise StoreError(str(self.folder), "was built with another embedder", REBUILD)
            opened = HybridRetriever(made, parts.passages, parts.words, parts.vectors, embedder)
            opened.released = stack.pop_all().close
            return opened

    def _current(self) -> tuple[Hold, Manifest]:
        held = self._shelf.hold()
        if held is None:
            raise StoreError(str(self.folder), "the library is not built yet", REBUILD)
        try:
            return held, manifest.read(held.folder)
        except StoreError:
            held.close()
            raise

    def _stale(self, made: Manifest) -> str | None:
        """Why the index is not what would be built now; None when it is."""
        wanted = self._configuration
        if (made.chunker, made.words) != (chunk.VERSION, lexical.VERSION):
            return "was built by another version"
        if wanted.choice is not None and wanted.choice != made.choice:
            return "was built with another embedder"
        if wanted.url is not None and Place(url=wanted.url).name != made.place:
            return "was built for another Chroma"
        if made.shipped != manifest.shipped_hash(self.references):
            return "was built from other references than are installed now"
        return None

    def _site_papers(self) -> dict[str, Paper]:
        """The site's own papers, from the texts that the current generation keeps."""
        held = self._shelf.hold()
        if held is None:
            return {}
        try:
            made = manifest.read(held.folder)
            return {e.card.id: self._stored(held.folder, e) for e in made.documents if e.path}
        finally:
            held.close()

    def _stored(self, folder: Path, entry: Entry) -> Paper:
        text = manifest.read_text(folder, entry)
        return Paper(entry.card, text, entry.body, entry.markup, entry.sha256, entry.path)

    def _merged(self, before: dict[str, Paper], read: Sequence[Paper]) -> tuple[Changes, _Plan]:
        plan = _Plan(dict(before))
        known = {paper.sha256: id for id, paper in before.items()}
        told: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": [], "renamed": []}
        taken: dict[str, Paper] = {}
        for paper in read:
            id = paper.card.id
            if (same := known.get(paper.sha256)) is not None:
                told["renamed" if plan.papers[same].path != paper.path else "unchanged"].append(same)
                continue
            self._refuse_clash(paper, taken.get(id) or before.get(id), id in taken)
            told["replaced" if id in before else "added"].append(id)
            known[paper.sha256] = id
            plan.papers[id] = taken[id] = paper
            plan.changed.add(id)
        return Changes(**{key: tuple(ids) for key, ids in told.items()}), plan

    def _refuse_clash(self, paper: Paper, other: Paper | None, now: bool) -> None:
        id, remedy = paper.card.id, "Rename the file, or give it another `id:` in front matter"
        if (self.references / f"{id}.md").is_file():
            raise InputError(paper.path, f"its id {id} is that of a shipped reference", remedy)
        if other is not None and other.path != paper.path and (now or Path(other.path).exists()):
            raise InputError(paper.path, f"its id {id} is already that of {other.path}", remedy)

    def _update(self, plan: _Plan, progress: Progress) -> None:
        """A new generation that takes over what did not change."""
        held = self._shelf.hold()
        if held is None:
            self._rebuilt(plan.papers, progress)
            return
        try:
            made = manifest.read(held.folder)
            embedder = self._embedder(made.choice)
            if self._stale(made) is not None or embedder.identity != made.embedder:
                self._rebuilt(plan.papers, progress)
                return
            kept = _kept(held.folder, made, {id for id in plan.papers if id not in plan.changed})
            fresh = [generation.document(paper) for id, paper in plan.papers.items() if id in plan.changed]
            place = generation.place_of(held.folder, made, self._configuration.token)
            self._publish([*kept, *fresh], Means(place, made.choice, embedder), Old(held.folder, made, place), progress)
        finally:
            held.close()

    def _rebuilt(self, site: dict[str, Paper], progress: Progress) -> Manifest:
        before = self.manifest()
        choice = self._configuration.choice or (before.choice if before else Choice())
        url = self._configuration.url
        if url is None:
            url = "" if before is None or before.place == Place().name else before.place
        documents = [generation.document(paper) for paper in papers.shipped(self.references)]
        documents += [generation.document(paper) for paper in site.values()]
        if not documents:
            raise StoreError(str(self.folder), "there is nothing to build it from", "Add documents, or reinstall")
        means = Means(Place(url=url, token=self._configuration.token), choice, self._embedder(choice))
        return self._publish(documents, means, None, progress)

    def _publish(self, documents: Sequence[Document], means: Means, old: Old | None, progress: Progress) -> Manifest:
        shipped = manifest.shipped_hash(self.references)

        def fill(draft: Path) -> None:
            generation.make(draft, documents, means, old=old, shipped=shipped, progress=progress)

        return manifest.read(self.folder / self._shelf.publish(fill))


def _kept(folder: Path, made: Manifest, site: set[str]) -> list[Document]:
    """Documents of a generation that go on into the next: ours, and these of the site's."""
    rows = manifest.PassageFile(folder, made.passages)
    kept, start = [], 0
    for entry in made.documents:
        if not entry.path or entry.card.id in site:
            text = manifest.read_text(folder, entry) if entry.path else None
            cut = tuple(rows[row] for row in range(start, start + entry.passages))
            kept.append(Document(entry, cut, text, fresh=False))
        start += entry.passages
    return kept
