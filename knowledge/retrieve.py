"""The library's answer to a question: words and meaning ranked apart, fused, and nothing at all when nothing answers.

Fusion: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, doi:10.1145/1571941.1572114).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, get_args

from knowledge.abbreviations import spelled_out
from knowledge.coverage import coverage, parts
from knowledge.embed import Embedder
from knowledge.index import VectorIndex, Where, filters
from knowledge.lexical import WordIndex, tokens
from knowledge.manifest import Manifest, PassageFile
from panel.opinion import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mode = Literal["bm25", "dense", "hybrid", "answer"]
"""The three rankings, and what a user gets: the hybrid, or silence."""


LIMITS = "#what-it-does-not-say"
"""How the passage that says what a document leaves out is called: it answers nothing and is never handed out."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the rankings are fused and when the library keeps silent; chosen on the development questions alone."""

    depth: int = 60
    """Passages taken from each ranking."""
    k: float = 10.0
    """Of reciprocal rank fusion: a rank counts ``1 / (k + rank)``."""
    alone: float = 0.5
    """Weight of the ranking by words and of that by meaning; the ranking by both together has 1."""
    floor: float = 0.1
    """Added to the cosine in the ranking by both, so that words alone still count."""
    enough: float = 0.755
    """The least strength at which something answers: cosine, times the root of BM25 in units of the rarest word. So high that
    on the first 43 development questions without an answer one in twenty got a passage: half of what is allowed."""
    covered: float = 0.95
    """A question this much of whose words one passage holds (a short one, mostly) needs only…"""
    near: float = 0.45
    """…this cosine."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage's row with its score."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question turned up."""

    dense: tuple[Hit, ...]
    """By meaning, with cosines."""
    words: tuple[Hit, ...]
    """By words, with BM25."""
    fused: tuple[Hit, ...]
    """All of them in the order of the answer."""
    scores: NDArray[np.float32]
    """BM25 of every row."""
    cosines: Mapping[int, float]
    """Of the rows found by meaning."""

    def cosine(self, row: int) -> float:
        """Of a row; one not found by meaning is at most as near as the last that was."""
        return max(0.0, self.cosines.get(row, self.dense[-1].score if self.dense else 0.0))


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

    def nearest(
        self,
        query: str,
        k: int = 3,
        *,
        specialty: str | None = None,
        tumour: str | None = None,
        since: int | None = None,
    ) -> tuple[Passage, ...]:
        """The nearest passages whether they answer or not: for a person who was told that nothing does, never to cite."""
        asked = spelled_out(" ".join(query.split()))
        found = self._looked_up(asked, specialty, tumour, since).fused[:k] if asked else ()
        return tuple(self.passages[hit.row] for hit in found)

    def answer(
        self, query: str, k: int, *, specialty: str | None = None, tumour: str | None = None, since: int | None = None
    ) -> list[Hit]:
        """:meth:`search`, but rows."""
        asked = spelled_out(" ".join(query.split()))
        if not asked or k < 1:
            return []
        found = self._looked_up(asked, specialty, tumour, since)
        return list(found.fused[:k]) if self.answers(query, found) else []

    def answers(self, query: str, found: Found) -> bool:
        """Whether any of what was found answers, or it is only the nearest there is."""
        strength, near, asked = 0.0, False, parts(query)
        for hit in found.fused[:10]:
            cosine, words = found.cosine(hit.row), found.scores[hit.row]
            strength = max(strength, cosine * math.sqrt(max(0.0, float(words)) / math.log(1 + len(self.passages))))
            near = near or (
                cosine >= self.settings.near
                and coverage(asked, partial(self._holds, row=hit.row), self._weight) >= self.settings.covered
            )
        return near or strength >= self.settings.enough

    def rankings(self, query: str, k: int) -> dict[Mode, list[str]]:
        """Ids in the order of each ranking, whether they answer or not, and the answer: for measuring."""
        asked = spelled_out(" ".join(query.split()))
        found = self._looked_up(asked, None, None, None)
        given = found.fused if self.answers(query, found) else ()
        orders = {"bm25": found.words, "dense": found.dense, "hybrid": found.fused, "answer": given}
        return {mode: [self.passages.ids[hit.row] for hit in orders[mode][:k]] for mode in get_args(Mode)}

    def close(self) -> None:
        """Let go of files and connections."""
        self.released()

    def _looked_up(self, asked: str, specialty: str | None, tumour: str | None, since: int | None) -> Found:
        import numpy as np

        dense = self._by_meaning(asked, filters(specialty, tumour, since))
        scores = self.words.scores(tokens(asked))
        allowed = self._allowed(specialty, tumour, since)
        scores = scores * self._speaking if allowed is None else scores * (self._speaking & allowed)
        words = self._best(scores)
        found = Found(dense, words, (), scores, {hit.row: hit.score for hit in dense})
        rows = np.array(sorted({hit.row for hit in (*dense, *words)}), np.intp)
        both = [Hit(int(row), float(scores[row]) * (self.settings.floor + found.cosine(int(row)))) for row in rows]
        both = sorted((hit for hit in both if hit.score > 0), key=lambda hit: (-hit.score, hit.row))
        return replace(found, fused=self._fused((1.0, both), (self.settings.alone, dense), (self.settings.alone, words)))

    def _by_meaning(self, query: str, where: Where | None) -> tuple[Hit, ...]:
        count, rows = min(self.settings.depth, len(self.passages)), self.passages.rows
        found = self.vectors.nearest(self.embedder.query(query), count, where) if count else []
        return tuple(Hit(rows[id], score) for id, score in found if id in rows and self._speaking[rows[id]])

    def _best(self, scores: NDArray[np.float32]) -> tuple[Hit, ...]:
        import numpy as np

        depth = min(self.settings.depth, len(scores))
        if not depth:
            return ()
        best = np.argpartition(scores, -depth)[-depth:]
        best = best[np.lexsort((best, -scores[best]))]
        return tuple(Hit(int(row), float(scores[row])) for row in best if scores[row] > 0)

    def _fused(self, *rankings: tuple[float, Sequence[Hit]]) -> tuple[Hit, ...]:
        total: dict[int, float] = {}
        for weight, ranking in rankings:
            for rank, hit in enumerate(ranking, 1):
                total[hit.row] = total.get(hit.row, 0.0) + weight / (self.settings.k + rank)
        return tuple(Hit(row, score) for row, score in sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))

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
    def _speaking(self) -> NDArray[np.bool_]:
        """Of every row, whether it may be an answer."""
        import numpy as np

        return np.array([not id.endswith(LIMITS) for id in self.passages.ids], bool)

    @cached_property
    def _document_of_row(self) -> NDArray[np.intp]:
        import numpy as np

        counts = [entry.passages for entry in self.manifest.documents]
        return np.repeat(np.arange(len(counts)), counts)
