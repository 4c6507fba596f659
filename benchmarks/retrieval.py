"""How fast a hybrid question is, beside Chroma's plain query, at three sizes. Prints one JSON object as its last line::

    python benchmarks/retrieval.py

Of each size (passages made up from the words of the shipped references, vectors made up around their meaning):

hybrid_p50_ms, hybrid_p95_ms  a question to the library: embedding, both rankings, fusion, silence, five passages read
query_p50_ms                  embedding the same question and `collection.query` for five documents with metadata
hybrid_bare_p50_ms, query_bare_p50_ms  the same two without embedding, which costs more than either
build_seconds                 indexing words and vectors and writing them, cutting and embedding aside
peak_mb                       most memory of the process while building and asking, MB of 10^6 bytes

Nothing is cached between questions; the two kinds of query take turns, so that both see the same machine.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from knowledge.generation import Document
    from knowledge.retrieve import HybridRetriever

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # also from a checkout that is not installed
SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200


class MadeUp:
    """Vectors for the passages without embedding each: the true model's for the questions, noise around them for passages."""

    def __init__(self, questions: Sequence[str]) -> None:
        from knowledge.embed import SentenceEmbedder

        self._true = SentenceEmbedder()
        self._centres = self._true.documents(questions)
        self._drawn = np.random.default_rng(1)
        self.identity, self.dimensions = "made-up", self._true.dimensions
        self.embedding = True
        self._known = {question: self._centres[n] for n, question in enumerate(questions)}

    def documents(self, texts: Sequence[str], tick: object = None) -> np.ndarray:
        centres = self._centres[self._drawn.integers(0, len(self._centres), len(texts))]
        noisy = centres + 0.05 * self._drawn.normal(size=centres.shape)
        return (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)

    def query(self, text: str) -> np.ndarray:
        return self._true.query(text) if self.embedding else self._known.get(text, self._centres[0])


def main() -> None:
    """Measure every size in a process of its own and print it all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="how many passages")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    figures = {}
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        figures[str(size)] = json.loads(lines[-1])
        print(f"{size}: {figures[str(size)]}", file=sys.stderr)
    print(json.dumps(figures))


def measure(size: int) -> dict[str, float]:
    """All figures of one size."""
    from knowledge import generation, manifest
    from knowledge.embed import SHIPPED
    from knowledge.index import Place
    from knowledge.retrieve import HybridRetriever

    words, questions = material()
    embedder = MadeUp(questions)
    documents = made_up(words, size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        means = generation.Means(Place(), SHIPPED, embedder)
        generation.make(folder, documents, means, old=None, shipped="", progress=lambda *_: None)
        built = time.perf_counter() - begun
        parts = generation.opened(folder, manifest.read(folder), "")
        retriever = HybridRetriever(parts.manifest, parts.passages, parts.words, parts.vectors, embedder)
        figures = {}
        for kind, embedding in (("", True), ("bare_", False)):
            embedder.embedding = embedding
            hybrid, plain = ask(retriever, questions)
            figures[f"hybrid_{kind}p50_ms"] = round(statistics.median(hybrid) * 1e3, 2)
            figures[f"hybrid_{kind}p95_ms"] = round(statistics.quantiles(hybrid, n=20)[-1] * 1e3, 2)
            figures[f"query_{kind}p50_ms"] = round(statistics.median(plain) * 1e3, 2)
        retriever.close()
    return figures | {"build_seconds": round(built, 1), "peak_mb": round(peak() / 1e6, 1)}


def material() -> tuple[list[str], list[str]]:
    """Words in the frequency of the references, and questions about them."""
    from evals.retrieval import TASK, load_questions
    from knowledge import papers

    text = " ".join(path.read_text("utf-8") for path in sorted(papers.REFERENCES.glob("*.md")))
    questions = [question.question for question in load_questions(TASK / "questions.yaml")]
    return re.findall(r"[A-Za-z][\w-]+|\d+ mm", text), questions[:QUESTIONS]


def made_up(words: Sequence[str], size: int) -> list[Document]:
    """Documents of ten passages of 80 to 140 words each, as many as make up the size."""
    from knowledge.card import Card
    from knowledge.generation import Document
    from knowledge.manifest import Entry
    from panel.opinion import Passage

    drawn = random.Random(7)
    documents = []
    for number in range(size // 10):
        card = Card(id=f"doc-{number}", title=f"Document {number}", year=2000 + number % 25, tumours=("lung",))
        texts = [" ".join(drawn.choices(words, k=drawn.randint(80, 140))) for _ in range(10)]
        about = {"source": card.id, "title": card.title, "year": card.year, "tumours": card.tumours}
        passages = tuple(
            Passage(id=f"{card.id}#part-{n}", locator=" ".join(drawn.choices(words, k=4)), text=text, **about)
            for n, text in enumerate(texts)
        )
        length = sum(map(len, texts))
        entry = Entry(card=card, sha256="0" * 64, markup="plain", body=0, characters=length, passages=len(passages))
        documents.append(Document(entry, passages, None, fresh=True))
    return documents


def ask(retriever: HybridRetriever, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds of every question by the library, and by Chroma alone."""
    collection = retriever.vectors._collection
    hybrid, plain = [], []
    for number, question in enumerate([*questions[:10], *questions]):
        begun = time.perf_counter()
        retriever.search(question)
        between = time.perf_counter()
        collection.query(query_embeddings=[retriever.embedder.query(question)], n_results=5)
        if number >= 10:  # the first few load what is read late
            hybrid.append(between - begun)
            plain.append(time.perf_counter() - between)
    return hybrid, plain


def peak() -> float:
    """Most resident memory of this process so far, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


if __name__ == "__main__":
    main()
