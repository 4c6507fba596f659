"""Documents to passages: cut at headings, never inside a heading or a table, every offset exact.

The passages of a text are in order, do not overlap, and leave out nothing but blank space. A section of level one or
two begins a passage; deeper ones stay with it while they fit. A section too long is cut before a heading, else between
paragraphs, else between sentences; a heading with nothing of its own goes with what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from knowledge.card import slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

VERSION = "1"
"""Part of every index's hash: raise it when the same text would be cut otherwise."""
LONGEST = 1_800
"""Characters of a passage that may still be cut: some 280 words, a little more than the embedder reads."""
SECTION = 2
"""Headings down to this level begin a passage of their own."""

Markup = Literal["markdown", "plain", "pages"]
_LINE = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?=\r\n|\r|\n)")
_BLANK_OR_PAGE = re.compile(_BLANK.pattern + r"|\f")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|(?:\r\n|\r|\n)")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One passage of a text."""

    start: int
    """First character, an index into the text."""
    end: int
    """One past the last."""
    slug: str
    """Of its heading, unique in the text: ``solid-nodule``, ``solid-nodule-2``."""
    path: tuple[str, ...]
    """Headings above it, outermost first, with its own."""


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    level: int = 0
    """Of a heading; 0 for anything else."""
    heading: str = ""
    whole: bool = False
    """Never cut: a table, a heading, code."""


_Run = tuple[int, int, tuple[str, ...]]
"""Start, end and heading path of a passage."""


def chunks(text: str, markup: Markup = "markdown", begin: int = 0) -> tuple[Chunk, ...]:
    """The passages of ``text[begin:]``, offsets into ``text``.

    Args:
        text: the document.
        markup: ``markdown``; ``plain`` for text in which nothing is a heading; ``pages`` for the same with a form feed
            between pages, each of which is a section.
        begin: where the body starts, behind the front matter.
    """
    if not text[begin:].strip():
        return ()
    blocks = list(_markdown(text, begin) if markup == "markdown" else _paragraphs(text, begin, markup == "pages"))
    return tuple(_named(text, _packed(text, blocks)))


def _markdown(text: str, begin: int) -> Iterator[_Block]:
    """Blocks as CommonMark sees them; what it passes over in silence belongs to the block before."""
    lines = [begin, *(found.end() for found in _LINE.finditer(text, begin))]
    tokens = _parser().parse(text[begin:])
    first = True
    for number, token in enumerate(tokens):
        if token.map is None or token.nesting < 0 or not (token.level == 0 or _item(token.type, token.level)):
            continue
        start = begin if first else lines[min(token.map[0], len(lines) - 1)]
        first = False
        if token.type == "heading_open":
            yield _Block(start, int(token.tag[1]), _plain(tokens[number + 1].content), whole=True)
        else:
            yield _Block(start, whole=token.type in ("table_open", "fence"))
    if first:
        yield _Block(begin)


def _item(kind: str, level: int) -> bool:
    return kind == "list_item_open" and level == 1


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: the command line starts without it

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # what stands inside the lines is not looked at
    return parser


def _plain(heading: str) -> str:
    """A heading's words without emphasis, code marks and link targets, on one line."""
    return " ".join(_MARKS.sub(lambda found: found[1] or "", heading).split())


def _paragraphs(text: str, begin: int, paged: bool) -> Iterator[_Block]:
    page = 1
    if paged:
        yield _Block(begin, 1, f"Page {page}", whole=True)
    yield _Block(begin)
    for found in (_BLANK_OR_PAGE if paged else _BLANK).finditer(text, begin):
        if found[0] == "\f":
            page += 1
            yield _Block(found.end(), 1, f"Page {page}", whole=True)
        yield _Block(found.end())


def _packed(text: str, blocks: Sequence[_Block]) -> list[_Run]:
    """Runs of blocks that make one passage."""
    runs: list[_Run] = []
    ends = [*(block.start for block in blocks[1:]), len(text)]
    above: dict[int, str] = {}
    path: tuple[str, ...] = ()
    start, bare = blocks[0].start, True  # bare: nothing but headings so far
    for block, end, reach in zip(blocks, ends, _reaches(blocks, len(text)), strict=True):
        if block.level:
            above = {level: name for level, name in above.items() if level < block.level} | {block.level: block.heading}
        needed = reach if block.level > SECTION else end
        if not bare and (0 < block.level <= SECTION or _overflows(text, start, needed)):
            runs.append((start, block.start, path))
            start, bare = block.start, True
        if bare:
            path = tuple(above[level] for level in sorted(above) if above[level])
        if block.level or not text[block.start : end].strip():
            continue
        bare = False
        if not block.whole and _overflows(text, block.start, end):
            for cut in _sentences(text, block.start, end):
                runs.append((start, cut, path))
                start = cut
    if bare and runs:  # a heading at the very end with nothing under it
        last, _, path = runs.pop()
        return [*runs, (last, len(text), path)]
    return [*runs, (start, len(text), path)]


def _reaches(blocks: Sequence[_Block], end: int) -> list[int]:
    """Of each block, where the section that it heads ends."""
    reaches, following = [], [end] * 7  # of each level: where the next heading of it or of a higher one stands
    for block in reversed(blocks):
        reaches.append(following[block.level])
        if block.level:
            following[block.level :] = [block.start] * (7 - block.level)
    return reaches[::-1]


def _overflows(text: str, start: int, end: int) -> bool:
    return end - start > LONGEST and len(text[start:end].strip()) > LONGEST


def _sentences(text: str, start: int, end: int) -> Iterator[int]:
    """Where to cut one long paragraph: behind the last sentence that fits, else the last word, else anywhere."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        stops = [found.end() for found in _SENTENCE.finditer(window)] or [f.end() for f in _SPACE.finditer(window)]
        start += stops[-1] if stops else LONGEST
        yield start


def _named(text: str, runs: Sequence[_Run]) -> Iterator[Chunk]:
    taken: set[str] = set()
    for start, end, path in runs:
        body = text[start:end]
        if not body.strip():
            continue
        base = (slug(path[-1])[:80].strip("-") if path else "") or "text"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        yield Chunk(end - len(body.lstrip()), start + len(body.rstrip()), name, path)
