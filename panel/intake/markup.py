"""HTML (attachments, FHIR narratives) as plain text, one block a line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from panel.intake.wordset import wordset

_BLOCKS = wordset(
    "address article blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table "
    "tbody thead tr ul"
)
_SILENT = frozenset(("script", "style", "head", "title"))
_SPACES = re.compile(r"[ \t\xa0]+")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # Line ends of the source are layout of the source, not of the page.
            self.parts.append(data.replace("\r", " ").replace("\n", " "))


def plain(html: str) -> str:
    """The visible text, blocks on lines of their own, table cells separated by `` | ``."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip(" |") for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
