"""A page read as a browser reads it, far enough to check its promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}


@dataclass
class Element:
    """A start tag with the text inside it, and how deep it lies."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """All elements of a page; raises AssertionError when tags do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        classes = [e.attributes.get("class", "") for e in self._open]
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=classes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        skipping = any(e.tag == "sup" for e in self._open)
        for element in self._open:
            if not skipping or element.tag == "sup":
                element.text += data

    def of(self, tag: str, class_: str | None = None) -> list[Element]:
        """Elements of a tag, and of a class where one is given."""
        return [
            e
            for e in self.elements
            if e.tag == tag and (class_ is None or class_ in e.attributes.get("class", "").split())
        ]

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]
