"""Vectors in Chroma: its only home. Embedded by default, a server by configuration; vectors always come from us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from panel import privacy
from panel.errors import StoreError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Metadata = Mapping[str, str | int | float | bool | list[str]]
Where = dict[str, Any]
BATCH = 2_000
ANY = "*"
"""Stands in a list of tumours or specialties for all of them."""
HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 150}
"""Chroma's graph of neighbours, a little denser than its default."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the vectors are: a folder, or a server."""

    folder: Path | None = None
    url: str = ""
    token: str = ""
    """Sent as a bearer token to the server; never stored."""

    @property
    def name(self) -> str:
        """For messages and manifests."""
        return self.url or "embedded"


class VectorIndex:
    """One collection of vectors of one length, cosine distance.

    Args:
        place: where it is.
        collection: its name.
        create: make it; it must not be there yet.

    Raises:
        UsageError: chromadb is not installed, or the URL is none.
        StoreError: it is damaged, not there, or the server does not answer.
    """

    def __init__(self, place: Place, collection: str, *, create: bool = False) -> None:
        self._place = place
        self._spot = str(place.folder) if place.folder else place.url
        self._client = _client(place)
        with ExitStack() as undo, self.guarded():
            undo.callback(self._client.close)
            if create:
                made = self._client.create_collection(
                    collection, embedding_function=None, configuration={"hnsw": HNSW}, get_or_create=False
                )
            else:
                made = self._client.get_collection(collection, embedding_function=None)
            self._collection: Collection = made
            self._batch = min(BATCH, self._client.get_max_batch_size())
            undo.pop_all()

    def add(self, ids: Sequence[str], vectors: Vectors, metadata: Sequence[Metadata]) -> None:
        """Put vectors in, or in the place of those with the same ids."""
        with self.guarded():
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[dict(each) for each in metadata[part]],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Take vectors out; ids that are not there are passed over."""
        with self.guarded():
            for start in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def nearest(self, vector: Vectors, k: int, where: Where | None = None) -> list[tuple[str, float]]:
        """At most ``k`` ids with their cosine similarity, nearest first."""
        with self.guarded():
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=k, where=where, include=["distances"]
            )
        distances = found["distances"]
        assert distances is not None
        return [(id, 1.0 - float(d)) for id, d in zip(found["ids"][0], distances[0], strict=True)]

    def ids(self) -> set[str]:
        """Every id in it."""
        return {id for page in self._pages([]) for id in page["ids"]}

    def pages(self) -> Iterator[tuple[list[str], Vectors, list[Metadata]]]:
        """All ids with their vectors and metadata, by the batch."""
        import numpy as np

        for page in self._pages(["embeddings", "metadatas"]):
            yield page["ids"], np.asarray(page["embeddings"], np.float32), page["metadatas"]

    def count(self) -> int:
        """How many vectors."""
        with self.guarded():
            return int(self._collection.count())

    def close(self) -> None:
        """Let go of files and connections."""
        with self.guarded():
            self._client.close()

    def drop(self) -> None:
        """Delete the collection."""
        with self.guarded():
            self._client.delete_collection(self._collection.name)

    def _pages(self, include: list[Any]) -> Iterator[Mapping[str, Any]]:
        start = 0
        while True:
            with self.guarded():
                page = self._collection.get(limit=self._batch, offset=start, include=include)
            if not page["ids"]:
                return
            yield page
            start += len(page["ids"])

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Chroma's errors as ours."""
        with _guarded(self._spot, bool(self._place.url)):
            yield


def filters(specialty: str | None = None, tumour: str | None = None, since: int | None = None) -> Where | None:
    """Chroma's filter for passages of that specialty and tumour or of all, not older than a year; None for no filter."""
    parts: list[Where] = []
    for field, value in (("specialties", specialty), ("tumours", tumour)):
        if value:
            parts.append({"$or": [{field: {"$contains": value}}, {field: {"$contains": ANY}}]})
    if since is not None:
        parts.append({"year": {"$gte": since}})
    return None if not parts else parts[0] if len(parts) == 1 else {"$and": parts}


def _client(place: Place) -> ClientAPI:
    privacy.enforce()  # before the import: Chroma reads the environment then
    with privacy.unprobed():
        try:
            import chromadb
            from chromadb.config import Settings
        except ImportError:
            remedy = "pip install 'expert-panel[knowledge]'"
            raise UsageError("library", "chromadb is not installed", remedy) from None
    settings = Settings(anonymized_telemetry=False)
    if place.folder is not None:
        with _guarded(str(place.folder), False):
            return chromadb.PersistentClient(str(place.folder), settings=settings)
    host, port, ssl = _address(place.url)
    headers = {"Authorization": f"Bearer {place.token}"} if place.token else None
    with _guarded(place.url, True):
        return chromadb.HttpClient(host, port, ssl, headers, settings)


def _address(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.username:
        raise UsageError("Chroma server", "its address is not understood", "Write it as http://host:8000")
    return parts.hostname, port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https"


@contextmanager
def _guarded(spot: str, remote: bool) -> Iterator[None]:
    import httpx
    from chromadb.errors import AuthorizationError, ChromaAuthError, ChromaError, NotFoundError

    rebuild = "Run `panel knowledge build`"
    try:
        yield
    except NotFoundError:
        raise StoreError(spot, "does not hold the library's index", rebuild) from None
    except (ChromaAuthError, AuthorizationError):
        raise StoreError(spot, "refuses the token", "Set EXPERT_PANEL_CHROMA_TOKEN") from None
    except (httpx.HTTPError, ConnectionError):
        raise StoreError(spot, "the Chroma server does not answer", "Start it, or correct its address") from None
    except (ChromaError, ValueError, RuntimeError, OSError, KeyError, TypeError):
        if remote:
            raise StoreError(spot, "the Chroma server refuses or is damaged", "See its log") from None
        raise StoreError(spot, "the index is damaged", rebuild) from None
