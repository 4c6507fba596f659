"""Word (.docx) by python-docx: header, paragraphs and tables in reading order.

The body is walked as XML, because python-docx's own properties leave out content controls (forms) and
tracked insertions; tracked deletions are left out on purpose.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from panel.intake.limits import MAX_DOCUMENT, MAX_FILES, MAX_UNPACKED
from panel.intake.problem import problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText"))
_BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,  # an encrypted member, an unknown compression, endless recursion
    OSError,
    EOFError,
    SyntaxError,  # what lxml's XMLSyntaxError is
    zipfile.BadZipFile,
    zlib.error,
)
_HEADING = re.compile(r"(?:Title|Heading ([1-6]))", re.IGNORECASE)
_REMEDY = "Save it again as .docx, or give its text"


class _Node:
    """What is used of an lxml element, so that the rest is typed."""

    def __init__(self, element: object) -> None:
        self._element = element

    @property
    def tag(self) -> str:
        return str(getattr(self._element, "tag", ""))

    @property
    def text(self) -> str:
        return str(getattr(self._element, "text", "") or "")

    def attribute(self, name: str) -> str:
        return str(self._element.get(name, ""))  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[_Node]:
        return (_Node(child) for child in self._element)  # type: ignore[attr-defined]


def read_docx(data: bytes, where: str, *, marked: bool = False) -> str:
    """The text of the document, tables as one line a row with `` | `` between cells.

    Args:
        data: the file.
        where: its name for messages.
        marked: write headings and tables as Markdown, blocks apart, and leave the page header out.

    Raises:
        InputError: it is no .docx, broken, unpacks to too much, or holds no text.
    """
    _refuse_bomb(data, where)
    import docx  # late: a quarter of a second that a case file need not pay
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        body = _Node(document.element.body)
        blocks = [*_headers(document.sections), *_blocks(body)] if not marked else [*_marked(body, _levels(document))]
    except (OpcError, *_BROKEN):
        raise problem(where, "is not a Word document that can be read", _REMEDY) from None
    text = ("\n\n" if marked else "\n").join(blocks)
    if not text.strip():
        raise problem(where, "holds no text", "Give the document that holds the report")
    if len(text) > MAX_DOCUMENT:
        what = f"is longer than {MAX_DOCUMENT // 1_000_000} MB of text"
        raise problem(where, what, "Split it or leave out what the board does not need")
    return text


def _refuse_bomb(data: bytes, where: str) -> None:
    """Looks at the declared sizes; zipfile never unpacks a member beyond its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except _BROKEN:
        raise problem(where, "is not a Word document that can be read", _REMEDY) from None
    if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_UNPACKED:
        what = f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB"
        raise problem(where, what, "Remove its pictures, or give its text")


def _headers(sections: object) -> Iterator[str]:
    """The first section's page header: hospital letters write the patient's name there."""
    for section in sections:  # type: ignore[attr-defined]
        header = section.header
        if not header.is_linked_to_previous:
            yield from (block for block in _blocks(_Node(header._element)) if block.strip())
        return


def _blocks(parent: _Node) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _inline(child)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag not in _GONE:  # content controls, custom XML, insertions
            yield from _blocks(child)


def _marked(parent: _Node, levels: dict[str, int]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            level = levels.get(_style(child), 0)
            words = _inline(child)
            if words.strip():
                yield f"{'#' * level} {' '.join(words.split())}" if level else words
        elif child.tag == f"{_W}tbl":
            head, *rows = [*_rows(child), ""]  # a heading must follow, or it is no table in Markdown
            rule = " | ".join(["---"] * (head.count(" | ") + 1))
            yield "\n".join(f"| {row} |" for row in (head, rule, *rows) if row)
        elif child.tag not in _GONE:
            yield from _marked(child, levels)


def _style(paragraph: _Node) -> str:
    """Id of the paragraph's style; empty for the default one."""
    properties = (child for child in paragraph if child.tag == f"{_W}pPr")
    names = (style.attribute(f"{_W}val") for each in properties for style in each if style.tag == f"{_W}pStyle")
    return next(names, "")


def _levels(document: object) -> dict[str, int]:
    """Of each heading style, its level. A built-in style's name in the file is English whatever the user's language."""
    found: dict[str, int] = {}
    for style in document.styles:  # type: ignore[attr-defined]
        name = _HEADING.fullmatch(str(style.name or ""))
        if name is not None:
            found[str(style.style_id)] = int(name[1] or 1)
    return found


def _rows(table: _Node) -> Iterator[str]:
    for row in _within(table, f"{_W}tr"):
        cells = (" ".join(t for b in _blocks(cell) if (t := b.strip())) for cell in _within(row, f"{_W}tc"))
        line = " | ".join(cells)
        if line.strip(" |"):
            yield line


def _within(parent: _Node, tag: str) -> Iterator[_Node]:
    """The nearest descendants of that tag, through content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE:
            yield from _within(child, tag)


def _inline(node: _Node) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag == f"{_W}t":
            parts.append(child.text)
        elif child.tag == f"{_W}tab":
            parts.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag in (f"{_W}noBreakHyphen",):
            parts.append("-")
        elif child.tag not in _GONE and not child.tag.startswith("{http://schemas.openxmlformats.org/markup"):
            parts.append(_inline(child))
    return "".join(parts)
