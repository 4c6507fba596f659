"""Passages by their words: BM25 (bm25s) over stems, with clinical forms kept apart that a tokeniser would glue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from panel.errors import StoreError, UsageError

if TYPE_CHECKING:
    import bm25s
    import numpy as np
    import Stemmer
    from numpy.typing import NDArray

VERSION = "2"
"""Part of every index's hash: raise it when the same text would give other tokens."""

_WORD = re.compile(r"[^\W_]+(?:\.\d+)?(?:-[^\W_]+(?:\.\d+)?)*")
_PIECE = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_CODE = re.compile(r"[^\W\d_]+\d+[^\W_]{0,4}")
_TNM = re.compile(r"[cpyra]{0,3}([tnm])(\d)[a-d]?")
_AMERICAN: dict[str, str] = dict(
    pair.split(":")
    for pair in "oesoph:esoph tumour:tumor haem:hem oedema:edema paed:ped aemi:emi gynaec:gynec isation:ization "
    "ising:izing ise:ize ae:e oe:e colour:color fibre:fiber centre:center litre:liter".split()
)
_STOP = frozenset(
    "a an the of in on at to for from by with and or as is are was were be been being it its this that these those "
    "which who whom whose what when where why how do does did has have had i you he she we they my your our their "
    "there here if then than so such can could should would may might must will shall about into over under between "
    "after before during not no nor any some each per s t m re ve d ll me us him her them also".split()
)


def tokens(text: str) -> list[str]:
    """The text's words as they are compared: lower case, stemmed, spelt the American way, numbers apart from units.

    A name with digits (``HER2``, ``LR-5``, ``pT2a``) gives itself and its parts; a TNM category gives the whole
    category, then the letter with the number.
    """
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        bare = word.replace("-", "")
        category = _TNM.fullmatch(bare)
        if category is not None:
            found += dict.fromkeys((bare[category.start(1) :], category[1] + category[2]))
            continue
        if _CODE.fullmatch(bare):
            found.append(bare)
        found += [_stem(piece) for piece in _PIECE.findall(word) if piece not in _STOP]
    return found


@cache
def _stemmer() -> Stemmer.Stemmer:
    try:
        import Stemmer
    except ImportError:
        raise UsageError("library", "PyStemmer is not installed", "pip install 'expert-panel[knowledge]'") from None
    return Stemmer.Stemmer("english")


@cache
def _stem(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    for british, american in _AMERICAN.items():
        word = word.replace(british, american)
    return str(_stemmer().stemWord(word))


class WordIndex:
    """BM25 over passages, addressed by their row.

    Args:
        engine: the filled index.
    """

    def __init__(self, engine: bm25s.BM25) -> None:
        self._engine = engine
        self._vocabulary: dict[str, int] = engine.vocab_dict
        self._rows = int(engine.scores["num_docs"])

    @classmethod
    def build(cls, texts: Sequence[str]) -> WordIndex:
        """The index of these passages.

        Raises:
            UsageError: bm25s is not installed.
        """
        engine = _bm25s().BM25(k1=1.2, b=0.75, backend="numpy")
        engine.index([tokens(text) or [""] for text in texts], show_progress=False)
        return cls(engine)

    @classmethod
    def load(cls, folder: Path, rows: int) -> WordIndex:
        """A saved index of that many passages, its tables mapped into memory.

        Raises:
            StoreError: it is damaged or of other passages.
        """
        try:
            engine = _bm25s().BM25.load(str(folder), mmap=True, load_corpus=False, show_progress=False)
            index = cls(engine)
            if index._rows != rows:
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError, EOFError, AttributeError):
            raise StoreError(str(folder), "the word index is damaged", "Run `panel knowledge build`") from None
        return index

    def save(self, folder: Path) -> None:
        """Write it to a folder."""
        self._engine.save(str(folder), show_progress=False)

    def known(self, words: Sequence[str]) -> list[str]:
        """Those of the tokens that stand in some passage, each once, in order."""
        return [word for word in dict.fromkeys(words) if word in self._vocabulary]

    def frequency(self, word: str) -> int:
        """How many passages a token stands in."""
        number = self._vocabulary.get(word)
        if number is None:
            return 0
        starts = self._engine.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def holds(self, word: str, row: int) -> bool:
        """Whether a token stands in a passage."""
        number = self._vocabulary.get(word)
        if number is None:
            return False
        starts, rows = self._engine.scores["indptr"], self._engine.scores["indices"]
        there = rows[starts[number] : starts[number + 1]]
        at = int(there.searchsorted(row))
        return at < len(there) and int(there[at]) == row

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every passage, by row."""
        import numpy as np

        there = self.known(words)
        if not there:
            return np.zeros(self._rows, np.float32)
        found: NDArray[np.float32] = self._engine.get_scores(there)
        return found


def _bm25s() -> ModuleType:
    try:
        import bm25s
    except ImportError:
        raise UsageError("library", "bm25s is not installed", "pip install 'expert-panel[knowledge]'") from None
    return cast(ModuleType, bm25s)
