"""Chart text as it may be shown: controls made visible, quotes in their context, spans found again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from panel.case import Document, Evidence

_KEPT = frozenset("\n\t\u200c\u200d")  # joiners spell words in several scripts
_SURELY_SHOWN = dict.fromkeys(map(ord, "\n\t\u00a0\u200c\u200d"))


def hidden(char: str) -> bool:
    """Whether a character has no glyph of its own and may deceive: controls, bidi overrides, zero width."""
    return char not in _KEPT and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def plain(text: str) -> bool:
    """Whether a text holds no hidden character for certain: the quick answer for nearly all text."""
    return text.isprintable() or text.translate(_SURELY_SHOWN).isprintable()


def code(char: str) -> str:
    """How a hidden character is shown: ``‹U+202E›``."""
    return f"‹U+{ord(char):04X}›"


def visible(text: str) -> str:
    """The text with Windows line ends as plain ones and every hidden character as its code."""
    text = text.replace("\r\n", "\n")
    if plain(text):
        return text
    return "".join(code(char) if hidden(char) else char for char in text)


def one_line(text: str) -> str:
    """Visible text with all white space as single spaces."""
    return " ".join(visible(text).split())


@dataclass(frozen=True, slots=True)
class Context:
    """A quote with the words around it, each on one line; an ellipsis marks a cut."""

    before: str
    quote: str
    after: str


def in_context(document: Document, evidence: Evidence, width: int = 90) -> Context:
    """The quote with up to ``width`` characters of its own paragraph on either side, cut between words."""
    text = document.text
    before = text[max(0, evidence.start - width) : evidence.start]
    after = text[evidence.end : evidence.end + width]
    cut_before = len(before) == width and evidence.start > width
    cut_after = evidence.end + width < len(text)
    if "\n\n" in before:
        before, cut_before = before.rpartition("\n\n")[2], False
    if "\n\n" in after:
        after, cut_after = after.partition("\n\n")[0], False
    if cut_before and " " in before:
        before = before.partition(" ")[2]
    if cut_after and " " in after:
        after = after.rpartition(" ")[0]
    return Context(
        before=("… " if cut_before else "") + _flat(before, end=True),
        quote=one_line(evidence.quote),
        after=_flat(after, end=False) + (" …" if cut_after else ""),
    )


def _flat(text: str, end: bool) -> str:
    """One line, keeping the single space that parts it from the quote (at its end, or its start)."""
    flat = one_line(text)
    if not text.strip():
        return " " if text else ""
    if end:
        return flat + (" " if text[-1:].isspace() else "")
    return (" " if text[:1].isspace() else "") + flat


def line_number(document: Document, evidence: Evidence) -> int:
    """The line, from 1, on which the quote begins."""
    return document.text.count("\n", 0, evidence.start) + 1


def standing(documents: Mapping[str, Document], evidence: Evidence) -> Document | None:
    """The document in which the quote stands where the evidence says; None, and it may not be shown as a quote."""
    document = documents.get(evidence.document)
    if document is None or document.text[evidence.start : evidence.end] != evidence.quote:
        return None
    return document


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a document's text under the same spans, ``text[start:end]``."""

    start: int
    end: int
    spans: tuple[int, ...]
    """Indices of the spans that cover it; empty for plain text."""


def pieces(length: int, spans: tuple[tuple[int, int], ...]) -> Iterator[Piece]:
    """The text cut at every boundary of a span, so that spans may overlap or nest.

    Args:
        length: characters in the text.
        spans: (start, end) of each, 0 ≤ start < end ≤ length, sorted.
    """
    cuts = sorted({0, length, *(edge for span in spans for edge in span)})
    first, active = 0, list[int]()
    for start, end in pairwise(cuts):
        while first < len(spans) and spans[first][0] <= start:
            active.append(first)
            first += 1
        active = [i for i in active if spans[i][1] > start]
        yield Piece(start=start, end=end, spans=tuple(active))
