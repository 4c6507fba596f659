"""Dividing a desk's documents among calls that fit the model's window. Never a silent cut: what fits nowhere is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from panel.case import Document

MOST_CALLS = 12
"""Calls one seat may need for one chart; what lies beyond is not read by the model, and said so."""
_SMALLEST = 200
"""Characters below which a document is not cut any further."""
_BREAK = re.compile(r"\n\s*\n|\n|(?<=[.;])\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A document, or a stretch of one."""

    document: Document
    """The whole document: offsets are into its text."""
    start: int
    end: int

    @property
    def shown(self) -> Document:
        """The document as it stands in the prompt."""
        if (self.start, self.end) == (0, len(self.document.text)):
            return self.document
        return self.document.model_copy(update={"text": self.document.text[self.start : self.end]})


Fits = Callable[[Sequence[Document]], bool]


def divide(documents: Sequence[Document], fits: Fits) -> tuple[list[tuple[Piece, ...]], list[Piece]]:
    """Group the documents into calls, in order, as many together as fit.

    Args:
        documents: the desk's.
        fits: whether these documents go into one prompt.

    Returns:
        The calls, and what no call reads.
    """
    whole = tuple(Piece(document, 0, len(document.text)) for document in documents)
    if not whole:
        return [], []
    if fits(documents):
        return [whole], []
    calls: list[tuple[Piece, ...]] = []
    unread: list[Piece] = []
    waiting: tuple[Piece, ...] = ()
    for piece in whole:
        if waiting and fits([p.shown for p in (*waiting, piece)]):
            waiting = (*waiting, piece)
            continue
        if waiting:
            calls.append(waiting)
            waiting = ()
        if fits([piece.shown]):
            waiting = (piece,)
        else:
            parts, left = _cut(piece, fits)
            calls.extend((part,) for part in parts)
            unread.extend(left)
    if waiting:
        calls.append(waiting)
    unread.extend(piece for call in calls[MOST_CALLS:] for piece in call)
    return calls[:MOST_CALLS], unread


def _cut(piece: Piece, fits: Fits) -> tuple[list[Piece], list[Piece]]:
    """Halve at the paragraph, line or sentence nearest the middle until each part fits."""
    if fits([piece.shown]):
        return [piece], []
    if piece.end - piece.start <= _SMALLEST:
        return [], [piece]
    middle = (piece.start + piece.end) // 2
    breaks = [m.end() for m in _BREAK.finditer(piece.document.text, piece.start, piece.end)]
    inner = [b for b in breaks if piece.start < b < piece.end]
    at = min(inner, key=lambda b: abs(b - middle)) if inner else middle
    parts: list[Piece] = []
    unread: list[Piece] = []
    for half in (Piece(piece.document, piece.start, at), Piece(piece.document, at, piece.end)):
        read, left = _cut(half, fits)
        parts += read
        unread += left
    return parts, unread
