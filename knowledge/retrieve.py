"""The library's answer to a question: words and meaning ranked apart, fused, and nothing at all when nothing answers.

Fusion: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, doi:10.1145/1571941.1572114).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal

from knowledge.abbreviations import spelled_out
from knowledge.coverage import coverage, parts
from knowledge.embed import Embedder
from knowledge.index import VectorIndex, filters
from knowledge.lexical import WordIndex, tokens
from knowledge.manifest import Manifest, PassageFile
from panel.opinion import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mode = Literal["bm25", "dense", "hybrid"]


LIMITS = "#what-it-does-not-say"
"""How the passage that says what a document leaves out is called: it answers nothing and is never handed out."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the two rankings are fused and when the library keeps silent; chosen on the development questions alone."""

    depth: int = 40
    """Passages taken from each ranking."""
    k: float = 20.0
    """Of reciprocal rank fusion: a rank counts ``1 / (k + rank)``."""
    words: float = 0.5
    """Weight of coverage beside similarity, when it is decided whether anything answers."""
    enough: float = 0.72
    """What the cosine of the nearest passage and the weighted coverage must come to together."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage's row with its score."""

    row: int
    score: float


class HybridRetriever:
    """An open library: a :class:`panel.protocols.Retriever`.

    Args:
        manifest: what the generation says of itself.
        passages: its passages.
        words: its word index.
        vectors: its vectors.
        embedder: what embeds the question.
        settings: fusion and silence.
    """

    def __init__(
        self,
        manifest: Manifest,
        passages: PassageFile,
        words: WordIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        settings: Settings = Settings(),
    ) -> None:
        self.manifest = manifest
        self.passages = passages
        self.words = words
        self.vectors = vectors
        self.embedder = embedder
        self.settings = settings
        self.released: Callable[[], None] = vectors.close
        """Called when it is closed."""

    def search(
        self,
        query: str,
        k: int = 5,
        *,
        specialty: str | None = None,
        tumour: str | None = None,
        since: int | None = None,
    ) -> tuple[Passage, ...]:
        """The passages that answer, best first, at most ``k``; none when nothing in the library does.

        Args:
            query: a question or a few words.
            k: how many at most.
            specialty: only passages written for this seat or for all.
            tumour: only passages on this tumour or on all.
            since: only editions of this year or later.

        Raises:
            StoreError: the index is damaged or its server gone.
        """
        hits = self.answer(query, k, specialty=specialty, tumour=tumour, since=since)
        return tuple(self.passages[hit.row].model_copy(update={"score": round(hit.score, 6)}) for hit in hits)

    def answer(
        self, query: str, k: int, *, specialty: str | None = None, tumour: str | None = None, since: int | None = None
    ) -> list[Hit]:
        """:meth:`search`, but rows."""
        asked = spelled_out(" ".join(query.split()))
        if not asked or k < 1:
            return []
        dense = self._by_meaning(asked, specialty, tumour, since)
        words = self._by_words(asked, self._allowed(specialty, tumour, since))
        fused = self._fused(dense, words)
        return fused[:k] if self.confidence(query, dense, fused) >= self.settings.enough else []

    def confidence(self, query: str, dense: Sequence[Hit], fused: Sequence[Hit]) -> float:
        """How sure it is that something answers: the nearest passage's cosine, and the share of the question's words
        that one of the first three passages holds.
        """
        if not dense:
            return 0.0
        asked = parts(query)
        covered = (coverage(asked, partial(self._holds, row=hit.row), self._weight) for hit in fused[:3])
        return dense[0].score + self.settings.words * max(covered, default=0.0)

    def ranked(self, query: str, mode: Mode, k: int) -> list[str]:
        """Ids in the order of one ranking, whether they answer or not: for measuring."""
        asked = spelled_out(" ".join(query.split())) if mode == "hybrid" else query
        words = self._by_words(asked, None) if mode != "dense" else []
        dense = self._by_meaning(asked, None, None, None) if mode != "bm25" else []
        hits = self._fused(dense, words) if mode == "hybrid" else words or dense
        return [self.passages.ids[hit.row] for hit in hits[:k]]

    def close(self) -> None:
        """Let go of files and connections."""
        self.released()

    def _by_meaning(self, query: str, specialty: str | None, tumour: str | None, since: int | None) -> list[Hit]:
        where = filters(specialty, tumour, since)
        count = min(self.settings.depth, len(self.passages))
        found = self.vectors.nearest(self.embedder.query(query), count, where) if count else []
        rows = self.passages.rows
        return [Hit(rows[id], score) for id, score in found if id in rows and not id.endswith(LIMITS)]

    def _by_words(self, query: str, allowed: NDArray[np.bool_] | None) -> list[Hit]:
        import numpy as np

        scores = self.words.scores(tokens(query))
        if allowed is not None:
            scores = np.where(allowed, scores, 0)
        depth = min(self.settings.depth, len(scores))
        if not depth:
            return []
        best = np.argpartition(scores, -depth)[-depth:]
        best = best[np.lexsort((best, -scores[best]))]
        ids = self.passages.ids
        return [Hit(int(row), float(scores[row])) for row in best if scores[row] > 0 and not ids[row].endswith(LIMITS)]

    def _fused(self, dense: Sequence[Hit], words: Sequence[Hit]) -> list[Hit]:
        total: dict[int, float] = {}
        for ranking in (dense, words):
            for rank, hit in enumerate(ranking, 1):
                total[hit.row] = total.get(hit.row, 0.0) + 1 / (self.settings.k + rank)
        return [Hit(row, score) for row, score in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))]

    def _holds(self, word: str, row: int) -> bool:
        return self.words.holds(word, row)

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.passages) / (0.5 + self.words.frequency(word)))

    def _allowed(self, specialty: str | None, tumour: str | None, since: int | None) -> NDArray[np.bool_] | None:
        """Of every row, whether the filters let it through."""
        import numpy as np

        if not (specialty or tumour or since is not None):
            return None
        cards = [entry.card for entry in self.manifest.documents]
        fits = [
            (not specialty or not c.specialties or specialty in c.specialties)
            and (not tumour or not c.tumours or tumour in c.tumours)
            and (since is None or (c.year or 0) >= since)
            for c in cards
        ]
        allowed: NDArray[np.bool_] = np.array(fits, bool)[self._document_of_row]
        return allowed

    @cached_property
    def _document_of_row(self) -> NDArray[np.intp]:
        import numpy as np

        counts = [entry.passages for entry in self.manifest.documents]
        return np.repeat(np.arange(len(counts)), counts)
