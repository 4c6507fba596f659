"""Files to papers: Markdown, text, PDF, Word and HTML, each as one text with its card and the hash of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from knowledge.card import Card, card, front_matter, slug
from knowledge.chunk import Markup
from panel.errors import InputError
from panel.intake.decode import decode, read_bytes
from panel.intake.limits import MAX_FILES
from panel.intake.pdf import pdf_pages
from panel.intake.word import read_docx

READ = (".md", ".markdown", ".txt", ".pdf", ".docx", ".html", ".htm")
"""Extensions that are read."""
LONGEST = 5_000_000
"""Characters of one paper's text, some 2,000 printed pages; and bytes of an HTML file, which is parsed as a whole."""
REFERENCES = Path(__file__).resolve().parent / "references"
"""The references that are shipped."""

_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_NUL = "\x00"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the library, read."""

    card: Card
    text: str
    """All of it, front matter included: what offsets point into."""
    body: int
    """Where the text begins behind the front matter."""
    markup: Markup
    sha256: str
    """Of the file's bytes: how a renamed paper is recognised."""
    path: str
    """Where it was read; empty for a shipped one."""

    @property
    def shipped(self) -> bool:
        """Whether it came with the package."""
        return not self.path


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    markup: Markup
    title: str = ""


def shipped(folder: Path = REFERENCES) -> Iterator[Paper]:
    """The references of the package, in order of their ids.

    Raises:
        InputError: one of them is not as it must be.
    """
    for path in sorted(folder.glob("*.md")):
        paper = read(path, strict=True)
        if paper.card.id != path.stem:
            raise InputError(f"{path.name}: id", "is not the file's name", f"Write `id: {path.stem}`")
        yield replace(paper, path="")


def gather(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The files that the paths name, folders searched; and one line for each that is passed over.

    Raises:
        InputError: a path does not exist, a folder holds nothing that is read, or a link leaves its folder.
    """
    files: list[Path] = []
    notes: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found = list(inside(path))
        wanted = [each for each in found if each.suffix.lower() in READ]
        notes += [f"{each}: not a type that is read" for each in found if each not in wanted]
        if not wanted:
            raise InputError(str(path), "holds no document", f"Give a folder with {', '.join(READ)} files")
        files += wanted
    return list(dict.fromkeys(files)), notes


def read(path: Path, *, strict: bool = False) -> Paper:
    """One file.

    Args:
        path: the file.
        strict: it is one of the shipped references, whose front matter must be complete.

    Raises:
        InputError: it is missing, empty, too large, encrypted, damaged or of another type; one line.
    """
    where = path.name if strict else str(path)
    kind = path.suffix.lower()
    reader = _READERS.get(kind)
    data = read_bytes(path, where)
    if reader is None:
        raise InputError(where, "is not of a type that is read", f"Give a file that ends in {', '.join(READ)}")
    content = reader(data, where)
    if len(content.text) > LONGEST:
        raise InputError(where, f"is longer than {LONGEST // 1_000_000} MB of text", "Split it")
    front = front_matter(content.text, where) if content.markup == "markdown" else front_matter("", where)
    if not content.text[front.body :].strip():
        raise InputError(where, "holds no text", "Give a document with text")
    stem = PurePath(path.name).stem
    heading = _TITLE.search(content.text, front.body) if content.markup == "markdown" else None
    title = content.title or (heading[1] if heading else "") or " ".join(re.split(r"[\s_]+", stem)).strip()
    id = slug(stem)[:100].strip("-")
    about = card(front.values, where, id=id if id.isascii() and id else _named(data), title=title[:300], strict=strict)
    digest = hashlib.sha256(data).hexdigest()
    return Paper(about, content.text, front.body, content.markup, digest, str(path.resolve()))


def _named(data: bytes) -> str:
    """An id for a file whose name has none in it (all Chinese, say)."""
    return f"paper-{hashlib.sha256(data).hexdigest()[:12]}"


def inside(folder: Path) -> Iterator[Path]:
    home, count = folder.resolve(), 0
    for here, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if name.startswith((".", "~$")):  # the desktop's and Word's, not the library's
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                raise InputError(str(path), "is a link that leaves the folder", "Copy the document into the folder")
            count += 1
            if count > MAX_FILES:
                raise InputError(str(folder), f"holds more than {MAX_FILES} files", "Add it folder by folder")
            yield path


def _unlisted(error: OSError) -> None:
    raise InputError(str(error.filename), (error.strerror or "cannot be listed").lower(), "Check the folder") from None


def _markdown(data: bytes, where: str) -> _Content:
    return _Content(decode(data, where).text, "markdown")


def _plain(data: bytes, where: str) -> _Content:
    return _Content(decode(data, where).text, "plain")


def _pdf(data: bytes, where: str) -> _Content:
    return _Content("\f".join(page.replace("\f", "\n") for page in pdf_pages(data, where)), "pages")


def _word(data: bytes, where: str) -> _Content:
    return _Content(read_docx(data, where, marked=True), "markdown")


def _html(data: bytes, where: str) -> _Content:
    from bs4 import BeautifulSoup  # late, like all that one format alone needs
    from markdownify import MarkdownConverter

    if len(data) > LONGEST:
        raise InputError(where, f"is larger than {LONGEST // 1_000_000} MB", "Save it without pictures, or split it")
    if _NUL.encode() in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(where, "holds NUL bytes", "Save it as UTF-8 text")
    try:
        page = BeautifulSoup(data, "html.parser")
        title = page.title.get_text(" ", strip=True) if page.title else ""
        for part in page(["script", "style", "head", "nav", "template", "noscript", "iframe", "object", "svg"]):
            part.decompose()
        converter = MarkdownConverter(
            heading_style="ATX",
            bullets="-",
            strip=["a", "img"],
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
        )
        text = converter.convert_soup(page)
    except (RecursionError, ValueError, AssertionError):
        raise InputError(where, "is not HTML that can be read", "Save the page again, or as text") from None
    return _Content(re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", "markdown", title)


_READERS: dict[str, Callable[[bytes, str], _Content]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".pdf": _pdf,
    ".docx": _word,
    ".html": _html,
    ".htm": _html,
}
